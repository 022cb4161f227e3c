"""Documents without duties are about those whom title and audience name; documents with duties show the scope."""

import pytest

from cxify import framework, kinds, profile, word
from tests.content.written import written

COURSE = "# Module 1: Planning\n- Reading the plan\n- Exercise in pairs\n# Module 2: Handing over\n- The board"
KURS = "# Modul 1: Planung\n- Den Plan lesen\n- Übung zu zweit\n# Modul 2: Übergabe\n- Die Tafel"


def level(text: str) -> int:
    """Return the level of the document's profile."""
    document = kinds.classify(word.read(written(text)), kinds.load())
    return profile.of(document, kinds.load()[document.kind], framework.load()).level


@pytest.mark.parametrize(
    "text",
    [
        f"Training outline: Absence and rotas for shift supervisors\n{COURSE}",
        f"Training outline: Fair rotas\nAudience: newly appointed team leaders in the depots\n{COURSE}",
        f"Training outline: Rotas\n| Course | FR-2 |\n| Who should attend | Supervisors |\n| Days | 1 |\n{COURSE}",
        "360 feedback questionnaire\nYou were asked to give feedback on a department manager.\n# Working with people\n"
        "| Statement | Rating | Comment |\n| Explains goals | | |\n| Gives feedback on work done | | |",
        "Interview guide: Team Leader, Meter Reading\n# Questions\n1. Describe a situation in which a plan failed.\n"
        "2. Give an example of new work that you explained.",
        "Promotion criteria\nThese criteria apply to promotion from fitter to foreperson.\n# Criteria\n"
        "- Plans work\n- Knows the rules\n# Decision\nThe panel decides.",
        f"Schulungskonzept: Dienstpläne gerecht gestalten\nZielgruppe: neue Teamleitungen der Pflege\n{KURS}",
        f"Schulungskonzept: Grundlagen für Vorgesetzte\n{KURS}",
        "Programme de formation : organiser la relève\nPublic visé : chefs d'équipe et encadrants\n"
        "# Module 1 : planifier\n- Lire le plan\n- Exercice à deux\n# Module 2 : transmettre\n- Le tableau",
        "Trainingsopzet: de ploeg overdragen\nDoelgroep: nieuwe teamleiders\n# Module 1: plannen\n- Het plan lezen\n"
        "- Oefening in tweetallen\n# Module 2: overdragen\n- Het bord",
        "Programa de formación: planificar el turno\nDestinatarios: mandos intermedios\n# Módulo 1: planificar\n"
        "- Leer el plan\n- Ejercicio en parejas\n# Módulo 2: entregar\n- El tablero",
    ],
)
def test_documents_for_people_who_lead_are_written_for_them(text: str) -> None:
    """Title, audience line, table of facts and sentences, in five languages."""
    assert level(text) == 3


@pytest.mark.parametrize(
    "text",
    [
        f"Training outline: Using the meter\nAudience: all new drivers\nYour line manager books the course.\n{COURSE}",
        "Interview guide: Account Manager\nGuidance for hiring managers: take notes.\n# Questions\n"
        "1. Describe a situation in which a plan failed.\n2. Give an example of new work that you explained.",
        "Performance review form\nTo be completed by the line manager.\n# Competencies\n"
        "| Criterion | Description | Rating |\n| Teamwork | Shares what others need | |",
        f"Schulungskonzept: Am Schalter\nTeilnehmende: neue Kolleginnen und Kollegen\n"
        f"Die Führungskraft meldet Sie an.\n{KURS}",
    ],
)
def test_people_who_only_use_the_document_do_not_raise_it(text: str) -> None:
    """Account managers lead nobody; line managers book, fill in and take notes."""
    assert level(text) <= 2


def test_a_document_with_duties_shows_the_scope_by_them() -> None:
    """A title alone raises nothing."""
    assert level("Job description: Team leader\n# Duties\n- Sorts the post.\n- Files letters.\n- Answers letters.") < 3
