"""Table cells as a page needs them: how many rows each spans, so that vertical merges are cells and not gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxify.review.nodes import CellNode, Line, Node, RowNode, lines_of


@dataclass(frozen=True, slots=True)
class FrameCell:
    """A cell of the file: what stands in it, its columns, and whether it continues the cell above."""

    nodes: tuple[Node, ...]
    span: int = 1
    merged_up: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of the file, or a new one."""

    cells: tuple[FrameCell, ...]
    header: bool = False
    suggestion: int | None = None


def framed(frames: Sequence[Frame]) -> tuple[RowNode, ...]:
    """Return the rows with merged cells as one; a cell that continues another and says something stays its own."""
    columns = [{column: cell for cell, column in _placed(frame)} for frame in frames]
    below = _heights(frames, columns)
    rows = []
    for index, frame in enumerate(frames):
        cells = [
            CellNode(cell.nodes, cell.span, 1 + below.get((index + 1, column), 0), frame.header)
            for cell, column in _placed(frame)
            if not _continues(frames, columns, index, column)
        ]
        rows.append(RowNode(tuple(cells), frame.header, frame.suggestion))
    return tuple(rows)


def _heights(frames: Sequence[Frame], columns: Sequence[dict[int, FrameCell]]) -> dict[tuple[int, int], int]:
    """Return how many rows from here on continue the cell above, by row and column; counted from the last row up."""
    heights: dict[tuple[int, int], int] = {}
    for index in range(len(frames) - 1, 0, -1):
        for column in columns[index]:
            if _continues(frames, columns, index, column):
                heights[index, column] = 1 + heights.get((index + 1, column), 0)
    return heights


def _continues(frames: Sequence[Frame], columns: Sequence[dict[int, FrameCell]], index: int, column: int) -> bool:
    cell = columns[index][column]
    above = columns[index - 1].get(column) if index else None
    if above is None or above.span != cell.span or any(map(_says, lines_of(cell.nodes))):
        return False
    if frames[index].suggestion is None:
        return cell.merged_up
    # A new row inside a vertical merge continues it.
    following = next((i for i in range(index + 1, len(frames)) if frames[i].suggestion is None), None)
    under = columns[following].get(column) if following is not None else None
    return under is not None and under.merged_up


def _says(line: Line) -> bool:
    return bool(line.suggestions) or any(piece.text.strip() for piece in line.pieces)


def _placed(frame: Frame) -> Iterator[tuple[FrameCell, int]]:
    column = 0
    for cell in frame.cells:
        yield cell, column
        column += cell.span
