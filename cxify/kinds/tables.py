"""Read a table the way a reader does: which row is the header, and what each column is for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cxify.document import Block, Cell, Document, Row, Table
from cxify.kinds.words import Vocabulary, words_in

_SCALE_STEP = re.compile(r"^\(?(?:[0-6]|[A-F])\)?\.?$")
_TOTAL = re.compile(r"^(?:sub|grand )?(?:total|sum|summe|gesamt\w*|totaal|suma)\b", re.IGNORECASE)
_HEADER_WORDS = 7
_FIRST_ROWS = 2
"""The header is one of the first rows, unless a form stands above it in the same table."""
_LATEST = 8
_CLEAR = 3
"""So many columns a header below a form names."""
_FEW_WORDS = 3
_FIGURE = re.compile(r"[<>≤≥=±~]?\s*\d")
_TICK_HEADER = 3
"""Letters of the header of a column to tick: S, U, N/A, 5."""
_NO_SCALE = frozenset(("weight", "target", "comments", "topic", "question", "duty", "when"))
"""Columns that a table with numbered rows has, and a rating scale has not."""
_TABLE_ROLES = (("measure", "measures"), ("objective", "objectives"), ("criterion", "behaviours"))


@dataclass(frozen=True)
class Grid:
    """A table with what its columns mean; `header` is the index of the header row, None for forms and layout tables."""

    table: Table
    header: int | None
    columns: Mapping[int, str]
    """Column roles by grid column, for the columns that are understood."""
    titles: Mapping[int, str]
    """Header texts by grid column."""
    is_scale: bool

    @property
    def role(self) -> str | None:
        """What the table is for, judged by its columns, where no heading says so."""
        roles = set(self.columns.values())
        if self.header is None or self.is_scale or not roles & {"rating", "weight", "anchor", "target"}:
            return None
        return next((meant for column, meant in _TABLE_ROLES if column in roles), None)

    def body(self) -> Iterator[tuple[Row, Iterator[tuple[Cell, int]]]]:
        """Give the rows below the header, each with its cells and their grid columns."""
        start = 0 if self.header is None else self.header + 1
        return ((row, cells_of(row)) for row in self.table.rows[start:])


def grids(document: Document, columns: Vocabulary, language: str) -> tuple[Grid, ...]:
    """Read every table of the document."""
    return document.once(
        ("grids", columns, language),
        lambda: tuple(_grid(table, document.by_id, columns, language) for table in document.tables),
    )


def know_grids(document: Document, columns: Vocabulary, language: str, tables: tuple[Grid, ...]) -> None:
    """Let a document know what was read from its tables before it was classified: their texts are the same."""
    document.once(("grids", columns, language), lambda: tables)


def column_roles(document: Document, tables: tuple[Grid, ...]) -> dict[str, str]:
    """Return the column role of every block below a table header."""
    roles: dict[str, str] = {}
    for grid in tables:
        if grid.header is not None:
            for _, cells in grid.body():
                for cell, column in cells:
                    roles.update(roles_in_cell(cell, grid.columns.get(column), document.by_id))
    return roles


def roles_in_cell(cell: Cell, role: str | None, blocks: Mapping[str, Block]) -> dict[str, str]:
    """Return the role of each block in a cell; below the name of a criterion stands its description."""
    if role is None:
        return {}
    roles = dict.fromkeys(cell.blocks, role)
    filled = [id for id in cell.blocks if blocks[id].text.strip()]
    if role == "criterion" and len(filled) > 1 and words_in(blocks[filled[0]].text) <= _HEADER_WORDS:
        roles.update(dict.fromkeys(filled[1:], "description"))
    return roles


def ids_of(table: Table) -> Iterator[str]:
    """Give the ids of all blocks of a table."""
    return (id for row in table.rows for cell in row.cells for id in cell.blocks)


def cells_of(row: Row) -> Iterator[tuple[Cell, int]]:
    """Give the cells of a row with the grid column at which each begins."""
    column = 0
    for cell in row.cells:
        yield cell, column
        column += cell.span


def text_of(cell: Cell, blocks: Mapping[str, Block]) -> str:
    """Return what stands in a cell."""
    return " ".join(blocks[id].text for id in cell.blocks if id in blocks).strip()


def is_total(row: Row, blocks: Mapping[str, Block]) -> bool:
    """Say whether a row adds up the rows above it."""
    return any(_TOTAL.match(text_of(cell, blocks)) for cell in row.cells[:2])


def _grid(table: Table, blocks: Mapping[str, Block], words: Vocabulary, language: str) -> Grid:
    for index, row in enumerate(table.rows[:_LATEST]):
        if index + 1 == len(table.rows):
            break  # a header needs something below it
        if index and not any(text_of(cell, blocks) for cell in table.rows[0].cells):
            break  # lines to sign on, with their labels below
        titles = {column: text_of(cell, blocks) for cell, column in cells_of(row)}
        below = table.rows[index + 1 :]
        roles = _header_roles(titles, words, language) | _to_tick(titles, below, blocks)
        roles = _meant(_without_numbering(roles, below, blocks), below, blocks)
        roles = _to_comment(_to_rate(roles), below, blocks)
        if index >= _FIRST_ROWS and (len(roles) < _CLEAR or index + 2 == len(table.rows)):
            continue  # "Name | … | Begins" above it may name columns too
        counted = bool(roles) and 0 not in roles and len(titles) > _CLEAR and _counts(0, below, blocks)
        if _is_header(row, titles, roles | ({0: "number"} if counted else {}), blocks):
            return Grid(table, index, roles, titles, _is_scale(below, blocks, roles))
    return Grid(table, None, {}, {}, _is_scale(table.rows, blocks, {}))


def _header_roles(titles: Mapping[int, str], words: Vocabulary, language: str) -> dict[int, str]:
    short = {column: title for column, title in titles.items() if title and words_in(title) <= _HEADER_WORDS}
    found = {column: words.find(title, language) for column, title in short.items()}
    return {column: match.role for column, match in found.items() if match}


def _to_rate(roles: dict[int, str]) -> dict[int, str]:
    """Indicators with steps to tick beside them, and neither target nor weight, are what people are rated by."""
    if "anchor" not in roles.values() or {"criterion", "objective", "target", "weight"} & set(roles.values()):
        return roles
    return {column: "criterion" if role == "measure" else role for column, role in roles.items()}


def _to_comment(roles: dict[int, str], rows: tuple[Row, ...], blocks: Mapping[str, Block]) -> dict[int, str]:
    """Beside ratings, a column of descriptions that are all empty is for the comments of those who rate."""
    if not {"rating", "anchor"} & set(roles.values()) or "criterion" not in roles.values():
        return roles
    filled = {column for row in rows for cell, column in cells_of(row) if text_of(cell, blocks)}
    empty = {column for column, role in roles.items() if role == "description" and column not in filled}
    return roles | dict.fromkeys(empty, "comments")


def _meant(roles: dict[int, str], rows: tuple[Row, ...], blocks: Mapping[str, Block]) -> dict[int, str]:
    """Two headers of one meaning name and describe; beside a measure, an "objective" of a few words is its target."""
    criteria = sorted(column for column, role in roles.items() if role == "criterion")
    if len(criteria) > 1 and "description" not in roles.values():
        roles = roles | {criteria[1]: "description"}
    measure = next((column for column, role in sorted(roles.items()) if role == "measure"), None)
    for column, role in sorted(roles.items()):
        if role == "objective" and measure is not None and measure < column and "target" not in roles.values():
            short = all(
                words_in(text) <= _FEW_WORDS or _FIGURE.match(text) for text in _texts_below(column, rows, blocks)
            )
            roles = roles | {column: "target"} if short else roles
    return roles


def _texts_below(column: int, rows: tuple[Row, ...], blocks: Mapping[str, Block]) -> list[str]:
    return [text_of(cell, blocks) for row in rows for cell, place in cells_of(row) if place == column]


def _without_numbering(roles: dict[int, str], rows: tuple[Row, ...], blocks: Mapping[str, Block]) -> dict[int, str]:
    """A column that counts its rows is neither a rating nor a weight, whatever its header: "No", "#", "Score"."""
    counted = {column for column in roles if _counts(column, rows, blocks)}
    return {column: role for column, role in roles.items() if column not in counted or role not in ("rating", "weight")}


def _counts(column: int, rows: tuple[Row, ...], blocks: Mapping[str, Block]) -> bool:
    """Say whether a column counts its rows: 1, 2, 3."""
    filled = [text.rstrip(".)") for text in _texts_below(column, rows, blocks) if text]
    return len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _to_tick(titles: Mapping[int, str], rows: tuple[Row, ...], blocks: Mapping[str, Block]) -> dict[int, str]:
    """Two or more narrow columns with nothing below their headers are the steps of a scale, to be ticked."""
    narrow = [column for column, title in titles.items() if 0 < len(title) <= _TICK_HEADER]
    empty = [column for column in narrow if not any(_texts_below(column, rows, blocks))]
    return dict.fromkeys(empty, "anchor") if len(empty) > 1 else {}


def _is_header(row: Row, titles: Mapping[int, str], roles: Mapping[int, str], blocks: Mapping[str, Block]) -> bool:
    filled = [title for title in titles.values() if title]
    if any(title.endswith(":") for title in filled) or len(set(filled)) < 2:
        return False
    if len(filled) > 1 and _SCALE_STEP.match(filled[0]) and not all(_SCALE_STEP.match(title) for title in filled):
        return False  # “1 | Unsatisfactory” is a step of a scale
    stands_out = row.header or all(blocks[id].bold or not blocks[id].text for cell in row.cells for id in cell.blocks)
    return len(roles) >= (1 if row.header else 2) and (stands_out or len(roles) * 2 >= len(filled))


def _is_scale(rows: tuple[Row, ...], blocks: Mapping[str, Block], roles: Mapping[int, str]) -> bool:
    """A scale has its steps in the first column, and nothing that is rated or weighed beside them."""
    if len(rows) < 3 or _NO_SCALE & set(roles.values()):
        return False
    first = [text_of(row.cells[0], blocks) for row in rows if row.cells]
    steps = [text for text in first if _SCALE_STEP.match(text)]
    return len(steps) >= 3 and len(steps) == len(first) and len(set(steps)) == len(steps) and 0 in roles
