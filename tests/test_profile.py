"""The role's profile rests on what the document says, and asks where it says nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from cxify import framework, kinds, profile
from cxify.document import Document
from cxify.framework import Framework
from cxify.profile import RoleProfile
from tests.documents import document
from tests.kinds.gold import KINDS, case, classified

FRAMEWORK = framework.load()


def of(found: Document, using: Framework = FRAMEWORK) -> RoleProfile:
    return profile.of(found, KINDS[found.kind], using)


def described(title: str, *duties: str, kind: str = "job_description") -> RoleProfile:
    lines = "\n".join(duties)
    return of(kinds.classify(document(f"Job title: {title}\nMain duties\n{lines}"), KINDS, kind=kind))


@pytest.mark.parametrize("id", ["G1", "G2", "G3", "G4"])
def test_relationship_and_level_are_those_of_the_experts(id: str) -> None:
    found = of(classified(id))
    assert found.relationship == tuple(case(id)["relationship"])
    assert found.level == case(id)["level"]


@pytest.mark.parametrize(
    ("id", "served"),
    [
        ("G1", ("patients", "colleagues")),
        ("G2", ("vendors", "colleagues")),
        ("G3", ("partners", "colleagues")),
        ("G4", ("customers",)),
    ],
)
def test_the_people_served_have_the_documents_own_name(id: str, served: tuple[str, ...]) -> None:
    assert of(classified(id)).served == served


def test_a_job_description_always_holds_owning_and_handing_over() -> None:
    for id in ("G1", "G2", "G3"):
        assert {"CX-OWN@2", "CX-HANDOFF@2"} <= set(of(classified(id)).competencies)


def test_an_internal_role_serves_the_colleagues_who_serve() -> None:
    assert "CX-ENABLE@2" in of(classified("G2")).competencies


def test_two_to_four_competencies_and_at_least_one_standard() -> None:
    for id in ("G1", "G2", "G3", "G4"):
        found = of(classified(id))
        assert 2 <= len(found.competencies) <= 4
        assert found.standards


def test_the_standard_of_handing_over_is_complete_handover() -> None:
    assert "S04" in of(classified("G1")).standards


def test_the_role_is_named_without_the_gender_suffix() -> None:
    assert of(classified("G3")).role == "Software Engineer, Payments Platform"
    assert of(classified("G2")).role == "Accounts Payable Specialist"


@pytest.mark.parametrize(
    ("title", "duty", "level", "sure"),
    [
        ("Warehouse Assistant", "Pick orders.", 1, True),
        ("Warehouse Team Leader", "Lead a shift of 14.\nAllocate work at the start of each shift.", 3, True),
        ("CFO", "Advise the board.\nLead a team of 45.", 4, True),
        ("Quantity Surveyor", "Settle final accounts.", 2, True),
        ("Payroll Officer", "Process the payroll.", 2, True),
        ("Senior Buyer", "Agree delivery dates.", 2, False),
        ("Team Leader Sales", "Supervise staff on the shop floor.", 3, True),
        (
            "Head of Facilities",
            "Set the strategy for buildings. Agree the budget of the department with the board.",
            4,
            True,
        ),
        ("Director of Facilities", "Answer letters.", 2, False),
        ("Executive Assistant", "Keep the diary.", 2, True),
        ("Buyer", "Oversee the work of students.", 2, True),
    ],
)
def test_levels_three_and_four_need_evidence_beyond_the_title(title: str, duty: str, level: int, sure: bool) -> None:
    found = described(title, duty)
    assert found.level == level
    assert ("Which level" not in " ".join(found.questions)) is sure


def test_the_level_is_shown_in_the_documents_words() -> None:
    found = described("Team Leader Sales", "Supervise staff on the shop floor.")
    assert found.level_evidence == "Supervise staff"


def test_a_denied_contact_with_customers_says_nothing_about_whom_the_role_serves() -> None:
    found = described("Clerk", "This is no customer-facing role. Process invoices and expense reports for employees.")
    assert found.relationship == ("internal",)


def test_an_unwanted_term_gives_way_to_the_organisations_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(
        "extends: cxify-default\nframework: {id: o, name: O, version: '1'}\norganisation:\n"
        "  customer_terms: {external: patient, external_plural: patients}\n"
        "  prohibited_customer_terms: [customer, client]\n",
        encoding="utf-8",
    )
    found = kinds.classify(document("Job description\nMain duties\nAdvise clients and customers on visits."), KINDS)
    assert of(found, framework.load(path)).served == ("patients",)


def test_what_customers_say_moves_a_competency_up(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    themes = ", ".join(f"{{id: V{n}, theme: t, related: [CX-HUMAN]}}" for n in range(5))
    path.write_text(
        "extends: cxify-default\nframework: {id: o, name: O, version: '1'}\n"
        f"voice: {{customer_themes: [{themes}]}}\n",
        encoding="utf-8",
    )
    assert "CX-HUMAN@2" in of(classified("G1"), framework.load(path)).competencies


def test_a_german_document_gets_german_terms_and_questions() -> None:
    text = "Stellenbeschreibung\nStelle: Leitung Einkauf\nAufgaben\nBeschaffung für die Kolleginnen und Kollegen."
    found = of(kinds.classify(document(text), KINDS))
    assert "Kolleginnen und Kollegen" in found.served
    assert any("Welche Stufe gilt?" in question for question in found.questions)


def test_a_policy_has_no_role_and_asks_for_none() -> None:
    found = of(kinds.classify(document("Remote working policy\nScope\nAll staff.\nReview\nYearly."), KINDS))
    assert (found.role, found.level, found.questions) == ("", 1, ())


def test_candidates_are_not_those_whom_the_interviewed_role_serves() -> None:
    text = "Interview guide\nQuestions\nTell us about a time when a guest complained. Let candidates take their time."
    assert of(kinds.classify(document(text), KINDS)).served == ("guests",)


def test_the_job_title_ends_before_the_gender_suffix() -> None:
    text = "Wir suchen\n**Pflegefachkraft (m/w/d) in Vollzeit**\nIhre Aufgaben\nPflege der Bewohnerinnen und Bewohner."
    found = of(kinds.classify(document(text), KINDS, kind="job_advert"))
    assert (found.role, found.served) == ("Pflegefachkraft", ("Bewohnerinnen und Bewohner",))


def levelled(language: str, title: str, duties: str = "", facts: str = "") -> RoleProfile:
    """Return the profile of a job description in another language."""
    names = {
        "de": ("Stellenbeschreibung", "Stelle", "Aufgaben"),
        "fr": ("Fiche de poste", "Intitulé du poste", "Activités principales"),
        "nl": ("Functieomschrijving", "Functie", "Taken"),
        "es": ("Descripción del puesto", "Puesto", "Funciones"),
    }
    kind, label, heading = names[language]
    text = f"# {kind}\n{label}: {title}\n{facts}\n## {heading}\n{duties}"
    found = replace(kinds.classify(document(text), KINDS), language=language)
    return of(found)


WORK = {
    "de": "- Fährt die zugeteilte Linie.\n- Gibt Auskunft zum Fahrplan.\n- Prüft das Fahrzeug vor der Abfahrt.",
    "fr": "- Entretenir les véhicules.\n- Diagnostiquer les pannes.\n- Tenir le carnet d'entretien.",
    "nl": "- Stelt testplannen op.\n- Voert tests uit.\n- Legt bevindingen vast.",
    "es": "- Conducir el autobús.\n- Informar a los viajeros.\n- Comunicar las averías.",
}


@pytest.mark.parametrize(
    ("language", "title", "level"),
    [
        ("de", "Busfahrer:in", 1),
        ("de", "Zugbegleiterin", 1),
        ("de", "Hausmeister", 1),
        ("de", "Kundenberater/in", 2),
        ("de", "Ordnungskraft im Museum", 1),
        ("fr", "Agent·e d'accueil", 1),
        ("fr", "Aide-soignant(e) de nuit", 1),
        ("fr", "Mécanicien-ne", 2),
        ("nl", "Buschauffeur", 1),
        ("nl", "Softwaretester", 2),
        ("es", "Enfermero/a", 2),
        ("es", "Guarda de parque", 1),
    ],
)
def test_work_of_ones_own_has_its_level_without_a_question(language: str, title: str, level: int) -> None:
    found = levelled(language, title, WORK[language])
    assert found.level == level
    level_asked = FRAMEWORK.localised(language).questions["level"]  # type: ignore[index]
    assert level_asked not in found.questions


@pytest.mark.parametrize(
    ("language", "title", "facts"),
    [
        ("de", "Leiter/in Lohn", "Unterstellte Stellen: 4 Sachbearbeitende"),
        ("de", "Sachgebietsleitung Wohngeld", "Unterstellte Mitarbeitende: 6"),
        ("fr", "Responsable des achats", "Encadre : 5 agents"),
        ("nl", "Teammanager Zorg", "Geeft leiding aan: 12 medewerkers"),
        ("es", "Jefe de almacén", "Le reportan: Supervisores de almacén (3)"),
    ],
)
def test_who_is_named_below_a_post_shows_that_it_leads(language: str, title: str, facts: str) -> None:
    assert levelled(language, title, WORK[language], facts).level == 3


@pytest.mark.parametrize(
    ("language", "title", "facts"),
    [("de", "Leiter/in Lohn", "Unterstellte Stellen: keine"), ("es", "Jefe de almacén", "Personal a cargo: Ninguno")],
)
def test_nobody_below_a_post_shows_nothing(language: str, title: str, facts: str) -> None:
    assert levelled(language, title, WORK[language], facts).level < 3


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("de", "Stellenbeschrieb\nLeiterin Lohn\n# Hauptaufgaben\n- Führt das Team.", "Leiterin Lohn"),
        (
            "de",
            "Funktionsbeschreibung\nSchulleiter:in Volksschule\n# Aufgaben\n- Leitung.",
            "Schulleiter:in Volksschule",
        ),
        ("nl", "Functiebeschrijving leraar biologie\n# Taken\n- Geeft les.", "leraar biologie"),
        ("fr", "Hôpital du Val\nProfil de poste : Aide-soignant\n# Missions\n- Aider.", "Aide-soignant"),
        ("es", "Descripción del puesto de trabajo: Supervisora\n# Funciones\n- Supervisa.", "Supervisora"),
        ("nl", "Functieomschrijving en profiel\n# Taken\n- Geeft les.", ""),
        ("nl", "Functieomschrijving medewerker vergunningen\n# Taken\n- Toetst.", "medewerker vergunningen"),
        ("nl", "Functieomschrijving medewerker\n# Taken\n- Geeft les.", ""),
    ],
)
def test_the_job_stands_in_the_title_or_below_it(language: str, text: str, role: str) -> None:
    found = replace(kinds.classify(document(text), KINDS, kind="job_description"), language=language)
    assert of(found).role == role


@pytest.mark.parametrize(
    "title",
    ["Onboarding-Checkliste – Assistenz der Geschäftsführung", "Plan d'intégration – Assistante de direction"],
)
def test_who_assists_those_who_lead_does_not_lead(title: str) -> None:
    text = f"{title}\n- Tag 1: Jour 1"
    language = "de" if "Assistenz" in title else "fr"
    found = replace(kinds.classify(document(text), KINDS, kind="induction_plan"), language=language)
    assert profile.of(found, KINDS["induction_plan"], FRAMEWORK).level < 3


def test_an_assistant_to_the_president_is_no_president() -> None:
    board = "Prepares papers of the board of trustees."
    assert described("Executive Assistant to the President", board, "Manages the calendar.").level == 2
    assert described("President", board, "Sets the strategy for the college.").level == 4
