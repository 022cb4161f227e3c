"""Where a table takes a new row."""

from cxify.document import Block, Table
from cxify.writers.library.scene import Scene


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
