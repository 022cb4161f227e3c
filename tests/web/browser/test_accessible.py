"""Every page, in light and dark, wide and on a phone: axe-core finds nothing (WCAG 2.2 AA and best practice)."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cxify.web.app import PAGES
from tests.web.browser.conftest import Visit
from tests.web.browser.site import SAMPLES, Site, upload

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILES = re.compile(
    r"\.(?:zip|jsonl|csv|css|html|yaml)$|/download/\{form\}$|/state$|^/healthz$|^/login/|^/start$|\{(?!batch_id|paper_id)"
)
"""Addresses that answer with a file, with data, or by leading elsewhere."""
NURSE = "job_description_nurse_uk.docx"


def addresses(reviewed: dict[str, str], batch: str) -> Iterator[str]:
    """Yield every page there is, so that a new one is looked at without being listed here."""
    places = {"paper_id": reviewed[NURSE].rpartition("/")[2], "batch_id": batch}
    for route in (route for router in PAGES for route in router.routes):
        path, methods = getattr(route, "path", ""), getattr(route, "methods", set())
        if "GET" in methods and not FILES.search(path):
            yield path.format(**places)
    yield from reviewed.values()
    yield f"{reviewed[NURSE]}?certainty=strong"
    yield "/nowhere"


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{page.url} {each['id']}: {[node['target'] for node in each['nodes']][:5]}" for each in found]


def too_wide(page: Page) -> list[str]:
    """A page is never wider than the screen: people would read it by scrolling sideways (WCAG 1.4.10)."""
    more = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{page.url} is {more} pixels too wide"] if more > 0 else []


@pytest.fixture(scope="module")
def batch(site: Site) -> str:
    """Return an upload that was not started, with a file that cannot be used."""
    return upload(site, SAMPLES / NURSE, SAMPLES / "README.md")


@pytest.mark.parametrize(
    ("dark", "phone"),
    [
        pytest.param(False, False, id="light"),
        pytest.param(True, True, id="dark on a phone"),
        pytest.param(True, False, id="dark", marks=pytest.mark.long),
        pytest.param(False, True, id="light on a phone", marks=pytest.mark.long),
    ],
)
def test_every_page(visit: Visit, reviewed: dict[str, str], batch: str, phone: bool, dark: bool) -> None:
    page = visit("/help", phone=phone, dark=dark, reduced_motion="reduce", fails=[404])
    origin = page.url.removesuffix("/help")
    found: list[str] = []
    for path in dict.fromkeys(addresses(reviewed, batch)):
        with page.expect_response(lambda answer: answer.request.is_navigation_request()):
            page.goto(origin + path)
        found += violations(page) + too_wide(page)
    assert found == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_unfolded(visit: Visit, reviewed: dict[str, str], dark: bool) -> None:
    page = visit(reviewed[NURSE], dark=dark, reduced_motion="reduce")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator(".suggestion.is-accepted").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = violations(page)
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    assert found + violations(page) == []


def test_in_german(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit("/help", locale="de-DE", reduced_motion="reduce")
    assert page.locator("html").get_attribute("lang") == "de"
    page.goto(page.url.removesuffix("/help") + reviewed[NURSE])
    assert page.locator(".desk .paper").get_attribute("lang") == "en-GB"
    assert violations(page) == []


def test_before_signing_in(visit: Visit) -> None:
    page = visit("/", known=False)
    assert page.url.endswith("/login")
    assert violations(page) + too_wide(page) == []


def test_nothing_is_said_by_colour_alone(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit(reviewed[NURSE])
    style = "(what) => getComputedStyle(document.querySelector(what)).textDecorationLine"
    assert "underline" in page.evaluate(style, ".paper ins[data-s]")
    assert "line-through" in page.evaluate(style, ".paper del[data-s]")
    assert page.locator(".paper ins[data-s]").first.inner_text().startswith("added:")


def test_colours_forced_by_the_system_leave_everything_visible(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit(reviewed[NURSE], forced_colors="active", reduced_motion="reduce")
    page.keyboard.press("j")
    width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 2
    assert violations(page) == []
