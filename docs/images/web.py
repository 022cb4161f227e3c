"""Take the pictures of docs/web.md: python docs/images/web.py, with Chromium installed and the dev extra."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.browser.conftest import FLAGS, PHONE
from tests.web.browser.site import SAMPLES, Site, start, upload
from tests.web.conftest import start_page

HERE = Path(__file__).parent
WINDOW = {"width": 1360, "height": 860}
DOCUMENTS = ("job_description_nurse_uk.docx", "review_form_retail_uk.docx", "social_media_policy_charity.docx")
BEGUN = ("job_advert_logistics_planner.docx", "kpi_sheet_support_team.docx", "README.md")
GERMAN = "stellenbeschreibung_softwareentwickler_de.docx"


def main() -> None:
    """Start a page, do what a person does, take the pictures."""
    folder = Path(tempfile.mkdtemp())
    running = start_page(folder / "data", USER="Maria Keller", CXIFY_SERVE_REQUESTS_PER_MINUTE="100000")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            context = browser.new_context(locale="en-GB")
            context.new_page().goto(running.address)
            pictures(browser, Site(running.origin, context.storage_state(), context.request))
    finally:
        running.end()


def pictures(browser: Browser, site: Site) -> None:
    """Save every picture."""
    papers = start(site, upload(site, *(SAMPLES / name for name in (*DOCUMENTS, GERMAN))))
    begun = upload(site, *(SAMPLES / name for name in BEGUN))
    light = page(browser, site)
    light.goto(site.origin + papers[DOCUMENTS[0]])
    for key in "jjaj":
        light.keyboard.press(key)
        light.wait_for_timeout(1500)
    saved(light, "review")
    light.goto(site.origin + "/")
    saved(light, "overview")
    light.goto(f"{site.origin}/batches/{begun}")
    saved(light, "batch")
    dark = page(browser, site, color_scheme="dark")
    dark.goto(site.origin + papers[DOCUMENTS[1]])
    dark.keyboard.press("j")
    dark.wait_for_timeout(500)
    saved(dark, "review-dark")
    phone = page(browser, site, viewport=PHONE, locale="de-DE")
    phone.goto(site.origin + papers[GERMAN])
    phone.keyboard.press("j")
    phone.wait_for_timeout(500)
    saved(phone, "review-phone")


def page(browser: Browser, site: Site, **options: object) -> Page:
    """Return a page as somebody sees it who is signed in."""
    chosen = {"viewport": WINDOW, "locale": "en-GB", "reduced_motion": "reduce", **options}
    return browser.new_context(storage_state=site.state, **chosen).new_page()  # type: ignore[arg-type]


def saved(page: Page, name: str) -> None:
    """Save what is in the window."""
    page.screenshot(path=HERE / f"web-{name}.png")


if __name__ == "__main__":
    main()
