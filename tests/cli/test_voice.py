"""`cxify voice` shows the digest; `--voice` uses it, and running again does what is right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.conftest import ROOT

Run = Callable[..., Result]
COMMENTS = ROOT / "samples" / "voice" / "comments.csv"
NURSE = ROOT / "samples" / "job_description_nurse_uk.docx"


def test_the_digest_shows_themes_by_competency_with_what_was_masked_and_left_out(cxify: Run) -> None:
    result = cxify("voice", COMMENTS)
    assert result.exit_code == 0
    for expected in (
        "Owning the outcome and putting things right (CX-OWN)",
        "waiting for a call back or a reply",
        "praise: kindness and respect",
        "Day Surgery: 60 comments read",
        "Masked: 1 address",
        "2 comments in another language",
        "instructions to an AI: reported, not followed and never cited",
    ):
        assert expected in result.stdout
    assert "Halloway" not in result.stdout
    assert "07700" not in result.stdout


def test_the_digest_as_json_holds_the_same(cxify_json: Callable[..., Any]) -> None:
    data = cxify_json("voice", COMMENTS)
    assert data["rows"] == 120
    theme = next(one for one in data["themes"] if one["id"] == "call_back")
    assert theme["tone"] == "complaint"
    assert theme["competencies"] == ["CX-OWN", "CX-INSIGHT"]
    assert theme["mentions"] >= data["minimum"] == 5
    assert set(data["units"]) >= {"Day Surgery", "Outpatients"}


def test_the_column_and_the_smallest_group_can_be_given(cxify: Run, here: Path) -> None:
    rows = [
        f"{number};x;Nobody replied to letter number {word}." for number, word in enumerate(("one", "two", "three"))
    ]
    (here / "c.csv").write_text("\n".join(("id;comment;F7", *rows)), "utf-8")
    assert "waiting for a call back" not in cxify("voice", "c.csv").stdout
    result = cxify("voice", "c.csv", "--voice-column", "F7", "--voice-minimum", 3)
    assert "3 of 3 (100%)  waiting for a call back or a reply" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [("missing.csv",), ("empty.csv",), ("job.docx",), ("good.csv", "--voice-column", "none")],
)
def test_a_file_that_cannot_be_used_is_named_with_a_remedy(cxify: Run, here: Path, arguments: tuple[str, ...]) -> None:
    (here / "empty.csv").write_bytes(b"")
    (here / "job.docx").write_bytes(NURSE.read_bytes())
    (here / "good.csv").write_text("Comment\nNobody replied to my letter.", "utf-8")
    result = cxify("voice", *arguments)
    assert result.exit_code == 10
    assert arguments[0] in result.stderr


def test_a_rewrite_with_a_voice_is_done_once_and_again_when_the_voice_changes(cxify: Run, here: Path) -> None:
    voice = here / "comments.csv"
    voice.write_bytes(COMMENTS.read_bytes())
    first = ("rewrite", NURSE, "-o", "out", "--voice", voice)
    assert "1 rewritten" in cxify(*first).stdout
    assert "1 done before" in cxify(*first).stdout
    voice.write_bytes(COMMENTS.read_bytes() + b"01/07/2026,Day Surgery,,,Nobody rang me back.\n")
    assert "1 rewritten" in cxify(*first).stdout


def test_a_voice_that_cannot_be_read_stops_the_run_before_the_first_document(cxify: Run, here: Path) -> None:
    result = cxify("rewrite", NURSE, "-o", "out", "--voice", here / "none.csv")
    assert result.exit_code == 10
    assert not list(here.glob("out/*.docx"))
