"""A CSV or Excel file as rows of text, whatever program saved it, within limits."""

import csv
import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from cxify.errors import InputError

Row = tuple[str, ...]

MAX_BYTES: Final = 32 * 2**20
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 4_000
"""Characters of a comment that are read; people who write more repeat themselves."""
MAX_UNPACKED: Final = 256 * 2**20
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = ";,\t|"
_SAVE_AS: Final = "Save it as CSV (UTF-8) or as an Excel workbook (.xlsx) and give that."


def rows(data: bytes) -> list[Row]:
    """Return the rows that hold anything, the header first. Raises InputError."""
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 2**20} MB."
        raise InputError(message, "Split it, for instance by period.")
    if data.startswith(_OLD_EXCEL):
        raise InputError("The file is an old or password-protected Excel file.", _SAVE_AS)
    found = _of_workbook(data) if data.startswith(_ZIP) else _of_csv(data)
    kept = [row for row in _limited(found) if any(row)]
    if not kept:
        raise InputError("The file is empty.", "Give a table with a header line and one comment or theme a row.")
    return kept


def _limited(found: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(found):
        if number > MAX_ROWS:
            message = f"The file has more than {MAX_ROWS} rows."
            raise InputError(message, "Split it, for instance by period.")
        cells = [cell.strip()[:MAX_CELL] for cell in row[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        yield tuple(cells)


# ---- CSV ----


def _of_csv(data: bytes) -> Iterator[Row]:
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    try:
        yield from (tuple(row) for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise InputError(f"The file is no table that can be read: {error}.", _SAVE_AS) from None


def _decoded(data: bytes) -> str:
    """Excel saves UTF-8 with a mark, UTF-16 or the Windows code page; other programs UTF-8 without a mark."""
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if any(ord(character) < 9 for character in text[:4096]):
        raise InputError("The file is neither a CSV file nor an Excel workbook.", _SAVE_AS)
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:512]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    return "utf-8-sig"


def _delimiter(text: str) -> str:
    """Take the delimiter that splits the header line most often; commas in a title line do not deceive it."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(_DELIMITERS, key=lambda one: (first.count(one), -_DELIMITERS.index(one)))


# ---- Excel ----


def _of_workbook(data: bytes) -> Iterator[Row]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_package(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        for values in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS) if sheet else ():
            yield tuple(_as_text(value) for value in values)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
        struct.error,
    ) as error:
        raise InputError(
            f"The file is no Excel workbook that can be read ({type(error).__name__}).", _SAVE_AS
        ) from None


def _check_package(data: bytes) -> None:
    """Read sizes from the directory and refuse what would unpack to more than a survey can hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        if "xl/workbook.xml" not in {entry.filename for entry in entries}:
            raise InputError("The file is not an Excel workbook.", _SAVE_AS)
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            message = f"The workbook unpacks to more than {MAX_UNPACKED // 2**20} MB."
            raise InputError(message, "Copy the comments into a new workbook and give that.")


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
