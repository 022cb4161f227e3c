"""Where a table takes a new row, and what its columns hold."""

from collections.abc import Sequence

from cxify.document import Block, Table
from cxify.writers.library.scene import Scene

FEWEST_NUMBERED = 2
SHORT = 3
"""Rows of a table to which a second new one would be too much."""


def last_row(scene: Scene, table: Table, column: int) -> Block | None:
    """Return the cell of the last row with text after which the table takes a new row."""
    rows = scene.data_rows(table)
    for index in range(len(rows) - 1, -1, -1):
        row, following = rows[index], rows[index + 1 : index + 2]
        if any(cell.merged_up for near in (row, *following) for cell in near.cells):
            continue
        if column >= len(row.cells) or not row.cells[column].blocks:
            continue
        block = scene.task.document.by_id[row.cells[column].blocks[-1]]
        everything = [scene.task.document.by_id[id] for cell in row.cells for id in cell.blocks]
        if block.text.strip() and not all(one.closed for one in everything):
            return block
    return None


def column_texts(scene: Scene, table: Table, column: int) -> list[str]:
    """Return what the cells of a column say below its header, without those that are empty."""
    rows = map(scene.cell_texts, scene.data_rows(table))
    return [cells[column] for cells in rows if column < len(cells) and cells[column]]


def are_groups(names: Sequence[str]) -> bool:
    """Tell whether rows are in groups: several have the same name."""
    return len(set(names)) < len(names)


def is_short(scene: Scene, block: Block) -> bool:
    """Tell whether a block stands in a table of so few rows that it takes one more and not two."""
    table = scene.tables.get(block.place.table) if block.place and scene.is_data(block) else None
    filled = [row for row in scene.data_rows(table) if any(scene.cell_texts(row))] if table else []
    return table is not None and len(filled) <= SHORT


def numbered(scene: Scene, table: Table, block: Block, cells: Sequence[str], steps: int = 1) -> tuple[str, ...]:
    """Return the cells of a new row with the number that follows, where the first column counts the rows to its end."""
    texts = [scene.cell_texts(row) for row in scene.data_rows(table)]
    counted = [row[0].strip() for row in texts if row and row[0].strip()]
    plain = [text.rstrip(".)") for text in counted]
    last = scene.row(block)
    ends = last is not None and scene.cell_texts(last)[:1] == counted[-1:]
    if cells[0] or not ends or len(plain) < FEWEST_NUMBERED or plain != [str(n) for n in range(1, len(plain) + 1)]:
        return tuple(cells)
    mark = counted[-1][len(plain[-1]) :]
    return (f"{len(plain) + steps}{mark}", *cells[1:])
