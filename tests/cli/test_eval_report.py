"""cxify eval report on the command line: what it writes, where, and what it says of folders that are none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cxify.cli import main
from tests.evaluation import report_runs as made

pytestmark = pytest.mark.long

CASES = str(Path(made.ROOT) / "evals" / "cases")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["eval", "report", *map(str, arguments), "--cases-dir", CASES])


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    worse = made.write(tmp_path / "both" / "candidate", version="1.1.0", writer=made.Meagre)
    return made.write(tmp_path / "both" / "baseline"), worse


def test_two_runs_become_a_page_a_summary_and_a_junit_file(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(*pair, "-o", tmp_path / "r.html", "--markdown", tmp_path / "r.md", "--junit", tmp_path / "r.xml")
    assert done.exit_code == 0, done.output
    assert "review_form 1.1.0 is" in done.stdout
    assert (tmp_path / "r.html").read_text("utf-8").lstrip().startswith("<!doctype html>")
    assert (tmp_path / "r.md").read_text("utf-8").startswith("### ")
    assert (tmp_path / "r.xml").read_bytes().startswith(b"<?xml")


def test_a_run_against_another_is_one_folder(pair: tuple[Path, Path]) -> None:
    done = run(pair[0].parent)
    assert done.exit_code == 0, done.output
    page = (pair[0].parent / "report.html").read_text("utf-8")
    assert "<title>review_form/1.1.0 against review_form/1.0.0" in page


def test_a_stored_comparison_is_shown_as_it_is(pair: tuple[Path, Path], tmp_path: Path) -> None:
    compared = CliRunner().invoke(main, ["eval", "compare", *map(str, pair), "--json"])
    stored = tmp_path / "comparison.json"
    stored.write_text(compared.stdout, "utf-8")
    done = run("--compare", stored, "-o", tmp_path / "r.html", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["written"] == [str(tmp_path / "r.html")]
    assert json.loads(done.stdout)["headline"].split(" (")[0] == json.loads(compared.stdout)["headline"].split(" (")[0]


def test_one_run_is_shown_alone(pair: tuple[Path, Path]) -> None:
    done = run(pair[0])
    assert done.exit_code == 0, done.output
    assert (pair[0] / "report.html").exists()


def test_what_is_no_run_is_said(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.exit_code == 10
    assert "is no run" in done.stderr


def test_what_is_no_comparison_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    done = run("--compare", tmp_path / "x.json")
    assert done.exit_code == 10
    assert "is no comparison" in done.stderr


def test_without_a_run_the_usage_is_said() -> None:
    assert run().exit_code == 2


def test_other_cases_are_not_compared_unasked(pair: tuple[Path, Path], tmp_path: Path) -> None:
    facts = json.loads((pair[1] / "run.json").read_text("utf-8"))
    (pair[1] / "run.json").write_text(json.dumps(facts | {"framework_sha256": "0" * 64}), "utf-8")
    assert run(*pair).exit_code == 10
    assert run(*pair, "--force", "-o", tmp_path / "r.html").exit_code == 0
    assert "differ in the framework" in (tmp_path / "r.html").read_text("utf-8")
