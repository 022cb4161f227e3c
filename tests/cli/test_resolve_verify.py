"""cxify resolve and cxify verify."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxify import word
from cxify.proposal import Append, Operation
from tests.cli.conftest import Run
from tests.worddoc import put, word_file


def redlined(source: bytes, author: str = "cxify", text: str = " And calls.") -> bytes:
    operations: list[Operation] = [Append(op="append", block="b3", text=text)]
    return word.apply(source, operations, author=author, date="2026-11-22T08:00:00Z")


def third(path: Path) -> str:
    return word.read(path.read_bytes()).blocks[2].text


@pytest.mark.parametrize(("choice", "text"), [("--accept", " And calls."), ("--reject", "")])
def test_resolve_accepts_or_rejects(here: Path, cxify: Run, choice: str, text: str) -> None:
    put(here / "a.docx", redlined(word_file()))
    assert cxify("resolve", "a.docx", choice, "-o", "b.docx").exit_code == 0
    assert third(here / "b.docx") == f"Answer letters from residents.{text}"


def test_resolve_leaves_the_changes_of_others(here: Path, cxify: Run) -> None:
    put(here / "a.docx", redlined(redlined(word_file(), "Ann", " By Ann."), "cxify"))
    assert cxify("resolve", "a.docx", "--accept", "--author", "cxify", "-o", "b.docx").exit_code == 0
    rest = word.resolve((here / "b.docx").read_bytes(), accept=False)
    assert word.read(rest).blocks[2].text == "Answer letters from residents. And calls."


def test_resolve_says_when_the_author_made_no_change(here: Path, cxify: Run) -> None:
    put(here / "a.docx", redlined(word_file()))
    result = cxify("resolve", "a.docx", "--accept", "--author", "Nobody", "-o", "b.docx")
    assert result.exit_code == 10
    assert "Nobody" in result.stderr


def test_resolve_needs_a_choice(here: Path, cxify: Run) -> None:
    assert cxify("resolve", put(here / "a.docx"), "-o", "b.docx").exit_code == 2


def test_verify_holds_for_what_apply_wrote(here: Path, cxify: Run, cxify_json: Callable[..., Any]) -> None:
    source = put(here / "a.docx")
    put(here / "b.docx", redlined(source.read_bytes()))
    assert cxify("verify", "a.docx", "b.docx").exit_code == 0
    told = cxify_json("verify", "a.docx", "b.docx")
    assert told["ok"] is True
    assert {"reject", "accept", "parts"} <= {check["name"] for check in told["checks"]}


def test_verify_ends_with_13_for_a_file_that_was_changed_untracked(here: Path, cxify: Run) -> None:
    put(here / "a.docx")
    put(here / "b.docx", redlined(word_file("Another", "Document", "Altogether.")))
    result = cxify("verify", "a.docx", "b.docx")
    assert result.exit_code == 13
    assert "BROKEN" in result.stdout


def test_verify_names_the_file_that_cannot_be_read(here: Path, cxify: Run) -> None:
    put(here / "a.docx")
    put(here / "b.docx", b"")
    result = cxify("verify", "a.docx", "b.docx")
    assert result.exit_code == 10
    assert "b.docx: The file is empty" in result.stderr
    assert json.loads(cxify("verify", "a.docx", "b.docx", "--json").stdout)["error"]["type"] == "NotWordDocument"
