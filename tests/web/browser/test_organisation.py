"""An organisation's people in a real browser: to the sign-in service on another site, back, and a second person."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import PATIENCE
from tests.web.browser.site import SAMPLES
from tests.web.browser.test_accessible import too_wide, violations
from tests.web.conftest import start_page
from tests.web.organisation import ROLES
from tests.web.sign_in_service import CLIENT, SECRET, Service, running

FORM = "review_form_retail_uk.docx"
SETTINGS = """
[serve]
public_url = "http://localhost:{port}"
oidc_issuer = "{issuer}"
oidc_client_id = "{client}"

[serve.oidc_roles]
{roles}
"""


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as service:
        yield service


@pytest.fixture(scope="module")
def origin(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield where the page is: on another site (localhost) than the service (127.0.0.1)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("organisation")
    roles = "\n".join(f'{group} = "{role}"' for group, role in ROLES.items())
    told = SETTINGS.format(port=port, issuer=service.issuer, client=CLIENT, roles=roles)
    (folder / "cxify.toml").write_text(told, "utf-8")
    page = start_page(folder / "data", "--port", str(port), CXIFY_SERVE_OIDC_SECRET=SECRET)
    assert page.origin == f"http://localhost:{port}"
    yield page.origin
    page.process.kill()
    page.process.communicate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    # A refused sign-in is a page with the status 403, which the console tells too.
    assert [each for each in complaints if "status of 403" not in each] == []


def test_people_go_to_the_service_and_come_back_to_where_they_wanted(page: Page, origin: str, service: Service) -> None:
    service.person = {"sub": "kim", "name": "Kim Meyer", "groups": ["it"]}
    page.goto(f"{origin}/people")
    assert page.url == f"{origin}/login?next=/people"
    page.get_by_role("link", name="Sign in with 127.0.0.1").click()
    page.wait_for_url(f"{origin}/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    expect(page.get_by_role("row", name="Kim Meyer")).to_be_visible()
    (cookie,) = [each for each in page.context.cookies() if not each["name"].endswith("sign-in")]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")


def test_people_sign_out(page: Page, origin: str, service: Service) -> None:
    service.person = {"sub": "kim", "name": "Kim Meyer", "groups": ["hr"]}
    page.goto(f"{origin}/login/oidc?next=/tokens")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign out of 127.0.0.1 as well")).to_be_visible()
    page.goto(f"{origin}/tokens")
    assert page.url == f"{origin}/login?next=/tokens"


def test_who_has_no_access_reads_why(page: Page, origin: str, service: Service) -> None:
    service.person = {"sub": "lee", "groups": []}
    page.goto(f"{origin}/login")
    with page.expect_response("**/login/callback*") as answer:
        page.get_by_role("link", name="Sign in with 127.0.0.1").click(no_wait_after=True)
    assert answer.value.status == 403
    expect(page.get_by_text("has not given you access")).to_be_visible()


def signed_in(browser: Browser, origin: str, service: Service, name: str, group: str) -> Page:
    """Return a page of somebody who has signed in."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    service.person = {"sub": name, "name": name.title(), "groups": [group]}
    page.goto(f"{origin}/login/oidc?next=/approvals")
    expect(page.get_by_role("heading", level=1)).to_have_text("Approvals")
    return page


def tab_to(page: Page, name: str) -> None:
    """Go on with the Tab key until something of this name has the focus."""
    focus = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(focus) or name == page.evaluate("document.activeElement.id"):
            return
    raise AssertionError(f"{name} cannot be reached with the Tab key")


def test_a_second_person_reads_returns_and_approves_with_the_keyboard(
    browser: Browser, origin: str, service: Service
) -> None:
    kim = signed_in(browser, origin, service, "kim", "hr")
    kim.goto(f"{origin}/upload")
    kim.get_by_label("Choose Word files").set_input_files(SAMPLES / FORM)
    kim.get_by_role("link", name="Check and start").click()
    kim.wait_for_url("**/batches/*")
    expect(kim.locator("[data-follow]")).to_have_count(0)
    kim.get_by_role("button", name="Make suggestions").click()
    expect(kim.get_by_text("Everything is done.")).to_be_visible()
    kim.get_by_role("link", name=FORM).click()
    kim.wait_for_url("**/documents/*")
    kim.wait_for_load_state()  # keys are heard when the script has run
    kim.keyboard.press("n")
    kim.keyboard.press("a")
    expect(kim.locator(".suggestion.is-accepted")).to_have_count(1)
    kim.goto(f"{kim.url.partition('?')[0].partition('#')[0]}/download")
    kim.get_by_role("button", name="Ask for approval").click()
    lee = signed_in(browser, origin, service, "lee", "hr-leads")
    for person in (kim, lee):
        person.goto(f"{origin}/approvals")
        expect(person.get_by_role("link", name=FORM)).to_be_visible()
        assert violations(person) + too_wide(person) == []
    tab_to(lee, FORM)
    lee.keyboard.press("Enter")
    expect(lee.get_by_role("heading", level=1)).to_contain_text(FORM)
    assert violations(lee) + too_wide(lee) == []
    tab_to(lee, "comment")
    lee.keyboard.type("The second criterion cannot be measured.")
    tab_to(lee, "Return with the comment")
    lee.keyboard.press("Enter")
    expect(lee.get_by_text("Nobody waits for your approval.")).to_be_visible()
    kim.goto(f"{origin}/approvals")
    expect(kim.get_by_text("Returned", exact=True)).to_be_visible()
    assert violations(kim) == []
    for person in (kim, lee):
        person.context.close()
