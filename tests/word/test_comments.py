"""Comments: ours stand on the right words and go with a rejected change; those of others stay as they are."""

import re

import pytest

from cxify import word
from cxify.errors import BadEdits
from tests.word.build import NAMESPACES, OFFICE, commented, control, doc, field, ins, p, r, tbl, text_box
from tests.word.judge import comments_of, members, texts
from tests.word.redlines import after, append, block_of, redlined, refused, remark, replace, row_after

MICROSOFT = "http://schemas.microsoft.com/office/2011/relationships"
THREAD = {
    "word/commentsExtended.xml": (
        f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0000A000" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0000A001" w15:paraIdParent="0000A000" w15:done="1"/></w15:commentsEx>'
    ).encode(),
    "word/people.xml": (
        f'<w15:people {NAMESPACES}><w15:person w15:author="Dora"><w15:presenceInfo w15:providerId="None" '
        'w15:userId="Dora"/></w15:person></w15:people>'
    ).encode(),
}
RELATED = (
    ("rEx", f"{MICROSOFT}/commentsExtended", "commentsExtended.xml"),
    ("rPeople", f"{MICROSOFT}/people", "people.xml"),
)


def ours(data: bytes) -> list[str]:
    """Return the text of the comments that we added."""
    return [re.sub("<[^>]+>", "", content) for content in comments_of(members(data)).values() if "Clara Xu" in content]


def covered(data: bytes, number: int) -> str:
    """Return the text in a comment's range, deleted words included."""
    xml = members(data)["word/document.xml"].decode()
    inside = xml.partition(f'<w:commentRangeStart w:id="{number}"/>')[2].partition(
        f'<w:commentRangeEnd w:id="{number}"/>'
    )[0]
    return "".join(re.findall(r"<w:(?:t|delText)[^>]*>([^<]*)<", inside))


def test_the_first_comment_of_a_document_makes_the_part_for_it() -> None:
    data = redlined(doc(p("Answer calls.")), remark("b1", "Which calls?", "calls"))
    assert ours(data) == ["Which calls?"]
    assert covered(data, 0) == "calls"
    assert b"comments+xml" in members(data)["[Content_Types].xml"]


def test_a_comment_without_a_quote_covers_the_block() -> None:
    assert (
        covered(redlined(doc(p("Answer ", r("all", b=True), " calls.")), remark("b1", "Hm")), 0) == "Answer all calls."
    )


def test_a_comment_on_an_empty_block_stands_there() -> None:
    assert ours(redlined(doc(p(), p("x")), remark("b1", "Fill this"))) == ["Fill this"]


@pytest.mark.parametrize(
    "edit",
    [
        replace("b1", "calls", "letters", comment="Why"),
        append("b1", " Now.", comment="Why"),
        after("b1", "New.", comment="Why"),
        row_after("b3", "x", "y", comment="Why"),
    ],
)
def test_every_edit_may_carry_a_comment_that_goes_when_it_is_rejected(edit) -> None:  # type: ignore[no-untyped-def]
    source = doc(p("Answer calls."), p("Next."), tbl(["A", "B"]), p())
    data = redlined(source, edit)
    assert ours(data) == ["Why"]
    rejected = word.resolve(data, accept=False)
    assert ours(rejected) == []
    assert b"comment" not in members(rejected)["word/document.xml"]
    assert ours(word.resolve(data, accept=True)) == ["Why"]


def test_a_second_comment_on_the_same_words_leaves_the_first_alone() -> None:
    source = doc(p("Answer ", commented(0, "all calls"), "."), comments=["Really?"])
    data = redlined(source, remark("b1", "Yes.", "all calls"), replace("b1", "calls", "letters", comment="Wider"))
    assert sorted(ours(data)) == ["Wider", "Yes."]
    assert covered(data, 0) == "all callsletters"


def test_threads_resolved_marks_and_people_stay_byte_for_byte() -> None:
    source = doc(
        p("Answer ", commented(0, "all ", commented(1, "calls")), "."),
        comments=["A?", "B."],
        extra=THREAD,
        related=RELATED,
    )
    data = redlined(source, replace("b1", "calls", "letters", comment="C"))
    for part in THREAD:
        assert members(data)[part] == members(source)[part]
    assert len(comments_of(members(data))) == 3


def test_rejecting_someones_insertion_takes_their_comment_and_its_thread_entry() -> None:
    source = doc(p("Answer", ins(commented(0, " all")), "."), comments=["A?"], extra=THREAD, related=RELATED)
    rejected = word.resolve(source, accept=False)
    assert comments_of(members(rejected)) == {}
    assert b"0000A000" not in members(rejected)["word/commentsExtended.xml"]


def test_comment_styles_are_used_only_where_the_document_has_them() -> None:
    data = redlined(doc(p("Answer calls.")), remark("b1", "Hm", "calls"))
    assert b"CommentReference" not in members(data)["word/document.xml"]


def test_a_comment_inside_a_link_control_or_field_stands_around_it() -> None:
    source = doc(p("See ", control("Agent", lock="contentLocked"), " on ", field("DATE", "1 May"), "."))
    data = redlined(source, remark("b1", "Who?", "Agent"), remark("b1", "When?", "1 May"))
    assert covered(data, 0) == "Agent"
    assert covered(data, 1) == "1 May"


def test_a_comment_on_a_text_box_stands_at_its_host() -> None:
    source = doc(p("Host ", text_box(p("In the box"))), p("End"))
    data = redlined(source, replace(block_of(source, "In the box"), "box", "frame", comment="Why"))
    assert ours(data) == ["Why"]
    assert texts(data).count("In the frame") == 2


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (doc(p("x"), headers={"default": p("Head line")}), "Head"),
        (doc(p("x"), footers={"default": p("Foot line")}), "Foot"),
        (doc(p("x"), headers={"default": p("H ", text_box(p("Boxed head")))}), "Boxed"),
    ],
)
def test_headers_and_footers_take_no_comments(source: bytes, text: str) -> None:
    refused(source, remark(block_of(source, text), "Why?"), because="no comments in headers")
    refused(source, replace(block_of(source, text), text, "New", comment="Why?"), because="no comments in headers")


def test_a_comment_of_several_lines_keeps_them() -> None:
    data = redlined(doc(p("Answer calls.")), remark("b1", "One\nTwo & <three>"))
    assert "One" in ours(data)[0]
    assert "&lt;three&gt;" in ours(data)[0]


def test_a_row_without_text_takes_no_comment() -> None:
    refused(doc(tbl(["A", "B"]), p()), row_after("b1", "", "", comment="x"), because="without any text", error=BadEdits)


def test_a_quote_that_is_not_there_is_refused() -> None:
    refused(doc(p("Answer calls.")), remark("b1", "x", "letters"), because="not in block")


def test_the_relationship_and_content_type_of_a_new_part_are_right() -> None:
    data = redlined(doc(p("Answer calls.")), remark("b1", "x"))
    assert f"{OFFICE}/relationships/comments".encode() in members(data)["word/_rels/document.xml.rels"]
