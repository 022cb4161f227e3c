"""A table of a Word file or a sheet of a workbook as rows of text, each cell with the place where a person finds it."""

from collections.abc import Iterator
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """One table. `merged_down` are the cells that continue the cell above them."""

    name: str
    """Name of the sheet, or "Table 2"."""
    title: str
    """What stands over it: the heading above a Word table, the name of a sheet."""
    rows: tuple[Row, ...]
    sheet: bool = False
    first_row: int = 1
    first_column: int = 1
    merged_down: frozenset[tuple[int, int]] = frozenset()
    turned: bool = False

    def place(self, row: int, column: int) -> str:
        """Return where a cell stands: `Standards!C4`, or `Table 2, row 4, column 3`."""
        if self.turned:
            row, column = column, row
        row, column = row + self.first_row, column + self.first_column
        return f"{self.name}!{letters(column)}{row}" if self.sheet else f"{self.name}, row {row}, column {column}"

    def turn(self) -> "Grid":
        """Return the grid with rows and columns exchanged; places stay those of the file."""
        width = max(map(len, self.rows), default=0)
        rows = tuple(tuple(row[column] if column < len(row) else "" for row in self.rows) for column in range(width))
        return Grid(self.name, self.title, rows, self.sheet, self.first_row, self.first_column, turned=not self.turned)

    def filled(self) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and text of every cell that holds something."""
        for number, row in enumerate(self.rows):
            yield from ((number, column, text) for column, text in enumerate(row) if text)


def letters(column: int) -> str:
    """Return a column's name in Excel: 1 = A, 27 = AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
