"""Rules for new table rows: weights and ratings stay empty, measures are complete, criteria are linked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cxify.document import Row, Table
from cxify.proposal import InsertRowAfter
from cxify.rules.grounding import is_placeholder
from cxify.rules.passages import Edit
from cxify.rules.plain import squeezed
from cxify.rules.review import EditRule, Hit, Review

_FOR_PEOPLE = frozenset(("weight", "rating", "comments", "date", "name"))  # columns that nobody fills in beforehand
_IN_TOTALS = frozenset(("weight", "rating"))
_TICK_BOX = re.compile(r"(?:[\s/|]*[☐□◻▢○◯])+\s*")
"""An empty box is part of the form: it invites an entry and is none."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a new row: what its column is for and called, and its text."""

    role: str | None
    header: str
    text: str
    given: bool
    """The blank form itself fills this column: evidence that belongs to a criterion is no entry."""


def weights_and_ratings(edit: Edit, review: Review) -> Iterator[Hit]:
    """Weight, rating, date and comment cells of a new row are empty, and a comment tells of the changed total."""
    cells = _cells(edit, review)
    for cell in cells:
        if cell.role in _FOR_PEOPLE and cell.text.strip() and not cell.given and not _TICK_BOX.fullmatch(cell.text):
            yield Hit(cell.text, f"fills in the column “{cell.header}”")
    if any(cell.role in _IN_TOTALS for cell in cells) and not edit.proposed.operation.comment:
        yield Hit(detail="stands in a table with weights or ratings and has no comment on the total or average")


def incomplete_measure(edit: Edit, review: Review) -> Iterator[Hit]:
    """A new measure says what is measured and where figures come from, and invents no target."""
    for cell in _cells(edit, review):
        given = cell.text.strip()
        if cell.role == "target" and given and not is_placeholder(given) and not _agreed(given, review):
            yield Hit(given, "an agreed target or [target to be agreed]")
        elif cell.role == "measure" and not given:
            yield Hit(detail="what is measured")
        elif cell.role == "source" and not given:
            yield Hit(detail="the source of the figures")


def not_linked(edit: Edit, _: Review) -> Iterator[Hit]:
    """A new criterion of a KPI sheet or review form names a standard and a competency."""
    if isinstance(edit.proposed.operation, InsertRowAfter):
        ids = {"no competency": edit.proposed.competencies, "no service standard": edit.proposed.standards}
        missing = [name for name, named in ids.items() if not named]
        if missing:
            yield Hit(detail=" and ".join(missing))


def _cells(edit: Edit, review: Review) -> list[_Cell]:
    operation = edit.proposed.operation
    found = review.row(edit.block) if edit.block and isinstance(operation, InsertRowAfter) else None
    if found is None or not isinstance(operation, InsertRowAfter):
        return []
    columns, column, cells = review.columns(found[0]), 0, []
    for cell, text in zip(found[1].cells, operation.cells, strict=False):
        header, role = columns.get(column, ("", None))
        cells.append(_Cell(role, header, text, role == "comments" and _is_given(found[0], column, review)))
        column += cell.span
    return cells


def _is_given(table: Table, column: int, review: Review) -> bool:
    """Tell whether a blank form has text in most cells of a column, below its header."""
    if review.document.state != "blank":
        return False
    texts = [_text_at(row, column, review) for row in table.rows[1:]]
    return sum(bool(text) for text in texts) * 2 > len(texts)


def _text_at(row: Row, column: int, review: Review) -> str:
    start = 0
    for cell in row.cells:
        if start <= column < start + cell.span:
            return "".join(review.document.by_id[id].text for id in cell.blocks).strip()
        start += cell.span
    return ""


def _agreed(text: str, review: Review) -> bool:
    targets = (standard.measure.target for standard in review.framework.service_standards)
    return squeezed(text) in {squeezed(target.value) for target in targets if target.status == "agreed"}


RULES: dict[str, EditRule] = {
    "CXL-202": incomplete_measure,
    "CXL-205": weights_and_ratings,
    "CXL-207": not_linked,
}
