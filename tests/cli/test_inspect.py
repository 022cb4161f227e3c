"""cxify inspect: the stable JSON form, and a page for a reader."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cxify import word
from cxify.proposal import Append
from tests.cli.conftest import Run
from tests.worddoc import put, word_file

KEYS = ["file", "sha256", "kind", "language", "state", "blocks", "findings", "provenance"]
BLOCK_KEYS = ["id", "type", "text", "story", "section", "table", "lock"]


def test_the_json_form_is_stable_and_grows_only_at_its_end(here: Path, cxify_json: Callable[..., Any]) -> None:
    told = cxify_json("inspect", put(here / "a.docx"))
    assert list(told)[: len(KEYS)] == KEYS
    assert all(list(block)[: len(BLOCK_KEYS)] == BLOCK_KEYS for block in told["blocks"])
    assert [block["id"] for block in told["blocks"]] == ["b1", "b2", "b3", "b4"]
    assert {block["type"] for block in told["blocks"]} <= {"heading", "paragraph", "list_item"}
    assert told["blocks"][2]["text"] == "Answer letters from residents."
    assert told["blocks"][2]["section"] == "Main duties"
    assert told["provenance"] is None


def test_the_kind_can_be_said(here: Path, cxify_json: Callable[..., Any]) -> None:
    assert cxify_json("inspect", put(here / "a.docx"), "--kind", "policy")["kind"] == "policy"


def test_the_language_can_be_said(here: Path, cxify_json: Callable[..., Any], cxify: Run) -> None:
    source = put(here / "a.docx", word_file("Job description", "Aufgaben", "Answer letters from residents.", "Ende"))
    assert cxify_json("inspect", source)["language"].startswith("en")
    assert cxify_json("inspect", source, "--language", "de")["language"] == "de"
    assert (
        cxify_json("rewrite", source, "-o", here / "out", "--language", "de")["documents"][0]["details"]["language"]
        == "de"
    )
    refused = cxify("inspect", source, "--language", "Deutsch")
    assert refused.exit_code == 11
    assert "language" in refused.stderr


def test_provenance_is_read_back(here: Path, cxify_json: Callable[..., Any]) -> None:
    operations = [Append(op="append", block="b3", text=" And calls.")]
    put(here / "a.docx", word.apply(word_file(), operations, author="cxify", date="2026-11-22T08:00:00Z"))
    assert cxify_json("inspect", here / "a.docx")["provenance"]["tool"] == "cxify"


def test_a_reader_sees_the_kind_and_what_is_locked(here: Path, cxify: Run) -> None:
    result = cxify("inspect", put(here / "a.docx"))
    assert result.exit_code == 0
    assert "4 blocks" in result.stdout
    assert "Main duties" in result.stdout


def test_nothing_is_written(here: Path, cxify: Run) -> None:
    put(here / "a.docx")
    cxify("inspect", "a.docx")
    assert [path.name for path in here.iterdir()] == ["a.docx"]
