"""What is left of the proposals after people worked on the file."""

import io
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from cxify import packet, word
from cxify.packet import Change
from cxify.proposal import Append, Comment, InsertAfter, Operation, Replace
from cxify.provenance import Record, RecordedEdit
from tests.worddoc import word_file

SOURCE = word_file(
    "Job description: Cleaner",
    "Main duties",
    "Answer letters from residents in this customer-facing role.",
    "Empty the bins every evening and always with a friendly smile.",
    "Lock the doors.",
)
INSERTED = InsertAfter(op="insert_after", block="b5", text="Tells residents what happens next and by when.")
APPENDED = Append(op="append", block="b4", text=" Notes what residents report, and says who takes it on.")
REPLACED = Replace(op="replace", block="b3", old="in this customer-facing role", new="and name the next step")
REMOVED = Replace(op="replace", block="b4", old=" and always with a friendly smile", new="")
REMARK = Comment(op="comment", block="b5", comment="Who holds the keys?")


def redlined(*operations: Operation) -> bytes:
    edits = tuple(RecordedEdit(operation=operation, reason="Because.") for operation in operations)
    record = Record(date="2026-11-22T08:00:00Z", author="cxify", source_sha256=sha256(SOURCE).hexdigest(), edits=edits)
    return word.redline(SOURCE, operations, record=record)


def standings(data: bytes) -> list[str]:
    return [each.standing for each in changes(data)]


def changes(data: bytes) -> tuple[Change, ...]:
    found = packet.read_back(data)
    assert found is not None
    return found[1]


ALL = (INSERTED, APPENDED, REPLACED, REMOVED, REMARK)


def test_everything_is_open_as_it_leaves() -> None:
    assert standings(redlined(*ALL)) == ["open"] * 5
    assert {each.section for each in changes(redlined(*ALL)) if not each.is_comment} == {"Main duties"}


def test_everything_is_accepted_or_gone() -> None:
    assert standings(word.resolve(redlined(*ALL), accept=True))[:4] == ["accepted"] * 4
    assert standings(word.resolve(redlined(*ALL), accept=False))[:4] == ["gone"] * 4


@pytest.mark.parametrize("operation", ALL[:4])
def test_each_is_told_from_the_others(operation: Operation) -> None:
    """One was accepted in Word, another run proposed the rest."""
    accepted = word.resolve(redlined(operation), accept=True)
    assert standings(accepted) == ["accepted"]


def test_a_change_that_somebody_reworded_after_accepting_is_found() -> None:
    document = docx.Document(io.BytesIO(word.resolve(redlined(INSERTED, REPLACED), accept=True)))
    for paragraph in document.paragraphs:
        if "what happens next" in paragraph.text:
            paragraph.text = "Tells residents and families what happens next, and by when."
    buffer = io.BytesIO()
    document.save(buffer)
    assert standings(buffer.getvalue()) == ["reworded", "accepted"]


def test_what_other_people_changed_is_not_ours() -> None:
    theirs = word.apply(SOURCE, [INSERTED], author="Ada", date="2026-11-22T08:00:00Z")
    assert packet.read_back(SOURCE) is None
    found = packet.read_back(theirs)
    assert found is None or found[0].author == "Ada"


def test_a_comment_that_was_deleted_is_gone(tmp_path: Path) -> None:
    data = redlined(REMARK)
    assert word.remarks_of(data)[0].text == "Who holds the keys?"
    document = docx.Document(io.BytesIO(data))
    for mark in document.element.body.xpath("//w:commentReference/.. | //w:commentRangeStart | //w:commentRangeEnd"):
        mark.getparent().remove(mark)
    for comment in document.part._comments_part.element.xpath("//w:comment"):
        comment.getparent().remove(comment)
    document.save(str(tmp_path / "x.docx"))
    assert standings((tmp_path / "x.docx").read_bytes()) == ["gone"]
