"""The writer with a model: what it may see, what it may name, and what of its answers becomes an edit."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from cxify.document import Finding
from cxify.errors import ModelRefused, ProposalInvalid
from cxify.llm import Tape
from cxify.llm.failures import refused
from cxify.proposal import Append, Comment, InsertAfter, Proposal
from cxify.writers.llm import LLMWriter, shape
from cxify.writers.llm.mapping import joined
from cxify.writers.llm.view import View
from tests.llm.scripted import Scripted
from tests.writers.planned import CASES, Planned
from tests.writers.small import task

TAPES = Path(__file__).parents[1] / "tapes"
APPEND = {
    "evidence_block": "b7",
    "evidence": "Work closely with other departments",
    "reason": "Says what is passed on.",
    "op": "append",
    "block": "b7",
    "text": "Pass on each request with the need and the promised date.",
    "competencies": ["CX-HANDOFF@1"],
    "standards": ["S04"],
    "certainty": "strong",
}


def said(*edits: dict[str, Any], **rest: list[dict[str, Any]]) -> str:
    """Return an answer as a model writes it."""
    return json.dumps({"edits": edits, "questions": [], "declined": []} | rest)


def writer(*answers: str | Exception) -> tuple[LLMWriter, Scripted]:
    """Return a structured writer whose model gives these answers."""
    chat = Scripted(list(answers))
    return LLMWriter(chat, path="structured"), chat


def sent(chat: Scripted) -> str:
    """Return all that the model was told."""
    return "\n".join(message.text for messages, _ in chat.seen for message in messages)


def test_an_answer_becomes_a_proposal() -> None:
    llm, _ = writer(said(APPEND, questions=[{"block": "b7", "text": "Which departments?"}]))
    written = llm.write(task())
    edit = written.proposal.edits[0]
    assert edit.operation == Append(op="append", block="b7", text=f" {APPEND['text']}")
    assert (edit.competencies, edit.standards, edit.evidence_block) == (("CX-HANDOFF@1",), ("S04",), "b7")
    assert written.proposal.questions[0].text == "Which departments?"
    assert (written.usage.calls, written.usage.input_tokens, written.usage.repairs) == (1, 10, 0)


@pytest.mark.parametrize("secret", ["Jane Example", "pay@example.org", "0123 456", "equal opportunity employer"])
def test_what_is_locked_as_personal_never_leaves_the_machine(secret: str) -> None:
    llm, chat = writer(said(declined=[{"block": None, "reason": "Nothing to add."}]))
    llm.write(task())
    assert secret not in sent(chat)
    assert '[b2 paragraph read-only] "[withheld]"' in sent(chat)


def test_what_would_be_sent_can_be_shown_without_sending_it() -> None:
    llm, chat = writer()
    assert "The archive assistant finds" in llm.requests(task())[1].text
    assert chat.seen == []


@pytest.mark.parametrize(
    ("change", "said_of_it"),
    [
        ({"evidence": "work closely with the departments"}, "evidence is not in b7"),
        ({"evidence": ""}, "evidence is empty"),
        ({"certainty": "not enough data"}, "use a comment or a question"),
        ({"competencies": [], "standards": []}, "names a competency or a standard"),
        ({"text": "Write to [withheld] at once."}, "you cannot see"),
        ({"text": "Work closely with other departments as required. Pass on the need."}, "repeats what b7"),
        ({"text": "The assistant works closely with other departments as required, and asks."}, "repeats what b7"),
        ({"op": "replace", "old": "closely with all", "new": "with"}, "old is not in b7"),
        ({"op": "replace", "old": "closely", "new": "closely"}, "are the same"),
        ({"op": "replace", "old": "", "new": "x"}, "old is not in b7"),
        ({"op": "replace", "block": "b8", "old": "pay@example.org", "new": "the office"}, "may not change"),
        ({"op": "comment", "quote": "closely with all", "comment": "Which?"}, "quote is not in b7"),
    ],
)
def test_a_quote_that_is_not_verbatim_or_a_misfit_goes_back_to_the_model(
    change: dict[str, Any], said_of_it: str
) -> None:
    faulty = APPEND | change
    if faulty["op"] != "append" and "text" not in change:
        faulty.pop("text")
    llm, chat = writer(said(faulty), said(APPEND))
    written = llm.write(task())
    complaint = chat.seen[1][0][-1].text
    assert "edits.0: " in complaint
    assert said_of_it in complaint
    assert isinstance(written.proposal.edits[0].operation, Append)
    assert written.usage.repairs == 1


@pytest.mark.parametrize(
    "change",
    [
        {"block": "b2"},
        {"block": "b12"},
        {"block": "b99"},
        {"op": "delete"},
        {"competencies": ["CX-INVENTED@1"]},
        {"competencies": ["CX-HANDOFF@4"]},
        {"standards": ["S99"]},
        {"text": ""},
        {"text": "x" * 401},
        {"severity": "high"},
    ],
)
def test_what_is_locked_or_invented_cannot_be_named(change: dict[str, Any]) -> None:
    llm, _ = writer(*[said(APPEND | change)] * 3)
    with pytest.raises(ProposalInvalid):
        llm.write(task())


def test_the_schema_holds_the_ids_of_this_document_and_framework_only() -> None:
    llm, chat = writer(said(APPEND))
    llm.write(task())
    ids = {name: one["enum"] for name, one in (chat.schemas[0] or {})["$defs"].items() if "enum" in one}
    assert ids["EditableBlock"] == ["b4", "b6", "b7", "b8"]
    assert ids["OpenBlock"] == ["b4", "b6", "b7", "b8", "b10"]
    assert {"b2", "b12"}.isdisjoint(ids["AnyBlock"])
    assert ids["Competency"] == ["CX-HANDOFF@1", "CX-LISTEN@1"]
    assert ids["Standard"] == ["S04"]


def test_a_locked_text_may_still_be_followed_by_a_new_paragraph() -> None:
    new = APPEND | {
        "op": "insert_after",
        "block": "b10",
        "evidence_block": "b10",
        "evidence": "Desirable",
        "text": "Desirable: Can give an example of asking what a reader needed.",
        "competencies": ["CX-LISTEN@1"],
    }
    llm, _ = writer(said(new))
    assert llm.write(task()).proposal.edits[0].operation == InsertAfter(
        op="insert_after", block="b10", text=str(new["text"])
    )


def test_an_edit_that_stays_faulty_is_left_out_and_that_is_said() -> None:
    faulty = APPEND | {"evidence": "not there"}
    llm, _ = writer(*[said(APPEND, faulty)] * 3)
    proposal = llm.write(task()).proposal
    assert len(proposal.edits) == 1
    assert "could not be used: evidence is not in b7" in proposal.declined[0].reason


def test_only_one_replacement_a_block() -> None:
    def swap(old: str, new: str) -> dict[str, Any]:
        return {name: value for name, value in APPEND.items() if name != "text"} | {
            "op": "replace",
            "old": old,
            "new": new,
        }

    llm, chat = writer(*[said(swap("Work closely", "Agree dates"), swap("as required", "each week"))] * 3)
    proposal = llm.write(task()).proposal
    assert "edits.1: one `replace` a block" in chat.seen[1][0][-1].text
    assert len(proposal.edits) == 1


def test_silence_needs_a_reason() -> None:
    llm, chat = writer(said(), said(), said())
    assert "no reason" in llm.write(task()).proposal.declined[0].reason
    assert "must say why" in chat.seen[1][0][-1].text


def test_what_a_rule_blocked_goes_back_with_the_answer_it_is_about() -> None:
    llm, _ = writer(said(APPEND))
    first = llm.write(task()).proposal
    finding = Finding("CXL-507", "block", "b7", "Not measurable.", "Say what is done.", quote="promised", edit=0)
    again, chat = writer(said(APPEND | {"text": "Pass on each request with the need and the date."}))
    revised = again.write(task(), first, (finding,)).proposal
    before, complaint = chat.seen[0][0][-2:]
    assert json.loads(before.text)["edits"] == [APPEND]
    assert "edits.0: “promised”: Not measurable. Say what is done." in complaint.text
    assert revised.edits[0].inserted == " Pass on each request with the need and the date."


def test_a_refusal_is_no_proposal() -> None:
    llm, _ = writer(refused("m"))
    with pytest.raises(ModelRefused):
        llm.write(task())


@pytest.mark.parametrize("state", ["filled", "signed"])
def test_a_form_that_is_filled_in_is_shown_to_no_model(state: str) -> None:
    chat = Scripted([])
    LLMWriter(chat, path="structured", library=Planned(CASES[0])).write(task(state=state))
    assert chat.seen == []


@pytest.mark.parametrize(("local", "path"), [(True, "sentence"), (False, "structured")])
def test_a_model_on_this_machine_gets_sentences_unless_told_otherwise(local: bool, path: str) -> None:
    chat = Scripted([], local=local)
    assert LLMWriter(chat).chosen == path
    assert LLMWriter(chat, path="structured").chosen == "structured"


def test_the_record_names_model_prompt_version_and_hash() -> None:
    identity = LLMWriter(Scripted([]), path="structured").identity
    assert identity["model"] == "test:scripted"
    assert "job_description@1.0.0:" in identity["prompts"]
    assert LLMWriter(Scripted([]), path="sentence").identity["prompts"].startswith("sentence@1.0.0:")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Answers letters.", " Keeps dates."),
        ("Answers letters. ", "Keeps dates."),
        ("Answers letters", ". Keeps dates"),
        ("", "Keeps dates."),
    ],
)
def test_a_sentence_follows_the_punctuation_of_its_block(before: str, expected: str) -> None:
    assert joined(before, "Keeps dates.") == expected


def replayed(name: str) -> Sequence[dict[str, Any]]:
    """Return the recordings of a tape in order."""
    entries = json.loads((TAPES / name).read_text("utf-8"))["entries"]
    return list(entries.values())


def test_a_real_small_model_answers_by_the_schema_and_its_misquotes_are_caught() -> None:
    written = LLMWriter(Tape(TAPES / "structured.json", "replay"), path="structured").write(task())
    blocks = task().document.by_id
    assert written.usage.calls == len(replayed("structured.json"))
    assert isinstance(written.proposal, Proposal)
    for edit in written.proposal.edits:
        assert edit.evidence in blocks[edit.evidence_block or ""].text
        assert isinstance(edit.operation, Comment | InsertAfter) or not blocks[edit.operation.block].lock


def test_documents_share_the_model_of_an_answer_and_never_their_ids() -> None:
    made = task()
    whole = View(made.document, made.kind)
    some = View(made.document, made.kind, frozenset(block.id for block in whole.shown[:-1]))
    one, other = (shape.answer(view, ["CX-HANDOFF@1"], ["S04"]) for view in (whole, some))
    assert one.model is other.model
    assert one.schema()["$defs"]["AnyBlock"]["enum"] == [block.id for block in whole.shown]
    last = whole.shown[-1].id
    text = json.dumps({"edits": [], "questions": [{"block": last, "text": "Who?"}], "declined": []})
    assert one.read(text).questions[0].block == last
    with pytest.raises(ValidationError, match=f"Input should be '{some.shown[0].id}'"):
        other.read(text)
