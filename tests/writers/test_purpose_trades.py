"""Whose work a title names: a word that several trades share must not give one the sentence of another."""

import pytest

from tests.writers.test_library import at, continued, task

PURPOSE = "The postholder carries out the daily work to the agreed standard and supports the manager."
ZWECK = "Die Stelle erledigt die tägliche Arbeit nach dem vereinbarten Standard und unterstützt die Leitung."
FIGURES, MACHINES, GOODS = "figures", "out of use|rooms and equipment", "delivery|ordered"
TRADES = [
    # the title, what its purpose speaks of, what would be another trade
    ("Pharmacy Technician", "medicines", MACHINES),
    ("Utility Billing Technician", "amounts|charged", MACHINES),
    ("HVAC Technician", "things function|rooms and equipment", GOODS),
    ("Bus Driver", "journey", GOODS),
    ("Forklift Driver", "order|undamaged", "journey|delivery"),
    ("Air Traffic Controller", "", FIGURES),
    ("Credit Controller", "amounts", FIGURES),
    ("Financial Controller", FIGURES, "amounts"),
    ("Cybersecurity Analyst", "carry on with their work|tools", f"{FIGURES}|Visitors"),
    ("Clinical Research Associate", "methods", "cared for"),
    ("Health Visitor", "cared for", "arrive or call"),
    ("Crane Operator", "", "products|leaves this workplace"),
    ("Painter and Decorator", "built", GOODS),
    ("Barista", "eat and drink", "Guests"),
    ("Immigration Officer", "decided", "manager"),
    ("School Caretaker", "rooms and equipment|out of use", "Learners"),
    ("HGV Mechanic", "vehicles|off the road", GOODS),
    ("Veterinary Nurse", "Owners", "cared for|Patients"),
]


ENGLISH = "# Job description\nJob title: {title}\n## Job purpose\n{purpose}\n## Main duties\n- Keep records up to date."
GERMAN = "# Stellenbeschreibung\nStelle: {title}\n## Zweck der Stelle\n{purpose}\n## Aufgaben\n- Akten aktuell halten."


def said(text: str, title: str, purpose: str, language: str) -> str:
    """Return the purpose sentence for a job of which hardly more than the title is known."""
    given = task(text.format(title=title, purpose=purpose), kind="job_description", language=language)
    return " ".join(edit.inserted for edit in at(given, purpose[:30]))


@pytest.mark.parametrize(("title", "own", "other"), TRADES)
def test_a_title_is_not_taken_for_another_trade(title: str, own: str, other: str) -> None:
    sentence = said(ENGLISH, title, PURPOSE, "en-GB")
    assert sentence
    assert not own or any(words in sentence for words in own.split("|")), sentence
    assert not any(words in sentence for words in other.split("|")), sentence


@pytest.mark.parametrize(
    ("title", "own"),
    [("Busfahrer (m/w/d)", "Fahrt|mitfährt"), ("Gärtnerin", "Außenanlagen"), ("Servicetechniker", "Geräte")],
)
def test_a_german_title_is_told_by_its_trade(title: str, own: str) -> None:
    sentence = said(GERMAN, title, ZWECK, "de-DE")
    assert any(words in sentence for words in own.split("|")), sentence


DUTIES = [
    # a duty, and what only the sentence of another trade would say beside it
    ("Drive the allocated route according to the timetable.", "history"),
    ("Refer to the operating manual when settings change.", "history"),
    ("Look forward to each day and plan ahead to meet demand.", "history"),
    ("Translate and proofread manuals.", "in which order"),
    ("Maintain the terminology database.", "again"),
    ("Document data models.", "promised"),
    ("Sell and check tickets.", "wants to achieve"),
]


@pytest.mark.parametrize(("duty", "other"), DUTIES)
def test_a_duty_is_not_taken_for_another(duty: str, other: str) -> None:
    text = f"# Job description\nJob title: Officer\n## Main duties\n- {duty}\n- Keep to the rules of the house."
    assert not any(other in edit.inserted for edit in at(task(text, kind="job_description"), duty[:12]))


def test_a_decision_is_explained_with_its_reason_and_the_next_step() -> None:
    text = "# Job description\nJob title: Tax Inspector\n## Duties\n- Explain decisions in writing.\n- Keep the law."
    (edit,) = at(task(text, kind="job_description"), "Explain decisions")
    assert "reason" in edit.inserted
    assert "CX-CLEAR@2" in edit.competencies


def test_a_german_noun_in_t_opens_no_sentence_with_a_verb() -> None:
    lines = "- Pflege von Beeten\n- Bedienung von Maschinen\n- Auskunft an Bürgerinnen und Bürger"
    given = task(f"Stelle: Gärtnerin\n## Aufgaben\n{lines}", kind="job_description", language="de")
    (edit, *_) = continued(given, "Auskunft an")
    assert edit.inserted.startswith(", ")
    assert edit.inserted[2].islower()
