"""For small local models: the library chooses place, competency and wording, the model rewords one sentence at a time.

Small models cannot choose a place or a competency, and they can write a sentence. So each of their sentences has to be
better than the approved one by plain comparison (`checks`), or the approved one stays.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from cxify.document import Block, Finding
from cxify.errors import ProposalInvalid
from cxify.llm import Chat, Meter, ask
from cxify.llm.awaiting import all_of
from cxify.prompts import Prompt, Selection
from cxify.proposal import Append, Declined, InsertAfter, Proposal, Proposed
from cxify.writers import Task, Writer, Written
from cxify.writers.llm.checks import objections, specific
from cxify.writers.llm.structured import billed, taken
from cxify.writers.llm.view import View

PROMPT = "sentence"
NOTHING_PASSED = "No sentence passed the checks, neither the model's nor the approved one."
_LANGUAGES = ("en",)
"""Languages in which the prompt has examples; others keep the approved wording."""
_CRITERIA = {"person_spec", "qualifications", "about_us", "apply"}
"""Sections whose passages are not work that a sentence could be about."""
_AFFIXES = re.compile(r"^(?P<before>[\s.;,]*)(?P<words>.*?)(?P<after>[\s.;,]*)$", re.DOTALL)


class Sentence(BaseModel):
    """What the model returns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sentence: Annotated[str, StringConstraints(min_length=20, max_length=240)]


@dataclass(frozen=True)
class Rewording:
    """Lets a small model reword what the library proposes."""

    chat: Chat
    library: Writer
    prompts: Selection

    @property
    def prompt(self) -> Prompt:
        """The sentence prompt."""
        return self.prompts.find(PROMPT)

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Return the library's proposal in the model's words; what a rule blocked gets its approved wording back."""
        planned = self.library.write(task).proposal
        if previous is not None:
            return Written(_restored(previous, planned, findings))
        if task.document.language.partition("-")[0] not in _LANGUAGES:
            return Written(planned)
        desk = _Desk(task, View(task.document, task.kind), self.prompt, Meter(self.chat))
        with billed(desk.meter):
            edits = tuple(all_of(partial(desk.reworded, edit) for edit in planned.edits))
        usage = replace(taken(desk.meter, desk.questions), sentences=desk.questions, reworded=desk.used)
        return Written(planned.model_copy(update={"edits": edits}), usage)


@dataclass
class _Desk:
    """The rewording of one document."""

    task: Task
    view: View
    prompt: Prompt
    meter: Meter
    questions: int = 0
    used: int = 0

    def reworded(self, edit: Proposed) -> Proposed:
        """Return the edit in the model's words if they are better, else as it is."""
        operation, passage = edit.operation, _passage(edit, self.view)
        if not isinstance(operation, Append | InsertAfter) or not passage:
            return edit
        before, words, after = _AFFIXES.findall(operation.text)[0]
        approved = f"{words[:1].upper()}{words[1:]}."
        if re.search(r"[.!?]\s", words) or specific(approved, passage):
            return edit
        new = self._ask(passage, approved)
        if new is None or any(objections(new, approved, passage, _examples(self.prompt))):
            return edit
        self.used += 1
        new = new.removesuffix(".")
        text = before + (new[:1].lower() + new[1:] if words[:1].islower() else new) + after
        return edit.model_copy(update={"operation": operation.model_copy(update={"text": text})})

    def _ask(self, passage: str, approved: str) -> str | None:
        """Ask for a sentence; None when the model cannot even keep to the shape: the approved wording is there."""
        profile, kind = self.task.profile, self.task.kind
        messages = self.prompt.render(
            role=profile.role or kind.name.get("en", kind.id),
            served=" and ".join(profile.served[:2]) or "colleagues",
            passage=json.dumps(self.view.masked(passage), ensure_ascii=False),
            approved=json.dumps(approved, ensure_ascii=False),
        )
        self.questions += 1
        try:
            return ask(self.meter, messages, Sentence, self.prompt.front.model).value.sentence.strip()
        except ProposalInvalid:
            return None


def _passage(edit: Proposed, view: View) -> str:
    """Return the words that the sentence is to be about, "" where there are none that a model may see."""
    block: Block | None = view.document.by_id.get(edit.evidence_block or edit.operation.block)
    if block is None or block not in view.shown or view.role_of(block) in _CRITERIA:
        return ""
    return block.text.strip()[:600]


def _examples(prompt: Prompt) -> list[str]:
    return [str(json.loads(part.source)["sentence"]) for part in prompt.parts if part.role == "assistant"]


def _restored(previous: Proposal, planned: Proposal, findings: Sequence[Finding]) -> Proposal:
    """Give blocked edits their approved wording; one that had it already is left out, for it will not pass either."""
    blocked = {finding.edit for finding in findings if finding.edit is not None}
    approved = {_key(edit): edit for edit in planned.edits}
    kept = []
    for number, edit in enumerate(previous.edits):
        original = approved.get(_key(edit))
        if number not in blocked:
            kept.append(edit)
        elif original is not None and original != edit:
            kept.append(original)
    if not (kept or previous.questions or previous.declined):
        return Proposal(declined=(Declined(reason=NOTHING_PASSED),))
    return previous.model_copy(update={"edits": tuple(kept)})


def _key(edit: Proposed) -> tuple[str, str, tuple[str, ...], str]:
    return edit.operation.op, edit.operation.block, edit.competencies, edit.reason
