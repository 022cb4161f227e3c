"""New paragraphs: where they stand, how they look, and that rejecting them leaves nothing behind.

The judge folds a rejected paragraph mark into the next paragraph as Word does: a paragraph, a section break or a list
number left behind by a rejection shows as a difference to the source.
"""

import pytest
from lxml import etree

from tests.word.build import SECTION, control, dele, doc, ins, link, mark, p, r, tbl
from tests.word.judge import W, formats, marked, members, root_of, texts, tokens
from tests.word.redlines import after, append, block_of, redlined, refused, replace


def properties(data: bytes, text: str) -> str:
    """Return the properties of the paragraph that reads `text` once our changes are accepted."""
    content = ""
    for token in tokens(data, "accept"):
        if token[0] == "c":
            content += str(token[1])
        elif token[0] == "¶":
            if content == text:
                return str(token[1])
            content = ""
    raise AssertionError(f"no paragraph reads {text!r}")


def sections(data: bytes, mode: str) -> int:
    return sum(str(token[1]).count("<w:sectPr") for token in tokens(data, mode) if token[0] in ("¶", "block"))  # type: ignore[arg-type]


def test_a_list_item_in_the_middle_continues_the_list() -> None:
    data = redlined(doc(p("One", bullet=True), p("Three", bullet=True)), after("b1", "Two"))
    assert texts(data) == ["One", "Two", "Three"]
    assert properties(data, "Two") == properties(data, "One") != ""
    assert marked(data) == ["One", "{+Two+}", "Three"]


def test_a_list_item_behind_the_last_one_continues_the_list_and_not_the_text_below() -> None:
    data = redlined(doc(p("One", bullet=True), p("Plain text.")), after("b1", "Two"))
    assert properties(data, "Two") == properties(data, "One")
    assert properties(data, "Plain text.") == ""


def test_a_list_item_of_a_list_style_keeps_the_style() -> None:
    data = redlined(doc(p("One", style="Bullet"), p("End.")), after("b1", "Two"))
    assert "Bullet" in properties(data, "Two")


def test_several_new_paragraphs_stand_in_the_order_given() -> None:
    source = doc(p("One", bullet=True), p("Five", bullet=True))
    assert texts(redlined(source, after("b1", "Two"), after("b1", "Three"), after("b1", "Four"))) == [
        "One", "Two", "Three", "Four", "Five",
    ]  # fmt: skip


def test_the_last_paragraph_of_the_document_gets_one_behind_it() -> None:
    data = redlined(doc(p("One"), p("Two", bullet=True)), after("b2", "Three"), after("b2", "Four"))
    assert texts(data) == ["One", "Two", "Three", "Four"]
    assert properties(data, "Three") == properties(data, "Four") == properties(data, "Two")


def test_the_last_paragraph_of_a_cell_gets_one_behind_it() -> None:
    source = doc(tbl(["Calls", "Ann"]), p("End."))
    assert texts(redlined(source, after("b1", "Letters"))) == ["Calls", "Letters", "Ann", "End."]


def test_a_paragraph_before_a_table_gets_one_behind_it() -> None:
    source = doc(p("Tasks:", style="Body"), tbl(["Calls", "Ann"]), p("End."))
    assert texts(redlined(source, after("b1", "See below."))) == ["Tasks:", "See below.", "Calls", "Ann", "End."]


def test_a_paragraph_between_two_tables_gets_one_behind_it() -> None:
    source = doc(tbl(["A", "B"]), p("Between"), tbl(["C", "D"]), p())
    assert texts(redlined(source, after("b3", "More"))) == ["A", "B", "Between", "More", "C", "D", ""]


def test_the_paragraph_behind_a_nested_table_gets_one_behind_it() -> None:
    nested = tbl(["x", "y"])
    source = doc(
        tbl(['<w:tc><w:tcPr><w:tcW w:w="1" w:type="dxa"/></w:tcPr>' + nested + p("below") + "</w:tc>", "Ann"]), p()
    )
    assert texts(redlined(source, after(block_of(source, "below"), "new"))) == ["x", "y", "below", "new", "Ann", ""]


def test_the_last_paragraph_of_a_block_control_gets_one_inside_it() -> None:
    source = doc(control(p("One"), p("Two")), p("Behind."))
    data = redlined(source, after("b2", "Three"))
    assert texts(data) == ["One", "Two", "Three", "Behind."]
    inside = [t for t in tokens(data, "accept") if t[0] in ("¶", "/sdt")]
    assert [t[0] for t in inside] == ["¶", "¶", "¶", "/sdt", "¶"]


def test_a_plain_text_control_never_gets_a_second_paragraph() -> None:
    source = doc(control(p("Only one"), kind="<w:text/>"), p("Behind."))
    data = redlined(source, after("b1", "Next"))
    assert [t[0] for t in tokens(data, "accept") if t[0] in ("¶", "/sdt")] == ["¶", "/sdt", "¶", "¶"]
    beside = doc(control(p("Only one"), kind="<w:text/>"), control(p("Other"), kind="<w:text/>"))
    assert texts(redlined(beside, after("b1", "Next"))) == ["Only one", "Next", "Other"]
    refused(doc(control(p("Only one"), kind="<w:text/>")), after("b1", "Next"), because="plain text")


def test_a_paragraph_before_a_block_control_gets_one_behind_it() -> None:
    source = doc(p("Before"), control(p("Inside")), p("Behind"))
    assert texts(redlined(source, after("b1", "New"))) == ["Before", "New", "Inside", "Behind"]


def test_a_new_paragraph_before_a_section_break_does_not_double_the_break() -> None:
    source = doc(p("Last of section", section=True), p("First of next"))
    data = redlined(source, after("b1", "New last"))
    assert texts(data) == ["Last of section", "New last", "First of next"]
    assert sections(data, "accept") == sections(data, "reject") == sections(source, "reject")
    assert "sectPr" in properties(data, "New last")
    assert "sectPr" not in properties(data, "Last of section")


def test_a_new_paragraph_behind_a_section_break_belongs_to_the_new_section() -> None:
    data = redlined(doc(p("Old", section=True), p("First"), p("Second")), after("b2", "New"))
    assert texts(data) == ["Old", "First", "New", "Second"]


def test_a_list_item_that_carries_the_section_break_keeps_its_list() -> None:
    data = redlined(doc(p("Item", bullet=True, section=True), p("Next")), after("b1", "New item"))
    assert "numPr" in properties(data, "Item")
    assert "numPr" in properties(data, "New item")


def test_behind_a_heading_comes_body_text_and_no_second_heading() -> None:
    source = doc(p("Duties", style="Heading1"), p("Call people.", style="Body"))
    data = redlined(source, after("b1", "Serve people."))
    assert "Body" in properties(data, "Serve people.")
    assert formats(data)[1] == "Serve people."


@pytest.mark.parametrize("behind", ["", tbl(["A", "B"]) + p()])
def test_behind_a_heading_at_the_end_comes_body_text_too(behind: str) -> None:
    source = doc(p("Intro"), p("Duties", style="Heading1"), behind)
    data = redlined(source, after("b2", "Serve people."))
    assert "Heading1" in properties(data, "Duties")
    assert 'w:val="Heading1"' not in properties(data, "Serve people.").split("pPrChange")[0]


def test_a_page_break_before_is_not_repeated() -> None:
    source = doc(p("Chapter", props="<w:pageBreakBefore/>"), p("Next"))
    assert "pageBreakBefore" not in properties(redlined(source, after("b1", "New")), "New")
    data = redlined(doc(p("Chapter", props="<w:pageBreakBefore/>")), after("b1", "New"))
    assert "pageBreakBefore" not in properties(data, "New")
    assert "pageBreakBefore" in properties(data, "Chapter")


def test_a_new_paragraph_looks_like_the_text_and_not_like_its_bold_beginning() -> None:
    source = doc(p(r("Calls: ", b=True, font="Arial"), r("answer them all.", font="Arial")), p("End."))
    assert formats(redlined(source, after("b1", "Letters too.")))[1] == "«rFonts:Letters too.»"


def test_a_new_paragraph_behind_a_link_is_no_link() -> None:
    source = doc(p("See ", link(r("our site", style="Hyperlink"))), p("End."))
    data = redlined(source, after("b1", "New."))
    assert formats(data)[1] == "New."
    assert data.count(b"hyperlink") == source.count(b"hyperlink")


def test_a_new_paragraph_behind_an_empty_one_takes_the_format_of_its_mark() -> None:
    source = doc(p(mark_format='<w:b/><w:sz w:val="20"/>'), p("End."))
    assert formats(redlined(source, after("b1", "New.")))[1] in ("«b sz=20:New.»", "New.»")


def test_a_new_paragraph_does_not_take_over_someones_marks() -> None:
    source = doc(p("One", marked=mark("ins"), changed_by="Ann", bullet=True), p("Two"))
    data = redlined(source, after("b1", "New"))
    assert "Ann" not in properties(data, "New")


def test_edits_of_the_paragraph_and_a_new_one_behind_it_go_together() -> None:
    source = doc(p("Answer all calls."), tbl(["A", "B"]), p())
    data = redlined(source, replace("b1", "calls", "letters"), append("b1", " Now."), after("b1", "New."))
    assert texts(data)[:2] == ["Answer all letters. Now.", "New."]


def test_a_paragraph_id_is_never_doubled() -> None:
    source = doc(p("One", para_id="00000001"), tbl(["A", "B"]), p("Two", para_id="00000002"))
    data = redlined(source, after("b1", "New"), after("b4", "Last"))
    assert members(data)["word/document.xml"].count(b"paraId=") == 2


def test_block_markers_between_paragraphs_stay_where_they_are() -> None:
    between = '<w:bookmarkStart w:id="5" w:name="x"/>'
    source = doc(p("One"), between, p("Two", '<w:bookmarkEnd w:id="5"/>'))
    assert texts(redlined(source, after("b1", "New"))) == ["One", "New", "Two"]


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_nothing_is_put_behind_a_paragraph_whose_end_someone_deleted(kind: str) -> None:
    refused(doc(p("One", marked=mark(kind)), p("Two")), after("b1", "New"), because="deleted or moved the end")


def test_behind_a_paragraph_that_someone_deleted_as_a_whole_a_new_one_may_stand() -> None:
    source = doc(p("One"), p(dele("Gone"), marked=mark("del", "Ben")), p("Two"))
    assert texts(redlined(source, after("b2", "New"))) == ["One", "", "New", "Two"]
    refused(doc(p("One"), p(dele("Gone"), marked=mark("del", "Ben"))), after("b2", "New"), because="deleted or moved")


@pytest.mark.parametrize("kind", ["ins", "moveTo"])
@pytest.mark.parametrize("behind", [p("Two"), tbl(["A", "B"]) + p(), ""])
def test_a_paragraph_that_someone_inserted_stays_theirs(kind: str, behind: str) -> None:
    source = doc(p("Zero"), p(ins("One"), marked=mark(kind)), behind)
    data = redlined(source, after("b2", "New"), replace("b2", "One", "Uno"))
    assert texts(data)[1:3] == ["Uno", "New"]


def test_text_goes_into_an_empty_paragraph() -> None:
    assert texts(redlined(doc(p(), p("End.")), append("b1", "Now here."))) == ["Now here.", "End."]


def test_all_text_of_a_paragraph_can_be_deleted() -> None:
    assert texts(redlined(doc(p("One ", r("two", b=True)), p("End.")), replace("b1", "One two", ""))) == ["", "End."]


def test_appended_text_stands_behind_a_note_mark_and_before_a_page_break() -> None:
    page_break = '<w:r><w:br w:type="page"/></w:r>'
    source = doc(p("One.", page_break), p("Two."))
    data = redlined(source, append("b1", " More."))
    root = root_of(members(data)["word/document.xml"])
    runs = [etree.tostring(run).decode() for run in root.iter(f"{W}r")]
    assert "More." in runs[1]
    assert "page" in runs[2]


def test_a_drop_cap_frame_is_not_copied() -> None:
    source = doc(
        p("W", props='<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:hAnchor="text"/>'), p("e serve.")
    )
    assert "framePr" not in properties(redlined(source, after("b1", "New")), "New")


def test_the_first_section_of_the_file_keeps_its_own_properties() -> None:
    source = doc(p("One"))
    assert sections(redlined(source, after("b1", "Two")), "accept") == 1
    assert SECTION in p(section=True)


def test_a_paragraph_in_front_of_someones_deleted_paragraph_takes_a_new_one() -> None:
    source = doc(p("One"), p(dele("Gone"), marked=mark("del", "Ben")), p("Two"))
    assert texts(redlined(source, after("b1", "New"))) == ["One", "New", "", "Two"]
