"""Rules for new table rows: weights and ratings stay empty, measures are complete, criteria are linked."""

import re
from collections.abc import Iterator

from cxify.proposal import InsertRowAfter
from cxify.rules.grounding import is_placeholder
from cxify.rules.passages import Edit
from cxify.rules.plain import squeezed
from cxify.rules.review import EditRule, Hit, Review

_WEIGHT = re.compile(r"\b(?:weight|gewicht|pondération|poids|weging|peso)|^(?:%|points|max points|punkte)$")
_FOR_PEOPLE = re.compile(
    r"\b(?:rating|score|actual|achieved|initials|date|comments?|remarks"
    r"|bewertung|beurteilung|note|punktzahl|erreicht|datum|kommentare?|bemerkung(?:en)?)\b"
)
_TARGET = re.compile(r"\b(?:targets?|threshold|zielwerte?|sollwerte?|soll|streefwaarde|cible)\b")
_MEASURE = re.compile(r"\b(?:measures?|kpis?|metrics?|indicator|how measured|kennzahl|messgröße|indikator)\b")
_SOURCE = re.compile(r"\b(?:source|quelle|datenquelle)\b")


def weights_and_ratings(edit: Edit, review: Review) -> Iterator[Hit]:
    """Weight, rating, date and comment cells of a new row are empty, and a comment tells of the changed total."""
    cells = _cells(edit, review)
    for header, text in cells:
        if text.strip() and (_WEIGHT.search(header) or _FOR_PEOPLE.search(header)):
            yield Hit(text, f"fills in the column “{header}”")
    changes_total = any(_WEIGHT.search(header) or "rating" in header or "bewertung" in header for header, _ in cells)
    if changes_total and not edit.proposed.operation.comment:
        yield Hit(detail="stands in a table with weights or ratings and has no comment on the total or average")


def incomplete_measure(edit: Edit, review: Review) -> Iterator[Hit]:
    """A new measure says what is measured and where figures come from, and invents no target."""
    for header, text in _cells(edit, review):
        if _TARGET.search(header) and text.strip() and not is_placeholder(text) and not _agreed(text, review):
            yield Hit(text, "an agreed target or [target to be agreed]")
        elif _MEASURE.search(header) and not text.strip():
            yield Hit(detail="what is measured")
        elif _SOURCE.search(header) and not text.strip():
            yield Hit(detail="the source of the figures")


def not_linked(edit: Edit, _: Review) -> Iterator[Hit]:
    """A new criterion of a KPI sheet or review form names a standard and a competency."""
    if isinstance(edit.proposed.operation, InsertRowAfter):
        ids = {"no competency": edit.proposed.competencies, "no service standard": edit.proposed.standards}
        missing = [name for name, named in ids.items() if not named]
        if missing:
            yield Hit(detail=" and ".join(missing))


def _cells(edit: Edit, review: Review) -> list[tuple[str, str]]:
    """Return header and text of each cell of a new row."""
    operation = edit.proposed.operation
    found = review.row(edit.block) if edit.block and isinstance(operation, InsertRowAfter) else None
    if found is None or not isinstance(operation, InsertRowAfter):
        return []
    headers, column, pairs = review.headers(found[0]), 0, []
    for cell, text in zip(found[1].cells, operation.cells, strict=False):
        pairs.append((headers[column] if column < len(headers) else "", text))
        column += cell.span
    return pairs


def _agreed(text: str, review: Review) -> bool:
    targets = (standard.measure.target for standard in review.framework.service_standards)
    return squeezed(text) in {squeezed(target.value) for target in targets if target.status == "agreed"}


RULES: dict[str, EditRule] = {
    "CXL-202": incomplete_measure,
    "CXL-205": weights_and_ratings,
    "CXL-207": not_linked,
}
