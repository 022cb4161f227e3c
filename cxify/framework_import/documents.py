"""From a Word file or an Excel workbook to grids, within limits."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from cxify import word
from cxify.document import Document, Table
from cxify.errors import DocumentTooLarge, InputError
from cxify.framework_import.grid import Grid, Row

SUFFIXES: Final = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm")
MAX_BYTES: Final = 20_000_000
MAX_UNPACKED: Final = 200_000_000
MAX_ROWS: Final = 3_000
MAX_COLUMNS: Final = 60
MAX_CELL: Final = 4_000
_SMALLER: Final = "Copy the framework's tables into a new file and give that."
_SAVE_AS: Final = "Save it as .xlsx or .docx and give that; a password must be taken off first."


def grids(data: bytes) -> tuple[list[Grid], int]:
    """Return the tables of the file, and the number of paragraphs that stand outside of them.

    Raises InputError for a file that is neither a Word document nor a workbook.
    """
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge("The file is larger than 20 MB.", _SMALLER)
    return (_sheets(data), 0) if _is_workbook(data) else _tables(word.read(data))


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError):
        return False
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise DocumentTooLarge("The file unpacks to more than 200 MB.", _SMALLER)
    return any(entry.filename.startswith("xl/") for entry in entries)


def _tables(document: Document) -> tuple[list[Grid], int]:
    found = [_grid(document, table) for table in document.tables]
    outside = sum(block.place is None and bool(block.text.strip()) for block in document.body)
    return found, outside


def _grid(document: Document, table: Table) -> Grid:
    rows: list[Row] = []
    merged: set[tuple[int, int]] = set()
    title = ""
    for number, row in enumerate(table.rows):
        texts: list[str] = []
        for cell in row.cells:
            blocks = [document.by_id[id] for id in cell.blocks]
            title = title or next((block.section or "" for block in blocks), "")
            if cell.merged_up and rows and len(texts) < len(rows[-1]):
                merged.add((number, len(texts)))
                texts.append(rows[-1][len(texts)])
            else:
                texts += [_clean("\n".join(block.text for block in blocks))] * cell.span
        rows.append(tuple(texts))
    return Grid(f"Table {table.number}", title, tuple(rows), merged_down=frozenset(merged))


def _sheets(data: bytes) -> list[Grid]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # a damaged workbook fails in as many ways as XML and zip can
        message = f"The file is no workbook that can be read ({type(error).__name__})."
        raise InputError(message, _SAVE_AS) from None
    return [_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _sheet(sheet: Any) -> Grid:
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        size = f"{sheet.max_row} rows and {sheet.max_column} columns"
        limit = f"{MAX_ROWS} rows and {MAX_COLUMNS} columns are the limit."
        raise DocumentTooLarge(f"The sheet “{sheet.title}” has {size}; {limit}", _SMALLER)
    rows = [list(row) for row in _values(sheet)]
    merged: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        text = rows[area.min_row - 1][area.min_col - 1]
        for row in range(area.min_row - 1, min(area.max_row, len(rows))):
            for column in range(area.min_col - 1, min(area.max_col, len(rows[row]))):
                rows[row][column] = text
                if row >= area.min_row:
                    merged.add((row, column))
    return Grid(sheet.title, sheet.title, tuple(map(tuple, rows)), sheet=True, merged_down=frozenset(merged))


def _values(sheet: Any) -> Iterator[Row]:
    for row in sheet.iter_rows(values_only=True):
        yield tuple(_clean(_as_text(value)) for value in row)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _clean(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\x0b", "\n").splitlines())
    return "\n".join(line for line in lines if line)[:MAX_CELL]
