"""The referee itself: it must see revisions in every story before its word counts for anything."""

import io
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from tests.libreoffice import Referee, RefereeError

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHANGE = 'w:id="{id}" w:author="{author}" w:date="2026-11-22T08:00:00Z"'


def redlined(path: Path) -> Path:
    """Write a document with a replaced word in the body, a cell and the header, and an inserted paragraph."""
    document = docx.Document()
    document.add_paragraph("Handle OLD calls.")
    document.add_paragraph("PARAGRAPH")
    document.add_paragraph("Last.")
    document.add_table(1, 1).cell(0, 0).text = "Cell OLD end."
    document.sections[0].header.paragraphs[0].text = "Header OLD end."
    buffer = io.BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, _marked(data.decode()) if name.endswith((".xml", ".rels")) else data)
    return path


def _marked(xml: str) -> str:
    change = CHANGE.format(id=1, author="A")
    replaced = (
        f'</w:t></w:r><w:del {change}><w:r><w:delText xml:space="preserve">OLD</w:delText></w:r></w:del>'
        f'<w:ins {change}><w:r><w:t>NEW</w:t></w:r></w:ins><w:r><w:t xml:space="preserve">'
    )
    mark = f"<w:pPr><w:rPr><w:ins {change}/></w:rPr></w:pPr>"
    inserted = f"<w:p>{mark}<w:ins {change}><w:r><w:t>Added.</w:t></w:r></w:ins></w:p>"
    xml = xml.replace("<w:p><w:r><w:t>PARAGRAPH</w:t></w:r></w:p>", inserted)
    return xml.replace("<w:t>", '<w:t xml:space="preserve">').replace("OLD", replaced)


def test_accepting_gives_the_new_words_in_every_story(tmp_path: Path, referee: Referee) -> None:
    texts = referee.texts(redlined(tmp_path / "a.docx"), "accept")
    assert texts["body"][:4] == ["Handle NEW calls.", "Added.", "Last.", "[A1] Cell NEW end."]
    assert texts["Standard HeaderText"] == ["Header NEW end."]
    assert texts["revisions"] == []


def test_rejecting_gives_the_old_words_and_no_paragraph_is_left_behind(tmp_path: Path, referee: Referee) -> None:
    texts = referee.texts(redlined(tmp_path / "a.docx"), "reject")
    assert texts["body"][:3] == ["Handle OLD calls.", "Last.", "[A1] Cell OLD end."]
    assert texts["Standard HeaderText"] == ["Header OLD end."]


def test_opening_alone_lists_the_revisions(tmp_path: Path, referee: Referee) -> None:
    assert referee.texts(redlined(tmp_path / "a.docx"))["revisions"].count("A: Insert") >= 3


def test_what_libreoffice_does_not_open_is_an_error_and_the_next_file_is_still_read(
    tmp_path: Path, referee: Referee
) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(RefereeError):
        referee.texts(broken)
    assert referee.texts(redlined(tmp_path / "a.docx"))["body"]


def test_the_result_can_be_saved_and_read_again(tmp_path: Path, referee: Referee) -> None:
    referee.texts(redlined(tmp_path / "a.docx"), "accept", save_as=tmp_path / "b.docx")
    assert referee.texts(tmp_path / "b.docx")["body"][0] == "Handle NEW calls."
