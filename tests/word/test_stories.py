"""Every story and kind of file: headers, footers, notes, text boxes, strict, templates, macros; what is left alone."""

import pytest

from cxify import word
from cxify.errors import BadEdits
from tests.word.build import NAMESPACES, OFFICE, bookmark, doc, field, math, p, r, tbl, text_box
from tests.word.judge import members, texts
from tests.word.redlines import after, append, block_of, redlined, refused, remark, replace, row_after

PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="7" name="Logo"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic></wp:inline></w:drawing></w:r>'
)


@pytest.mark.parametrize("kind", ["default", "first", "even"])
@pytest.mark.parametrize("tag", ["header", "footer"])
def test_headers_and_footers_of_every_kind_of_page(tag: str, kind: str) -> None:
    stories = {
        kind: p("Staff handbook of ", field("PAGE", "1")),
        "default": p("Other") if kind != "default" else p("Staff handbook of x"),
    }
    source = doc(p("Body"), **{f"{tag}s": stories})
    block = block_of(source, "Staff")
    data = redlined(
        source, replace(block, "Staff handbook", "Service handbook"), append(block, " end"), after(block, "Second line")
    )
    assert texts(data, part=f"word/{tag}1.xml")[1] == "Second line"
    assert texts(data, part=f"word/{tag}1.xml")[0].startswith("Service handbook of ")


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_notes(kind: str) -> None:
    mark = f"<w:r><w:{kind[:-1]}Ref/></w:r>"
    reference = f'<w:r><w:{kind[:-1]}Reference w:id="1"/></w:r>'
    source = doc(p("Text", reference), **{kind: [p(mark, " See the old rule.")]})
    block = block_of(source, "old rule")
    data = redlined(source, replace(block, "old", "new"), append(block, " Always."), after(block, "More."))
    assert texts(data, part=f"word/{kind}.xml")[2:] == [" See the new rule. Always.", "More."]


def test_both_stored_forms_of_a_text_box_change_alike() -> None:
    source = doc(p("Host ", text_box(p("Answer ", r("calls", b=True)), p("Last"))), p("End"))
    first, last = block_of(source, "Answer"), block_of(source, "Last")
    data = redlined(
        source, replace(first, "calls", "letters"), append(first, " now"), after(last, "New"), after(first, "Mid")
    )
    assert texts(data) == [*["Answer letters now", "Mid", "Last", "New"] * 2, "Host ", "End"]


def test_a_table_inside_a_text_box_takes_rows_in_both_forms() -> None:
    source = doc(p(text_box(tbl(["A", "B"]), p())), p("End"))
    assert texts(redlined(source, row_after(block_of(source, "A"), "C", "D"))).count("C") == 2


def test_a_text_box_whose_forms_differ_is_left_alone() -> None:
    source = doc(p("Host ", text_box(p("One"), fallback=[p("Other")])), p("End"))
    refused(source, replace(block_of(source, "One"), "One", "Two"), because="two stored forms differ")


def test_the_host_of_a_text_box_is_edited_around_it() -> None:
    source = doc(p("Before ", text_box(p("Box")), " behind"), p("End"))
    data = redlined(
        source,
        replace(block_of(source, "Before"), "Before  behind", "Ahead  after"),
        after(block_of(source, "Before"), "New"),
    )
    assert texts(data) == ["Box", "Box", "Ahead  after", "New", "End"]


def test_a_strict_file_stays_strict() -> None:
    source = doc(p("Answer calls."), tbl(["A", "B"]), p(), strict=True)
    data = redlined(
        source, replace("b1", "calls", "letters", comment="Why"), after("b1", "New"), row_after("b2", "C", "D")
    )
    assert texts(data)[:2] == ["Answer letters.", "New"]
    for name, content in members(data).items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert b"schemas.openxmlformats.org/wordprocessingml" not in content, name
    assert word.verify(source, data).ok


@pytest.mark.parametrize("kind", ["dotx", "docm"])
def test_templates_and_macro_files_stay_what_they_are(kind: str) -> None:
    extra = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 not really"} if kind == "docm" else {}
    related = (
        [("rVba", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")]
        if extra
        else []
    )
    source = doc(p("Answer calls."), kind=kind, extra=extra, related=related)
    data = redlined(source, replace("b1", "calls", "letters", comment="Why"))
    assert word.read(data).meta["format"] == kind
    for name, content in extra.items():
        assert members(data)[name] == content


def test_math_drawings_and_unknown_elements_are_never_touched() -> None:
    unknown = '<w14:conflictIns w14:id="1"/>'
    source = doc(p("Let ", math("x=1"), " and ", PICTURE, " be", unknown, " seen here."))
    data = redlined(source, replace("b1", "Let  and  be seen", "Have  or  been shown"), append("b1", " End"))
    assert texts(data) == ["Have  or  been shown here. End"]


def test_an_embedded_document_stays_embedded() -> None:
    source = doc(
        p("Before"), '<w:altChunk r:id="rChunk"/>', p("Behind"),
        extra={"word/chunk.html": b"<p>Embedded</p>"},
        related=[("rChunk", f"{OFFICE}/relationships/aFChunk", "chunk.html")],
    )  # fmt: skip
    data = redlined(source, replace("b1", "Before", "Ahead"), after("b1", "New"))
    assert b"altChunk" in members(data)["word/document.xml"]
    assert texts(data) == ["Ahead", "New", "Behind"]


def test_declared_extensions_stay_declared() -> None:
    data = redlined(doc(p("Answer calls.", para_id="0000000A")), replace("b1", "calls", "letters"))
    assert b'mc:Ignorable="w14 w15"' in members(data)["word/document.xml"]
    assert b'w14:paraId="0000000A"' in members(data)["word/document.xml"]


def test_media_custom_parts_and_the_order_of_the_zip_stay_as_they_are() -> None:
    extra = {
        "word/media/image1.png": b"\x89PNG fake",
        "customXml/item7.xml": b"<a/>",
        "word/glossary/x.xml": f"<a {NAMESPACES}/>".encode(),
    }
    source = doc(p("Answer calls."), extra=extra)
    data = redlined(source, replace("b1", "calls", "letters", comment="Why"))
    assert list(members(data))[: len(members(source))] == list(members(source))


def test_many_edits_on_one_block() -> None:
    words = [f"word{n}" for n in range(60)]
    source = doc(p(*(r(f"{w} ", b=n % 3 == 0) for n, w in enumerate(words))))
    edits = [replace("b1", w, f"new{n}") for n, w in enumerate(words) if n % 2]
    data = redlined(source, *edits, append("b1", "end"), after("b1", "New"), remark("b1", "Hm", "word0 "))
    assert texts(data)[0].split() == [f"new{n}" if n % 2 else w for n, w in enumerate(words)] + ["end"]


def test_edits_on_neighbouring_blocks() -> None:
    source = doc(*(p(f"Item {n} calls", bullet=True) for n in range(12)))
    edits = [e for n in range(12) for e in (replace(f"b{n + 1}", "calls", "letters"), after(f"b{n + 1}", f"Extra {n}"))]
    assert texts(redlined(source, *edits)) == [t for n in range(12) for t in (f"Item {n} letters", f"Extra {n}")]


def test_five_hundred_edits() -> None:
    source = doc(*(p(f"Paragraph {n} answers all calls of clients.") for n in range(500)))
    edits = [replace(f"b{n + 1}", "clients", "customers") for n in range(500)]
    assert all("customers" in text for text in texts(redlined(source, *edits)))


def test_all_or_nothing() -> None:
    source = doc(p("One calls."), p(bookmark("x", "Two")))
    refused(source, replace("b1", "calls", "x"), replace("b2", "Three", "x"), because="not in block b2")


def test_the_same_words_twice_are_refused() -> None:
    source = doc(p("One two three."))
    refused(
        source, replace("b1", "One two", "A"), replace("b1", "two three", "B"), because="same words", error=BadEdits
    )
    refused(source, replace("b1", "two", "two"), because="changes nothing")
    refused(source, replace("b9", "two", "2"), because="no block b9", error=BadEdits)
