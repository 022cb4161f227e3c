"""New table rows: shaped like the row they follow, gone without a trace when rejected."""

import pytest

from tests.word.build import cell, control, doc, ins, mark, p, r, row, tbl
from tests.word.judge import AUTHOR, W, formats, marked, members, root_of, texts
from tests.word.redlines import after, append, block_of, redlined, refused, remark, replace, row_after

HEAD = row("Task", "Owner", header=True)


def rows(data: bytes) -> list[list[str]]:
    """Return the texts of every row, cell by cell, our changes accepted."""
    found = []
    for element in root_of(members(data)["word/document.xml"]).iter(f"{W}tr"):
        cells = [e for e in element.iter(f"{W}tc") if next(e.iterancestors(f"{W}tr")) is element]
        found.append(["".join(t.text or "" for t in c.iter(f"{W}t")) for c in cells])
    return found


def new_row(data: bytes):  # type: ignore[no-untyped-def]
    """Return the row that we inserted."""
    marks = root_of(members(data)["word/document.xml"]).iter(f"{W}trPr")
    return next(e.getparent() for e in marks if e.find(f"{W}ins[@{W}author='{AUTHOR}']") is not None)


def test_a_row_in_the_middle() -> None:
    source = doc(tbl(HEAD, ["Calls", "Ann"], ["Mail", "Ben"]), p())
    data = redlined(source, row_after("b3", "Chat", "Cem"))
    assert rows(data) == [["Task", "Owner"], ["Calls", "Ann"], ["Chat", "Cem"], ["Mail", "Ben"]]
    assert "{+Chat+}" in marked(data)


def test_a_row_at_the_end_with_an_empty_cell() -> None:
    data = redlined(doc(tbl(HEAD, ["Calls", "Ann"]), p()), row_after("b4", "Chat", ""))
    assert rows(data)[2] == ["Chat", ""]


def test_several_rows_stand_in_the_order_given() -> None:
    source = doc(tbl(HEAD, ["Calls", "Ann"]), p())
    data = redlined(source, row_after("b3", "Chat", "1"), row_after("b3", "Fax", "2"), row_after("b4", "Mail", "3"))
    assert [first for first, _ in rows(data)] == ["Task", "Calls", "Chat", "Fax", "Mail"]


def test_a_row_behind_a_repeated_header_is_no_header() -> None:
    data = redlined(
        doc(tbl(row(p(r("Task", b=True)), "Owner", header=True), ["Calls", "Ann"]), p()), row_after("b1", "A", "B")
    )
    assert new_row(data).find(f"{W}trPr/{W}tblHeader") is None
    assert formats(data)[2] == "A"


def test_a_header_without_a_row_below_still_takes_one() -> None:
    assert rows(redlined(doc(tbl(HEAD), p()), row_after("b1", "A", "B"))) == [["Task", "Owner"], ["A", "B"]]


def test_a_row_with_a_horizontal_merge_has_the_same_shape() -> None:
    source = doc(tbl(row("A", "B", "C"), row(cell("Wide", span=2), "Z"), columns=3), p())
    data = redlined(source, row_after(block_of(source, "Wide"), "New", "Y"))
    assert new_row(data).find(f".//{W}gridSpan").get(f"{W}val") == "2"
    refused(source, row_after(block_of(source, "Wide"), "New", "Y", "X"), because="2 cells and the edit gives 3")


def test_a_row_inside_a_vertical_merge_continues_it() -> None:
    source = doc(
        tbl(row(cell("Calls", merge="restart"), "in"), row(cell("", merge="continue"), "out"), ["Mail", "x"]), p()
    )
    data = redlined(source, row_after("b1", "", "between"))
    assert new_row(data).find(f".//{W}vMerge") is not None
    refused(source, row_after("b1", "Text", "between"), because="vertically merged")


def test_a_row_behind_a_vertical_merge_can_extend_it_or_begin_anew() -> None:
    source = doc(
        tbl(row(cell("Calls", merge="restart"), "in"), row(cell("", merge="continue"), "out"), ["Mail", "x"]), p()
    )
    extended = redlined(source, row_after(block_of(source, "out"), "", "third"))
    assert new_row(extended).find(f".//{W}vMerge") is not None
    anew = redlined(source, row_after(block_of(source, "out"), "Chat", "third"))
    assert new_row(anew).find(f".//{W}vMerge") is None


def test_a_row_in_a_nested_table_stays_in_it() -> None:
    nested = '<w:tc><w:tcPr><w:tcW w:w="1" w:type="dxa"/></w:tcPr>' + tbl(["x", "y"]) + p() + "</w:tc>"
    source = doc(tbl([nested, "Ann"]), p())
    data = redlined(source, row_after(block_of(source, "x"), "x2", "y2"))
    assert rows(data)[2] == ["x2", "y2"]
    outer = redlined(source, row_after(block_of(source, "Ann"), "New", "Row"))
    assert rows(outer)[-1] == ["New", "Row"]


def test_a_row_behind_a_row_in_a_content_control_stands_behind_the_control() -> None:
    source = doc(tbl(HEAD, control(row("Calls", "Ann")), ["Mail", "Ben"]), p())
    data = redlined(source, row_after("b3", "Chat", "Cem"))
    assert [first for first, _ in rows(data)] == ["Task", "Calls", "Chat", "Mail"]
    assert new_row(data).getparent().tag == f"{W}tbl"


def test_a_row_between_two_rows_of_one_control_stands_inside_it() -> None:
    source = doc(tbl(HEAD, control(row("Calls", "Ann") + row("Mail", "Ben"))), p())
    assert new_row(redlined(source, row_after("b3", "Chat", "Cem"))).getparent().tag == f"{W}sdtContent"


def test_a_repeating_section_takes_a_row_behind_it_and_none_inside() -> None:
    item = lambda first: control(row(first, "x"), kind="<w15:repeatingSectionItem/>")  # noqa: E731
    source = doc(tbl(HEAD, control(item("A"), item("B"), kind="<w15:repeatingSection/>")), p())
    data = redlined(source, row_after(block_of(source, "B"), "C", "y"))
    assert new_row(data).getparent().tag == f"{W}tbl"
    refused(source, row_after(block_of(source, "A"), "C", "y"), because="repeat")


@pytest.mark.parametrize(
    "inner",
    [
        cell(p("Date: ", control("1 May", kind="<w:date/>"))),
        cell(p(control("Jane", bound=True))),
        cell(control(p("Fixed"), lock="sdtContentLocked")),
        cell(p(control("Pick", placeholder=True))),
        control(cell("Bound cell"), bound=True),
    ],
)
def test_a_row_is_copied_without_the_controls_in_it(inner: str) -> None:
    source = doc(tbl(HEAD, row("Calls", inner)), p())
    data = redlined(source, row_after("b3", "Mail", "new"))
    assert rows(data)[-1] == ["Mail", "new"]
    assert new_row(data).find(f".//{W}sdt") is None
    assert texts(redlined(source, row_after("b4", "Mail", "new"))) == texts(data)


@pytest.mark.parametrize("kind", ["ins", "del"])
def test_a_row_behind_one_that_someone_inserted_or_deleted_is_ours_alone(kind: str) -> None:
    source = doc(tbl(HEAD, row(p(ins("Calls"), marked=mark("ins")), "Ann", marked=mark(kind))), p())
    data = redlined(source, row_after("b3", "Mail", "Ben"))
    assert [e.get(f"{W}author") for e in new_row(data).find(f"{W}trPr").iter(f"{W}ins", f"{W}del")] == [AUTHOR]


def test_a_row_keeps_height_and_cell_look() -> None:
    height = '<w:cantSplit/><w:trHeight w:val="500"/>'
    source = doc(tbl(row(cell(p(r("Calls", b=True), style="Body")), "Ann", props=height)), p())
    data = redlined(source, row_after("b1", "Mail", "Ben"))
    assert new_row(data).find(f"{W}trPr/{W}trHeight") is not None
    assert formats(data)[2] == "«b:Mail»"


def test_a_row_of_headings_is_followed_by_a_row_of_headings() -> None:
    source = doc(tbl(row(p("Calls", style="Heading1"), p("text", style="Body"))), p())
    styles = [e.get(f"{W}val") for e in new_row(redlined(source, row_after("b1", "Mail", "more"))).iter(f"{W}pStyle")]
    assert styles == ["Heading1", "Body"]


def test_the_number_of_cells_must_be_right() -> None:
    source = doc(tbl(["Calls", "Ann"]), p("Outside"))
    refused(source, row_after("b1", "only one"), because="2 cells and the edit gives 1")
    refused(source, row_after("b3", "a", "b"), because="in a table")


def test_someones_inserted_cell_is_not_copied_as_theirs() -> None:
    source = doc(tbl(row("Calls", cell("Ann", tc_mark=mark("cellIns")))), p())
    assert new_row(redlined(source, row_after("b1", "Mail", "Ben"))).find(f".//{W}cellIns") is None


def test_cells_are_edited_like_any_paragraph() -> None:
    source = doc(tbl(HEAD, ["Calls", "Ann"]), p())
    data = redlined(source, replace("b3", "Calls", "Letters"), append("b4", " Lee"), after("b3", "and mail"))
    assert rows(data)[1][1] == "Ann Lee"


def test_a_new_row_goes_with_edits_in_the_row_above_and_below() -> None:
    source = doc(tbl(HEAD, ["Calls", "Ann"], ["Mail", "Ben"]), p())
    data = redlined(
        source, replace("b3", "Calls", "Fax"), row_after("b3", "Chat", "Cem"), after("b6", "Dora"), remark("b5", "Why?")
    )
    assert texts(data)[2:] == ["Fax", "Ann", "Chat", "Cem", "Mail", "Ben", "Dora", ""]


def test_a_comment_on_a_new_row_goes_with_it() -> None:
    source = doc(tbl(HEAD, ["Calls", "Ann"]), p())
    redlined(source, row_after("b3", "Chat", "Cem", comment="New channel"))


def test_a_row_before_grid_columns_are_skipped_keeps_them() -> None:
    source = doc(tbl(row("A", "B", "C"), row("x", "y", props='<w:gridBefore w:val="1"/>'), columns=3), p())
    assert (
        new_row(redlined(source, row_after(block_of(source, "x"), "1", "2"))).find(f"{W}trPr/{W}gridBefore") is not None
    )


def test_a_vertical_merge_below_skipped_grid_columns_is_seen() -> None:
    shifted = '<w:gridBefore w:val="1"/>'
    source = doc(
        tbl(
            row("A", cell("B", merge="restart"), "C"),
            row(cell("", merge="continue"), "z", props=shifted),
            row(cell("", merge="continue"), "w", props=shifted),
            columns=3,
        ),
        p(),
    )
    refused(source, row_after(block_of(source, "A"), "1", "2", "3"), because="vertically merged")
    data = redlined(source, row_after(block_of(source, "A"), "1", "", "3"))
    assert [m.get(f"{W}val") for m in new_row(data).iter(f"{W}vMerge")] == [None]


def test_a_table_inside_a_locked_control_takes_no_row() -> None:
    source = doc(control(tbl(["Calls", "Ann"]), lock="contentLocked"), p())
    refused(source, row_after("b1", "Mail", "Ben"), because="locked")
