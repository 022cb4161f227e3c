"""The audit as a table for Excel: one row a document."""

import csv
import io
from collections.abc import Iterator, Sequence

from cxify.audit.facts import CUSTOMER_FACING, SURVEY_SCORE, Evidence, Facts
from cxify.audit.survey import Audit

HEADER = (
    "file",
    "status",
    "kind",
    "language",
    "state",
    "department",
    "department stated in the document",
    "role",
    "standards",
    "measures",
    "behaviours",
    "reasons",
    "competencies",
    "customer-facing found",
    "survey scores found",
    "handovers without a named receiver",
    "handovers nobody answers",
    "place in the plan",
    "message",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins with one of these is a formula to Excel or LibreOffice, the full-width forms included."""


def table(audit: Audit) -> bytes:
    """Return the audit as CSV in UTF-8 with the mark that Excel needs; no cell can be a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([_harmless(cell) for cell in row] for row in _rows(audit))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace")


def _rows(audit: Audit) -> Iterator[Sequence[object]]:
    places = {step.facts.file: place for place, step in enumerate(audit.steps, 1)}
    answers = [(handover.document, handover.answer) for handover in audit.handovers]
    for facts in audit.documents:
        unnamed, unanswered = (answers.count((facts.file, answer)) for answer in ("unnamed", "unanswered"))
        yield (*_row(facts), unnamed, unanswered, places.get(facts.file, ""), "")
    for unread in audit.unread:
        yield (unread.file, "not read", *[""] * (len(HEADER) - 3), f"{unread.message} {unread.remedy}")


def _row(facts: Facts) -> tuple[object, ...]:
    held = facts.held
    return (
        facts.file,
        status_of(facts),
        facts.kind,
        facts.language,
        facts.state,
        facts.unit,
        "yes" if facts.unit_stated else "no",
        facts.role,
        _listed(held.standards),
        len(held.measures),
        len(held.behaviours),
        len(held.whys),
        " ".join(held.competencies),
        len(facts.found(CUSTOMER_FACING)),
        len(facts.found(SURVEY_SCORE)),
    )


def status_of(facts: Facts) -> str:
    """Return what the audit says of a document in one word."""
    if facts.personal:
        return "filled in"
    if not facts.concerns:
        return "other kind"
    return facts.held.status if facts.readable else "other language"


def _listed(found: Sequence[Evidence]) -> str:
    return " ".join(dict.fromkeys(one.id or "own" for one in found))


def _harmless(cell: object) -> object:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.lstrip(" ").startswith(_FORMULA) else cell
