"""A new Word file from lines of data, read back by python-docx, which had no part in writing its text."""

import io

import docx
import pytest

from cxify import word
from cxify.word.new import Look, NewParagraph, NewTable, new

ITEMS = (
    NewParagraph("Role & <scope>", "title"),
    NewParagraph("Fernhill Trust", frame="header"),
    NewParagraph("Company number 1", frame="footer"),
    NewParagraph("Page of a trust", frame="footer"),
    NewParagraph("Duties", "heading"),
    NewParagraph("Answers\tletters", "bullet"),
    NewParagraph(" keeps files ", "numbered"),
    NewParagraph("Name:", control="Click here"),
    NewParagraph("In a box", frame="text_box"),
    NewTable((("Area", "What we look for"), ("Service",), ("Letters\nfiles", ""))),
)


def opened(look: Look = "bold") -> docx.document.Document:
    return docx.Document(io.BytesIO(new(ITEMS, title="A & B", language="fr-FR", look=look)))


@pytest.mark.parametrize(("look", "styles"), [("bold", ("Normal", "Normal")), ("styles", ("Title", "Heading 1"))])
def test_paragraphs_have_their_text_and_style(look: Look, styles: tuple[str, str]) -> None:
    found = {paragraph.text: paragraph.style.name for paragraph in opened(look).paragraphs if paragraph.style}
    assert (found["Role & <scope>"], found["Duties"]) == styles
    assert (found["Answers\tletters"], found[" keeps files "]) == ("List Bullet", "List Number")


def test_a_heading_without_a_style_is_bold_and_a_title_larger() -> None:
    title, heading = (next(p for p in opened().paragraphs if p.text == text) for text in ("Role & <scope>", "Duties"))
    assert title.runs[0].bold
    assert heading.runs[0].bold
    assert title.runs[0].font.size
    assert heading.runs[0].font.size is None


def test_rows_keep_their_cells_and_a_short_row_ends_in_one_across_what_is_left() -> None:
    (table,) = opened().tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Area", "What we look for"],
        ["Service", "Service"],
        ["Letters\nfiles", ""],
    ]
    assert table.rows[1].cells[0]._tc.grid_span == 2
    assert table.style
    assert table.style.name == "Table Grid"


def test_header_footer_title_and_language_are_there() -> None:
    document = opened()
    section = document.sections[0]
    assert [p.text for p in section.header.paragraphs] == ["Fernhill Trust"]
    assert [p.text for p in section.footer.paragraphs] == ["Company number 1", "Page of a trust"]
    assert document.core_properties.title == "A & B"
    assert 'w:lang w:val="fr-FR"' in document.styles.element.xml


def test_the_same_lines_give_the_same_bytes_and_a_small_file() -> None:
    one, other = (new(ITEMS, title="A & B", language="fr-FR") for _ in range(2))
    assert one == other
    assert len(one) < 20_000


def test_our_own_reading_finds_box_and_control() -> None:
    texts = [block.text for block in word.read(new(ITEMS, title="A", language="en-GB")).blocks]
    assert "In a box" in texts
    assert "Name: Click here" in texts
