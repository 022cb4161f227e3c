"""How an organisation's competency framework is laid out: which block says what for which competency and level."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cxify.document import Block, Row, Section, Table
from cxify.writers.library.joining import in_list
from cxify.writers.library.scene import Scene

MOST_LEVELS = 5
LONGEST_HEADER = 7
"""Words of a column header or of the name of a competency."""
FEWEST_ROWS = 2
_SPREAD = {1: (1,), 2: (1, 2), 3: (1, 2, 3), 4: (1, 2, 3, 4), 5: (1, 2, 2, 3, 4)}
"""Levels of the customer-experience framework for as many levels of a document."""
_SPREAD_TO_MANAGERS = {2: (1, 3), 3: (1, 3, 4), 4: (1, 2, 3, 4), 5: (1, 2, 3, 3, 4)}


@dataclass(frozen=True)
class Competence:
    """One competency of the document: its name, and the last block of what it says at each level."""

    name: str
    at: tuple[tuple[int, Block], ...]
    """Level of the customer-experience framework, and the block after which something may be added."""


@dataclass(frozen=True)
class Matrix:
    """A table with a row for each competency: what each column holds, and the rows themselves."""

    table: Table
    roles: tuple[str | None, ...]
    """“criterion”, “description”, “indicator”, “ineffective”, or the level as a number."""
    rows: tuple[Row, ...]


def matrices(scene: Scene) -> Iterator[Matrix]:
    """Yield the tables whose rows are competencies."""
    for table in scene.task.document.tables:
        if table.rows and (matrix := _matrix(scene, table)):
            yield matrix


def _matrix(scene: Scene, table: Table) -> Matrix | None:
    titles = [text.strip() for text in scene.cell_texts(table.rows[0])]
    if any(len(title.split()) > LONGEST_HEADER for title in titles):
        return None
    known = [None if (role := _column_of(scene, title)) == "anchor" else role for title in titles]
    if known[0] not in ("criterion", None, "topic") or (known[0] is None and titles[0]):
        return None
    roles = ("criterion", *_with_levels(scene, titles[1:], known[1:]))
    rows = tuple(row for row in table.rows[1:] if len(row.cells) == len(titles) and _is_row(scene, row))
    says = any(role == "indicator" or (role or "").isdigit() for role in roles)
    return Matrix(table, roles, rows) if says and len(rows) >= FEWEST_ROWS else None


def _column_of(scene: Scene, title: str) -> str | None:
    return scene.task.kind.column_of(title, scene.task.document.language) if title else None


def _with_levels(scene: Scene, titles: Sequence[str], known: Sequence[str | None]) -> tuple[str | None, ...]:
    """Number the columns that are not known as anything else: they are the levels."""
    open_columns = [index for index, role in enumerate(known) if role is None and titles[index]]
    if not 1 < len(open_columns) <= MOST_LEVELS or "indicator" in known:
        return tuple(known)
    levels = iter(spread(scene, [titles[index] for index in open_columns]))
    return tuple(str(next(levels)) if index in open_columns else role for index, role in enumerate(known))


def _is_row(scene: Scene, row: Row) -> bool:
    """A row with a short name before what is said about it, and no merged cell."""
    texts = scene.cell_texts(row)
    merged = any(cell.merged_up for cell in row.cells)
    return not merged and 0 < len(texts[0].split()) <= LONGEST_HEADER and any(texts[1:])


def spread(scene: Scene, levels: Sequence[str]) -> tuple[int, ...]:
    """Return the level of the customer-experience framework for each level that a document names, lowest first."""
    managing = scene.wording.competency_framework.managing.search(levels[-1])
    shares = _SPREAD_TO_MANAGERS if managing and len(levels) > 1 else _SPREAD
    return shares.get(len(levels), ())


def competences(scene: Scene) -> list[Competence]:
    """Return the competencies with what they say at each level, in the order of the document."""
    found = [one for matrix in matrices(scene) for row in matrix.rows if (one := _of_row(scene, matrix, row))]
    return [*found, *_in_own_tables(scene), *_under_headings(scene)]


def _of_row(scene: Scene, matrix: Matrix, row: Row) -> Competence | None:
    at = tuple(_at(scene, matrix.roles, row))
    return Competence(scene.cell_texts(row)[0], at) if at else None


def _at(scene: Scene, roles: Sequence[str | None], row: Row) -> Iterator[tuple[int, Block]]:
    """Yield the level and the last block of each cell that holds indicators."""
    for role, cell in zip(roles, row.cells, strict=True):
        block = scene.task.document.by_id[cell.blocks[-1]] if cell.blocks else None
        level = int(role) if role and role.isdigit() else 1 if role == "indicator" else 0
        if level and block and block.text.strip():
            yield level, block


def _in_own_tables(scene: Scene) -> Iterator[Competence]:
    """Yield the competencies that have a table each: a column or a row a level, under the name as heading."""
    whole = {matrix.table.number for matrix in matrices(scene)}
    for table in scene.task.document.tables:
        first = next((id for row in table.rows for cell in row.cells for id in cell.blocks), None)
        name = scene.titles.get(first, "") if first else ""
        if table.number not in whole and name and len(table.rows) > 1:
            at = tuple(_levels_in_columns(scene, table)) or tuple(_levels_in_rows(scene, table))
            if at:
                yield Competence(name, at)


def _levels_in_columns(scene: Scene, table: Table) -> Iterator[tuple[int, Block]]:
    titles = [text.strip() for text in scene.cell_texts(table.rows[0])]
    known = [_column_of(scene, title) for title in titles]
    pattern = scene.wording.competency_framework.level
    named = all(pattern.search(title) for title in titles if title)
    levels = spread(scene, titles) if named and len(titles) > 1 else ()
    own = (role if role == "indicator" else None for role in known)
    roles: list[str | None] = [*map(str, levels)] or [*own]
    if len(roles) == len(table.rows[-1].cells) and len(table.rows) <= FEWEST_ROWS:
        yield from _at(scene, roles, table.rows[-1])


def _levels_in_rows(scene: Scene, table: Table) -> Iterator[tuple[int, Block]]:
    pattern = scene.wording.competency_framework.level
    titled = any(_column_of(scene, title) for title in scene.cell_texts(table.rows[0])[1:])
    rows = table.rows[1:] if titled else table.rows
    names = [scene.cell_texts(row)[0] for row in rows]
    if len(rows) > 1 and all(len(row.cells) == FEWEST_ROWS for row in rows) and all(map(pattern.search, names)):
        for level, row in zip(spread(scene, names), rows, strict=False):
            yield from _at(scene, (None, str(level)), row)


def _under_headings(scene: Scene) -> Iterator[Competence]:
    """Yield the competencies that are headings, with lists below them or below the levels under them."""
    pattern = scene.wording.competency_framework.level
    sections = [section for section in scene.task.document.sections if section.heading]
    for index, section in enumerate(sections):
        if pattern.search(section.title):
            continue
        groups = [(one.title, _items(scene, one)) for one in _levels_below(sections, index, scene)]
        groups = groups if len(groups) > 1 else _by_lines(scene, section)
        numbers = spread(scene, [title for title, _ in groups]) if len(groups) > 1 else (1,)
        at = tuple((number, items[-1]) for number, (_, items) in zip(numbers, groups, strict=False) if items)
        if at:
            yield Competence(section.title, at)


def _by_lines(scene: Scene, section: Section) -> list[tuple[str, list[Block]]]:
    """Return the lists of a section by the line before each that names a level; all of them where none does."""
    pattern = scene.wording.competency_framework.level
    by_id = scene.task.document.by_id
    groups: list[tuple[str, list[Block]]] = [("", [])]
    for block in (by_id[id] for id in section.blocks):
        if block.place is not None or scene.titles.get(block.id) != section.title:
            continue
        if in_list(block):
            groups[-1][1].append(block)
        elif len(block.text.split()) <= LONGEST_HEADER and pattern.search(block.text.strip()):
            groups.append((block.text.strip(), []))
    return [(title, items) for title, items in groups if items]


def _levels_below(sections: Sequence[Section], index: int, scene: Scene) -> list[Section]:
    """Return the sections that name a level: inside the competency, or following it where all headings look alike."""
    competency, found = sections[index], []
    inside = set(competency.blocks)
    for section in sections[index + 1 :]:
        is_level = scene.wording.competency_framework.level.search(section.title)
        if not is_level or (section.heading not in inside and section.level < competency.level):
            break
        found.append(section)
    return found


def _items(scene: Scene, section: Section) -> list[Block]:
    """Return the list items that stand directly in a section."""
    by_id: Mapping[str, Block] = scene.task.document.by_id
    titles = scene.titles
    return [
        block
        for id in section.blocks
        if in_list(block := by_id[id]) and block.place is None and titles.get(id) == section.title
    ]
