"""What the library writer promises: existing sentences first, the document's voice, nothing where nothing fits."""

import re
from dataclasses import replace

import pytest

from cxify import framework as frameworks
from cxify import kinds, profile, rules
from cxify.document import Document
from cxify.framework import Framework
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Proposal, Proposed, Replace
from cxify.writers import Intensity, Task
from cxify.writers.library import LibraryWriter
from tests.documents import document

BUILTIN = frameworks.load(None)
KINDS = kinds.load()

NURSE = """
# Job description
Job title: Registered Nurse
## Job summary
The postholder delivers nursing care for patients of the ward.
## Main duties
- Give information to patients about treatment and discharge.
- Work closely with other departments to support safe discharge.
- Take part in resolving concerns raised on the ward.
## Person specification
- Essential: Current registration with the NMC.
- Desirable: Experience in acute medicine.
"""


def task(text: str, *, framework: Framework = BUILTIN, intensity: Intensity = "standard", **changes: str) -> Task:
    """Return the task that the pipeline would give to a writer."""
    found = replace(kinds.classify(document(text), KINDS), **changes)  # type: ignore[arg-type]
    kind = KINDS[found.kind]
    return Task(found, kind, profile.of(found, kind, framework), framework, intensity)


def written(given: Task) -> Proposal:
    """Return what the library writer proposes."""
    return LibraryWriter().write(given).proposal


def texts(given: Task) -> list[str]:
    """Return the new texts."""
    return [edit.inserted for edit in written(given).edits if edit.inserted]


def at(given: Task, words: str) -> list[Proposed]:
    """Return the edits at the block that holds these words."""
    block = next(block.id for block in given.document.blocks if words in block.text)
    return [edit for edit in written(given).edits if edit.operation.block == block]


def continued(given: Task, words: str) -> list[Proposed]:
    """Return the edits that continue the block that holds these words."""
    return [edit for edit in at(given, words) if isinstance(edit.operation, Append)]


def with_duty(duty: str, *, style: str = "- ") -> str:
    """Return a job description with one duty among others of the same form."""
    start = "# Job description\nJob title: Officer\n## Job purpose\nThe officer serves the town.\n## Main duties"
    return f"{start}\n{style}{duty}\n"


# ---- strengthening ----


def test_a_vague_collaboration_duty_gets_what_a_complete_handover_carries_and_a_question() -> None:
    added, question = at(task(NURSE), "Work closely with other departments")
    assert isinstance(added.operation, Append)
    assert re.search("needs, history", added.inserted)
    assert added.competencies == ("CX-HANDOFF@2",)
    assert added.standards == ("S04",)
    assert question.operation.comment == (
        "Which departments does this role exchange work with most? Please name them so that the handover is specific."
    )


def test_existing_duties_are_continued_before_new_ones_are_added() -> None:
    duties = [edit for edit in written(task(NURSE)).edits if edit.operation.block in ("b6", "b7", "b8")]
    assert {type(edit.operation).__name__ for edit in duties if edit.inserted} == {"Append"}


@pytest.mark.parametrize(
    ("duty", "competency", "says"),
    [
        ("Answer questions from tenants about repairs.", "CX-OWN", "date"),
        ("Provide advice to managers on absence.", "CX-LISTEN", "next"),
        ("Deal with complaints from residents.", "CX-OWN", "caus|remedy"),
        ("Hand over finished systems to the support team.", "CX-HANDOFF", "known limits"),
        ("Collect feedback from visitors.", "CX-INSIGHT", "decided|action"),
        ("Prepare monthly reports for the committee.", "CX-CLEAR", "decide|figures|reader"),
        ("Process applications for parking permits.", "CX-HANDOFF", "application"),
        ("Clean offices, corridors and meeting rooms.", "CX-OWN", "report|rooms"),
        ("Repair and maintain plumbing equipment.", "CX-CLEAR", "open|work"),
        ("Deliver furniture to customers in the company van.", "CX-OWN", "agreed time|delay"),
    ],
)
def test_each_family_of_duties_gets_what_an_expert_would_add(duty: str, competency: str, says: str) -> None:
    added = continued(task(with_duty(duty)), duty)
    assert [edit.competencies[0].partition("@")[0] for edit in added] == [competency]
    assert re.search(says, added[0].inserted, re.IGNORECASE)


def test_a_sentence_that_denies_the_customer_gives_way_to_who_receives_the_work() -> None:
    text = NURSE.replace("The postholder delivers", "This is a back-office role. The postholder delivers")
    [edit] = [edit for edit in written(task(text)).edits if isinstance(edit.operation, Replace)]
    assert isinstance(edit.operation, Replace)
    assert edit.operation.old == "This is a back-office role."
    assert edit.operation.new.startswith("Patients ")


def test_a_sentence_that_says_more_than_that_is_kept() -> None:
    text = NURSE.replace(
        "The postholder delivers", "This back-office role requires a clearance. The postholder delivers"
    )
    assert not [edit for edit in written(task(text)).edits if isinstance(edit.operation, Replace)]


def test_incidents_of_a_protected_duty_get_a_duty_of_their_own() -> None:
    text = with_duty("Take part in incident response as agreed with the works council.")
    given = task(text)
    protected = next(block for block in given.document.blocks if "incident" in block.text)
    assert protected.lock
    edit = at(given, "incident")[0]
    assert isinstance(edit.operation, InsertAfter)
    assert "cause" in edit.inserted


# ---- voice ----


@pytest.mark.parametrize(
    ("duty", "opening"),
    [
        ("Answers questions about repairs.", r" (?:Says|Replies|Gives)"),
        ("Answer questions about repairs.", r" (?:Say|Reply|Give)\b"),
        ("You answer questions about repairs.", r" You (?:say|reply|give)\b"),
        ("You will answer questions about repairs.", r" You will (?:say|reply|give)\b"),
        ("To answer questions about repairs.", r" To (?:say|reply|give)\b"),
        ("Answering questions about repairs.", r" (?:Saying|Replying|Giving)"),
        ("The officer answers questions about repairs.", r" The officer (?:says|replies|gives)"),
        ("The postholder will answer questions about repairs.", r" The postholder will (?:say|reply|give)\b"),
    ],
)
def test_new_words_stand_in_the_person_of_the_sentence_they_follow(duty: str, opening: str) -> None:
    [edit] = continued(task(with_duty(duty)), duty)
    assert re.match(opening, edit.inserted)


def test_a_list_without_full_stops_gets_none() -> None:
    [edit] = continued(task(with_duty("Deal with complaints")), "complaints")
    assert edit.inserted.startswith(("; ", ". "))
    assert not edit.inserted.endswith(".")


def test_an_item_is_continued_before_the_semicolon_that_leads_on() -> None:
    text = with_duty("answers questions about results;\n- keeps to the safety rules; and\n- files reports.")
    [edit] = [edit for edit in at(task(text), "about results") if edit.inserted]
    assert isinstance(edit.operation, Replace)
    assert edit.operation.old == "results;"
    assert re.fullmatch(r"results, and \w+s? .*;", edit.operation.new)


def test_a_passage_whose_voice_is_unknown_is_declined() -> None:
    given = task(with_duty("Complaints, letters, escalations"))
    assert not [edit for edit in at(given, "Complaints") if edit.inserted]
    assert any("grammatically safe" in declined.reason for declined in written(given).declined)


WITHOUT_MARK = NURSE.replace("- Desirable: Experience", "- Experience")


def test_american_documents_get_american_words() -> None:
    assert "Preferred: " in " ".join(texts(task(WITHOUT_MARK, language="en-US")))
    assert "Desirable: " in " ".join(texts(task(WITHOUT_MARK)))


GERMAN = """
# Stellenbeschreibung
Stellenbezeichnung: Sachbearbeitung
## Ziel der Stelle
Die Stelle bearbeitet Anträge der Bürgerinnen und Bürger der Stadt.
## Aufgaben
{duties}
## Anforderungen
- Kenntnisse im Sozialrecht von Vorteil
"""


@pytest.mark.parametrize(
    ("duty", "says"),
    [
        ("Mit anderen Abteilungen zusammenarbeiten", r"; bei .* (?:weitergeben|nennen) und"),
        ("Arbeitet mit anderen Abteilungen zusammen.", r" (?:Gibt|Nennt) bei"),
        ("Sie arbeiten mit anderen Abteilungen zusammen.", r" Sie (?:geben|nennen) bei"),
        ("Du arbeitest mit anderen Abteilungen zusammen.", r" Du (?:gibst|nennst) bei"),
        ("Zusammenarbeit mit anderen Abteilungen", r", vollständige Weitergabe"),
    ],
)
def test_german_duties_keep_their_form(duty: str, says: str) -> None:
    given = task(GERMAN.format(duties=f"- {duty}"))
    [edit] = continued(given, duty)
    assert re.match(says, edit.inserted)


# ---- restraint ----


def test_nothing_is_written_into_essential_functions() -> None:
    text = NURSE.replace("## Main duties", "## Essential Functions")
    given = task(text)
    essential = {block.id for block in given.document.blocks if block.closed}
    proposal = written(given)
    assert not [edit for edit in proposal.edits if edit.operation.block in essential and edit.inserted]
    assert any("essential functions" in (edit.operation.comment or "") for edit in proposal.edits)


@pytest.mark.parametrize("state", ["signed", "filled"])
def test_signed_and_filled_documents_get_comments_only(state: str) -> None:
    proposal = written(task(REVIEW, state=state))
    assert {edit.operation.op for edit in proposal.edits} <= {"comment"}
    assert proposal.declined


def test_an_unknown_kind_of_document_gets_comments_only() -> None:
    proposal = written(task("Notes of the meeting\nStaff in back-office roles go the extra mile.\n", kind="unknown"))
    assert {edit.operation.op for edit in proposal.edits} == {"comment"}


def test_a_document_in_a_language_without_wording_is_declined() -> None:
    proposal = written(task(NURSE, language="it-IT"))
    assert not proposal.edits
    assert "it-IT" in proposal.declined[0].reason


def test_trait_wording_in_requirements_is_shown_and_left_alone() -> None:
    text = NURSE.replace("- Desirable", "- Passionate and friendly people person.\n- Desirable")
    [comment] = at(task(text), "Passionate")
    assert comment.operation.op == "comment"
    assert comment.rule == "CXL-501"
    assert "“Passionate”, “friendly”, “people person”" in (comment.operation.comment or "")


def test_people_are_named_only_if_the_document_mentions_them() -> None:
    given = task(NURSE)
    stranger = replace(given, profile=replace(given.profile, served=("passengers",)))
    assert "assengers" not in " ".join(texts(stranger))


# ---- shape of a proposal ----


def test_every_edit_says_why_what_it_serves_and_what_it_rests_on() -> None:
    given = task(NURSE)
    for edit in written(given).edits:
        assert len(edit.reason.split()) <= 40
        block = given.document.by_id[edit.evidence_block or ""]
        assert edit.evidence in block.text
        assert len(edit.competencies) == bool(edit.inserted)


def test_the_rules_let_every_edit_pass() -> None:
    for text in (NURSE, REVIEW, KPI, INDUCTION, TRAINING, PERSON_SPECIFICATION):
        given = task(text)
        checked = rules.check(
            given.document, written(given), kind=given.kind, profile=given.profile, framework=given.framework
        )
        assert checked.dropped == ()


def test_a_job_description_gets_few_edits_in_several_sections() -> None:
    given = task(NURSE)
    edits = [edit for edit in written(given).edits if edit.inserted]
    assert 3 <= len(edits) <= 8
    assert len({given.document.by_id[edit.operation.block].section for edit in edits}) >= 2
    assert len({edit.competencies[0] for edit in edits}) <= BUILTIN.selection["job_description"].max


def test_a_light_touch_is_lighter() -> None:
    light, full = (texts(task(NURSE, intensity=intensity)) for intensity in ("light", "full"))
    assert len(light) < len(full)


def test_the_same_task_gives_the_same_proposal() -> None:
    assert written(task(NURSE)) == written(task(NURSE))


def test_different_roles_do_not_share_their_sentences() -> None:
    titles = ["Registered Nurse", "Staff Nurse", "Community Nurse", "Ward Nurse", "Theatre Nurse", "Practice Nurse"]
    proposals = [texts(task(NURSE.replace("Registered Nurse", title))) for title in titles]
    assert len({tuple(texts) for texts in proposals}) > len(titles) / 2


# ---- other kinds ----

REVIEW = """
# Annual performance review
Employee name: ______________
## Section B: Behaviours
| Behaviour | What good looks like | Rating | Comments |
| Teamwork | Is a good team player in the store | | |
| Customer focus | Always smiles, is friendly and goes the extra mile | | |
| Mystery shopper score | Is counted by customers and the store | | |
## Development plan
Training planned for next year: Customer service course
"""


def test_traits_in_a_rated_row_become_behaviour_and_the_row_keeps_its_name() -> None:
    [edit] = at(task(REVIEW), "Always smiles")
    assert isinstance(edit.operation, Replace)
    assert edit.operation.old == "Always smiles, is friendly and goes the extra mile"
    assert re.match(r"Asks what .* needs", edit.operation.new)


def test_a_generic_course_gets_own_cases_and_named_standards() -> None:
    [edit] = at(task(REVIEW), "Customer service course")
    assert "store" in edit.inserted
    assert "Complete handover and Put it right" in edit.inserted


def test_changed_criteria_call_for_consultation() -> None:
    assert any("consulted" in (edit.operation.comment or "") for edit in written(task(REVIEW)).edits)


KPI = """
# KPI sheet
Role: Claims Handler
## Key performance indicators
| KPI | Measure | Source | Target | Weight | Result |
| Claims closed | Claims closed per week | Claims system | 45 | 40% | |
| Customer satisfaction | CSAT score of claimants | Survey | 4.6 | 40% | |
"""


def test_a_new_measure_has_a_source_an_open_target_and_no_weight() -> None:
    rows = [edit for edit in written(task(KPI)).edits if isinstance(edit.operation, InsertRowAfter)]
    assert rows
    for edit in rows:
        assert isinstance(edit.operation, InsertRowAfter)
        name, measure, source, target, weight, result = edit.operation.cells
        assert name
        assert measure.startswith("Share of")
        assert source
        assert target == "[target to be agreed]"
        assert weight == result == ""
        assert edit.operation.comment


def test_an_agreed_survey_score_gets_a_comment_and_stays() -> None:
    [comment] = [edit for edit in written(task(KPI)).edits if edit.rule == "CXL-201"]
    assert "companion measure" in (comment.operation.comment or "")


INDUCTION = """
# Induction plan
New starter: ______________
| When | Topic | Who | Done |
| Day 1 | Welcome and tour | Line manager | |
| Week 1 | Meet the team | Line manager | |
| Month 1 | Shadow colleagues | Buddy | |
"""


def test_an_induction_says_whom_the_work_serves_on_the_first_day() -> None:
    rows = [edit.operation for edit in written(task(INDUCTION)).edits if isinstance(edit.operation, InsertRowAfter)]
    assert [row.cells[0] for row in rows] == ["Day 1", "Week 1", "Month 1"]
    assert "customers" in rows[0].cells[1]
    assert all(row.cells[2:] == ("", "") for row in rows)


TRAINING = """
# Training outline: shift leaders
## Modules
- Module 1: Basics of communication
- Module 2: Handling conflict
- Module 3: Shift handover
"""


def test_customer_experience_is_woven_into_existing_modules() -> None:
    edits = [edit for edit in written(task(TRAINING)).edits if edit.inserted]
    assert len({edit.operation.block for edit in edits if isinstance(edit.operation, Append)}) >= 2


PERSON_SPECIFICATION = """
# Person specification: Housing Officer
| Criteria | Essential | Desirable | Assessed by |
| Knowledge of tenancy law | X | | Application form and interview |
| Ability to manage conflict | X | | Interview |
| Project experience | | X | Application form |
"""


def test_listening_becomes_a_desirable_row_in_the_tables_own_terms() -> None:
    edits = [edit for edit in written(task(PERSON_SPECIFICATION)).edits if edit.inserted]
    assert [edit.competencies[0].partition("@")[0] for edit in edits] == ["CX-LISTEN", "CX-HANDOFF"]
    for row in (edit.operation for edit in edits):
        assert isinstance(row, InsertRowAfter)
        assert row.cells[1:3] == ("", "X")
        assert row.cells[3] in ("Interview", "Application form and interview")


def test_interview_questions_are_those_of_the_framework() -> None:
    text = "# Interview guide: Planner\n## Interview questions\n1. How do you plan?\n2. How do you manage risks?\n"
    questions = [edit.inserted for edit in written(task(text)).edits]
    assert questions[0] == f"3. {BUILTIN.competency('CX-LISTEN').interview}"


def test_taking_part_in_social_media_stays_voluntary() -> None:
    text = (
        "# Social media policy\n## Purpose\nThis policy explains how we use social media.\n"
        "## Guidelines\n- Employees are expected to share company posts.\n- Pass on questions from customers.\n"
    )
    assert "oluntary" in " ".join(texts(task(text))) or "nobody has to" in " ".join(texts(task(text)))


def test_a_promotion_criterion_is_judged_by_people_and_sets_no_threshold() -> None:
    text = "# Promotion criteria: Senior Engineer\n## Criteria\n- Delivers complex work.\n- Mentors junior engineers.\n"
    first = written(task(text)).edits[0]
    assert "shown by" in first.inserted
    assert "no threshold" in first.reason


def test_an_advert_asks_before_it_promises_applicants_anything() -> None:
    text = (
        "# Library Assistant\n## About the role\nYou serve readers of our library every day of the week.\n"
        "## What you will do\n- Answer questions at the desk\n## How to apply\nSend your CV to the library.\n"
    )
    given = task(text, kind="job_advert")
    assert any("May the advert say" in (edit.operation.comment or "") for edit in written(given).edits)


# ---- an organisation's own framework ----


def own_framework() -> Framework:
    """Return a framework whose competency on handovers has the organisation's own words."""
    data = BUILTIN.model_dump()
    for competency in data["competencies"]:
        if competency["id"] == "CX-HANDOFF":
            competency["levels"][2] = ("Calls the next ward before sending a patient.", "Checks the transfer sheet.")
    data["vision"]["why"] = "People come to us when they are most worried."
    return Framework.model_validate(data)


def test_an_organisations_own_wording_takes_the_place_of_the_librarys() -> None:
    given = task(NURSE, framework=own_framework())
    handover = [edit for edit in written(given).edits if edit.competencies == ("CX-HANDOFF@2",)]
    assert [edit.inserted.rstrip(".") for edit in handover] in (
        [["Calls the next ward before sending a patient"], ["Checks the transfer sheet"], ["Check the transfer sheet"]]
    )
    assert "own wording" in handover[0].reason


def test_an_organisations_why_is_quoted_word_for_word() -> None:
    assert any(
        "People come to us when they are most worried." in text
        for text in texts(task(NURSE, framework=own_framework()))
    )


def test_a_framework_without_our_competencies_still_works() -> None:
    data = BUILTIN.model_dump()
    for competency in data["competencies"]:
        competency["id"] = competency["id"].replace("CX-", "ACME-")
    for standard in data["service_standards"]:
        standard["behaviours"] = [id.replace("CX-", "ACME-") for id in standard["behaviours"]]
    given = task(NURSE, framework=Framework.model_validate(data))
    edits = [edit for edit in written(given).edits if edit.inserted]
    assert edits
    assert all(edit.competencies[0].startswith("ACME-") for edit in edits)


def test_documents_are_left_as_they_were() -> None:
    given = task(NURSE)
    before: Document = given.document
    written(given)
    assert given.document == before


def test_one_of_several_lines_of_a_paragraph_is_continued_where_it_stands() -> None:
    given = task(
        "# Job description\nJob title: Librarian\n## Main duties\n- All the duties here.", kind="job_description"
    )
    lines = "1. To open the doors at nine.\n2. To answer enquiries from readers.\n3. To switch off the lights."
    blocks = tuple(
        replace(block, text=lines) if block.text.startswith("All") else block for block in given.document.blocks
    )
    given = replace(given, document=replace(given.document, blocks=blocks))
    (edit, *_) = [edit for edit in at(given, "To answer") if isinstance(edit.operation, Replace)]
    assert isinstance(edit.operation, Replace)
    assert edit.operation.old == "2. To answer enquiries from readers."
    assert edit.operation.new.startswith(edit.operation.old + " To ")
    added = [one.inserted for one in at(given, "To answer") if isinstance(one.operation, InsertAfter)]
    assert all(text.startswith("4. ") for text in added)


def test_residential_property_has_no_residents() -> None:
    text = "# Job description\nJob title: Negotiator\n## Purpose\nSells residential property for owners in the county."
    given = task(f"{text}\n## Main duties\n- Negotiate offers.\n- Arrange viewings.", kind="job_description")
    assert not any("esident" in text for text in texts(given))


def test_a_vague_duty_gets_a_question_where_another_says_what_is_handed_over() -> None:
    text = """
    # Job description
    Job title: Dispatch Clerk
    ## Main duties
    - Hand open orders over to the night shift.
    - Work closely with other departments.
    - Answer questions from drivers about their routes.
    - Keep the board up to date.
    ## Person specification
    - Desirable: Experience with a transport system.
    """
    given = task(text)
    assert continued(given, "Hand open orders")
    assert not continued(given, "Work closely")
    assert [edit.rule for edit in at(given, "Work closely")] == ["CXL-702"]


def test_a_cell_that_names_the_area_of_the_tasks_beside_it_stays_a_name() -> None:
    given = task(
        "# Stellenbeschreibung\nStelle: Softwareentwickler\n## Aufgaben\n"
        "| Aufgabengebiet | Aufgaben | Anteil |\n| --- | --- | --- |\n"
        "| Betrieb und Störungen | Fehlermeldungen des Service Desk analysieren und beheben; neue Versionen an den "
        "Service Desk übergeben | 25 % |\n| Zusammenarbeit | Eng mit anderen Abteilungen zusammenarbeiten | 20 % |",
        kind="job_description",
        language="de-DE",
    )
    assert at(given, "Betrieb und Störungen") == []
    assert at(given, "Fehlermeldungen des Service Desk")
