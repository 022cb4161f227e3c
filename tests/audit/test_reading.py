"""What a document holds is found in its own words, and only there."""

from pathlib import Path

import pytest

from cxify import framework, kinds, pipeline, word
from cxify.writers.library import LibraryWriter
from tests.audit.conftest import Read
from tests.audit.organisation import job
from tests.audit.organisation import word as written

INDICATOR = "Passes on the need, the history and the promised date in one go, using the agreed checklist."


@pytest.mark.parametrize(
    ("duty", "competency"),
    [
        ("Finds out what residents need before starting work.", "CX-LISTEN"),
        ("Treats every visitor with respect and courtesy.", "CX-CARE"),
        ("Explains the decision to applicants in plain language.", "CX-CLEAR"),
        ("Resolves complaints until the caller confirms that it is solved.", "CX-OWN"),
        ("Hands over each case to the Claims team with its history.", "CX-HANDOFF"),
        ("Supports line managers in planning absences.", "CX-ENABLE"),
        ("Acts on feedback from tenants and tells them what was decided.", "CX-INSIGHT"),
        ("Finds the root causes of errors and gets them removed.", "CX-IMPROVE"),
        (INDICATOR, "CX-HANDOFF"),
    ],
)
def test_a_behaviour_is_found(read: Read, duty: str, competency: str) -> None:
    assert competency in read(job("Clerk", "Benefits", duty)).held.competencies


@pytest.mark.parametrize(
    "duty",
    [
        "Prepares the monthly report and checks the figures.",
        "Maintains the vehicles according to the plan.",
        "Orders stationery and keeps the store room tidy.",
        "Listens to the engine for unusual noise.",
        "Attends team meetings.",
        "Is empathetic and friendly.",
    ],
)
def test_other_work_is_not_taken_for_customer_experience(read: Read, duty: str) -> None:
    held = read(job("Clerk", "Benefits", duty)).held
    assert (held.status, held.competencies) == ("none", ())


def test_general_words_are_a_mention_and_nothing_more(read: Read) -> None:
    facts = read(job("Clerk", "Benefits", "Provides excellent customer service at all times."))
    assert facts.held.status == "mentioned"
    assert facts.missing == ("standards", "behaviours")


def test_a_standard_is_found_by_its_statement_and_as_one_of_their_own(read: Read) -> None:
    own = read(job("Clerk", "Benefits", "Works to the service standards of the council.")).held.standards
    assert [one.id for one in own] == [""]
    known = framework.load().standard("S04")
    stated = read(job("Clerk", "Benefits", known.statement)).held.standards
    assert [one.id for one in stated] == ["S04"]


def test_a_survey_score_is_no_measure(read: Read, folder: Path) -> None:
    facts = read((folder / "finance/kpi.docx").read_bytes())
    assert {one.quote for one in facts.held.measures} == {
        "Invoices paid on time without a query",
        "Work returned or corrected",
    }
    assert [finding.quote for finding in facts.found("CXL-201")] == ["Customer satisfaction score"]


def test_a_reason_counts_when_it_names_for_whom(read: Read) -> None:
    held = read(job("Clerk", "Benefits", "Updates the file so that residents do not have to ask twice.")).held
    assert [one.quote for one in held.whys] == ["Updates the file so that residents do not have to ask twice."]
    assert not read(job("Clerk", "Benefits", "Updates the file so that the audit is passed.")).held.whys


def test_small_print_is_no_promise(read: Read) -> None:
    text = "We are an equal opportunities employer and treat all applicants with dignity and respect."
    assert not read(job("Clerk", "Benefits", "Sorts the post.", text)).held.behaviours


def test_the_department_is_the_stated_one_else_the_folder(read: Read) -> None:
    stated = read(job("Clerk", "Benefits", "Sorts the post."), folder="misc")
    assert (stated.unit, stated.unit_stated) == ("Benefits", True)
    unstated = read(
        written("Job description", {"Job title": "Clerk"}, {"Main duties": ["Sorts the post."]}), folder="misc"
    )
    assert (unstated.unit, unstated.unit_stated) == ("misc", False)


def test_what_people_wrote_into_a_form_is_never_kept(read: Read, samples: Path) -> None:
    facts = read((samples / "review_form_completed_signed.docx").read_bytes())
    assert facts.personal
    assert (list(facts.held.all()), facts.findings, facts.role) == ([], (), "")


def test_edits_of_cxify_count_while_they_stand_in_the_text(read: Read, samples: Path) -> None:
    source = (samples / "job_description_accounts_payable_us.docx").read_bytes()
    redlined = pipeline.rewrite(
        source,
        framework=framework.load(),
        kinds=kinds.load(None),
        writer=LibraryWriter(),
        options=pipeline.Options(date="2026-11-22T10:00:00Z"),
    ).data
    pending, accepted = read(redlined), read(word.resolve(redlined, accept=True))
    assert pending.written
    assert pending.held.competencies == accepted.held.competencies
    assert any(one.by_cxify for one in pending.held.behaviours)
    rejected = read(word.resolve(redlined, accept=False))
    assert not rejected.written
    assert not any(one.by_cxify for one in rejected.held.all())


def test_a_language_without_signs_is_said_and_not_blamed(read: Read) -> None:
    duties = ("Przygotowuje miesięczne sprawozdania i sprawdza dane liczbowe dla kierownika działu.",) * 3
    facts = read(
        job("Referent", "Dział", *duties, purpose="Prowadzenie spraw administracyjnych i obsługa interesantów.")
    )
    assert (facts.language, facts.readable, facts.assessed) == ("pl", False, False)
