"""Finds every paragraph of every story in a Word file, with its place and what stands around it, in document order.

`Stories` is the index that reading and writing share: block b7 is the same paragraph for both.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final, Self

from lxml import etree

from cxify.document import Cell, Place, Row, Table
from cxify.errors import DocumentTooLarge
from cxify.word import names
from cxify.word.controls import control_lock
from cxify.word.gate import too_deep
from cxify.word.names import w
from cxify.word.package import Package
from cxify.word.paragraph import Field, Paragraph, Runs, paragraphs_around, plain_runs, project
from cxify.word.styles import OFF
from cxify.word.tree import number

_SIDE_STORIES: Final = ("header", "footer", "footnotes", "endnotes")
MAX_BLOCKS: Final = 100_000
"""About three thousand pages."""
_NOTE_TAGS: Final = frozenset({w("footnote"), w("endnote")})
_CUSTOM_XML: Final = w("customXml")
_ALT_CHUNK: Final = w("altChunk")
_GRID_SPAN: Final = w("gridSpan")
_VMERGE: Final = w("vMerge")
_HEADER_ROW: Final = w("tblHeader")


@dataclass(slots=True)
class Entry:
    """A paragraph where it stands. `twins` are its copies in the other branches of a text box, kept equal by edits."""

    id: str
    element: etree._Element
    story: str
    part: str
    place: Place | None
    lock: str | None
    fields: tuple[Field, ...]
    twins: tuple[etree._Element, ...] = ()
    twin_lock: str | None = None
    host: etree._Element | None = None
    """The paragraph of the story that a text box is anchored in: comments on its text stand there."""
    _paragraph: Paragraph | None = None
    _runs: Runs | None = None

    @property
    def paragraph(self) -> Paragraph:
        """The projection of the paragraph, made when first asked for."""
        if self._paragraph is None:
            self._paragraph = project(self.element, [replace(f) for f in self.fields])
        return self._paragraph

    @property
    def plain_runs(self) -> Runs | None:
        """The runs with their texts where nothing stands in the paragraph but ordinary runs, else None."""
        return None if self.fields or self._paragraph is not None else self._runs

    @property
    def text(self) -> str:
        """What a reader sees."""
        plain = self.plain_runs
        return self.paragraph.text if plain is None else "".join(text for _, text in plain)

    @property
    def stands_alone(self) -> bool:
        """True when no field reaches into or out of the paragraph and it belongs to no text box."""
        apart = not self.fields and not self.twins and self.twin_lock is None and self.host is None
        return apart and (self.plain_runs is not None or not self.paragraph.open_fields)

    @property
    def closed(self) -> str | None:
        """Why nothing may be written into or after this paragraph, or None."""
        return self.lock or self.closed_for_rows

    @property
    def closed_for_rows(self) -> str | None:
        """Why no row may follow the one around this paragraph, apart from what `blocks.insert_row` finds around it."""
        in_field = self.fields or self._paragraph is not None  # where a field begins, the paragraph is projected
        return self.twin_lock or (self.paragraph.field_lock if in_field else None)


@dataclass
class Stories:
    """All stories of a package: trees by part name, entries in document order, tables.

    They do not know their package, which keeps them: in a ring, a document would stay in memory until somebody looks.
    """

    trees: dict[str, etree._Element] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    alt_chunks: int = 0

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by block id."""
        return {entry.id: entry for entry in self.entries}


def read_stories(package: Package, tree: Callable[[str], etree._Element] | None = None) -> Stories:
    """Index the body, then headers, footers, footnotes and endnotes, each with its text boxes after their anchor.

    `tree` gives the tree of a part that nobody will change from now on; without it, the trees are fresh and free to be
    changed.
    """
    stories = Stories()
    try:
        for part, name in story_parts(package):
            root = (tree or package.root)(part)
            stories.trees[part] = root
            walk = _StoryWalk(stories, part, name, _Features.of(root, fixed=tree is not None))
            for container in _containers(root):
                walk.blocks(container, None, None)
    except RecursionError as error:
        raise too_deep("The document") from error
    return stories


def shared_stories(package: Package) -> Stories:
    """Return the index of a package's shared trees, made once; nobody may change what it holds."""
    found = package.derived.get("stories")
    if not isinstance(found, Stories):
        found = package.derived["stories"] = read_stories(package, package.tree)
    return found


def fresh_stories(package: Package, blocks: Collection[str]) -> Stories:
    """Return the entries of some blocks in trees that are free to be changed, and no others.

    A copied tree has the same paragraphs in the same order. Only where a field goes on in other paragraphs, or a text
    has copies, is the copy walked as a whole.
    """
    wanted = [entry for entry in shared_stories(package).entries if entry.id in blocks]
    if not all(entry.stands_alone for entry in wanted):
        return read_stories(package)
    stories = Stories()
    for part in dict.fromkeys(entry.part for entry in wanted):
        root = stories.trees[part] = package.root(part)
        copies = dict(zip(package.tree(part).iter(names.P), root.iter(names.P), strict=True))
        own = (entry for entry in wanted if entry.part == part)
        stories.entries += [replace(entry, element=copies[entry.element], _paragraph=None, _runs=None) for entry in own]
    return stories


def story_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Yield (part name, story name) of every story that holds text of the document."""
    yield package.main, "body"
    for kind in _SIDE_STORIES:
        for part in sorted(set(package.related(package.main, kind)), key=_natural):
            yield part, PurePosixPath(part).stem


def _natural(part: str) -> tuple[int, str]:
    return len(part), part


def _containers(root: etree._Element) -> Iterator[etree._Element]:
    body = root.find(w("body"))
    if body is not None:
        yield body
        return
    notes = [child for child in root if child.tag in _NOTE_TAGS]
    # Separators and continuation notices are layout, not text of the document (§17.11.23).
    yield from (note for note in notes if note.get(w("type"), "normal") == "normal") if notes else (root,)


@dataclass(frozen=True, slots=True)
class _Features:
    """What a story's paragraphs hold, found in one pass over its tree."""

    fields: set[etree._Element]
    boxes: set[etree._Element]
    plain: dict[etree._Element, Runs]
    spans: dict[etree._Element, int]
    """Grid columns of the cells that span more than one."""
    merged: set[etree._Element]
    """Cells that continue the cell above."""
    headers: set[etree._Element]
    """Rows that Word repeats on every page."""

    @classmethod
    def of(cls, root: etree._Element, *, fixed: bool) -> Self:
        """Look through a tree; only in one that stays as it is, the texts of its ordinary paragraphs are kept."""
        return cls(
            paragraphs_around(root.iter(names.FLD_CHAR)),
            paragraphs_around(root.iter(names.TXBX_CONTENT)),
            plain_runs(root) if fixed else {},
            {cell: number(e.get(names.VAL), 1) for cell, e in _settings(root, names.TC_PR, _GRID_SPAN)},
            {c for c, e in _settings(root, names.TC_PR, _VMERGE) if e.get(names.VAL, "continue") == "continue"},
            {row for row, e in _settings(root, names.TR_PR, _HEADER_ROW) if e.get(names.VAL, "1") not in OFF},
        )


def _settings(root: etree._Element, holder: str, tag: str) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield each row or cell that has a setting, with it; few have one, so asking each of them costs more."""
    for setting in root.iter(tag):
        properties = setting.getparent()
        owner = properties.getparent() if properties is not None and properties.tag == holder else None
        if owner is not None:
            yield owner, setting


class _StoryWalk:
    """Walks one story; keeps the stack of open fields, which may span paragraphs."""

    def __init__(
        self, stories: Stories, part: str, story: str, features: _Features, host: etree._Element | None = None
    ) -> None:
        self.stories = stories
        self.features = features
        self.host = host
        self.part = part
        self.story = story
        self.fields: list[Field] = []

    def blocks(self, parent: etree._Element, place: Place | None, lock: str | None) -> list[str]:
        """Visit block-level content and return the ids of the paragraphs that stand directly in it."""
        ids: list[str] = []
        for child in parent:
            tag = child.tag
            if tag == names.P:
                ids.append(self.paragraph(child, place, lock))
            elif tag == names.TBL:
                self.table(child, place, lock)
            elif tag == names.SDT:
                content = child.find(names.SDT_CONTENT)
                if content is not None:
                    ids += self.blocks(content, place, lock or control_lock(child))
            elif tag == _CUSTOM_XML:
                ids += self.blocks(child, place, lock)
            elif tag == _ALT_CHUNK:
                self.stories.alt_chunks += 1
            elif tag == names.ALTERNATE_CONTENT:
                branch = child.find(names.CHOICE)
                if branch is not None:
                    ids += self.blocks(branch, place, lock or "content in alternative forms")
        return ids

    def paragraph(self, element: etree._Element, place: Place | None, lock: str | None) -> str:
        if len(self.stories.entries) >= MAX_BLOCKS:
            raise DocumentTooLarge(
                f"The document has more than {MAX_BLOCKS} paragraphs.", "Split it into several documents."
            )
        snapshot = tuple(replace(f) for f in self.fields) if self.fields else ()
        entry = Entry(
            f"b{len(self.stories.entries) + 1}", element, self.story, self.part, place, lock, snapshot, host=self.host
        )
        self.stories.entries.append(entry)
        entry._runs = self.features.plain.get(element)
        if element in self.features.fields:
            entry._paragraph = project(element, self.fields)
        if element in self.features.boxes:
            for box in entry.paragraph.boxes:
                self.text_boxes(box, lock, self.host if self.host is not None else element)
        return entry.id

    def text_boxes(self, holder: etree._Element, lock: str | None, host: etree._Element) -> None:
        main, others = _branches(holder)
        for index, content in enumerate(_outermost_boxes(main)):
            name = f"textbox{sum(1 for _ in _box_names(self.stories)) + 1}"
            walk = _StoryWalk(self.stories, self.part, name, self.features, host)
            first = len(self.stories.entries)
            walk.blocks(content, None, lock)
            copies = [boxes[index] for other in others if len(boxes := list(_outermost_boxes(other))) > index]
            _pair_twins(self.stories.entries[first:], copies, name)

    def table(self, element: etree._Element, place: Place | None, lock: str | None) -> None:
        number = len(self.stories.tables) + 1
        self.stories.tables.append(Table(number, (), place.table if place else None))
        rows = []
        for row_number, (row, row_lock) in enumerate(_unwrapped(element, names.TR, lock), 1):
            cells = []
            for cell_number, (cell, cell_lock) in enumerate(_unwrapped(row, names.TC, row_lock), 1):
                ids = self.blocks(cell, Place(number, row_number, cell_number), cell_lock)
                cells.append(Cell(tuple(ids), self.features.spans.get(cell, 1), cell in self.features.merged))
            rows.append(Row(tuple(cells), row in self.features.headers))
        self.stories.tables[number - 1] = Table(number, tuple(rows), place.table if place else None)


def _unwrapped(parent: etree._Element, wanted: str, lock: str | None) -> Iterator[tuple[etree._Element, str | None]]:
    for child in parent:
        if child.tag == wanted:
            yield child, lock
        elif child.tag == names.SDT and (content := child.find(names.SDT_CONTENT)) is not None:
            yield from _unwrapped(content, wanted, lock or control_lock(child))
        elif child.tag == _CUSTOM_XML:
            yield from _unwrapped(child, wanted, lock)


def rows_of(table: etree._Element) -> list[etree._Element]:
    """Return a table's rows in order, those in row-level content controls included."""
    return [row for row, _ in _unwrapped(table, names.TR, None)]


def cells_of(row: etree._Element) -> list[etree._Element]:
    """Return a row's cells in order, those in cell-level content controls included."""
    return [cell for cell, _ in _unwrapped(row, names.TC, None)]


def _branches(holder: etree._Element) -> tuple[etree._Element, list[etree._Element]]:
    if holder.tag != names.ALTERNATE_CONTENT:
        return holder, []
    branches = [child for child in holder if child.tag in (names.CHOICE, names.FALLBACK)]
    return branches[0], branches[1:]


def _outermost_boxes(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == names.TXBX_CONTENT:
            yield child
        elif isinstance(child.tag, str):
            yield from _outermost_boxes(child)


def _box_names(stories: Stories) -> set[str]:
    return {entry.story for entry in stories.entries if entry.story.startswith("textbox")}


def _pair_twins(entries: list[Entry], copies: list[etree._Element], name: str) -> None:
    own = [entry for entry in entries if entry.story == name]
    for copy in copies:
        twins = list(_paragraphs(copy))
        same = [project(t, []).text for t in twins] == [entry.text for entry in own]
        for index, entry in enumerate(own):
            if same:
                entry.twins += (twins[index],)
            else:
                entry.twin_lock = "a text box whose two stored forms differ"


def _paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == names.P:
            yield child
        elif isinstance(child.tag, str) and child.tag not in names.RANGE_MARKERS and child.tag != names.SECT_PR:
            yield from _paragraphs(child)
