"""The page for manager and employee from what has been decided so far."""

from collections.abc import Iterable
from typing import Final

from cxify import packet
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.packet import Change, Facts, Leaf, Pages
from cxify.provenance import Record
from cxify.review.decision import Decision, State, standings
from cxify.review.reading import Source, read
from cxify.rules import RuleBook

_STANDINGS: Final[dict[State, packet.Standing]] = {
    "open": "open",
    "accepted": "accepted",
    "edited": "reworded",
    "rejected": "gone",
}


def what_changed(
    source: Source,
    record: Record,
    decisions: Iterable[Decision],
    *,
    name: str,
    framework: Framework,
    kinds: Kinds,
    pages: Pages,
    book: RuleBook | None = None,
) -> str:
    """Return the page as Markdown: what has been accepted, what is still open, and what it does not mean.

    Raises as `view` does.
    """
    leaf = told(source, record, decisions, name=name, framework=framework, kinds=kinds, pages=pages, book=book)
    return leaf.markdown()


def told(
    source: Source,
    record: Record,
    decisions: Iterable[Decision],
    *,
    name: str,
    framework: Framework,
    kinds: Kinds,
    pages: Pages,
    book: RuleBook | None = None,
) -> Leaf:
    """Return the same page before it becomes Markdown or HTML. Raises as `view` does."""
    reading = read(source, record, framework, kinds, book)
    how = standings(record, decisions)
    sections = {block.id: block.section or "" for block in reading.document.blocks}
    changes = tuple(
        Change(
            edit.model_copy(update={"operation": standing.operation}),
            _STANDINGS[standing.state],
            sections.get(edit.operation.block, ""),
        )
        for edit, standing in zip(record.edits, how, strict=True)
    )
    facts = Facts(
        name,
        record,
        changes,
        role=record.role.title if record.role else "",
        framework=framework if reading.spoken else None,
        rules=frozenset(finding.rule for finding in reading.findings),
        later=True,
    )
    return packet.leaf(facts, pages)
