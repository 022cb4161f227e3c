"""What the same fault is called in several languages, and sentences that only look like it."""

import pytest

from cxify.rules import book
from tests.rules.desk import found, source

BOOK = book.load()

FAULTS = [
    ("CXL-502", "en", "You will be a good fit for our close team."),
    ("CXL-502", "de", "Woran merken wir, dass Sie in unser Team passen?"),
    ("CXL-502", "de", "Wenn Sie zu uns passen, melden Sie sich."),
    ("CXL-502", "nl", "Wij zoeken iemand die in ons team past."),
    ("CXL-502", "es", "Buscamos a quien encaje bien en nuestro equipo."),
    ("CXL-702", "de", "Arbeitet eng mit anderen Abteilungen zusammen."),
    ("CXL-702", "de", "Sie stimmen sich mit den Fachbereichen ab."),
    ("CXL-703", "de", "Seminar Kundenorientierung"),
    ("CXL-703", "de", "Fortbildung „Servicequalität“ im Herbst"),
    ("CXL-707", "de", "Alle Beschäftigten sind verpflichtet, Beiträge des Unternehmens zu teilen."),
    ("CXL-204", "en", "Purchase orders issued per day"),
    ("CXL-204", "de", "Anträge je Arbeitstag"),
    ("CXL-204", "fr", "Dossiers traités par jour"),
]
INNOCENT = [
    ("CXL-502", "en", "The glove is a good fit. A strong fit for the role is shown by evidence."),
    ("CXL-502", "de", "Passt die Dosierung an und prüft, ob die Teile zueinander passen."),
    ("CXL-702", "de", "Arbeitet mit den Stationen 3 und 4 zusammen."),
    ("CXL-703", "de", "Seminar Arbeitsrecht, Schulung am Kassensystem"),
    ("CXL-707", "de", "Beschäftigte sind verpflichtet, Sicherheitsvorfälle zu melden."),
    ("CXL-707", "en", "Staff must share concerns with the safeguarding lead."),
    ("CXL-204", "en", "37.5 hours per week, two visits per year, 8 hours per day"),
]


def _quotes(rule: str, language: str, text: str) -> list[str]:
    return [match.quote for match in BOOK[rule].phrases(language).find(text)]


@pytest.mark.parametrize(("rule", "language", "text"), FAULTS)
def test_the_fault_is_found(rule: str, language: str, text: str) -> None:
    """In the words that people use."""
    assert _quotes(rule, language, text)


@pytest.mark.parametrize(("rule", "language", "text"), INNOCENT)
def test_what_only_looks_like_it_is_not(rule: str, language: str, text: str) -> None:
    """No alarm."""
    assert not _quotes(rule, language, text)


def test_a_heading_asks_nothing_of_anyone() -> None:
    """The same words are a fault in a duty and none in a heading."""
    assert "CXL-702" not in found(source("# Working across departments\nFiles letters by date."))
    assert "CXL-702" in found(source("# Duties\nWorking across departments."))
