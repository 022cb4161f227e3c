"""For small local models: the library chooses place, competency and wording, the model rewords one sentence at a time.

Small models cannot choose a place or a competency, and they can write a sentence. So each of their sentences has to be
better than the approved one by plain comparison (`checks`), or the approved one stays.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from cxify import prompts
from cxify.document import Block, Finding
from cxify.errors import ProposalInvalid
from cxify.llm import Asked, Chat, ask
from cxify.prompts import Prompt
from cxify.proposal import Append, InsertAfter, Proposal, Proposed
from cxify.writers import Task, Usage, Writer, Written
from cxify.writers.llm.checks import objections
from cxify.writers.llm.view import View

PROMPT = "sentence"
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
    prompts_root: Path | None = None

    def prompt(self) -> Prompt:
        """Return the sentence prompt."""
        return prompts.find(PROMPT, root=self.prompts_root)

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Return the library's proposal in the model's words; what a rule blocked gets its approved wording back."""
        planned = self.library.write(task).proposal
        if previous is not None:
            return Written(_restored(previous, planned, findings))
        if task.document.language.partition("-")[0] not in _LANGUAGES:
            return Written(planned)
        prompt, view, usage = self.prompt(), View(task.document, task.kind), Usage()
        edits = []
        for edit in planned.edits:
            reworded, taken = self._reworded(edit, task, view, prompt)
            edits.append(reworded)
            usage += taken
        return Written(planned.model_copy(update={"edits": tuple(edits)}), usage)

    def _reworded(self, edit: Proposed, task: Task, view: View, prompt: Prompt) -> tuple[Proposed, Usage]:
        operation = edit.operation
        if not isinstance(operation, Append | InsertAfter) or not (passage := _passage(edit, view)):
            return edit, Usage()
        found = _AFFIXES.match(operation.text)
        before, words, after = found.groups() if found else ("", operation.text, "")
        if re.search(r"[.!?]\s", words):
            return edit, Usage()
        approved = f"{words[:1].upper()}{words[1:]}."
        asked = self._ask(task, view, prompt, passage, approved)
        if asked is None:
            return edit, Usage(calls=1)
        taken = Usage(asked.calls, asked.tokens.input, asked.tokens.output, asked.tokens.cached, asked.repairs)
        new = asked.value.sentence.strip()
        if any(objections(new, approved, passage, _examples(prompt))):
            return edit, taken
        new = new.removesuffix(".")
        text = before + (new[:1].lower() + new[1:] if words[:1].islower() else new) + after
        return edit.model_copy(update={"operation": operation.model_copy(update={"text": text})}), taken

    def _ask(self, task: Task, view: View, prompt: Prompt, passage: str, approved: str) -> Asked[Sentence] | None:
        """Ask for a sentence; None when the model cannot even keep to the shape: the approved wording is there."""
        messages = prompt.render(
            role=task.profile.role or task.kind.name.get("en", task.kind.id),
            served=" and ".join(task.profile.served[:2]) or "colleagues",
            passage=json.dumps(view.masked(passage), ensure_ascii=False),
            approved=json.dumps(approved, ensure_ascii=False),
        )
        try:
            return ask(self.chat, messages, Sentence, prompt.front.model)
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
    return previous.model_copy(update={"edits": tuple(kept)})


def _key(edit: Proposed) -> tuple[str, str, tuple[str, ...], str]:
    return edit.operation.op, edit.operation.block, edit.competencies, edit.reason
