"""cxify apply: given edits become tracked changes, all of them or none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxify import word
from tests.cli.conftest import Run
from tests.worddoc import put

REPLACE = {"op": "replace", "block": "b3", "old": "letters", "new": "letters and calls", "comment": "Why."}


def edits(path: Path, *operations: Any) -> Path:
    path.write_text(json.dumps({"edits": operations}), "utf-8")
    return path


def texts(path: Path, *, accept: bool) -> list[str]:
    return [block.text for block in word.read(word.resolve(path.read_bytes(), accept=accept)).blocks]


def test_edits_are_tracked_changes_that_can_be_accepted_and_rejected(here: Path, cxify: Run) -> None:
    source = put(here / "a.docx")
    after = {"op": "insert_after", "block": "b4", "text": "Report what residents say."}
    result = cxify("apply", source, edits(here / "e.json", REPLACE, after), "-o", "out/b.docx")
    assert result.exit_code == 0, result.output
    assert texts(here / "out/b.docx", accept=True)[2:] == [
        "Answer letters and calls from residents.",
        "Empty the bins every evening.",
        "Report what residents say.",
    ]
    assert texts(here / "out/b.docx", accept=False) == texts(source, accept=False)


def test_the_author_is_the_one_given(here: Path, cxify: Run) -> None:
    cxify("apply", put(here / "a.docx"), edits(here / "e.json", REPLACE), "-o", "b.docx", "--author", "Ann Lee")
    assert b'w:author="Ann Lee"' in here.joinpath("b.docx").read_bytes() or _in_document(here / "b.docx", "Ann Lee")


def _in_document(path: Path, author: str) -> bool:
    from zipfile import ZipFile

    return f'w:author="{author}"' in ZipFile(path).read("word/document.xml").decode()


def test_a_dash_writes_the_document_to_stdout(here: Path, cxify: Run) -> None:
    result = cxify("apply", put(here / "a.docx"), edits(here / "e.json", REPLACE), "-o", "-")
    assert result.stdout_bytes.startswith(b"PK")
    assert sorted(path.name for path in here.iterdir()) == ["a.docx", "e.json"]


def test_json_says_what_was_written(here: Path, cxify_json: Callable[..., Any]) -> None:
    told = cxify_json("apply", put(here / "a.docx"), edits(here / "e.json", REPLACE), "-o", "b.docx")
    assert (told["output"], told["edits"]) == ("b.docx", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not valid JSON"),
        ("[]", "e.json: the file"),
        ('{"edits": [{"op": "replace", "block": "b3", "old": "letters"}]}', "edits[0].new"),
        ('{"edits": [{"op": "replace", "block": "3", "old": "a", "new": "b"}]}', "edits[0].block"),
        ('{"edits": [{"op": "swap", "block": "b3"}]}', "edits[0]"),
        ('{"edits": [{"op": "append", "block": "b3", "text": " a", "colour": "red"}]}', "edits[0].colour"),
        ("\xff", "is not valid JSON"),
    ],
)
def test_a_malformed_edits_file_is_refused_with_the_place(here: Path, cxify: Run, content: str, said: str) -> None:
    path = here / "e.json"
    path.write_bytes(content.encode("latin-1"))
    result = cxify("apply", put(here / "a.docx"), path, "-o", "b.docx")
    assert result.exit_code == 10
    assert said in result.stderr
    assert not (here / "b.docx").exists()


@pytest.mark.parametrize(
    ("operation", "code", "said"),
    [
        ({"op": "append", "block": "b99", "text": " More."}, 10, "b99"),
        ({"op": "replace", "block": "b3", "old": "words that are not there", "new": "others"}, 13, "b3"),
        ({"op": "insert_row_after", "block": "b3", "cells": ["a"]}, 13, "does not stand in a table"),
    ],
)
def test_an_edit_that_does_not_fit_stops_all_of_them(
    here: Path, cxify: Run, operation: dict[str, Any], code: int, said: str
) -> None:
    result = cxify("apply", put(here / "a.docx"), edits(here / "e.json", REPLACE, operation), "-o", "b.docx")
    assert result.exit_code == code, result.stderr
    assert said in result.stderr
    assert not (here / "b.docx").exists()


def test_the_original_is_never_overwritten(here: Path, cxify: Run) -> None:
    source = put(here / "a.docx")
    before = source.read_bytes()
    result = cxify("apply", source, edits(here / "e.json", REPLACE), "-o", "./a.docx")
    assert result.exit_code == 10
    assert source.read_bytes() == before


def test_an_error_is_json_too_when_json_is_asked_for(here: Path, cxify_json: Callable[..., Any]) -> None:
    told = cxify_json("apply", put(here / "a.docx"), here / "none.json", "-o", "b.docx")
    assert told["error"]["exit_code"] == 10
    assert "none.json" in told["error"]["message"]
