"""What the tests of the redline engine say: `redlined(source, replace("b1", "clients", "customers"))`.

Every redline made here is judged by `judge`, by openxml-audit and by cxify's own proof before the test looks at it.
"""

import tempfile
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from cxify import word
from cxify.errors import CxifyError, EditNotApplicable
from cxify.proposal import Append, Comment, InsertAfter, InsertRowAfter, Operation, Replace
from tests.word.judge import AUTHOR, problems

DATE = "2026-11-22T08:00:00Z"


def replace(block: str, old: str, new: str, *, occurrence: int = 1, comment: str | None = None) -> Replace:
    return Replace(op="replace", block=block, old=old, new=new, occurrence=occurrence, comment=comment)


def append(block: str, text: str, *, comment: str | None = None) -> Append:
    return Append(op="append", block=block, text=text, comment=comment)


def after(block: str, text: str, *, comment: str | None = None) -> InsertAfter:
    return InsertAfter(op="insert_after", block=block, text=text, comment=comment)


def row_after(block: str, *cells: str, comment: str | None = None) -> InsertRowAfter:
    return InsertRowAfter(op="insert_row_after", block=block, cells=cells, comment=comment)


def remark(block: str, text: str, quote: str | None = None) -> Comment:
    return Comment(op="comment", block=block, comment=text, quote=quote)


def written(source: bytes, *operations: Operation) -> bytes:
    """Return the redline without judging it."""
    return word.apply(source, operations, author=AUTHOR, date=DATE)


def redlined(source: bytes, *operations: Operation) -> bytes:
    """Return the redline, found faithful by all three judges."""
    data = written(source, *operations)
    assert problems(source, data) == []
    assert new_errors(source, data) == []
    assert word.verify(source, data).ok
    return data


def refused(source: bytes, *operations: Operation, because: str, error: type[CxifyError] = EditNotApplicable) -> None:
    """Expect a refusal whose message says why."""
    with pytest.raises(error, match=because):
        written(source, *operations)


def blocks(source: bytes) -> dict[str, str]:
    """Return the text of every block by id."""
    return {block.id: block.text for block in word.read(source).blocks}


def block_of(source: bytes, text: str) -> str:
    """Return the id of the first block that holds the text."""
    return next(block.id for block in word.read(source).blocks if text in block.text)


def new_errors(source: bytes, data: bytes) -> list[str]:
    """Return what openxml-audit finds in the redline and not in its source."""
    return list((Counter(audit(data)) - Counter(audit(source))).elements())


@lru_cache(maxsize=256)
def audit(data: bytes) -> tuple[str, ...]:
    """Return openxml-audit's errors without their places, which edits move."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{word.read(data).meta['format']}"
        path.write_bytes(data)
        validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)  # one a file: it remembers the last one
        return tuple(f"{e.part_uri} {e.node}: {e.description}" for e in validator.validate(path).errors)
