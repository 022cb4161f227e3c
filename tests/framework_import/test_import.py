"""A framework kept as a Word table or an Excel sheet, in the layouts and languages that HR departments use."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cxify import framework, framework_import
from cxify.errors import InputError
from cxify.framework_import import Imported
from tests.cli.conftest import Run, cxify, cxify_json, here

__all__ = ["cxify", "cxify_json", "here"]

BASE = framework.load()
Rows = Sequence[Sequence[object]]
FOUR = [f"Asks what person {n} needs.\nSays what happens next in case {n}." for n in (1, 2, 3, 4)]
COMPETENCY = ["Safe care", "Work that people can rely on.", *FOUR]
HEADER = ["Competency", "Definition", "Level 1", "Level 2", "Level 3", "Level 4"]
STANDARDS = [
    ["Standard", "Promise", "Measure", "Source", "Target", "Status"],
    ["Quick answer", "Every letter is answered.", "share answered in time", "post book", "10 days", "agreed"],
    ["Kept word", "Dates are kept.", "share of dates kept", "diary", "95 %", ""],
]


def workbook(merged: Sequence[str] = (), **sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def document(*tables: Rows, heading: str = "") -> bytes:
    file = docx.Document()
    for rows in tables:
        file.add_paragraph(heading or "Our framework", style="Heading 1")
        table = file.add_table(len(rows), len(rows[0]))
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = str(text)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def made(data: bytes, name: str = "ours.xlsx") -> Imported:
    return framework_import.imported(data, name, BASE)


def loaded(result: Imported, folder: Path) -> framework.Framework:
    path = folder / "ours.yaml"
    path.write_text(result.yaml, "utf-8")
    assert framework.check(path) == []
    return framework.load(path)


@pytest.mark.parametrize("build", [lambda *t: workbook(**{f"P{n}": r for n, r in enumerate(t)}), document])
def test_competencies_and_standards_of_either_program(build: Callable[..., bytes], tmp_path: Path) -> None:
    result = made(build([HEADER, COMPETENCY], STANDARDS))
    ours = loaded(result, tmp_path)
    assert ours.competency("ORG-SAFE-CARE").indicators(2) == (
        "Asks what person 2 needs.",
        "Says what happens next in case 2.",
    )
    assert ours.standard("ORG-QUICK-ANSWER").measure.target.printed == "10 days"
    assert ours.standard("ORG-KEPT-WORD").measure.target.printed == framework.TO_BE_AGREED
    assert any("not marked as agreed" in note.why and note.text == "95 %" for note in result.notes)
    assert ours.framework.status == "draft"
    assert len(ours.competencies) == len(BASE.competencies) + 1


def test_a_name_of_the_built_in_framework_changes_that_entry_in_any_language(tmp_path: Path) -> None:
    german = BASE.localised("de").competency("CX-HANDOFF").name
    result = made(workbook(K=[["Kompetenz", "Beschreibung", "Stufe 2"], [german.upper(), "Anders gesagt.", FOUR[1]]]))
    assert result.language == "de"
    assert [(entry.data["id"], entry.known) for entry in result.entries] == [("CX-HANDOFF", True)]
    ours = loaded(result, tmp_path)
    assert ours.competency("CX-HANDOFF").definition == "Anders gesagt."
    assert len(ours.competencies) == len(BASE.competencies)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (["Kompetenz", "Beschreibung", "Stufe 1", "Stufe 2", "Stufe 3", "Stufe 4"], "de"),
        (["Compétence", "Définition", "Niveau 1", "Niveau 2", "Niveau 3", "Niveau 4"], "fr"),
        (["Competentie", "Omschrijving", "Niveau 1", "Niveau 2", "Niveau 3", "Niveau 4"], "nl"),
        (["Competencia", "Definición", "Nivel 1", "Nivel 2", "Nivel 3", "Nivel 4"], "es"),
        (["Competency", "Description", "Foundation", "Independent", "Guide", "Shape"], "en"),
        (["COMPETENCY:", "Definition (short)", "L1", "L2", "L3", "L4"], "en"),
        (["Capability", "Meaning", "1", "2", "3", "4"], "en"),
        (["Behaviour", "Definition", "1 – Basic", "2 – Intermediate", "3 – Advanced", "4 – Expert"], "en"),
    ],
)
def test_headers_in_five_languages_and_names_of_levels(header: list[str], language: str, tmp_path: Path) -> None:
    result = made(workbook(A=[header, COMPETENCY]))
    assert (result.language, result.notes) == (language, ())
    assert loaded(result, tmp_path).competency("ORG-SAFE-CARE").indicators(4)[0] == "Asks what person 4 needs."


def test_a_merged_header_of_two_rows(tmp_path: Path) -> None:
    rows = [["Competency", "Definition", "Levels", "", "", ""], ["", "", 1, 2, 3, 4], COMPETENCY]
    result = made(workbook(["C1:F1", "A1:A2", "B1:B2"], A=rows))
    assert result.notes == ()
    assert loaded(result, tmp_path).competency("ORG-SAFE-CARE").indicators(3)[0] == "Asks what person 3 needs."


@pytest.mark.parametrize("merged", [["A2:A5", "B2:B5"], []])
def test_levels_as_rows_with_the_name_merged_or_left_out(merged: list[str], tmp_path: Path) -> None:
    rows = [["Competency", "Definition", "Level", "Behavioural indicators"]]
    rows += [
        ["Safe care" if n == 1 else "", "Reliable work." if n == 1 else "", str(n), FOUR[n - 1]] for n in range(1, 5)
    ]
    result = made(workbook(merged, A=rows))
    assert result.notes == ()
    assert loaded(result, tmp_path).competency("ORG-SAFE-CARE").indicators(4)[1] == "Says what happens next in case 4."


def test_a_word_table_with_cells_merged_downwards(tmp_path: Path) -> None:
    file = docx.Document()
    table = file.add_table(5, 3)
    for cell, text in zip(table.rows[0].cells, ["Competency", "Level", "Indicators"], strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(4, 0)).text = "Owning the outcome and putting things right"
    for n in (1, 2, 3, 4):
        table.cell(n, 1).text, table.cell(n, 2).text = f"Level {n}", FOUR[n - 1]
    file.save(tmp_path / "x.docx")
    result = made((tmp_path / "x.docx").read_bytes(), "x.docx")
    assert loaded(result, tmp_path).competency("CX-OWN").indicators(2)[0] == "Asks what person 2 needs."
    assert result.notes == ()


def test_one_sheet_a_competency_named_by_the_sheet(tmp_path: Path) -> None:
    rows = [["Level", "Indicators"], *([n, FOUR[n - 1]] for n in (1, 2, 3, 4))]
    result = made(workbook(**{"Listening to understand": rows}))
    assert loaded(result, tmp_path).competency("CX-LISTEN").indicators(1)[0] == "Asks what person 1 needs."


def test_labels_down_the_side(tmp_path: Path) -> None:
    rows = [[label, text] for label, text in zip(HEADER, COMPETENCY, strict=True)]
    result = made(document(rows))
    assert loaded(result, tmp_path).competency("ORG-SAFE-CARE").definition == "Work that people can rely on."


def test_competencies_across_and_levels_down(tmp_path: Path) -> None:
    head = ["", "Listening to understand", "Owning the outcome and putting things right"]
    result = made(workbook(M=[head, *([f"Level {n}", FOUR[n - 1], FOUR[n - 1]] for n in (1, 2, 3, 4))]))
    ours = loaded(result, tmp_path)
    assert ours.competency("CX-OWN").indicators(1) == ours.competency("CX-LISTEN").indicators(1)


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    blank = [[""] * 6]
    result = made(workbook(A=[HEADER, COMPETENCY, *blank, *STANDARDS]))
    ours = loaded(result, tmp_path)
    assert ours.competency("ORG-SAFE-CARE")
    assert ours.standard("ORG-KEPT-WORD")
    assert {note.text for note in result.notes} == {"95 %"}


def test_nothing_disappears_silently() -> None:
    """Every filled cell is in the framework or in the list, with its place."""
    rows = [
        ["Our people framework 2026", "", "", "", "", "", ""],
        [*HEADER, "Champion"],
        [*COMPETENCY, "Ada"],
        ["", "A stray remark", "", "", "", "", ""],
        ["Half done", "Only begun.", FOUR[0], "One thing only.", "", "", ""],
    ]
    result = made(workbook(Main=rows, Notes=[["To do"], ["Ask the board"]]))
    noted = {(note.place, note.text) for note in result.notes}
    assert ("Main!A1", "Our people framework 2026") in noted
    assert ("Main!G2", "Champion") in noted
    assert ("Main!B4", "A stray remark") in noted
    assert {("Notes!A1", "To do"), ("Notes!A2", "Ask the board")} <= noted
    (half,) = (entry for entry in result.entries if entry.missing)
    assert half.missing == ("level 3", "level 4", "level 2 (two indicators at least)")
    for row in (rows[0], *rows[2:]):
        for cell in row[:6]:
            for line in cell.splitlines():
                assert line.rstrip(".") in result.yaml.replace("\n    #", "").replace("\n  # ", " "), line


def test_what_is_not_complete_waits_as_a_comment_and_works_once_completed(tmp_path: Path) -> None:
    result = made(workbook(A=[HEADER, COMPETENCY, ["Half", "Only begun.", FOUR[0], FOUR[1], FOUR[2], ""]]))
    assert "# NOT IN USE, from A!A3; missing: level 4." in result.yaml
    loaded(result, tmp_path)
    waiting = result.yaml.split("  # NOT IN USE")[1].splitlines()[2:]
    done = [line.replace("  # ", "  ", 1) for line in waiting]
    levels = "\n".join([*done, "      4:", "        - Asks all.", "        - Tells all."])
    text = result.yaml.split("  # NOT IN USE")[0] + levels + "\n"
    path = tmp_path / "completed.yaml"
    path.write_text(text, "utf-8")
    assert framework.check(path) == []
    assert framework.load(path).competency("ORG-HALF").indicators(4) == ("Asks all.", "Tells all.")


def test_ids_are_invented_the_same_way_every_time_and_never_twice() -> None:
    rows = [
        HEADER,
        ["Zuhören & Verstehen", *COMPETENCY[1:]],
        ["Zuhören und … verstehen!", *COMPETENCY[1:]],
        COMPETENCY,
        COMPETENCY,
    ]
    first, second = made(workbook(A=rows)), made(workbook(A=rows))
    assert first.yaml == second.yaml
    ids = [entry.data["id"] for entry in first.entries]
    assert ids == ["ORG-ZUHOEREN-VERSTEHEN", "ORG-ZUHOEREN-UND-VERSTEHEN", "ORG-SAFE-CARE", "ORG-SAFE-CARE-2"]
    assert any("is taken by an entry above" in note.why for note in first.notes)


def test_an_id_of_the_table_is_kept_and_a_like_name_is_pointed_out() -> None:
    rows = [["ID", *HEADER], ["HR-7", *COMPETENCY], ["?!", "Owning the outcome and put things right", *COMPETENCY[1:]]]
    result = made(workbook(A=rows))
    assert result.entries[0].data["id"] == "HR-7"
    whys = " ".join(note.why for note in result.notes)
    assert "“?!” cannot be an id" in whys
    assert "give it the id CX-OWN" in whys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• Asks first\n• Says when", ["Asks first.", "Says when."]),
        ("1. Asks first; 2. Says when", ["Asks first; 2. Says when."]),
        ("Asks first; says when.", ["Asks first.", "Says when."]),
        ("Asks first. Says when.", ["Asks first.", "Says when."]),
    ],
)
def test_indicators_are_told_apart(text: str, expected: list[str]) -> None:
    rows = [HEADER, ["Safe care", "x", *[text] * 4]]
    assert made(workbook(A=rows)).entries[0].data["levels"][1] == expected


def test_level_five_and_an_agreed_target_in_brackets() -> None:
    rows = [[*HEADER, "Level 5"], [*COMPETENCY, "Is a guru."]]
    more = [STANDARDS[0][:5], [*STANDARDS[2][:4], "95 % (agreed)"]]
    result = made(workbook(A=rows, B=more))
    assert any(note.text == "Is a guru." and "level 5" in note.why for note in result.notes)
    assert result.entries[1].data["measure"]["target"] == {"value": "95 %", "status": "agreed"}


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken", workbook(A=[["Name", "Age"], ["Ada", 1]])])
def test_what_holds_no_framework_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(InputError) as raised:
        made(data)
    assert raised.value.remedy


def test_a_workbook_beyond_the_limits_is_refused() -> None:
    with pytest.raises(InputError, match="columns are the limit"):
        made(workbook(A=[["Competency"] + ["x"] * 80]))


def test_formulas_and_markup_are_text(tmp_path: Path) -> None:
    rows = [HEADER, ["=1+1", "{{x}} <b>: # - *anchor", *FOUR], ['Own: "it"', "'quoted' & %", *FOUR]]
    ours = loaded(made(workbook(A=rows[:1] + rows[2:])), tmp_path)
    assert ours.competencies[-1].name == 'Own: "it"'
    loaded(made(document(rows)), tmp_path)


def test_the_command_writes_checks_and_never_overwrites(here: Path, cxify: Run, cxify_json: Callable[..., Any]) -> None:
    (here / "ours.xlsx").write_bytes(workbook(Competencies=[HEADER, COMPETENCY], Standards=STANDARDS))
    told = cxify("framework", "import", "ours.xlsx", "-o", "f.yaml")
    assert told.exit_code == 0
    assert "3 entries in f.yaml: 0 changed, 3 new." in told.stdout
    assert "Standards!E3: “95 %”" in told.stdout
    assert cxify("framework", "check", "f.yaml").exit_code == 0
    assert "ORG-SAFE-CARE" in cxify("framework", "show", "f.yaml").stdout
    assert cxify("framework", "import", "ours.xlsx", "-o", "f.yaml").exit_code == 10
    used_at_once = cxify("framework", "show", "ours.xlsx")
    assert used_at_once.exit_code == 11
    assert "cxify framework import" in used_at_once.stderr
    assert cxify_json("framework", "import", "ours.xlsx", "-o", "g.yaml")["notes"][0]["place"] == "Standards!E3"
    assert cxify("framework", "import", "ours.xlsx", "-o", "-").stdout.startswith("# Imported from ours.xlsx.")
