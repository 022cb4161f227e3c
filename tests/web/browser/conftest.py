"""Chromium in front of a page in a process of its own; what the console complains of fails the test."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.web.browser.site import SAMPLES, Site, start, upload
from tests.web.conftest import start_page

REVIEWED = (
    "job_description_nurse_uk.docx",
    "job_description_hr_partner_redlined.docx",
    "kpi_sheet_support_team.docx",
    "review_form_completed_signed.docx",
    "review_form_retail_uk.docx",
    "social_media_policy_charity.docx",
)
"""Lists and tables, changes of others, rows, nothing to decide, form fields, long text."""
PATIENCE = 60_000
"""Milliseconds; CI's machines are shared, and a page that is late is not a page that is wrong."""
WORK = 90_000
"""Milliseconds that the work on documents may take."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
Visit = Callable[..., Page]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Yield an installed Chromium; its event loop must not outlive the module, because other tests run their own."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=FLAGS)


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yield a running page whose one person is signed in; its documents stay for all tests of a module."""
    running = start_page(tmp_path_factory.mktemp("site") / "data", USER="Ada", CXIFY_SERVE_REQUESTS_PER_MINUTE="100000")
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE)
    context.new_page().goto(running.address)
    yield Site(running.origin, context.storage_state(), context.request)
    context.close()
    running.end()


@pytest.fixture(scope="module")
def reviewed(site: Site) -> dict[str, str]:
    """Return the addresses of documents with suggestions, by their names."""
    return start(site, upload(site, *(SAMPLES / name for name in REVIEWED)))


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Return what opens a page as a person with this and that setting sees it."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        path: str = "/",
        *,
        phone: bool = False,
        dark: bool = False,
        known: bool = True,
        fails: Sequence[int] = (),
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            storage_state=site.state if known else None,  # type: ignore[arg-type]  # as storage_state() gave it
            viewport=PHONE if phone else WIDE,  # type: ignore[arg-type]  # a TypedDict of ints
            color_scheme="dark" if dark else "light",
            **{"locale": "en-GB", "accept_downloads": True, **options},
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(_complaint(message, fails)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.origin + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def reloaded(page: Page, holds: Callable[[], bool]) -> None:
    """Without the script a person asks for the latest state until it is there."""
    for _ in range(WORK // 1000):
        if holds():
            return
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="Show the latest state").click()
    raise AssertionError(page.locator("main").inner_text())


def _complaint(message: ConsoleMessage, fails: Sequence[int]) -> Iterator[str]:
    """Yield what is told on the console: a style, script or request that was refused, unless the test is about it."""
    meant = any(f"status of {status}" in message.text for status in fails)
    if message.type in ("error", "warning") and not meant:
        yield f"{message.type}: {message.text}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where downloads are saved."""
    return tmp_path
