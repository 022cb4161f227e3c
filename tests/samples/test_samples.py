"""The sample documents: rebuilt to the byte, valid, and holding the Word features they are there for."""

import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from samples.build import HERE, main

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = {
    "w": W.strip("{}"),
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
SAMPLES = sorted(HERE.glob("*.docx"))
DOCUMENT, SETTINGS, NUMBERING = "word/document.xml", "word/settings.xml", "word/numbering.xml"

STRUCTURE = [
    ("job_description_nurse_uk", "word/footer1.xml", "//w:instrText[contains(., 'NUMPAGES')]"),
    ("job_description_nurse_uk", NUMBERING, "//w:pStyle[@w:val='JDDuty']"),
    ("job_description_nurse_uk", DOCUMENT, "//w:tab[@w:leader='underscore']"),
    ("job_description_accounts_payable_us", DOCUMENT, "//w:numPr"),
    ("stellenbeschreibung_softwareentwickler_de", DOCUMENT, "//w:pStyle[@w:val='Titel']"),
    ("stellenbeschreibung_softwareentwickler_de", "word/footer1.xml", "//w:fldSimple"),
    ("stellenbeschreibung_softwareentwickler_de", DOCUMENT, "//w:vMerge"),
    ("job_description_retail_assistant", DOCUMENT, "//w:tc//w:numPr"),
    ("job_description_retail_assistant", DOCUMENT, "//w:tc[.//w:gridSpan]"),
    ("review_form_retail_uk", DOCUMENT, "//w:sdtPr[w:text and w:showingPlcHdr]"),
    ("review_form_retail_uk", DOCUMENT, "//w:sdtPr/w:date"),
    ("review_form_retail_uk", DOCUMENT, "//w:sdtPr/w:dropDownList"),
    ("review_form_retail_uk", DOCUMENT, "//w:sdtPr/w14:checkbox"),
    ("review_form_retail_uk", "word/glossary/document.xml", "//w:docPart"),
    ("review_form_probation_legacy", DOCUMENT, "//w:ffData/w:textInput"),
    ("review_form_probation_legacy", DOCUMENT, "//w:ffData/w:checkBox"),
    ("review_form_probation_legacy", DOCUMENT, "//w:ffData/w:ddList"),
    ("review_form_probation_legacy", DOCUMENT, "//w:bookmarkStart[@w:name='Rating1']"),
    ("review_form_probation_legacy", SETTINGS, "//w:documentProtection[@w:edit='forms'][@w:enforcement='1']"),
    ("review_form_completed_signed", DOCUMENT, "//w:tc//a:blip"),
    ("review_form_completed_signed", DOCUMENT, "//w14:checked[@w14:val='1']"),
    ("kpi_sheet_support_team", DOCUMENT, "//w:tblHeader"),
    ("kpi_sheet_support_team", DOCUMENT, "//w:vMerge[@w:val='restart']"),
    ("kpi_sheet_support_team", DOCUMENT, "//w:pgSz[@w:orient='landscape']"),
    ("job_advert_logistics_planner", DOCUMENT, "//mc:Choice//wps:txbx/w:txbxContent"),
    ("job_advert_logistics_planner", DOCUMENT, "//mc:Fallback//v:textbox/w:txbxContent"),
    ("job_advert_logistics_planner", DOCUMENT, "//w:hyperlink"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:ins[@w:author='Priya Nair']/w:r"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:del[@w:author='Tom Whitlock']/w:r"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:pPr/w:rPr/w:ins"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:pPr/w:rPr/w:del"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:rPrChange"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:trPr/w:ins"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:footnoteReference"),
    ("job_description_hr_partner_redlined", DOCUMENT, "//w:instrText[contains(., 'REF _Ref_Duties')]"),
    ("job_description_hr_partner_redlined", "word/commentsExtended.xml", "//w15:commentEx[@w15:paraIdParent]"),
    ("job_description_hr_partner_redlined", "word/people.xml", "//w15:person"),
    ("induction_plan_council", DOCUMENT, "//w:tc//w14:checkbox"),
    ("social_media_policy_charity", NUMBERING, "//w:lvlText[@w:val='%1.%2']"),
    ("social_media_policy_charity", DOCUMENT, "//w:titlePg"),
]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_there_are_twelve_documents() -> None:
    assert len(SAMPLES) == 12


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    for one, other in zip(main(first), main(second), strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_the_files_here_are_what_the_builder_makes(tmp_path: Path) -> None:
    built = main(tmp_path)
    assert [path.name for path in SAMPLES] == sorted(path.name for path in built)
    for path in built:
        assert parts(path) == parts(HERE / path.name), f"{path.name}: run python samples/build.py"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_package_is_in_words_order_and_carries_no_clock(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[:3]] == ["[Content_Types].xml", "_rels/.rels", DOCUMENT]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_part_is_well_formed_and_python_docx_opens_the_file(path: Path) -> None:
    for name, data in parts(path).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    assert docx.Document(str(path)).core_properties.title


def test_openxml_audit_finds_nothing() -> None:
    command = [sys.executable, "-m", "openxml_audit", "--format", "microsoft365", "--recursive", str(HERE)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("name", "part", "path"), STRUCTURE)
def test_holds_the_word_feature(name: str, part: str, path: str) -> None:
    tree = etree.fromstring(parts(HERE / f"{name}.docx")[part])
    assert tree.xpath(path, namespaces=NAMESPACES)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_looks_worked_on_in_word(path: Path) -> None:
    members = parts(path)
    body = etree.fromstring(members[DOCUMENT])
    assert b"w:rsidRoot" in members[SETTINGS]
    assert body.findall(f".//{W}r[@{W}rsidR]")
    assert body.findall(f".//{W}proofErr")
    assert any(b"<w:lang " in members[name] for name in members if name.endswith("styles.xml"))


@pytest.mark.parametrize("name", ["job_description_accounts_payable_us", "induction_plan_council"])
def test_some_authors_bold_their_headings_by_hand(name: str) -> None:
    body = parts(HERE / f"{name}.docx")[DOCUMENT]
    assert b"Heading1" not in body
    assert b"<w:b/>" in body


def test_both_branches_of_the_text_box_hold_the_same_paragraphs() -> None:
    body = etree.fromstring(parts(HERE / "job_advert_logistics_planner.docx")[DOCUMENT])
    new, old = body.iter(f"{W}txbxContent")
    assert etree.tostring(new, method="c14n") == etree.tostring(old, method="c14n")


@pytest.mark.parametrize(
    ("name", "table", "column", "total"), [("kpi_sheet_support_team", 1, 3, 100), ("review_form_retail_uk", 2, 2, 60)]
)
def test_weights_add_up(name: str, table: int, column: int, total: int) -> None:
    rows = docx.Document(str(HERE / f"{name}.docx")).tables[table].rows
    weights = [int(row.cells[column].text.rstrip("%")) for row in rows[1:]]
    assert sum(weights[:-1]) == weights[-1] == total
