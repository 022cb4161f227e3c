"""The review page's data: the document as a tree with every suggestion in its place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from cxify import word
from cxify.document import Document, Finding, Table
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.kinds.tables import grids
from cxify.proposal import Operation
from cxify.provenance import Record
from cxify.review.cards import cards
from cxify.review.decision import Decision, Standing, standings
from cxify.review.nodes import TheirComment, View
from cxify.review.reading import Reading, Source, read
from cxify.review.suggestion import Alternative, Suggestion
from cxify.review.tree import Tree
from cxify.rules import RuleBook


def view(
    source: Source,
    record: Record,
    decisions: Iterable[Decision],
    *,
    framework: Framework,
    kinds: Kinds,
    book: RuleBook | None = None,
    alternatives: Mapping[int, tuple[Alternative, ...]] | None = None,
) -> View:
    """Return the document with its suggestions as they stand; `alternatives` are shown on the cards of their numbers.

    Raises InputError for a record of another file.
    """
    reading = read(source, record, framework, kinds, book)
    document, how = reading.document, standings(record, decisions)
    found = reading.findings
    tree = Tree(document, word.shown(reading.package), _by_block(how), _headers(reading), _of_blocks(found))
    return View(
        title=document.title,
        language=document.language,
        kind=document.kind,
        state=document.state,
        body=tree.body(),
        stories=tree.stories(),
        comments=tuple(TheirComment(r.author, r.text, r.resolved) for r in word.remarks_of(reading.package)),
        suggestions=cards(reading, how, alternatives),
        findings=found,
        notices=document.notices,
    )


def suggestions(
    source: Source,
    record: Record,
    decisions: Iterable[Decision],
    *,
    framework: Framework,
    kinds: Kinds,
    book: RuleBook | None = None,
    alternatives: Mapping[int, tuple[Alternative, ...]] | None = None,
) -> tuple[Suggestion, ...]:
    """Return the suggestions of a paper as they stand, without the document around them; raises as `view` does."""
    return cards(read(source, record, framework, kinds, book), standings(record, decisions), alternatives)


def _by_block(how: Sequence[Standing]) -> Mapping[str, Sequence[tuple[int, Operation | None]]]:
    found: dict[str, list[tuple[int, Operation | None]]] = defaultdict(list)
    for number, standing in enumerate(how):
        shown = None if standing.state == "rejected" else standing.operation
        found[standing.operation.block].append((number, shown))
    return found


def _of_blocks(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.block is not None:
            found[finding.block].append(finding)
    return found


def _headers(reading: Reading) -> Mapping[int, int]:
    """Return the header rows that Word does not mark: known by their words, or the first row where it alone is bold."""
    document = reading.document
    known = {grid.table.number: grid.header for grid in grids(document, reading.kind.column_words, document.language)}
    headers = {}
    for table in document.tables:
        if any(row.header for row in table.rows):
            continue
        header = known.get(table.number)
        if header is not None:
            headers[table.number] = header
        elif _begins_bold(table, document):
            headers[table.number] = 0
    return headers


def _begins_bold(table: Table, document: Document) -> bool:
    rows = [[document.by_id[id] for id in chain(*(cell.blocks for cell in row.cells))] for row in table.rows[:2]]
    if len(rows) < 2 or len(table.rows[0].cells) < 2:
        return False
    first, second = ([block for block in row if block.text.strip()] for row in rows)
    return bool(first) and all(block.bold for block in first) and not all(block.bold for block in second)
