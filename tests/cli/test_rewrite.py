"""cxify rewrite, as a user runs it: the built-in writer over files and folders."""

import json
from pathlib import Path

import pytest

from cxify import word
from tests.cli.conftest import Run
from tests.fake_endpoint import reply, serve
from tests.worddoc import put, word_file

JOB = word_file(
    "Job description: Accounts Payable Clerk",
    "Purpose of the role",
    "To pay the suppliers of the council correctly and to help colleagues in all departments with their invoices.",
    "Main duties",
    "Process invoices and payments to suppliers.",
    "Answer questions from suppliers and colleagues by telephone and e-mail.",
    "Pass open cases to the purchasing team when an order is missing.",
    "Person specification",
    "Experience of working with invoices in a busy office.",
)


@pytest.fixture
def folder(here: Path) -> Path:
    put(here / "in/ap.docx", JOB)
    put(here / "in/sub/broken.docx", b"PK\x03\x04")
    put(here / "in/notes.txt", b"x")
    return here / "in"


def test_a_folder_comes_back_redlined_and_verified(folder: Path, cxify: Run) -> None:
    result = cxify("rewrite", "in", "-o", "out")
    assert result.exit_code == 10, "the broken file decides the exit code"
    assert cxify("verify", folder / "ap.docx", "out/ap.docx").exit_code == 0
    assert "in/ap.docx" in result.stdout
    assert "2 documents: 1 rewritten, 1 failed" in result.stdout
    assert "broken.docx" in result.stderr
    assert "broken.docx" not in result.stdout


def test_the_original_is_untouched_and_rejecting_gives_it_back(folder: Path, cxify: Run) -> None:
    before = (folder / "ap.docx").read_bytes()
    cxify("rewrite", "in/ap.docx", "-o", "out")
    assert (folder / "ap.docx").read_bytes() == before == JOB
    rejected = word.read(word.resolve(Path("out/ap.docx").read_bytes(), accept=False))
    assert [block.text for block in rejected.blocks] == [block.text for block in word.read(JOB).blocks]


@pytest.mark.usefixtures("folder")
def test_running_again_does_nothing_twice(cxify: Run) -> None:
    cxify("rewrite", "in/ap.docx", "-o", "out")
    written = Path("out/ap.docx").stat().st_mtime_ns
    again = cxify("rewrite", "in/ap.docx", "-o", "out")
    assert "1 done before" in again.stdout
    assert Path("out/ap.docx").stat().st_mtime_ns == written
    assert "1 rewritten" in cxify("rewrite", "in/ap.docx", "-o", "out", "--intensity", "light").stdout


@pytest.mark.usefixtures("folder")
def test_a_dry_run_writes_nothing(cxify: Run) -> None:
    result = cxify("rewrite", "in/ap.docx", "-o", "out", "--dry-run")
    assert "would be proposed" in result.stdout
    assert not Path("out").exists()


@pytest.mark.usefixtures("folder")
def test_json_holds_every_edit_with_its_reason(cxify: Run) -> None:
    told = json.loads(cxify("rewrite", "in", "-o", "out", "--json").stdout)
    assert told["summary"]["rewritten"] == told["summary"]["failed"] == told["summary"]["skipped"] == 1
    assert told["summary"]["exit_code"] == 10
    done = next(each for each in told["documents"] if each["status"] == "rewritten")
    assert done["details"]["kind"] == "job_description"
    assert done["details"]["edits"]
    assert all(edit["reason"] for edit in done["details"]["edits"])


@pytest.mark.usefixtures("folder")
def test_the_author_stands_beside_the_changes(cxify: Run) -> None:
    cxify("rewrite", "in/ap.docx", "-o", "out", "--author", "HR Services")
    result = cxify("resolve", "out/ap.docx", "--accept", "--author", "HR Services", "-o", "final.docx")
    assert result.exit_code == 0


@pytest.mark.usefixtures("folder")
def test_no_bar_and_no_colour_where_there_is_no_terminal(cxify: Run) -> None:
    result = cxify("rewrite", "in/ap.docx", "-o", "out")
    assert "\x1b" not in result.output
    assert result.stderr == ""


@pytest.mark.usefixtures("folder")
def test_a_model_that_talks_nonsense_leaves_no_output(cxify: Run) -> None:
    with serve(reply("I would rather write a poem.")) as endpoint:
        result = cxify("rewrite", "in/ap.docx", "-o", "out", "--model", "openai:x", "--base-url", endpoint.base_url)
        assert endpoint.requests, "the model that was named is asked"
    assert result.exit_code in (0, 12)
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("folder")
def test_a_key_in_the_environment_chooses_no_model(cxify: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(reply("{}")) as endpoint:
        monkeypatch.setenv("OPENAI_API_KEY", "k")
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.base_url)
        monkeypatch.setenv("CXIFY_BASE_URL", endpoint.base_url)
        assert cxify("rewrite", "in/ap.docx", "-o", "out").exit_code == 0
        assert endpoint.requests == []
