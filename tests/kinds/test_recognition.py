"""The kind and the language are found, or HR is asked."""
# ruff: noqa: E501  each text on one line, so that the table can be read

from pathlib import Path

import pytest

from cxify import kinds, word
from cxify.errors import SettingsInvalid
from tests.documents import document
from tests.kinds.gold import KINDS

TEXTS = {
    "job_description": "Position description: Buyer\nReports to: Head of Buying\nPurpose\nBuys.\nMain duties\nAgrees dates.",
    "job_advert": "Buyer wanted\nAbout us\nWe sell tents.\nWhat you will do\nBuy.\nWhat we offer\nTea.\nHow to apply\nWrite.",
    "person_specification": "Person specification\n| Criteria | Essential | Desirable | Assessed by |\n| Maths | x | | Test |",
    "interview_guide": "Interview guide\nQuestions\nTell us about a time when a plan changed.\nClosing\nThank you.",
    "kpi_sheet": "KPI sheet 2026\n| KPI | Target | Weight | Source |\n| Calls | 90 % | 50 % | System |",
    "review_form": "Annual performance review\nReview period: ____\nOverall rating\nEmployee comments\nManager comments",
    "induction_plan": "Induction plan\nBefore you start\nDesk.\nDay 1\nTour.\nWeek 1\nMeet the team.",
    "training_outline": "Course outline\nLearning outcomes\nBy the end of the day participants will plan.\nContent\nPlans.",
    "social_media_policy": "Social media policy\nScope\nAll staff.\nPersonal use\nBe kind.\nBreach of this policy\nTalks.",
    "policy": "Remote working policy\nScope\nAll staff.\nResponsibilities\nManagers decide.\nReview\nYearly.",
    "promotion_criteria": "Promotion criteria\nEligibility\nTwo years.\nCriteria\nResults.\nEvidence\nReports.\nAppeals\nHR.",
    "bonus_criteria": "Bonus plan 2026\nEligibility\nAll staff.\nCriteria\nSales.\nCalculation\nPercentages.",
    "recognition_scheme": "Employee recognition scheme\nAwards\nTeam award.\nNominations\nWrite to HR.",
    "competency_framework": "Competency framework\n| Competency | Level 1 | Level 2 |\n| Teamwork | Helps | Leads |",
    "unknown": "Minutes of the meeting\nThe roof was discussed. It leaks.",
}
GERMAN = {
    "job_description": "Stellenbeschreibung\nZiel der Stelle\nKauft ein.\nAufgaben\nVereinbart Termine.\nBefugnisse\nKeine.",
    "review_form": "Beurteilungsbogen\nBeurteilungszeitraum: ____\nZielvereinbarung\nGesamtbeurteilung\nSelbsteinschätzung",
    "kpi_sheet": "Kennzahlen 2026\n| Kennzahl | Zielwert | Gewichtung | Quelle |\n| Anrufe | 90 % | 50 % | System |",
    "job_advert": "Wir suchen Verstärkung\nIhre Aufgaben\nEinkaufen.\nIhr Profil\nGenau.\nWir bieten\nTee.\nIhre Bewerbung\nJetzt.",
}
SAMPLES = {
    "induction_plan_council": ("induction_plan", "en-GB", "blank"),
    "job_advert_logistics_planner": ("job_advert", "en-GB", "blank"),
    "job_description_accounts_payable_us": ("job_description", "en-US", "blank"),
    "job_description_hr_partner_redlined": ("job_description", "en-GB", "blank"),
    "job_description_nurse_uk": ("job_description", "en-GB", "blank"),
    "job_description_retail_assistant": ("job_description", "en-GB", "blank"),
    "kpi_sheet_support_team": ("kpi_sheet", "en-GB", "blank"),
    "review_form_completed_signed": ("review_form", "en-GB", "signed"),
    "review_form_probation_legacy": ("review_form", "en-GB", "blank"),
    "review_form_retail_uk": ("review_form", "en-GB", "blank"),
    "social_media_policy_charity": ("social_media_policy", "en-GB", "blank"),
    "stellenbeschreibung_softwareentwickler_de": ("job_description", "de-DE", "blank"),
}
CORPUS = {
    "MS-4004*Leave-of-Absence*": "policy",
    "MS-4004*Promotion-and-Career*": "policy",
    "MS-4004*Remote-Work*": "policy",
    "MS-4004*Design-Team-Responsibilities*": "job_description",
    "MS-4004*Employee-benefits*": "policy",
    "Main__MOOC*": "training_outline",
    "*Framework-for-KPIs*": "kpi_sheet",
    "copilot-camp__Career*": "policy",
    "copilot-camp__Hiring*": "policy",
    "*TimeSheet*": "unknown",
    "open-agreements__template*": "unknown",
    "Open-Xml-PowerTools__RA001*": "unknown",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_each_kind_is_recognised_by_a_few_lines(kind: str) -> None:
    found = kinds.classify(document(TEXTS[kind]), KINDS)
    assert found.kind == kind
    assert found.kind_evidence


@pytest.mark.parametrize("kind", GERMAN)
def test_german_documents_are_recognised(kind: str) -> None:
    found = kinds.classify(document(GERMAN[kind]), KINDS)
    assert (found.kind, found.language) == (kind, "de")


def test_every_kind_has_a_text_here() -> None:
    assert set(TEXTS) == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "Exit Interview Form\nInterviewer: ____\nQuestions\nWhy are you leaving?\nTell us about a time you felt valued.",
        "Austrittsgespräch\nInterviewer: ____\nFragen\nErzählen Sie: Warum verlassen Sie uns?",
    ],
)
def test_an_interview_that_chooses_nobody_is_no_interview_guide(text: str) -> None:
    assert kinds.classify(document(text), KINDS).kind == "unknown"


def test_the_evidence_quotes_the_document() -> None:
    evidence = kinds.classify(document(TEXTS["job_description"]), KINDS).kind_evidence
    assert "position description" in evidence
    assert "Main duties" in evidence


def test_hr_may_say_the_kind() -> None:
    assert kinds.classify(document(TEXTS["unknown"]), KINDS, kind="policy").kind == "policy"
    with pytest.raises(SettingsInvalid, match="no document kind “memo”"):
        kinds.classify(document(TEXTS["unknown"]), KINDS, kind="memo")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples(samples: Path, name: str) -> None:
    found = kinds.classify(word.read((samples / f"{name}.docx").read_bytes()), KINDS)
    assert (found.kind, found.language, found.state) == SAMPLES[name]


@pytest.mark.parametrize("pattern", CORPUS)
def test_documents_from_the_wild(corpus: Path, pattern: str) -> None:
    (path,) = corpus.glob(pattern)
    assert kinds.classify(word.read(path.read_bytes()), KINDS).kind == CORPUS[pattern]


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("The organisation values colleagues and their behaviour.", "en-US", "en-GB"),
        ("The organization values color and behavior in the labor market.", "en-GB", "en-US"),
        ("Answer the letters and file them.", "en-US", "en-US"),
        ("Answer the letters and file them.", "", "en-GB"),
        ("Die Stelle sichert die Abrechnung für alle Beschäftigten.", "en-US", "de"),
        ("Die Stelle sichert die Abrechnung für alle Beschäftigten.", "de-AT", "de-AT"),
        ("Le titulaire du poste répond aux demandes des clients.", "", "fr"),
        ("De medewerker beantwoordt de vragen van klanten en de collega's.", "", "nl"),
        ("El titular responde a las preguntas de los clientes.", "", "es"),
        ("岗位职责：负责技术研发，主要包括分子生物学。", "en-US", "zh"),
        ("", "", "und"),
    ],
)
def test_language(text: str, declared: str, language: str) -> None:
    meta = {"language": declared} if declared else {}
    assert kinds.classify(document(text, meta=meta), KINDS).language == language
