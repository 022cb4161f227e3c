"""The same said in other words: XML as Word's charts, indenting programs and other producers write it."""

import pytest

from tests.word.build import OFFICE, cell, doc, p, r, row, tbl, text_box
from tests.word.judge import members, texts
from tests.word.redlines import after, append, block_of, blocks, redlined, refused, remark, replace, row_after, written
from tests.word.test_verify import failed, swap, tampered

CHART = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="7" name="Chart"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:r="{OFFICE}/relationships" r:id="rLink"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
"""As Word writes it: with the namespace of relationships declared a second time."""


def test_a_paragraph_with_a_chart_is_edited_around_it() -> None:
    source = doc(p("Calls: ", CHART), p(CHART))
    redlined(
        source, replace("b1", "Calls", "Letters"), append("b1", " a month"), after("b2", "New"), remark("b2", "Hm")
    )


def test_a_namespace_may_have_two_prefixes() -> None:
    twice = '<w:p xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="0000000A" '
    source = doc(twice + f'wp14:textId="52728E57">{r("Answer calls.")}</w:p>', p("Last"))
    redlined(source, replace("b1", "calls", "letters"), after("b1", "New"))


def test_a_prefix_that_only_a_value_names_stays_declared_where_a_run_is_split() -> None:
    drawing = f'<mc:AlternateContent><mc:Choice Requires="own">{CHART[5:-6]}</mc:Choice></mc:AlternateContent>'
    run = f'<w:r xmlns:own="urn:own"><w:t>Answer calls</w:t>{drawing}</w:r>'
    data = redlined(doc(p(run), p("Last")), replace("b1", "calls", "letters"))
    assert b'xmlns:own="urn:own"' in members(data)["word/document.xml"].split(b"letters")[1]


def test_the_proof_sees_a_prefix_that_means_something_else() -> None:
    source = doc(p('<w:r><mc:AlternateContent><mc:Choice Requires="wps"/></mc:AlternateContent></w:r>', "Calls"))
    redline = written(source, append("b1", " now"))
    other = tampered(redline, "word/document.xml", swap("<mc:Choice ", '<mc:Choice xmlns:wps="urn:other" '))
    assert failed(source, redline) == set()
    assert "reject" in failed(source, other)


@pytest.mark.parametrize("content", ["\n  ", "<w:r>\n  </w:r>"])
def test_empty_elements_written_over_two_lines(content: str) -> None:
    source = doc(tbl(row(cell(f"<w:p>{content}</w:p>"), cell(f"<w:p>{content}</w:p>"))), f"<w:p>{content}</w:p>")
    redlined(source, after("b1", "New"), append("b2", "More"), after("b3", "Last"))


def test_a_row_in_which_a_text_box_stands_last_gets_one_behind_it() -> None:
    source = doc(tbl(["A", cell(p("B", text_box(p("Boxed"))))]), p("End"))
    assert texts(redlined(source, row_after("b1", "C", "D")))[-3:] == ["C", "D", "End"]


def test_a_text_box_in_a_cell_is_no_row() -> None:
    source = doc(tbl(["A", cell(p("B", text_box(p("Boxed"))))]), p("End"))
    refused(source, row_after(block_of(source, "Boxed"), "C", "D"), because="does not stand in a table")


BARE = "<w:r><w:t>{0}</w:t></w:r>"
"""A run as programs write it that do not know of xml:space."""


def test_outer_spaces_that_nothing_protects_are_not_shown() -> None:
    source = doc(p(BARE.format(" Answer calls "), BARE.format("now \n"), BARE.format(" ")))
    assert blocks(source) == {"b1": "Answer callsnow"}
    assert texts(source) == ["Answer callsnow"]


def test_outer_spaces_that_are_not_shown_do_not_appear_with_an_edit_or_a_comment() -> None:
    source = doc(p(BARE.format(" Answer calls "), "from ", BARE.format(" clients ")))
    data = redlined(source, replace("b1", "calls", "letters"), remark("b1", "Hm", "Answer"))
    assert texts(data, "reject") == ["Answer callsfrom clients"]
    assert texts(redlined(source, replace("b1", "Answer callsfrom clients", "Help"))) == ["Help"]


def test_outer_spaces_are_protected_from_above_too() -> None:
    source = doc(f'<w:p xml:space="preserve">{BARE.format("Answer ")}{BARE.format("calls")}</w:p>')
    assert texts(redlined(source, replace("b1", "calls", "letters"), append("b1", " now"))) == ["Answer letters now"]
