"""Lock what HR may never find changed: pay, grades, legal text, scales, weights, names, dates, signed pages.

Two notions: a lock says that a text may not change; `closed` also says that nothing may be inserted there. Locks add to
those of Word and never remove one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from cxify import sieve
from cxify.document import Block, Cell, Document, DocumentState, Section, Span
from cxify.kinds import common
from cxify.kinds.bilingual import REASON
from cxify.kinds.common import Protected
from cxify.kinds.model import Kind
from cxify.kinds.outline import Outline
from cxify.kinds.tables import Grid, ids_of, is_total, roles_in_cell, text_of
from cxify.kinds.words import normalise, words_in

_LOCKED_STORIES = ("header", "footer")
_MAX_HEADING_WORDS = 14
_MAX_LABEL_WORDS = 5
_MAX_ROW_LABEL_WORDS = 8
_MAX_FACT_WORDS = 20
_STATES = {
    "signed": "signed document: comments only",
    "filled": "completed form: comments only",
}


@dataclass(frozen=True)
class Lock:
    """Why a text may not change, and whether the place is closed to insertions."""

    reason: str
    closed: bool = False


@dataclass(frozen=True)
class Own:
    """What one organisation protects beyond the kinds: phrases anywhere, and sections by their normalised title."""

    phrases: tuple[str, ...] = ()
    sections: frozenset[str] = frozenset()


def apply(
    document: Document,
    kind: Kind,
    state: DocumentState,
    outline: Outline,
    tables: tuple[Grid, ...],
    language: str,
    own: Own,
    twice: frozenset[int] = frozenset(),
) -> tuple[Block, ...]:
    """Return the blocks with HR's locks, closures and protected spans; `twice` are tables in two languages."""
    whole = _STATES[state] if state == "signed" or (state == "filled" and kind.describes == "person") else None
    in_tables = _table_locks(document, kind, tables, outline, language)
    in_two = (id for table in document.tables if table.number in twice for id in ids_of(table))
    in_tables.update(dict.fromkeys(in_two, Lock(REASON, closed=True)))
    patterns = _Patterns.of(document, kind)
    named = _name_of_kind(document, kind)
    blocks = []
    for block in document.blocks:
        if whole:
            blocks.append(_locked(block, Lock(whole, closed=True)))
            continue
        path = tuple(section for section in outline.paths.get(block.id, ()) if section.heading != named)
        section = _section_lock(path, kind, language, own.sections)
        closing = section if section and section.closed else None
        certain = (_story_lock(block), in_tables.get(block.id), closing, _line_lock(block, outline))
        found = [lock for lock in certain if lock]
        if not found and (lock := patterns.lock(block.text) or section):
            found = [lock]
        if found:
            blocks.append(_locked(block, Lock(found[0].reason, any(lock.closed for lock in found))))
        else:
            blocks.append(_with_spans(block, own.phrases, patterns))
    return tuple(blocks)


def _name_of_kind(document: Document, kind: Kind) -> str:
    """Return the line at the top that only names the kind: a whole "Code of Conduct" is no section on conduct."""
    first = next((block for block in document.body if block.text.strip()), None)
    return first.id if first and normalise(first.text) in kind.recognise.names else ""


def _locked(block: Block, lock: Lock) -> Block:
    reason, closed = block.lock or lock.reason, block.closed or lock.closed
    return block if (block.lock, block.closed) == (reason, closed) else replace(block, lock=reason, closed=closed)


def _story_lock(block: Block) -> Lock | None:
    return Lock("header or footer", closed=True) if block.story.startswith(_LOCKED_STORIES) else None


def _line_lock(block: Block, outline: Outline) -> Lock | None:
    if block.id in outline.titles:
        return Lock("title of the document or job")
    if role := outline.facts.get(block.id):
        return Lock(common.labels().reasons[role])
    if block.id in outline.headings and words_in(block.text) <= _MAX_HEADING_WORDS:
        return Lock("section heading")
    return Lock("subheading") if block.id in outline.subheadings else None


# ---- sections ----


def _section_lock(path: tuple[Section, ...], kind: Kind, language: str, closed_titles: frozenset[str]) -> Lock | None:
    """The innermost section that means something decides; essential functions also close what stands below them."""
    locks, innermost = kind.locks, True
    for section in reversed(path):
        if normalise(section.title) in closed_titles:
            return Lock(f"protected section “{section.title}”", closed=True)
        role = kind.role_of(section.title, language)
        if role is None:
            continue
        if role in locks.closed_throughout or (innermost and role in locks.closed_sections):
            return Lock(f"section “{section.title}”", closed=True)
        if innermost and role in locks.locked_sections:
            lock = Lock(f"existing text of “{section.title}”")
            return _section_lock(path[: path.index(section)], _throughout_only(kind), language, closed_titles) or lock
        innermost = False
    return None


@lru_cache(maxsize=64)
def _no_locks(throughout: tuple[str, ...]) -> Kind:
    from cxify.kinds.model import Locks

    return Kind(id="-", name={"en": "-"}, locks=Locks(closed_throughout=throughout))


def _throughout_only(kind: Kind) -> Kind:
    return _no_locks(kind.locks.closed_throughout)


# ---- tables ----


def _table_locks(
    document: Document, kind: Kind, tables: tuple[Grid, ...], outline: Outline, language: str
) -> dict[str, Lock]:
    locks: dict[str, Lock] = {}
    for grid in tables:
        if grid.is_scale or _is_closed(grid, kind, outline, language):
            reason = "rating scale" if grid.is_scale else "table of agreed objectives or measures"
            locks.update(dict.fromkeys(ids_of(grid.table), Lock(reason, closed=True)))
        elif grid.header is None:
            locks.update(_form_locks(document, grid, outline, language))
        else:
            locks.update(_column_locks(document, grid, kind))
    return locks


def _is_closed(grid: Grid, kind: Kind, outline: Outline, language: str) -> bool:
    if grid.header is None or not kind.locks.closed_tables:
        return False
    first = next(iter(ids_of(grid.table)), "")
    roles = (kind.role_of(section.title, language) for section in reversed(outline.paths.get(first, ())))
    return next((role for role in roles if role), grid.role) in kind.locks.closed_tables


def _column_locks(document: Document, grid: Grid, kind: Kind) -> dict[str, Lock]:
    locks: dict[str, Lock] = {}
    for row in grid.table.rows[: (grid.header or 0) + 1]:
        locks.update({id: Lock("table header") for cell in row.cells for id in cell.blocks})
    for row, cells in grid.body():
        total = is_total(row, document.by_id)
        for cell, column in cells:
            if total:
                locks.update(dict.fromkeys(cell.blocks, Lock("total row", closed=True)))
            else:
                locks.update(_cell_locks(document, grid, kind, cell, column))
    return locks


def _cell_locks(document: Document, grid: Grid, kind: Kind, cell: Cell, column: int) -> dict[str, Lock]:
    role = grid.columns.get(column)
    if role in kind.locks.closed_columns:
        return dict.fromkeys(cell.blocks, Lock(f"{role} column", closed=True))
    text = text_of(cell, document.by_id)
    if not text:
        return dict.fromkeys(cell.blocks, Lock("empty cell, to be filled in by people", closed=True))
    names = role is None or (role == "duty" and "description" in grid.columns.values())
    if names and column == 0 and len(cell.blocks) == 1 and words_in(text) <= _MAX_LABEL_WORDS:
        return {cell.blocks[0]: Lock("row label")}
    roles = roles_in_cell(cell, role, document.by_id)
    return {id: Lock(f"{own} column") for id, own in roles.items() if own in kind.locks.locked_columns}


def _form_locks(document: Document, grid: Grid, outline: Outline, language: str) -> dict[str, Lock]:
    """In a form, a label locks itself and the cell beside it; an empty cell is for people to fill in."""
    rows = [[(cell, text_of(cell, document.by_id)) for cell in row.cells] for row in grid.table.rows]
    states_facts = _states_facts(rows, language)
    locks: dict[str, Lock] = {}
    for row in rows:
        if len(row) == 1 and not states_facts:
            continue
        label: Lock | None = None
        for place, (cell, text) in enumerate(row):
            reason = _label(text, language)
            label = Lock(reason, closed=True) if reason else label
            in_section = any(outline.paths.get(id) for id in cell.blocks)
            facts = Lock("facts about the post", closed=True) if states_facts and not in_section else None
            lock = label or facts or _unlabelled(text, place, document.by_id, cell)
            if lock:
                locks.update(dict.fromkeys(cell.blocks, lock))
            label = label if reason else None
    return locks


def _states_facts(rows: list[list[tuple[Cell, str]]], language: str) -> bool:
    """A table whose rows mostly begin with labels of facts, and that holds no long text, is all facts."""
    labelled = sum(any(_label(text, language) for _, text in row) for row in rows)
    longest = max((words_in(text) for row in rows for _, text in row), default=0)
    return labelled >= 2 and labelled * 2 >= len(rows) and longest <= _MAX_FACT_WORDS


def _unlabelled(text: str, place: int, blocks: Mapping[str, Block], cell: Cell) -> Lock | None:
    if not text:
        return Lock("empty cell, to be filled in by people", closed=True)
    is_row_label = place == 0 and len(cell.blocks) == 1 and blocks[cell.blocks[0]].bold
    return Lock("row label") if is_row_label and words_in(text) <= _MAX_ROW_LABEL_WORDS else None


def _label(text: str, language: str) -> str | None:
    if not 0 < words_in(text) <= _MAX_LABEL_WORDS:
        return None
    role = common.labels().role(text, language)
    return common.labels().reasons[role] if role else None


# ---- patterns ----


@dataclass(frozen=True)
class _Patterns:
    """The protected patterns that a document may match, each with those of its words that the document has."""

    whole: tuple[tuple[Protected, tuple[str, ...]], ...]
    parts: tuple[tuple[Protected, tuple[str, ...]], ...]

    @classmethod
    def of(cls, document: Document, kind: Kind) -> "_Patterns":
        text = "\n".join(block.text for block in document.blocks)
        folded, lower = sieve.Sifted(text.casefold()), sieve.lowered(text)
        open_ = kind.locks.open_patterns
        found = [
            (p, tuple(word for word in p.only_if if folded.holds(word)))
            for p in common.protected()
            if p.id not in open_ and sieve.passes(p.search, lower)
        ]
        possible = [(pattern, words) for pattern, words in found if words or not pattern.only_if]
        whole = tuple(entry for entry in possible if entry[0].whole)
        return cls(whole, tuple(entry for entry in possible if not entry[0].whole))

    def lock(self, text: str) -> Lock | None:
        """Return the lock of the first pattern that protects the whole text."""
        for pattern in _likely(self.whole, text):
            if pattern.search.search(text):
                return Lock(pattern.lock)
        return None

    def spans(self, text: str) -> list[Span]:
        """Return the protected stretches of a text."""
        found = ((pattern, match) for pattern in _likely(self.parts, text) for match in pattern.search.finditer(text))
        return [Span(match.start(), match.end(), pattern.lock) for pattern, match in found if match.group()]


def _likely(patterns: Iterable[tuple[Protected, tuple[str, ...]]], text: str) -> Iterator[Protected]:
    lower = text.casefold()
    for pattern, words in patterns:
        if not words or any(word in lower for word in words):
            yield pattern


def _with_spans(block: Block, phrases: tuple[str, ...], patterns: _Patterns) -> Block:
    if block.lock or not block.text:
        return block
    found = patterns.spans(block.text)
    found += [Span(m.start(), m.end(), "protected phrase") for p in phrases for m in _phrase(p).finditer(block.text)]
    if not found:
        return block
    return replace(block, spans=tuple(sorted((*block.spans, *found), key=lambda span: (span.start, span.end))))


@lru_cache(maxsize=512)
def _phrase(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)


def reasons(blocks: Iterable[Block]) -> Mapping[str, str]:
    """Return the locks by block id, for reports and tests."""
    return {block.id: block.lock for block in blocks if block.lock}
