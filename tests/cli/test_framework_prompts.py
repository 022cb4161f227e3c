"""cxify framework and cxify prompts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.worddoc import put


def test_a_new_framework_can_be_used_as_it_is(here: Path, cxify: Run) -> None:
    assert cxify("framework", "init").exit_code == 0
    assert (here / "cx-framework.yaml").exists()
    assert cxify("framework", "check", "cx-framework.yaml").exit_code == 0
    assert "CX-LISTEN" in cxify("framework", "show", "cx-framework.yaml").stdout


def test_init_never_overwrites(here: Path, cxify: Run) -> None:
    mine = put(here / "mine.yaml", b"mine")
    assert cxify("framework", "init", "-o", "mine.yaml").exit_code == 10
    assert mine.read_bytes() == b"mine"


def test_show_and_check_speak_json(here: Path, cxify: Run, cxify_json: Callable[..., Any]) -> None:
    shown = cxify_json("framework", "show")
    assert shown["framework"]["status"] == "template"
    assert len(shown["sha256"]) == 64
    cxify("framework", "init", "-o", "f.yaml")
    assert cxify_json("framework", "check", here / "f.yaml") == {
        "file": str(here / "f.yaml"),
        "ok": True,
        "problems": [],
    }


def test_check_names_a_file_that_is_not_there(cxify: Run) -> None:
    result = cxify("framework", "check", "none.yaml")
    assert result.exit_code == 10
    assert "none.yaml" in result.stderr


def test_prompts_are_listed_and_shown(cxify: Run, cxify_json: Callable[..., Any]) -> None:
    listed = cxify_json("prompts", "list")
    assert {"name", "version", "status", "sha256"} <= set(listed[0])
    name, version = listed[0]["name"], listed[0]["version"]
    assert name in cxify("prompts", "list").stdout
    assert "system:" in cxify("prompts", "show", name, version).stdout
    parts = cxify_json("prompts", "show", name, version)["parts"]
    assert parts[0]["role"] == "system"
