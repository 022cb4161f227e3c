"""What a pull request and a CI server show: well-formed, short, and nothing that a case says takes effect."""

import re
from pathlib import Path

import pytest
from lxml import etree

from cxify.evaluation import compare as comparisons
from cxify.evaluation import report as reports
from cxify.evaluation import runs
from cxify.evaluation.report import Gate, Report
from cxify.evaluation.report.markdown import plain
from tests.evaluation import report_runs as made
from tests.evaluation.report_runs import CASES, FEW

SCHEMA = etree.XMLSchema(file=str(Path(__file__).with_name("junit.xsd")))
STOPPED = Gate(1, (("points", 1, "Points: a loss larger than the margin is proven."), ("grounded", 3, "Too few.")))
HOSTILE = "a|b\n# <img src=x> `c` @everyone #12 https://evil.example [x](y) *z* \u202e\x01 & | www.evil.example"


def of(folder: Path, gate: Gate | None = None, **candidate: object) -> Report:
    a = runs.load(made.write(folder / "a"))
    b = runs.load(made.write(folder / "b", version="1.1.0", **candidate))  # type: ignore[arg-type]
    return reports.compared(comparisons.compare(a, b), (a, b), CASES, gate)


@pytest.fixture(scope="module")
def worse(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return of(tmp_path_factory.mktemp("runs"), STOPPED, writer=made.Meagre, failing=["J1"])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    def poison(line: dict[str, object]) -> dict[str, object]:
        return line | {"family": HOSTILE, "checks": {HOSTILE: False}, "details": {"points": [HOSTILE]}}

    return of(tmp_path_factory.mktemp("runs"), Gate(1, ((HOSTILE, 1, HOSTILE),)), change=poison)


def tables(markdown: str) -> list[list[str]]:
    return [block.strip().splitlines() for block in re.findall(r"(?:^\|.*\n)+", markdown, re.MULTILINE)]


def cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row)) - 1


@pytest.mark.parametrize("name", ["worse", "hostile"])
def test_every_table_is_well_formed(name: str, request: pytest.FixtureRequest) -> None:
    markdown = reports.markdown(request.getfixturevalue(name))
    found = tables(markdown)
    assert len(found) >= 6
    for table in found:
        assert set(re.findall(r"[^| ]+", table[1])) == {"---"}
        assert len({cells(row) for row in table}) == 1


def test_the_summary_is_the_sentence_the_gate_and_the_worst_three(worse: Report) -> None:
    head, _, folded = reports.markdown(worse).partition("<details>")
    assert "on points" in head
    assert "The gate **stops it: a loss is proven** (exit code 1)." in head
    assert "a loss larger than the margin is proven" in head
    worst = tables(head)[-1]
    assert len(worst) == 2 + 3
    assert worst[2].startswith("| J1 ")
    assert "The model gave nothing usable" in worst[2]
    assert "Missed: E" in "\n".join(worst[3:])
    assert len(head.splitlines()) < 50
    assert folded.count("</details>") == 1
    for metric in ("Gender coding kept", "R12 reviewability"):
        assert metric in folded
        assert metric not in head


def test_nothing_that_a_case_says_takes_effect_in_a_pull_request(hostile: Report) -> None:
    markdown = reports.markdown(hostile)
    own = markdown.replace("<details><summary>", "").replace("</summary>", "").replace("</details>", "")
    assert not re.search(r"[<`\[\]\x01\u202e]", own)
    assert not re.search(r"@\w|(?<!&)#\d|https?://|www\.", own)
    assert not re.search(r"^#(?!## )", own, re.MULTILINE)


@pytest.mark.parametrize("text", ["- item", "+ item", "= x", "a | b", "`x`", "<b>", "# x", "~x~", "$x$"])
def test_marks_of_markdown_are_text(text: str) -> None:
    from html import unescape

    assert unescape(plain(text)).replace("\u2060", "") == text
    assert not re.search(r"[|`<>#~$](?!\d)", re.sub(r"&#\d+;", "", plain(text)))
    assert plain(text)[0] not in "-+="


@pytest.mark.parametrize("name", ["worse", "hostile"])
def test_the_junit_file_is_valid(name: str, request: pytest.FixtureRequest) -> None:
    data = reports.junit(request.getfixturevalue(name))
    SCHEMA.assertValid(etree.fromstring(data))
    for suite in etree.fromstring(data):
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(sum(case.find(tag) is not None for case in cases))


def suites(report: Report) -> dict[str, etree._Element]:
    return {suite.get("name", ""): suite for suite in etree.fromstring(reports.junit(report))}


def test_a_proven_loss_fails_and_too_few_cases_are_skipped(worse: Report) -> None:
    points, grounded = suites(worse)["gate"].findall("testcase")
    failure = points.find("failure")
    assert failure is not None
    assert failure.get("message") == "Points: a loss larger than the margin is proven."
    assert grounded.find("skipped") is not None


def test_without_a_gate_a_gated_metric_that_got_worse_fails(tmp_path: Path) -> None:
    failing = suites(of(tmp_path, change=made.poorer))["metrics"].findall("testcase[failure]")
    assert [case.get("name") for case in failing] == ["points"]


def test_a_case_that_gave_no_result_is_an_error(worse: Report) -> None:
    errors = suites(worse)["cases"].findall("testcase[error]")
    assert [case.get("name", "")[:2] for case in errors] == ["J1"]


def test_a_case_fails_when_it_passed_before_and_what_failed_before_is_told(tmp_path: Path) -> None:
    def broken(line: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
        return line | {"checks": line["checks"] | {"locks_kept": line["case"] not in ("G1", "G4")}}

    a = runs.load(
        made.write(tmp_path / "a", change=lambda line: line | {"checks": {"locks_kept": line["case"] != "G4"}})
    )
    b = runs.load(made.write(tmp_path / "b", version="1.1.0", change=broken))
    told = suites(reports.compared(comparisons.compare(a, b), (a, b), CASES))["cases"]
    failures = {case.get("name", "")[:2]: case.find("failure") for case in told.findall("testcase[failure]")}
    assert set(failures) == {"G1"}
    assert "Locks kept" in (failures["G1"].get("message") or "")  # type: ignore[union-attr]
    assert "G4 does not pass, as before: Locks kept" in (told.findtext("system-out") or "")


def test_one_run_has_a_summary_and_a_junit_file_too(tmp_path: Path) -> None:
    report = reports.alone(runs.load(made.write(tmp_path / "a", failing=["A1"])), CASES)
    assert {len({cells(row) for row in table}) for table in tables(reports.markdown(report))} == {1}
    SCHEMA.assertValid(etree.fromstring(reports.junit(report)))
    assert len(suites(report)["cases"].findall("testcase")) == len(FEW)
