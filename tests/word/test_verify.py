"""The proof itself: whatever was tampered with, `verify` must see it."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from cxify import word
from tests.word.build import commented, dele, doc, ins, p, r, tbl
from tests.word.judge import members
from tests.word.redlines import after, append, remark, replace, row_after, written

BODY = "word/document.xml"
SOURCE = doc(
    p("Answer ", r("all", b=True), " calls ", ins("now "), dele("then "), "please."),
    p("Second ", commented(0, "thing"), "."),
    tbl(["A", "B"]),
    p("End"),
    comments=["Theirs"],
    headers={"default": p("Head")},
    extra={"word/media/image1.png": b"\x89PNG original"},
)


@pytest.fixture(scope="module")
def redline() -> bytes:
    edits = [
        replace("b1", "calls", "letters", comment="Why"),
        append("b2", " More."),
        after("b2", "New"),
        row_after("b3", "C", "D"),
    ]
    return written(SOURCE, *edits)


def tampered(data: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """Return the file with one part edited; the edit must change something."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in members(data).items():
            if name == part:
                changed = edit(content.decode("latin-1")).encode("latin-1")
                assert changed != content
                content = changed
            target.writestr(name, content)
    return buffer.getvalue()


def failed(original: bytes, redlined: bytes) -> set[str]:
    return {check.name for check in word.verify(original, redlined).checks if check.ok is False}


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda xml: xml.replace(old, new, 1)


def test_a_redline_passes_and_passing_changes_nothing(redline: bytes) -> None:
    assert failed(SOURCE, redline) == set()
    assert word.verify(SOURCE, redline) == word.verify(SOURCE, redline)


def test_the_source_passes_against_itself() -> None:
    assert word.verify(SOURCE, SOURCE).ok


@pytest.mark.parametrize(
    ("edit", "check"),
    [
        (swap("Second ", "Third "), "reject"),
        (swap("<w:b/>", ""), "reject"),
        (swap("<w:b/>", "<w:i/>"), "reject"),
        (swap('<w:delText xml:space="preserve">then ', '<w:delText xml:space="preserve">when '), "reject"),
        (swap('w:date="2025-03-04', 'w:date="2026-03-04'), "reject"),
        (swap('w:author="Ann"', 'w:author="Zoe"'), "reject"),
        (swap('<w:commentRangeStart w:id="0"/>', ""), "reject"),
        (swap("letters", "parcels"), "accept"),
        (swap(">New<", ">Old<"), "accept"),
        (swap(">C<", ">X<"), "accept"),
        (swap("<w:tblW ", '<w:tblStyle w:val="x"/><w:tblW '), "reject"),
        (swap('<w:gridCol w:w="2000"/>', '<w:gridCol w:w="2100"/>'), "reject"),
        (lambda xml: re.sub(r"<w:p><w:r><w:t[^>]*>End</w:t></w:r></w:p>", "", xml), "reject"),
        (lambda xml: xml.replace("<w:delText", "<w:t", 1).replace("</w:delText>", "</w:t>", 1), "sound"),
        (lambda xml: re.sub(r'(<w:ins w:id=")\d+', r"\g<1>777", xml), "sound"),
    ],
)  # fmt: skip
def test_a_changed_document_fails(redline: bytes, edit: Callable[[str], str], check: str) -> None:
    assert check in failed(SOURCE, tampered(redline, BODY, edit))


def test_other_parts_may_not_change(redline: bytes) -> None:
    assert "parts" in failed(SOURCE, tampered(redline, "word/media/image1.png", swap("original", "forgery!")))
    assert "parts" in failed(SOURCE, tampered(redline, "word/styles.xml", swap("<w:b/>", "<w:i/>")))
    assert failed(SOURCE, tampered(redline, "word/header1.xml", swap("Head", "Hood"))) >= {"reject", "accept"}
    assert "parts" in failed(
        SOURCE, tampered(redline, "word/_rels/document.xml.rels", swap("https://example.org/", "https://evil.example/"))
    )


def test_a_missing_part_fails(redline: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in members(redline).items():
            if name != "word/media/image1.png":
                target.writestr(name, content)
    assert "parts" in failed(SOURCE, buffer.getvalue())


def test_someones_comment_may_neither_change_nor_go(redline: bytes) -> None:
    assert "comments" in failed(SOURCE, tampered(redline, "word/comments.xml", swap("Theirs", "Mine")))
    assert "comments" in failed(SOURCE, tampered(redline, "word/comments.xml", swap("Dora", "Zoe")))
    dropped = lambda xml: re.sub(r'<w:comment w:id="0".*?</w:comment>', "", xml)  # noqa: E731
    assert "comments" in failed(SOURCE, tampered(redline, "word/comments.xml", dropped))


def test_a_redline_of_another_source_fails(redline: bytes) -> None:
    other = doc(p("Something else"))
    assert failed(other, redline)


def test_unmarked_changes_fail_even_where_no_record_tells_what_was_meant() -> None:
    assert failed(doc(p("Answer calls.")), doc(p("Answer letters."))) == {"reject"}


def test_a_comment_only_redline_passes() -> None:
    assert failed(SOURCE, written(SOURCE, remark("b2", "Hm", "thing"))) == set()


def test_what_was_proved_of_a_file_says_nothing_of_another_source(redline: bytes) -> None:
    source, other = word.open_package(SOURCE), word.open_package(doc(p("Another text.")))
    opened = word.open_package(redline, akin=source)
    assert word.verify(source, opened).ok
    assert word.verify(source, opened) is word.verify(source, opened)
    assert not word.verify(other, opened).ok
    assert word.verify(source, opened).ok


def test_a_file_beside_the_source_is_opened_once_and_one_with_another_byte_anew(redline: bytes) -> None:
    source = word.open_package(SOURCE)
    first = word.open_package(redline, akin=source)
    assert word.open_package(bytes(bytearray(redline)), akin=source) is first
    other = word.open_package(tampered(redline, BODY, lambda xml: xml.replace("letters", "emails")), akin=source)
    assert b"emails" in other.read(BODY)
    assert not word.verify(source, other).ok
