"""Accepting and rejecting: every kind of revision, all of them or one person's, as Word does it."""

import re

import pytest

from cxify import word
from cxify.errors import InputError
from tests.word.build import OTHER, cell, commented, control, dele, doc, ins, mark, moved, p, r, row, tbl
from tests.word.judge import lint, members, root_of, texts, tokens
from tests.word.redlines import after, append, replace, row_after, written

BODY = "word/document.xml"


def resolved(source: bytes, *, accept: bool, author: str | None = None) -> bytes:
    data = word.resolve(source, accept=accept, author=author)
    assert list(lint(members(data))) == list(lint(members(source))) or not list(lint(members(data)))
    return data


def both(source: bytes) -> tuple[list[str], list[str]]:
    """Return the texts after accepting and after rejecting everything; no mark may be left."""
    results = []
    for accept in (True, False):
        data = resolved(source, accept=accept)
        left = re.findall(
            r"<w:(ins|del|moveFrom|moveTo|[a-zA-Z]+Change|cellIns|cellDel|cellMerge)[ />]", members(data)[BODY].decode()
        )
        assert left == []
        results.append(texts(data))
        if accept:
            assert word.read_accepted(word.open_package(source)) == word.read(data)
    return results[0], results[1]


def change(tag: str, inner: str, by: str = "Ann") -> str:
    return f'<w:{tag} w:id="?" {OTHER.format(by=by)}>{inner}</w:{tag}>'


def test_inserted_and_deleted_text() -> None:
    assert both(doc(p("a ", ins("new "), dele("old "), "b"))) == (["a new b"], ["a old b"])


def test_moved_text() -> None:
    source = doc(p("a ", moved("m", "x ", to=False), "b"), p("c ", moved("m", "x ", to=True), "d"))
    assert both(source) == (["a b", "c x d"], ["a x b", "c d"])


@pytest.mark.parametrize(
    ("kind", "accepted", "rejected"),
    [
        ("ins", ["A", "B"], ["AB"]),
        ("del", ["AB"], ["A", "B"]),
        ("moveTo", ["A", "B"], ["AB"]),
        ("moveFrom", ["AB"], ["A", "B"]),
    ],
)
def test_paragraph_marks(kind: str, accepted: list[str], rejected: list[str]) -> None:
    assert both(doc(p("A", marked=mark(kind), style="Body"), p("B"))) == (accepted, rejected)


REPEATED = "<w:rPr>{0}<w:b/></w:rPr>"
"""What Word remembers of a paragraph mark's format: with the mark's own revision in it (CT_ParaRPrOriginal)."""


@pytest.mark.parametrize(("kind", "accepted", "rejected"), [("ins", ["A", "B"], ["AB"]), ("del", ["AB"], ["A", "B"])])
def test_a_revised_paragraph_mark_of_changed_format(kind: str, accepted: list[str], rejected: list[str]) -> None:
    formatted = change("rPrChange", REPEATED.format(mark(kind)), by="Eve")
    source = doc(p("A", marked=mark(kind), mark_format=f"<w:i/>{formatted}"), p("B"))
    assert both(source) == (accepted, rejected)
    theirs = members(resolved(source, accept=False, author="Eve"))[BODY].decode()
    assert theirs.count(f"<w:{kind} ") == 1
    assert "<w:b/>" in theirs


def test_the_joined_paragraph_has_the_properties_of_the_second() -> None:
    data = resolved(doc(p("A", marked=mark("del"), style="Body"), p("B", style="Bullet")), accept=True)
    assert "Bullet" in str([token for token in tokens(data, "accept") if token[0] == "¶"])


def test_a_paragraph_that_goes_takes_the_comment_on_it_along() -> None:
    source = doc(p("A"), p(commented(0, ins("new")), marked=mark("ins")), tbl(["B", "C"]), p(), comments=["Hm"])
    assert both(source) == (["A", "new", "B", "C", ""], ["A", "B", "C", ""])
    assert b"<w:comment " not in members(word.resolve(source, accept=False))["word/comments.xml"]


def test_a_moved_table_leaves_no_empty_rows() -> None:
    """Word marks the paragraphs of moved rows and not the rows."""
    gone = f'<w:moveFromRangeStart w:id="900" {OTHER.format(by="Cem")} w:name="m"/>'
    came = f'<w:moveToRangeStart w:id="901" {OTHER.format(by="Cem")} w:name="m"/>'
    away = [p(x, change("moveFrom", r("A"), "Cem"), marked=mark("moveFrom", "Cem")) for x in (gone, "")]
    here = [p(x, change("moveTo", r("A"), "Cem"), marked=mark("moveTo", "Cem")) for x in (came, "")]
    source = doc(
        tbl(row(*away), row("Stays", "here")), '<w:moveFromRangeEnd w:id="900"/>', p("Text"), tbl(row(*here)),
        p('<w:moveToRangeEnd w:id="901"/>'),
    )  # fmt: skip
    assert both(source) == (["Stays", "here", "Text", "A", "A", ""], ["A", "A", "Stays", "here", "Text", ""])
    for accept in (True, False):
        assert b"Range" not in members(word.resolve(source, accept=accept))[BODY]


def test_a_wholly_deleted_paragraph_before_a_table_vanishes() -> None:
    assert both(doc(p(dele("gone"), marked=mark("del")), tbl(["A", "B"]), p())) == (
        ["A", "B", ""],
        ["gone", "A", "B", ""],
    )


def test_rows() -> None:
    source = doc(
        tbl(["A", "B"], row(p(ins("C")), p(ins("D")), marked=mark("ins")), row("E", "F", marked=mark("del"))), p()
    )
    assert both(source) == (["A", "B", "C", "D", ""], ["A", "B", "E", "F", ""])


def test_the_last_row_takes_its_table_along() -> None:
    assert both(doc(p("x"), tbl(row("A", "B", marked=mark("ins"))), p("y"))) == (["x", "A", "B", "y"], ["x", "y"])


def test_a_row_in_a_control_takes_the_control_along() -> None:
    source = doc(tbl(["A", "B"], control(row("C", "D", marked=mark("ins")))), p())
    assert both(source)[1] == ["A", "B", ""]
    assert b"w:sdt>" not in members(resolved(source, accept=False))[BODY]


def test_cells() -> None:
    source = doc(
        tbl(row("A", cell("new", tc_mark=mark("cellIns")), cell("old", tc_mark=mark("cellDel"))), columns=3), p()
    )
    assert both(source) == (["A", "new", ""], ["A", "old", ""])


def test_merged_cells() -> None:
    merge = f'<w:cellMerge w:id="?" {OTHER.format(by="Ann")} w:vMerge="cont" w:vMergeOrig="rest"/>'
    source = doc(tbl(["A", "B"], row("C", cell("D", tc_mark=merge))), p())
    assert b'<w:vMerge w:val="continue"/>' in members(resolved(source, accept=True))[BODY]
    assert b'<w:vMerge w:val="restart"/>' in members(resolved(source, accept=False))[BODY]


def test_run_formats() -> None:
    source = doc(p(f"<w:r><w:rPr><w:b/>{change('rPrChange', '<w:rPr><w:i/></w:rPr>')}</w:rPr><w:t>x</w:t></w:r>"))
    assert b"<w:rPr><w:b/></w:rPr>" in members(resolved(source, accept=True))[BODY]
    assert b"<w:rPr><w:i/></w:rPr>" in members(resolved(source, accept=False))[BODY]


def test_paragraph_formats_leave_mark_format_and_section_alone() -> None:
    before = change("pPrChange", '<w:pPr><w:jc w:val="right"/></w:pPr>')
    inner = f'<w:keepNext/><w:rPr><w:b/></w:rPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr>{before}'
    source = doc(f"<w:p><w:pPr>{inner}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>", p("y"))
    assert (
        b'<w:pPr><w:jc w:val="right"/><w:rPr><w:b/></w:rPr><w:sectPr>' in members(resolved(source, accept=False))[BODY]
    )
    assert b"<w:pPr><w:keepNext/><w:rPr><w:b/></w:rPr><w:sectPr>" in members(resolved(source, accept=True))[BODY]


def test_table_row_cell_and_section_formats() -> None:
    table = change("tblPrChange", '<w:tblPr><w:tblW w:w="9" w:type="dxa"/></w:tblPr>')
    grid = '<w:tblGridChange w:id="?"><w:tblGrid><w:gridCol w:w="7"/></w:tblGrid></w:tblGridChange>'
    trow = change("trPrChange", "<w:trPr><w:cantSplit/></w:trPr>")
    tcell = change("tcPrChange", '<w:tcPr><w:tcW w:w="5" w:type="dxa"/></w:tcPr>')
    source = doc(
        f'<w:tbl><w:tblPr><w:tblW w:w="1" w:type="dxa"/>{table}</w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="3"/>{grid}</w:tblGrid>'
        f'<w:tr><w:trPr><w:tblHeader/>{trow}</w:trPr><w:tc><w:tcPr><w:tcW w:w="2" w:type="dxa"/>{tcell}</w:tcPr>'
        f"{p('A')}</w:tc></w:tr></w:tbl>{p()}"
    )
    rejected = members(resolved(source, accept=False))[BODY]
    assert all(old in rejected for old in (b'w:w="9"', b'w:w="5"', b"<w:cantSplit/>"))
    accepted = members(resolved(source, accept=True))[BODY]
    assert all(new in accepted for new in (b'w:w="1"', b'w:w="2"', b"<w:tblHeader/>"))
    assert b"Change" not in accepted.replace(b"tblGridChange", b"")


def test_rejecting_one_persons_row_format_keeps_the_other_persons_row_mark_in_order() -> None:
    both_marks = "<w:tblHeader/>" + mark("ins", "Ann") + change("trPrChange", "<w:trPr><w:cantSplit/></w:trPr>", "Ben")
    source = doc(tbl(["A", "B"], row("C", "D", props=both_marks)), p())
    data = resolved(source, accept=False, author="Ben")
    assert re.search(rb"<w:trPr><w:cantSplit/><w:ins [^>]*Ann[^>]*/></w:trPr>", members(data)[BODY])


def test_rejecting_one_persons_mark_format_keeps_the_other_persons_paragraph_mark() -> None:
    format_change = change("rPrChange", "<w:rPr><w:i/></w:rPr>", "Ben")
    source = doc(p("A", marked=mark("ins", "Ann"), mark_format=f"<w:b/>{format_change}"), p("B"))
    data = resolved(source, accept=False, author="Ben")
    assert re.search(rb"<w:rPr><w:ins [^>]*Ann[^>]*/><w:i/></w:rPr>", members(data)[BODY])
    assert texts(data) == ["A", "B"]


def test_rejecting_one_persons_cell_format_keeps_the_other_persons_cell_mark_in_order() -> None:
    both_marks = mark("cellIns", "Ann") + change("tcPrChange", '<w:tcPr><w:tcW w:w="5" w:type="dxa"/></w:tcPr>', "Ben")
    source = doc(tbl(row("A", cell("B", tc_mark=both_marks))), p())
    data = resolved(source, accept=False, author="Ben")
    assert re.search(rb'<w:tcPr><w:tcW w:w="5" w:type="dxa"/><w:cellIns [^>]*Ann', members(data)[BODY])


def test_one_persons_changes_only() -> None:
    source = doc(p("a ", ins("ann ", by="Ann"), ins("ben ", by="Ben"), dele("old ", by="Ann"), "b"))
    data = resolved(source, accept=True, author="Ann")
    assert texts(data) == ["a ann ben b"]
    assert b"Ben" in members(data)[BODY]
    assert b"Ann" not in members(data)[BODY]


def test_a_person_who_changed_nothing_is_an_error_that_names_the_others() -> None:
    with pytest.raises(InputError, match="Ann, Ben"):
        word.resolve(doc(p(ins("x", by="Ann"), dele("y", by="Ben"))), accept=True, author="Zoe")


def test_a_deletion_inside_another_persons_insertion() -> None:
    inner = f'<w:del w:id="?" {OTHER.format(by="Ben")}>{r("b ", deleted=True)}</w:del>'
    source = doc(p("a ", ins("x ", inner, "y ", by="Ann"), "c"))
    assert both(source) == (["a x y c"], ["a c"])
    assert texts(resolved(source, accept=False, author="Ben")) == ["a x b y c"]
    assert texts(resolved(source, accept=True, author="Ann")) == ["a x y c"]


def test_every_story_is_resolved() -> None:
    source = doc(p(ins("x")), headers={"default": p("h", ins("new"))}, footnotes=[p(dele("old"), "n")])
    data = resolved(source, accept=False)
    assert texts(data, part="word/header1.xml") == ["h"]
    assert texts(data, part="word/footnotes.xml")[-1] == "oldn"


def test_resolving_our_redline_gives_the_source_or_the_target() -> None:
    source = doc(p("Answer calls.", bullet=True), tbl(["A", "B"]), p("End"))
    data = written(
        source, replace("b1", "calls", "letters"), append("b1", " Now."), after("b1", "New"), row_after("b2", "C", "D")
    )
    assert tokens(word.resolve(data, accept=False), "accept") == tokens(source, "accept")
    assert texts(word.resolve(data, accept=True)) == ["Answer letters. Now.", "New", "A", "B", "C", "D", "End"]


def test_nothing_to_resolve_leaves_the_text_as_it_is() -> None:
    source = doc(p("Plain"))
    assert members(word.resolve(source, accept=True)) == members(source)


def test_numbering_and_property_insertions_leave_no_mark() -> None:
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{mark("ins")}</w:numPr>'
    assert both(doc(p("x", props=number))) == (["x"], ["x"])


def test_sections_follow_their_changes() -> None:
    old = change("sectPrChange", '<w:sectPr><w:type w:val="evenPage"/></w:sectPr>')
    section = f'<w:sectPr><w:type w:val="nextPage"/>{old}</w:sectPr>'
    source = doc(f"<w:p><w:pPr>{section}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>", p("y"))
    root = root_of(members(resolved(source, accept=False))[BODY])
    assert "evenPage" in [e.get(e.keys()[0]) for e in root.iter("{*}type")]
