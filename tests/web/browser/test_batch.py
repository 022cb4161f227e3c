"""The page of an upload in a browser: what was chosen stays, what comes next is there, and it can be deleted."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit, reloaded
from tests.web.browser.site import SAMPLES, Site, start, upload
from tests.web.browser.test_accessible import too_wide, violations

KPI = "kpi_sheet_support_team.docx"
NURSE = "job_description_nurse_uk.docx"


def test_a_kind_that_was_chosen_is_kept_without_another_press(visit: Visit, site: Site) -> None:
    batch = upload(site, SAMPLES / KPI)
    page = visit(f"/batches/{batch}", reduced_motion="reduce")
    kind = page.get_by_label(f"Kind of {KPI}")
    expect(kind).to_have_value("kpi_sheet")
    for button in page.get_by_role("button", name="Correct", include_hidden=True).all():
        expect(button).to_be_hidden()
    kind.select_option("policy")
    expect(page.locator("#said")).to_have_text(f"{KPI}: the kind is kept.")
    expect(kind).to_be_focused()
    language = page.get_by_label(f"Language of {KPI}")
    language.select_option("German")
    expect(page.locator("#said")).to_have_text(f"{KPI}: the language is kept.")
    page.reload()
    expect(page.get_by_label(f"Kind of {KPI}")).to_have_value("policy")
    expect(page.get_by_label(f"Language of {KPI}")).to_have_value("de")
    assert violations(page) + too_wide(page) == []


def test_without_the_script_the_button_keeps_it(visit: Visit, site: Site) -> None:
    batch = upload(site, SAMPLES / KPI)
    page = visit(f"/batches/{batch}", java_script_enabled=False)
    page.get_by_label(f"Kind of {KPI}").select_option("policy")
    with page.expect_navigation():
        page.get_by_role("button", name="Correct").first.click()
    expect(page.get_by_label(f"Kind of {KPI}")).to_have_value("policy")
    page.get_by_label(f"Language of {KPI}").select_option("German")
    with page.expect_navigation():
        page.get_by_role("button", name="Correct").last.click()
    expect(page.get_by_label(f"Language of {KPI}")).to_have_value("de")
    expect(page.get_by_label(f"Kind of {KPI}")).to_have_value("policy")


@pytest.mark.parametrize("javascript", [True, False])
def test_kind_and_language_are_chosen_once_for_all(visit: Visit, site: Site, javascript: bool) -> None:
    batch = upload(site, SAMPLES / KPI, SAMPLES / NURSE)
    page = visit(f"/batches/{batch}", java_script_enabled=javascript, phone=True, reduced_motion="reduce")
    every = page.get_by_role("group", name="For all 2 files")
    every.get_by_label("Kind").select_option("Policy")
    every.get_by_label("Language").select_option("German")
    with page.expect_navigation():
        every.get_by_role("button", name="Correct all").click()
    if not javascript:
        reloaded(page, lambda: page.locator("[data-follow]").count() == 0)
    for name in (KPI, NURSE):
        expect(page.get_by_label(f"Kind of {name}")).to_have_value("policy")
        expect(page.get_by_label(f"Language of {name}")).to_have_value("de")
    assert too_wide(page) == []
    if javascript:
        assert violations(page) == []


def test_from_the_start_to_what_changes(visit: Visit, site: Site) -> None:
    batch = upload(site, SAMPLES / NURSE, SAMPLES / "README.md")
    page = visit(f"/batches/{batch}", reduced_motion="reduce")
    page.get_by_role("button", name="Make suggestions for one document").click()
    expect(page.locator("[data-progress-label]")).to_have_text("1 of 1 documents done")
    expect(page.get_by_text("Everything is done.")).to_be_visible()
    assert violations(page) + too_wide(page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="All suggestions as tracked changes (zip)").click()
    assert taken.value.suggested_filename == "cxify-tracked.zip"
    page.get_by_role("link", name=NURSE).click()
    page.wait_for_url(re.compile("/documents/"))
    page.goto(page.url.partition("?")[0] + "/what-changed")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What changes for")
    assert violations(page) + too_wide(page) == []


def test_comments_are_added_on_the_way(visit: Visit, site: Site) -> None:
    batch = upload(site, SAMPLES / NURSE)
    page = visit(f"/batches/{batch}", phone=True, reduced_motion="reduce")
    page.get_by_role("link", name="Add comments").click()
    page.get_by_label("CSV or Excel file").set_input_files(SAMPLES / "voice/comments.csv")
    page.get_by_role("button", name="Read the comments and use them").click()
    expect(page.get_by_label("What customers say")).to_contain_text("comments.csv")
    page.goto(page.url.partition("/batches")[0] + "/voice")
    expect(page.get_by_role("row", name="waiting for a call back or a reply")).to_be_visible()
    assert violations(page) + too_wide(page) == []


def test_an_upload_is_deleted_whole(visit: Visit, site: Site) -> None:
    batch = upload(site, SAMPLES / NURSE, SAMPLES / KPI)
    start(site, batch)
    page = visit(f"/batches/{batch}", reduced_motion="reduce")
    page.get_by_text("Delete", exact=True).click()
    assert violations(page) == []
    page.get_by_label("I have what I need.").check()
    page.get_by_role("button", name="Delete all 2 documents").click()
    page.wait_for_url(re.compile("/$"))
    assert site.asks.get(f"{site.origin}/batches/{batch}/state").status == 404
