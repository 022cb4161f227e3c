"""The report as Markdown for a pull request: the sentence, the gated metrics, the worst three, the rest folded."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cxify import pages
from cxify.evaluation.report import figures
from cxify.evaluation.report.view import CaseView, MetricRow, Report

WORST: Final = 3
_LONGEST: Final = 200
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>#|~&$]|^[-+=]")
_LIVE: Final = re.compile(r"[@#](?=\w)|(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
"""What a forge would turn into a mention, a reference or a link."""
_JOINER: Final = "&#8288;"
_SIGNS: Final = {"better": "▲", "worse": "▼", "no worse": "●", "undecided": "◇", "": ""}


def markdown(report: Report) -> str:
    """Return the report as GitHub-flavoured Markdown; everything that a case or a model wrote is plain text in it."""
    return "\n".join([*_head(report), *_gate(report), *_worst(report), *_folded(report), ""])


def plain(text: str, longest: int = _LONGEST) -> str:
    """Return a text as one line in which nothing is markup, mention or link."""
    flat = " ".join(str(pages.visible(" ".join(text.split()))).split())
    flat = flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
    inert, at = "", 0
    for hit in _LIVE.finditer(flat):
        inert += _escaped(flat[at : hit.start()]) + (
            _escaped(hit[0]) + _JOINER if hit[0] in "@#" else _JOINER + _escaped(hit[0])
        )
        at = hit.end()
    return inert + _escaped(flat[at:])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda hit: f"&#{ord(hit[0])};", text)


def _head(report: Report) -> Iterator[str]:
    yield f"### {plain(report.title)}"
    yield ""
    yield f"**{plain(report.headline, 1000)}**"
    yield ""
    yield from (f"> {plain(one)}  " for one in report.notices)
    yield ""
    gated = [row for row in report.metrics if row.metric.gated]
    yield from _metrics(report, gated)
    yield from _costs(report)


def _metrics(report: Report, rows: Sequence[MetricRow]) -> Iterator[str]:
    if not report.compares:
        yield from _table(["Metric", report.short[0], "Cases"], [_alone(row) for row in rows])
        return
    heads = ["Metric", *report.short, "Difference (95 %)", "Margin", "Verdict"]
    yield from _table(heads, [_compared(row) for row in rows])


def _alone(row: MetricRow) -> list[str]:
    return [row.metric.title, figures.score(row.metric, row.after), str(row.cases)]


def _compared(row: MetricRow) -> list[str]:
    return [
        row.metric.title,
        figures.score(row.metric, row.before),
        figures.score(row.metric, row.after),
        figures.estimate(row.metric, row.difference, row.low, row.high),
        figures.score(row.metric, row.metric.margin),
        f"{_SIGNS.get(row.verdict, '')} {row.verdict}".strip(),
    ]


def _costs(report: Report) -> Iterator[str]:
    yield from _table(["In all", *report.short], [[total.title, *total.each] for total in report.totals[:1]])


def _gate(report: Report) -> Iterator[str]:
    if report.gate:
        word = {0: "passes", 1: "**stops it: a loss is proven**"}.get(
            report.gate.exit_code, "cannot say: too few cases"
        )
        yield f"The gate {word} (exit code {report.gate.exit_code})."
        yield ""
        yield from (f"- {plain(said, 400)}" for _, code, said in report.gate.reasons if code)
        yield ""


def _worst(report: Report) -> Iterator[str]:
    lost = [case for case in report.cases if case.after.error or case.after.failed or (case.difference or 0) < 0]
    shown = (lost if report.compares else list(report.cases))[:WORST]
    if shown:
        yield "**Worst cases**"
        yield ""
        yield from _table(["Case", "Points", "Why"], [_case(case) for case in shown])


def _case(case: CaseView) -> list[str]:
    points = " → ".join(figures.points(one.points) for one in case.attempts)
    return [f"{case.id} {case.title}".strip(), points, " ".join(_reasons(case))]


def _reasons(case: CaseView) -> Iterator[str]:
    if case.after.error:
        yield f"Failed: {case.after.error}"
    if case.after.failed:
        yield f"Not passed: {', '.join(case.after.failed)}."
    if case.after.forbidden:
        yield f"Forbidden: {', '.join(case.after.forbidden)}."
    missed = [one.id for one in case.wanted if one.required and one.id not in (case.after.met or ())]
    if missed and case.after.met is not None and not case.after.error:
        yield f"Missed: {', '.join(missed)}."


def _folded(report: Report) -> Iterator[str]:
    yield "<details><summary>All metrics, checks and families</summary>"
    yield ""
    yield from _metrics(report, report.metrics)
    heads = ["Check", *report.short, "Fails"]
    rows = [
        [
            row.title,
            *([f"{row.before}/{row.of}"] if report.compares else []),
            f"{row.after}/{row.of}",
            _ids(row.failing),
        ]
        for row in report.checks
    ]
    yield from _table(heads, rows)
    families = [
        [
            row.name,
            *([figures.points(row.before)] if report.compares else []),
            figures.points(row.after),
            _ids(row.cases),
        ]
        for row in report.families
    ]
    yield from _table(["Family", *report.short, "Cases"], families)
    yield from _table(["In all", *report.short], [[total.title, *total.each] for total in report.totals])
    yield "</details>"


def _ids(cases: Sequence[str], most: int = 12) -> str:
    return ", ".join(cases[:most]) + (f" and {len(cases) - most} more" if len(cases) > most else "")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield from (_row(heads), "|" + " --- |" * len(heads))
        yield from (_row(row) for row in rows)
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(plain(cell) for cell in cells)} |"
