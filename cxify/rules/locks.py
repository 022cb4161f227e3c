"""Rules 3xx: what must never change. The locks themselves come from Word and from the document's kind."""

import re
from collections.abc import Iterator

from cxify.document import Block
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Replace
from cxify.rules.passages import Edit
from cxify.rules.removal import removed_requirements
from cxify.rules.review import EditRule, Hit, Review

_SCALE = re.compile(r"\b(?:scale|skala)\b", re.IGNORECASE)
_FIELD = re.compile(r"\b(?:field|control|placeholder|checkbox|check box|formular|feld)", re.IGNORECASE)
_ENTRY = re.compile(r"\b(?:entry|entries|filled|completed|typed|eintrag)", re.IGNORECASE)


def protected(edit: Edit, review: Review) -> Iterator[Hit]:
    """A locked block or stretch, or a part of the document into which nothing may be inserted."""
    yield from _of("CXL-301", edit, review)


def completed_entry(edit: Edit, review: Review) -> Iterator[Hit]:
    """What employee or manager typed."""
    yield from _of("CXL-302", edit, review)


def rating_scale(edit: Edit, review: Review) -> Iterator[Hit]:
    """Rating labels and their definitions."""
    yield from _of("CXL-303", edit, review)


def form_field(edit: Edit, review: Review) -> Iterator[Hit]:
    """Fields and controls inside the changed words."""
    yield from _of("CXL-306", edit, review)


def essential_functions(edit: Edit, review: Review) -> Iterator[Hit]:
    """Anything in a list headed essential functions or duties."""
    if edit.changes_text and edit.block and _is_essential(edit.block, review):
        yield Hit()


def signed(edit: Edit, review: Review) -> Iterator[Hit]:
    """A signed document takes comments only."""
    if edit.changes_text and review.document.state == "signed":
        yield Hit()


def _of(rule: str, edit: Edit, review: Review) -> Iterator[Hit]:
    """Yield the locks in the way that belong to one rule: the reason tells which."""
    if edit.changes_text and edit.block and not _is_essential(edit.block, review):
        for quote, reason in _in_the_way(edit, edit.block, review):
            if _rule_for(reason, review) == rule:
                yield Hit(quote, reason)


def is_scale(block: Block) -> bool:
    """Tell whether a block belongs to a rating scale."""
    return bool(block.lock and _SCALE.search(block.lock))


def _rule_for(reason: str, review: Review) -> str:
    if _FIELD.search(reason):
        return "CXL-306"
    if _SCALE.search(reason):
        return "CXL-303"
    filled = review.document.state != "blank"
    return "CXL-302" if filled and _ENTRY.search(reason) else "CXL-301"


def _in_the_way(edit: Edit, block: Block, review: Review) -> Iterator[tuple[str, str]]:
    """Yield the protected words and the reason for each lock that the edit would break."""
    operation = edit.proposed.operation
    if isinstance(operation, InsertRowAfter):
        if _row_is_closed(block, review):
            yield "", block.lock or "this table takes no new row here"
    elif isinstance(operation, InsertAfter):
        if block.closed:
            yield "", block.lock or "nothing may be inserted here"
    elif block.lock or block.closed:
        yield block.text, block.lock or "nothing may be inserted here"
    elif isinstance(operation, Replace | Append):
        yield from _spans_in_the_way(edit, block)


def _row_is_closed(block: Block, review: Review) -> bool:
    found = review.row(block)
    ids = [id for cell in found[1].cells for id in cell.blocks] if found else [block.id]
    return all(review.document.by_id[id].closed for id in ids if id in review.document.by_id)


def _spans_in_the_way(edit: Edit, block: Block) -> Iterator[tuple[str, str]]:
    for span in block.spans:
        for change in edit.changes:
            inside = span.start < change.start < span.end
            if inside or (change.start < span.end and span.start < change.end):
                yield block.text[span.start : span.end], span.reason
                break


def _is_essential(block: Block, review: Review) -> bool:
    rule = review.book["CXL-305"]
    titles = [s.title for s in review.document.sections if block.id in s.blocks or block.id == s.heading]
    return any(next(rule.phrases("en").find(title or ""), None) for title in [*titles, block.section])


RULES: dict[str, EditRule] = {
    "CXL-301": protected,
    "CXL-302": completed_entry,
    "CXL-303": rating_scale,
    "CXL-304": removed_requirements,
    "CXL-305": essential_functions,
    "CXL-306": form_field,
    "CXL-905": signed,
}
