"""From upload to the file that leaves, as people do it, with and without the script."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cxify import word
from tests.libreoffice import Referee
from tests.web.browser.conftest import WORK, Visit, reloaded
from tests.web.browser.site import SAMPLES

NURSE, FORM = SAMPLES / "job_description_nurse_uk.docx", SAMPLES / "review_form_retail_uk.docx"
OWN = "Explain each step before taking it, and say who takes the next one."


def verified(original: Path, redlined: Path) -> bool:
    """Return whether `cxify verify` finds nothing but tracked changes."""
    command = [sys.executable, "-m", "cxify", "verify", str(original), str(redlined)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def saved(page: Page, name: str, folder: Path) -> Path:
    """Press the button of a form of download and return the file."""
    with page.expect_download() as downloading:
        page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name)).get_by_role(
            "link"
        ).first.click()
    path = folder / downloading.value.suggested_filename
    downloading.value.save_as(path)
    return path


def reviewable(page: Page) -> None:
    """Upload two files with and one without a chance, start, and open the first."""
    page.get_by_role("link", name="Upload documents").click()
    page.get_by_label("Choose Word files").set_input_files([NURSE, FORM, Path(__file__)])


def begun(page: Page) -> None:
    """Start what was uploaded and wait for the suggestions, as the person may: by the script or by reloading."""
    page.wait_for_url("**/batches/*")
    # What is chosen before the script has loaded the page anew would be lost.
    expect(page.locator("[data-follow]")).to_have_count(0, timeout=WORK)
    refused = page.get_by_role("row").filter(has_text="test_upload_to_download.py")
    expect(refused).to_contain_text("The file is not a Word document. Give cxify a .docx, .dotx or .docm file.")
    expect(page.get_by_label(f"Kind of {NURSE.name}")).to_have_value("job_description")
    page.get_by_label("Much").check()
    page.get_by_role("button", name="Make suggestions for 2 documents").click()
    expect(page.locator("[data-progress-label]")).to_contain_text("of 2 documents done")


class Card:
    """The card of a suggestion by the number that people see."""

    def __init__(self, page: Page, number: int) -> None:
        title = page.locator(".title", has=page.locator(f"a.number:text-is('{number}')"))
        self.box = page.locator(".suggestion", has=title)

    def press(self, name: str) -> None:
        self.box.get_by_role("button", name=name).first.click()

    def stands(self, how: str) -> None:
        expect(self.box.locator(".badge")).to_have_text(how)


def decide(page: Page) -> None:
    """Accept, reject, reword and comment."""
    total = page.locator(".suggestion").count()
    Card(page, 1).press("Accept")
    Card(page, 1).stands("Accepted")
    Card(page, 3).press("Reject")
    Card(page, 3).stands("Rejected")
    edited = Card(page, 2)
    edited.box.locator("summary", has_text="Change the wording").click()
    edited.box.get_by_label("Your wording").fill("Achieve an individual NPS of 60.")
    edited.press("Accept in these words")
    expect(edited.box.get_by_role("alert")).to_contain_text("Your wording was not saved")
    expect(edited.box.get_by_label("Your wording")).to_have_value("Achieve an individual NPS of 60.")
    edited.box.get_by_label("Your wording").fill(OWN)
    edited.press("Accept in these words")
    edited.stands("Accepted in your words")
    expect(page.locator(".desk .paper")).to_contain_text(OWN)
    edited.box.locator("summary", has_text="Write a comment").click()
    edited.box.get_by_label("Your comment").fill("Agreed with the ward manager.")
    edited.press("Save the comment")
    expect(edited.box.locator("summary", has_text="Write a comment")).to_contain_text("(1)")
    expect(page.locator("#count")).to_have_text(f"3 of {total} decided")


def downloads(page: Page, folder: Path) -> dict[str, Path]:
    page.wait_for_load_state()  # without the script every decision loads the page anew
    # By the keyboard: Chromium may still scroll to the suggestion in the address, and a mouse then presses beside it.
    page.get_by_role("link", name="Download", exact=True).press("Enter")
    page.wait_for_url("**/download")
    names = {"tracked": "Word with tracked changes", "clean": "Clean copy", "original": "Original"}
    return {form: saved(page, name, folder) for form, name in names.items()}


def proved(files: dict[str, Path]) -> None:
    """What was accepted is in the files and nothing else."""
    assert files["original"].read_bytes() == NURSE.read_bytes()
    assert verified(NURSE, files["tracked"])
    clean = " ".join(block.text for block in word.read(files["clean"].read_bytes()).blocks)
    assert OWN in clean
    tracked = word.read(word.resolve(files["tracked"].read_bytes(), accept=True))
    assert OWN in " ".join(block.text for block in tracked.blocks)
    assert any("Agreed with the ward manager." in each.text for each in word.remarks_of(files["tracked"].read_bytes()))


def test_with_the_script(visit: Visit, folder: Path) -> None:
    page = visit()
    reviewable(page)
    expect(page.locator(".sent .badge")).to_have_count(3)
    page.get_by_role("link", name="Check and start").click()
    begun(page)
    expect(page.locator("[data-follow]")).to_have_count(0, timeout=WORK)
    page.get_by_role("link", name=NURSE.name).click()
    decide(page)
    proved(downloads(page, folder))


def test_of_a_folder_only_documents_are_sent_and_the_rest_is_told(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "jobs"
    (folder / "2026").mkdir(parents=True)
    for name in (".DS_Store", "~$nurse.docx", "photo.png", "scan.pdf", "2026/notes.txt"):
        (folder / name).write_bytes(b"%PDF-1.7 or anything else")
    shutil.copy(SAMPLES / "kpi_sheet_support_team.docx", folder / "2026")
    page = visit("/upload", fails=(422,))
    page.set_input_files("#folder", folder)
    expect(page.locator("#onward")).to_be_visible()
    sent = page.locator("#sent li")
    expect(sent).to_have_count(2)
    expect(page.locator("#sent")).to_contain_text("jobs/2026/kpi_sheet_support_team.docx")
    expect(page.locator("#left")).to_have_text("Left out of the folder, because they are no Word files: 2")
    page.get_by_role("link", name="Check and start").click()
    expect(page.locator("main")).to_contain_text("This is a PDF file.")


def test_without_the_script(visit: Visit, folder: Path) -> None:
    page = visit(java_script_enabled=False, fails=[422])
    reviewable(page)
    page.get_by_role("button", name="Upload").click()
    reloaded(page, lambda: page.get_by_text("Being looked at").count() == 0)
    begun(page)
    reloaded(page, lambda: page.get_by_role("link", name=NURSE.name).count() == 1)
    page.get_by_role("link", name=NURSE.name).click()
    decide(page)
    proved(downloads(page, folder))


def test_libreoffice_opens_what_was_downloaded(
    visit: Visit, reviewed: dict[str, str], folder: Path, referee: Referee
) -> None:
    page = visit(reviewed[FORM.name])
    edit = page.locator(".suggestion", has=page.locator("p.what ins")).first
    text = edit.locator(".what ins").first.inner_text()
    edit.get_by_role("button", name="Accept").first.click()
    expect(page.locator(".suggestion.is-accepted")).to_have_count(1)
    page.get_by_role("link", name="Download", exact=True).click()
    file = saved(page, "Word with tracked changes", folder)
    paragraphs = [line for lines in referee.texts(file, "accept").values() for line in lines]
    assert any(text.strip() in line for line in paragraphs)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_sees_only_what_is_chosen(visit: Visit, reviewed: dict[str, str], javascript: bool) -> None:
    page = visit(reviewed[NURSE.name], java_script_enabled=javascript)
    total = page.locator(".suggestion").count()
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Certainty").select_option("needs context")
    page.get_by_role("button", name="Show", exact=True).click()
    shown = page.locator(".suggestion").count()
    assert 0 < shown < total
    expect(page.get_by_text("hidden by your choice")).to_contain_text(str(total - shown))
