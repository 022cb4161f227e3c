"""Files as surveys and spreadsheets save them are read; what cannot be read is refused with a remedy."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from cxify.errors import InputError
from cxify.voice import table
from cxify.voice.columns import columns
from cxify.voice.table import rows

EXPECTED = [("Datum", "Kommentar"), ("1.7.2026", "Schöne Grüße, „bis bald“; danke")]


def csv_of(delimiter: str) -> str:
    return f'Datum{delimiter}Kommentar\r\n1.7.2026{delimiter}"Schöne Grüße, „bis bald“; danke"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_usual_encoding_and_delimiter_is_read(encoding: str, delimiter: str) -> None:
    assert rows(csv_of(delimiter).encode(encoding)) == EXPECTED


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_with_its_dates() -> None:
    import datetime

    def fill(book: Workbook) -> None:
        book.active.append(["Date", "Comment", "n"])
        book.active.append([datetime.date(2026, 7, 1), "No reply.", 3.0])
        book.active.append([None, None, None])

    assert rows(workbook(fill)) == [("Date", "Comment", "n"), ("2026-07-01", "No reply.", "3")]


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n \n",
        b"\xef\xbb\xbf",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 old excel",
        bytes(range(256)) * 8,
        zipped("word/document.xml", b"<a/>"),
        zipped("xl/workbook.xml", b"not xml"),
        b"a;b\n" + b"x;y\n" * (table.MAX_ROWS + 2),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(InputError) as refusal:
        rows(data)
    assert refusal.value.message.endswith(".")
    assert refusal.value.remedy


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match="unpacks"):
        rows(workbook(lambda book: book.active.append(["Comment"])))


def test_a_long_cell_is_cut() -> None:
    assert len(rows(b"Comment\n" + b"x" * 9000)[1][0]) == table.MAX_CELL


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("What could we do better?", "comment"),
        ("Kommentar (freiwillig)", "comment"),
        ("Commentaires", "comment"),
        ("Opmerkingen", "comment"),
        ("Observaciones", "comment"),
    ],
)
def test_the_column_with_comments_is_found_by_its_header(header: str, role: str) -> None:
    body = [("1", "2026-07-01", "No reply to two letters.")]
    assert columns(("id", "Datum", header), body)[role] == (2,)


def test_the_column_with_comments_is_found_by_its_length_or_by_name() -> None:
    header, body = ("id", "F7", "F8"), [("1", "The nurse was kind to my mother.", "short")]
    assert columns(header, body)["comment"] == (1,)
    assert columns(header, body, "f8")["comment"] == (2,)


@pytest.mark.parametrize("named", [None, "F9"])
def test_no_column_with_comments_is_an_error_that_lists_the_columns(named: str | None) -> None:
    with pytest.raises(InputError) as refusal:
        columns(("id", "F7"), [("1", "2")], named)
    assert "F7" in str(refusal.value)
