"""The report as JUnit XML, which every CI server shows.

Three suites: what the gate says of each gated metric, the metrics that are only reported, and a test a case. A proven
loss fails; too few cases to say is skipped. In a comparison a case fails when it passed a check before and does not
now; what failed before as well is told in the output of the suite.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from cxify import pages
from cxify.evaluation.report import figures
from cxify.evaluation.report.view import Attempt, CaseView, MetricRow, Report

_NAME = "cxify eval"
_LOSS, _TOO_FEW = 1, 3


@dataclass(frozen=True, slots=True)
class Test:
    """One line of a suite."""

    name: str
    outcome: Literal["passed", "failure", "error", "skipped"] = "passed"
    message: str = ""
    seconds: float = 0.0


def junit(report: Report) -> bytes:
    """Return the report as JUnit XML, UTF-8."""
    suites = [
        ("gate", list(_gate(report)), ""),
        ("metrics", [_metric(row) for row in report.metrics if not (report.gate and row.metric.gated)], ""),
        ("cases", [_case(case) for case in report.cases], "\n".join(_before_as_well(report))),
    ]
    root = ElementTree.Element("testsuites", name=_NAME)
    for number, (name, tests, told) in enumerate((suite for suite in suites if suite[1]), 0):
        root.append(_suite(number, name, tests, told, report.created))
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _suite(number: int, name: str, tests: Sequence[Test], told: str, created: str) -> ElementTree.Element:
    counts = {outcome: sum(test.outcome == outcome for test in tests) for outcome in ("failure", "error", "skipped")}
    suite = ElementTree.Element(
        "testsuite",
        id=str(number),
        package=_NAME,
        name=name,
        timestamp=(created or "1970-01-01T00:00:00Z")[:19],
        hostname="localhost",
        tests=str(len(tests)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"]),
        time=f"{sum(test.seconds for test in tests):.3f}",
    )
    ElementTree.SubElement(suite, "properties")
    for test in tests:
        suite.append(_testcase(name, test))
    ElementTree.SubElement(suite, "system-out").text = _clean(told)
    ElementTree.SubElement(suite, "system-err")
    return suite


def _testcase(suite: str, test: Test) -> ElementTree.Element:
    element = ElementTree.Element(
        "testcase", name=_clean(test.name), classname=f"cxify.eval.{suite}", time=f"{test.seconds:.3f}"
    )
    if test.outcome == "skipped":
        ElementTree.SubElement(element, "skipped", message=_clean(test.message))
    elif test.outcome != "passed":
        wrong = ElementTree.SubElement(element, test.outcome, message=_clean(test.message), type=f"cxify.{suite}")
        wrong.text = _clean(test.message)
    return element


def _gate(report: Report) -> Iterator[Test]:
    outcome: dict[int, Literal["failure", "skipped"]] = {_LOSS: "failure", _TOO_FEW: "skipped"}
    for metric, code, said in report.gate.reasons if report.gate else ():
        yield Test(metric, outcome.get(code, "passed"), said)


def _metric(row: MetricRow) -> Test:
    if not row.verdict:
        return Test(row.metric.id)
    said = f"{row.metric.title}: {figures.estimate(row.metric, row.difference, row.low, row.high)}, {row.verdict}."
    return Test(row.metric.id, "failure" if row.metric.gated and row.verdict == "worse" else "passed", said)


def _case(case: CaseView) -> Test:
    name = f"{case.id} {case.title}".strip()
    if case.after.error:
        return Test(name, "error", case.after.error, case.after.seconds)
    lost = _lost(case)
    if not lost:
        return Test(name, seconds=case.after.seconds)
    return Test(name, "failure", ". ".join((f"Not passed: {', '.join(lost)}", *_why(case.after))), case.after.seconds)


def _lost(case: CaseView) -> list[str]:
    before = case.attempts[0] if len(case.attempts) > 1 else Attempt(points=None)
    return [name for name in case.after.failed if name not in before.failed]


def _why(attempt: Attempt) -> Iterator[str]:
    for title, said in attempt.reasons:
        if any(title.startswith(name) for name in attempt.failed):
            yield f"{title}: {'; '.join(said)}"


def _before_as_well(report: Report) -> Iterator[str]:
    for case in report.cases if report.compares else ():
        both = [name for name in case.after.failed if name in case.attempts[0].failed]
        if both:
            yield f"{case.id} does not pass, as before: {', '.join(both)}"


def _clean(text: str) -> str:
    """Return the text without what XML 1.0 cannot hold."""
    return str(pages.visible(text))
