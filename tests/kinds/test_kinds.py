"""Kinds are data that HR can read, change and add to; a mistake in them is explained."""

from pathlib import Path

import pytest

from cxify import kinds
from cxify.errors import FrameworkInvalid
from tests.documents import document
from tests.kinds.gold import KINDS, classified, source

NEW = """
id: shift_handbook
name: {en: shift handbook}
recognise:
  titles: {en: [shift handbook]}
sections:
  shift_rules: {en: [house rules]}
slots:
  - {id: rules, sections: [shift_rules], ops: [append], at: last}
"""


def write(folder: Path, text: str) -> Path:
    (folder / "shift_handbook.yaml").write_text(text, encoding="utf-8")
    return folder


def test_all_kinds_of_the_contract_exist() -> None:
    assert set(KINDS) == {
        "job_description", "job_advert", "person_specification", "interview_guide", "kpi_sheet", "review_form",
        "induction_plan", "training_outline", "social_media_policy", "policy", "promotion_criteria", "bonus_criteria",
        "recognition_scheme", "competency_framework", "unknown",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "unknown"])
def test_each_kind_says_where_customer_experience_belongs(kind: str) -> None:
    assert KINDS[kind].slots
    assert all(slot.note for slot in KINDS[kind].slots)
    assert {"en", "de"} <= set(KINDS[kind].name)


def test_a_new_kind_needs_no_python(tmp_path: Path) -> None:
    known = kinds.load(write(tmp_path, NEW))
    found = kinds.classify(document("Shift handbook\nHouse rules\nLock the door.\nCount the keys."), known)
    assert found.kind == "shift_handbook"
    (place,) = kinds.places(found, known["shift_handbook"], known["shift_handbook"].slot("rules"))
    assert place.text == "Count the keys."


@pytest.mark.parametrize(
    ("mistake", "line", "says"),
    [
        (NEW.replace("[append]", "[improve]"), 9, "append"),
        (NEW.replace("sections: [shift_rules]", "sections: [rules_of_shift]"), 9, "no section role"),
        (NEW.replace("recognise:", "recognize:"), 4, "Extra inputs"),
        (NEW.replace("id: shift_handbook", ""), 3, "Field required"),
    ],
)
def test_a_mistake_in_a_kind_names_file_and_line(tmp_path: Path, mistake: str, line: int, says: str) -> None:
    with pytest.raises(FrameworkInvalid, match=says) as error:
        kinds.load(write(tmp_path, mistake))
    assert f"shift_handbook.yaml:{line}:" in error.value.message


@pytest.mark.parametrize(
    ("title", "language", "role"),
    [
        ("Main duties and responsibilities", "en-GB", "duties"),
        ("YOUR KEY RESPONSIBILITIES:", "en-US", "duties"),
        ("Purpose of the Lead Nurse post", "en-GB", "purpose"),
        ("Section B: Behaviours (40 %)", "en-GB", "competencies"),
        ("Unterschriften", "und", "sign_off"),
        ("Education and happiness", "en-GB", None),
        ("Minutes", "en-GB", None),
    ],
)
def test_the_role_of_a_section_title(title: str, language: str, role: str | None) -> None:
    assert KINDS["job_description"].role_of(title, language) == role


# ---- places ----


@pytest.mark.parametrize(
    ("id", "slot", "labels"),
    [
        ("G1", "purpose", ["P07"]),
        ("G1", "handover", ["P12"]),
        ("G1", "communication", ["P11"]),
        ("G1", "putting_right", ["P13"]),
        ("G1", "listening_criterion", ["P19"]),
        ("G2", "purpose", ["P06"]),
        ("G2", "handover", ["P14"]),
        ("G2", "new_duty", ["P15"]),
        ("G2", "listening_criterion", ["P18"]),
        ("G3", "handover", ["P10", "P12"]),
        ("G3", "listening_criterion", ["P16"]),
        ("G4", "behaviour_description", ["T2R1", "T2R2", "T2R3"]),
        ("G4", "evidence_prompt", ["P12"]),
    ],
)
def test_the_places_are_those_that_an_expert_chose(id: str, slot: str, labels: list[str]) -> None:
    found = classified(id)
    kind = KINDS[found.kind]
    label_of = {block: label for label, ids in source(id).ids.items() for block in ids}
    assert [label_of[block.id] for block in kinds.places(found, kind, kind.slot(slot))] == labels


def test_a_signed_document_offers_no_place_for_text() -> None:
    found = classified("R1")
    kind = KINDS[found.kind]
    for slot in kind.slots:
        assert not kinds.places(found, kind, slot) or "comment" in slot.ops


def test_a_plan_is_read_by_what_its_rows_say_about_time() -> None:
    plan = kinds.classify(
        document("Induction plan\n| When | Topic | Who |\n| Day 1 | Tour | Buddy |\n| Week 2 | Own cases | Lead |"),
        KINDS,
    )
    kind = KINDS["induction_plan"]
    places = {
        slot: [b.text for b in kinds.places(plan, kind, kind.slot(slot))] for slot in ("first_day", "first_month")
    }
    assert "Tour" in places["first_day"]
    assert "Own cases" in places["first_month"]


def test_stated_facts_can_be_asked_for() -> None:
    found = kinds.classify(document("Job title: Buyer\nReports to: ________\n| Grade | 7 |"), KINDS)
    assert kinds.facts(found) == {"job_title": "Buyer", "grade": "7"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Urlaubsrichtlinie", "policy"), ("Musterstellenbeschreibung", "job_description"), ("Verlofregeling", "policy")],
)
def test_a_name_may_end_a_longer_word(title: str, kind: str) -> None:
    german = not title.startswith("Verlof")
    line = "Sie gilt für alle Beschäftigten im Haus." if german else "Zij geldt voor alle medewerkers van het huis."
    found = kinds.classify(document(f"# {title}\n## {'Zweck' if german else 'Doel'}\n{' '.join([line] * 8)}"), KINDS)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Manual de usuario de la aplicación", "Pulse el botón de entrada al comenzar la jornada y espere la señal."),
        ("Benutzerhandbuch Zeiterfassung", "Drücken Sie die Taste für den Beginn und warten Sie auf das Signal."),
        ("Gebruikershandleiding scanner", "Druk op de knop bij het begin van de dienst en wacht op het signaal."),
    ],
)
def test_the_manual_of_a_machine_is_no_policy(title: str, line: str) -> None:
    found = kinds.classify(document(f"# {title}\n## 1\n{' '.join([line] * 6)}"), KINDS)
    assert found.kind == "unknown"
