"""A page without names: what is on it, and that the verdicts come back to the run they are for."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from cxify.cli import main
from tests.evaluation.report_runs import write

FEW = ("A1", "G1")
MINE = "Tell them what happens next, in other words."


def cxify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["eval", "blind", *map(str, arguments)])


def reworded(line: dict[str, Any]) -> dict[str, Any]:
    """Say every appended text in other words."""
    text = json.dumps(line["proposal"])
    for edit in line["proposal"]["accepted"]:
        if edit["operation"]["op"] == "append":
            text = text.replace(json.dumps(edit["operation"]["text"]), json.dumps(f" {MINE}"))
    return line | {"proposal": json.loads(text)}


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "a", FEW), write(tmp_path / "b", FEW, version="2.0.0", change=reworded)


def test_the_page_names_no_run_and_shows_both_texts(two: tuple[Path, Path], tmp_path: Path) -> None:
    done = cxify(*two, "-o", tmp_path / "reading")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "reading" / "blind.md").read_text("utf-8")
    numbers = yaml.safe_load((tmp_path / "reading" / "blind.yaml").read_text("utf-8"))["verdicts"]
    assert page.count(MINE) == len(numbers) >= 3
    assert {f"first: {MINE}" in page, f"second: {MINE}" in page} == {True}, "sometimes first, sometimes second"
    assert not any(word in page for word in ("baseline", "candidate", "2.0.0", str(two[0])))


def test_verdicts_come_back_to_the_run_they_are_for(two: tuple[Path, Path], tmp_path: Path) -> None:
    """A reader who always prefers the other words has preferred the candidate, wherever they stood."""
    cxify(*two, "-o", tmp_path)
    page = (tmp_path / "blind.md").read_text("utf-8").split("\n## ")[1:]
    verdicts = {n: "first" if f"first: {MINE}" in part else "second" for n, part in enumerate(page, 1)} | {1: "neither"}
    sheet = tmp_path / "filled.yaml"
    sheet.write_text(yaml.safe_dump({"reader": "me", "date": "2026-11-22", "verdicts": verdicts}), "utf-8")
    told = json.loads(cxify(*two, "--verdicts", sheet, "--json").stdout)
    assert (told["baseline"], told["candidate"], told["neither"]) == (0, len(page) - 1, 1)


def test_a_sheet_that_is_not_filled_in_is_refused(two: tuple[Path, Path], tmp_path: Path) -> None:
    cxify(*two, "-o", tmp_path)
    done = cxify(*two, "--verdicts", tmp_path / "blind.yaml")
    assert (done.exit_code, "reader" in done.stderr) == (10, True)
    again = cxify(*two, "-o", tmp_path)
    assert (again.exit_code, "nothing is overwritten" in again.stderr) == (10, True)


def test_two_runs_in_the_same_words_leave_nothing_to_read(two: tuple[Path, Path]) -> None:
    done = cxify(two[0], two[0])
    assert done.exit_code == 10
    assert "different words" in done.stderr
