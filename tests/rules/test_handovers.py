"""Who hands work to whom is read from the documents themselves, and a handover nobody answers is found."""

from dataclasses import replace

import pytest

from cxify.document import Document
from cxify.rules import handovers, units
from cxify.rules.handovers import Exchange
from tests.documents import document


def written(text: str, language: str = "en-GB") -> Document:
    return replace(document(text), language=language)


def exchange(unit: str, text: str, language: str = "en-GB") -> Exchange:
    return handovers.of(written(text, language), f"{unit}.docx", unit)


def pairs(*exchanges: Exchange) -> list[tuple[str, str, str]]:
    return [(one.giver, one.receiver, one.answer) for one in handovers.handovers(exchanges)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Finance Dept.", "the Finance team"),
        ("Finance Department", "Finanzabteilung"),
        ("HR", "Human Resources"),
        ("Human Resources", "Personalabteilung"),
        ("Ressources humaines", "Recursos Humanos"),
        ("Einkauf", "Procurement"),
        ("Legal & Compliance", "Rechtsabteilung"),
        ("Revenues Team", "revenues"),
    ],
)
def test_spellings_of_one_department_are_one_department(one: str, other: str) -> None:
    assert units.key(one) == units.key(other)


@pytest.mark.parametrize(("one", "other"), [("Finance", "Legal"), ("Service Desk", "Customer Service"), ("IT", "HR")])
def test_different_departments_stay_different(one: str, other: str) -> None:
    assert units.key(one) != units.key(other)


def test_a_part_of_a_composite_name_is_meant_too() -> None:
    assert {"finance", "shared services"} <= units.keys("Finance – Shared Services")


@pytest.mark.parametrize(
    "text", ["Explains it to people who ask.", "Gives training to the staff.", "Sells product to stores."]
)
def test_ordinary_words_are_nobodys_department(text: str) -> None:
    assert not list(units.mentioned(text))


@pytest.mark.parametrize(
    ("language", "text", "receiver"),
    [
        ("en-GB", "Hands over each delayed order to the Dispatch team with its history.", "Dispatch"),
        ("en-GB", "Pass invoices with errors on to Purchasing within one day.", "Purchasing"),
        ("en-US", "Refers complex claims to the Legal Department.", "Legal"),
        ("en-US", "Sends the month-end figures to Payroll.", "Payroll"),
        ("en-GB", "Escalations to Engineering with complete steps to reproduce", "Engineering"),
        ("en-GB", "Passes enquiries to the Revenues Team the same day.", "Revenues Team"),
        ("de-DE", "Neue Versionen ausliefern und an den Service Desk übergeben", "Service Desk"),
        ("de-DE", "Leitet unklare Rechnungen an den Einkauf weiter.", "Purchasing"),
        ("de-DE", "Weitergabe der Stammdaten an die Personalabteilung", "Human Resources"),
        ("fr-FR", "Transmet les dossiers complets au service Comptabilité.", "Accounting"),
        ("nl-NL", "Draagt openstaande vragen over aan de afdeling Inkoop.", "Purchasing"),
        ("es-ES", "Deriva las solicitudes completas al departamento de Compras.", "Purchasing"),
    ],
)
def test_the_receiver_is_named_in_five_languages(language: str, text: str, receiver: str) -> None:
    assert [name for _, name, _ in pairs(exchange("Claims", text, language))] == [receiver]


@pytest.mark.parametrize(
    "text",
    [
        "Hands over work to other departments when needed.",
        "Passes information on to the relevant team.",
        "Refers cases to colleagues.",
    ],
)
def test_a_handover_to_nobody_in_particular_is_unnamed(text: str) -> None:
    assert [answer for *_, answer in pairs(exchange("Claims", text))] == ["unnamed"]


@pytest.mark.parametrize(
    "text",
    [
        "Refer to the Finance manual for details.",
        "Provides excellent service to colleagues.",
        "This post reports to the Head of Finance.",
        "Transfer 2.0 ml of triethylamine into 1000 ml of water.",
        "Passes the driving test to drive to customers.",
        "Gives a warm welcome to people.",
        "Delivers nursing care for patients admitted to the Emergency Department.",
    ],
)
def test_what_is_no_handover_is_not_taken_for_one(text: str) -> None:
    assert pairs(exchange("Claims", text)) == []


def test_a_handover_is_answered_by_a_document_of_the_receiver() -> None:
    giver = exchange("Sales", "Hands over signed contracts to Finance.")
    receiver = exchange("Finance Dept.", "Receives signed contracts from the Sales team and confirms them.")
    assert pairs(giver, receiver) == [("Sales", "Finance Dept.", "answered")]
    assert not handovers.check([giver, receiver])


def test_a_receiver_who_takes_work_from_everybody_answers() -> None:
    giver = exchange("Sales", "Hands over signed contracts to Finance.")
    receiver = exchange("Finance", "Accepts handovers from all departments with a checklist.")
    assert pairs(giver, receiver)[0][2] == "answered"


def test_an_orphan_handover_is_found_once_for_two_units() -> None:
    giver = exchange("Sales", "Hands over signed contracts to Finance.\nPass on payment questions to Finance.")
    receiver = exchange("Finance", "Receives invoices from Purchasing.")
    (finding,) = handovers.check([giver, receiver])
    assert (finding.rule, finding.severity) == ("CXL-804", "warn")
    assert "Sales hands work to Finance" in finding.message
    assert finding.quote == "Hands over signed contracts to Finance."


def test_a_unit_without_documents_cannot_be_blamed() -> None:
    giver = exchange("Sales", "Hands over signed contracts to Finance.")
    assert pairs(giver) == [("Sales", "Finance", "outside")]
    assert not handovers.check([giver])


def test_work_within_a_unit_is_no_handover() -> None:
    assert pairs(exchange("Finance – Shared Services", "Hands over open items to the Finance team.")) == []


def test_two_receivers_in_one_sentence_are_two_handovers() -> None:
    names = [name for _, name, _ in pairs(exchange("Sales", "Hands over contracts to Finance and Legal."))]
    assert names == ["Finance", "Legal"]


def test_units_of_the_run_are_known_by_their_own_names() -> None:
    giver = exchange("Sales", "Hands over damaged goods to Tideway Repairs Team.")
    receiver = exchange("Tideway Repairs", "Takes over damaged goods from Sales.")
    assert pairs(giver, receiver) == [("Sales", "Tideway Repairs", "answered")]


def test_a_language_without_words_says_nothing() -> None:
    assert handovers.of(written("Przekazuje sprawy do działu Finance.", "pl"), "a.docx", "Claims").gives == ()
