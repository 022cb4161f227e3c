"""A small model may reword an approved sentence; what is worse keeps the approved wording."""

from pathlib import Path

import pytest

from cxify.document import Finding
from cxify.llm import Tape
from cxify.writers.llm import LLMWriter
from cxify.writers.llm.checks import objections, specific
from tests.llm.scripted import Scripted
from tests.writers.planned import CASES, Case, Planned, task

TAPE = Path(__file__).parents[1] / "tapes" / "sentences.json"
APPROVED = "Follow a request through other teams until the person confirms that it is resolved."
PASSAGE = "Answer questions from vendors and employees about payment status."
BETTER = "Follow a payment request through other teams until the vendor confirms that it is resolved."
GENERAL = Case("Clerk", ("vendors",), PASSAGE, f" {APPROVED}")


def test_a_better_sentence_has_nothing_against_it() -> None:
    assert list(objections(BETTER, APPROVED, PASSAGE)) == []


@pytest.mark.parametrize(
    ("new", "objection"),
    [
        (APPROVED, "says nothing of the passage"),
        (BETTER.removesuffix("."), "no full stop"),
        (BETTER.replace("other teams", "3 teams"), "a number"),
        ("Follow a payment.", "too short"),
        (BETTER + " Then close it.", "not one plain sentence"),
        (BETTER.replace("Follow", "Follows"), "begins in another form"),
        ("Follow each payment status question of vendors with care.", "does not say what the approved"),
        (BETTER.replace("resolved", "resolved by the excellent finance helpdesk portal"), "words of its own"),
        ("Follow questions from vendors and employees about payment status.", "repeats the passage"),
        (f"{BETTER.removesuffix('.')}, and answer questions from vendors and employees.", "a piece of the passage"),
    ],
)
def test_a_worse_sentence_is_named_for_what_it_is(new: str, objection: str) -> None:
    assert any(objection in one for one in objections(new, APPROVED, PASSAGE))


def test_a_name_keeps_its_capitals() -> None:
    passage = "Hand over finished features to Operations and Customer Care."
    approved = "Confirm that the receiving team has what it needs."
    assert list(objections("Confirm that Customer Care has all that it needs for the feature.", approved, passage)) == [
        "it does not say what the approved sentence says"
    ]
    small = list(objections("Confirm that the customer care team receiving it has what it needs.", approved, passage))
    assert small == ["it writes a name in small letters"]


def test_a_copied_example_is_no_sentence_for_this_document() -> None:
    assert "it repeats an example of the prompt" in list(objections(BETTER, APPROVED, PASSAGE, [BETTER]))


def test_a_better_sentence_takes_the_place_of_the_approved_one() -> None:
    written = LLMWriter(Scripted([f'{{"sentence": "{BETTER}"}}']), library=Planned(GENERAL)).write(task(GENERAL))
    edit = written.proposal.edits[0]
    assert edit.inserted == f" {BETTER}"
    assert edit.reason == Planned(GENERAL).write(task(GENERAL)).proposal.edits[0].reason
    assert written.usage.calls == 1


def test_the_joint_of_the_approved_text_is_kept() -> None:
    joined = Case(GENERAL.role, GENERAL.served, PASSAGE, "; follow" + APPROVED.removeprefix("Follow").removesuffix("."))
    written = LLMWriter(Scripted([f'{{"sentence": "{BETTER}"}}']), library=Planned(joined)).write(task(joined))
    assert written.proposal.edits[0].inserted == "; follow" + BETTER.removeprefix("Follow").removesuffix(".")


@pytest.mark.parametrize(
    "answers",
    [
        ['{"sentence": "Delight every customer with outstanding, friendly service."}'],
        ["no JSON", "still none", "never"],
    ],
)
def test_a_worse_or_broken_answer_keeps_the_approved_wording(answers: list[str]) -> None:
    writer = LLMWriter(Scripted(list(answers)), library=Planned(GENERAL))
    assert writer.write(task(GENERAL)).proposal == Planned(GENERAL).write(task(GENERAL)).proposal


def test_a_sentence_that_already_speaks_about_its_passage_is_not_sent() -> None:
    case = Case("Clerk", ("vendors",), PASSAGE, " Answer each payment question with a date.")
    assert specific(case.approved, case.passage)
    chat = Scripted([])
    LLMWriter(chat, library=Planned(case)).write(task(case))
    assert chat.seen == []


def test_a_blocked_sentence_gets_its_approved_wording_back() -> None:
    writer = LLMWriter(Scripted([f'{{"sentence": "{BETTER}"}}']), library=Planned(GENERAL))
    first = writer.write(task(GENERAL)).proposal
    finding = Finding("CXL-601", "block", "b2", "Invented.", "Leave it out.", edit=0)
    assert writer.write(task(GENERAL), first, (finding,)).proposal.edits[0].inserted == f" {APPROVED}"


def test_an_approved_sentence_that_is_blocked_too_is_left_out() -> None:
    writer = LLMWriter(Scripted([]), library=Planned(GENERAL))
    approved = Planned(GENERAL).write(task(GENERAL)).proposal
    finding = Finding("CXL-407", "block", "b2", "Duplicate.", "Leave it out.", edit=0)
    revised = writer.write(task(GENERAL), approved, (finding,)).proposal
    assert revised.edits == ()
    assert revised.declined


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.role}: {case.approved[:30]}")
def test_a_real_small_model_never_makes_it_worse(case: Case) -> None:
    written = LLMWriter(Tape(TAPE, "replay"), library=Planned(case)).write(task(case))
    new = written.proposal.edits[0].inserted
    if new != case.approved:
        first, last = new.strip(" ;."), case.approved.strip(" ;.")
        assert list(objections(f"{first.capitalize()}.", f"{last.capitalize()}.", case.passage)) == []


def test_a_real_small_model_improves_some_of_them() -> None:
    texts = [
        LLMWriter(Tape(TAPE, "replay"), library=Planned(case)).write(task(case)).proposal.edits[0].inserted
        for case in CASES
    ]
    assert 3 <= sum(text != case.approved for text, case in zip(texts, CASES, strict=True)) < len(CASES)
