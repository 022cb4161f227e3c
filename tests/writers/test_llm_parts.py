"""Long documents go to a model in parts; what does not fit into one answer is split further."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from cxify.document import Finding
from cxify.errors import AnswerCutOff, ContextTooLong
from cxify.llm import Answer, Tokens
from cxify.prompts import Message, Options
from cxify.writers import Task
from cxify.writers.llm import LLMWriter
from cxify.writers.llm.parts import CHARACTERS
from cxify.writers.llm.request import parts_of
from tests.documents import document
from tests.writers.small import task

FILLING = "The archive keeps the papers of the city council and issues them to readers on request. " * 20


def handbook(chapters: int, rows: int = 0) -> Task:
    """Return a task whose document has duties in every chapter."""
    lines = ["# Archive assistant", "# Job purpose", "The archive assistant issues documents for readers."]
    for number in range(chapters):
        lines += [f"# Chapter {number}", FILLING, "## Main duties", f"- Work closely with desk {number}.", FILLING]
    lines += [f"| Step {row} | {FILLING} |" for row in range(rows)]
    small = task()
    slots = [slot.model_copy(update={"max": 9 if slot.id == "handover" else 1}) for slot in small.kind.slots]
    return replace(
        small,
        document=replace(document("\n".join(lines)), kind="job_description", language="en"),
        kind=small.kind.model_copy(update={"slots": tuple(slots)}),
    )


class Echo:
    """A model that appends to the first block it may, and fails as told on requests that are too long for it."""

    model, local = "test:echo", False

    def __init__(self, longest: int = 10**9, fault: Exception | str | None = None) -> None:
        self.longest, self.fault = longest, fault
        self.seen: list[str] = []

    def complete(self, messages: Sequence[Message], schema: Any, options: Options) -> Answer:
        self.seen.append(messages[1].text)
        if len(messages[1].text) > self.longest:
            if isinstance(self.fault, Exception):
                raise self.fault
            return Answer('{"edits": [', "length", "m", Tokens(10, options.max_output_tokens))
        block = schema["$defs"]["EditableBlock"]["enum"][0]
        shown = next(line for line in messages[1].text.splitlines() if line.startswith(f"[{block} "))
        edit = {
            "evidence_block": block, "evidence": json.loads(shown.partition("] ")[2])[:9], "reason": "Why.",
            "op": "append", "block": block, "text": f"Tells the reader of {block} what happens next.",
            "competencies": ["CX-HANDOFF@1"], "standards": [], "certainty": "strong",
        }  # fmt: skip
        return Answer(json.dumps({"edits": [edit], "questions": [], "declined": []}), "stop", "m", Tokens(10, 5))


def document_of(request: str) -> str:
    """Return what a request shows of the document."""
    return request.partition("<document>")[2]


def test_a_short_document_is_one_request() -> None:
    assert len(parts_of(task())) == 1


def test_a_long_document_goes_in_parts_that_fit() -> None:
    chat = Echo()
    written = LLMWriter(chat, path="structured").write(handbook(60))
    assert 2 <= len(chat.seen) <= 6
    assert all(len(document_of(request)) < 1.5 * CHARACTERS for request in chat.seen)
    assert len(written.proposal.edits) == len(chat.seen)
    assert len({edit.operation.block for edit in written.proposal.edits}) == len(chat.seen)
    assert written.usage.repairs == 0


def test_every_part_shows_the_outline_and_shares_the_role() -> None:
    chat = Echo()
    LLMWriter(chat, path="structured").write(handbook(60))
    before_the_places = {request.partition("# Places")[0] for request in chat.seen}
    assert len(before_the_places) == 1
    for request in chat.seen:
        assert all(f'"Chapter {number}"' in request for number in range(60))


def test_what_is_sent_grows_with_the_document_until_the_edits_are_used_up() -> None:
    sizes = []
    for chapters in (12, 24, 48):
        chat = Echo()
        LLMWriter(chat, path="structured").write(handbook(chapters))
        sizes.append(sum(len(document_of(request)) for request in chat.seen))
    assert sizes[1] < 2.6 * sizes[0]
    assert sizes[2] < 2.6 * sizes[1]


def test_all_parts_together_may_propose_no_more_than_a_short_document() -> None:
    found = parts_of(handbook(60))
    assert sum(part.edits for part in found) <= 6
    assert sum(part.share for part in found) == pytest.approx(1)
    assert sum(offer.max for part in found for offer, _ in part.offers if offer.id == "purpose") == 1


def test_a_table_is_not_torn_apart_inside_a_row() -> None:
    rows = handbook(0, rows=80)
    for part in parts_of(rows):
        whole = {(block.place.table, block.place.row) for block in part.view.shown if block.place}
        for block in rows.document.body:
            if block.place and (block.place.table, block.place.row) in whole:
                assert block.id in part.ids


@pytest.mark.parametrize("fault", [None, ContextTooLong("The document is too long.", "Choose another.")])
def test_what_is_too_much_for_one_answer_is_split_once_more(fault: Exception | None) -> None:
    one = handbook(5)
    whole = Echo()
    LLMWriter(whole, path="structured").write(one)
    chat = Echo(longest=max(map(len, whole.seen)) - 3000, fault=fault)
    written = LLMWriter(chat, path="structured").write(one)
    assert len(written.proposal.edits) >= 2
    assert written.usage.calls == len(chat.seen)


def test_a_single_paragraph_that_is_too_much_is_an_error() -> None:
    chat = Echo(longest=10)
    with pytest.raises(AnswerCutOff, match="cut off at"):
        LLMWriter(chat, path="structured").write(task())


def test_only_the_part_with_a_blocked_edit_is_asked_again() -> None:
    chat = Echo()
    llm = LLMWriter(chat, path="structured")
    first = llm.write(handbook(60)).proposal
    asked = len(chat.seen)
    finding = Finding("CXL-401", "block", first.edits[1].operation.block, "Adds a requirement.", "Leave it.", edit=1)
    second = llm.write(handbook(60), first, [finding]).proposal
    assert len(chat.seen) == asked + 1
    assert [edit.operation.block for edit in second.edits] == [edit.operation.block for edit in first.edits]
