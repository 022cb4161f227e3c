"""One structured call for a whole document: the model chooses places and words within a schema made for it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cxify import prompts
from cxify.document import Finding
from cxify.llm import Chat, Meter, ask
from cxify.prompts import Message, Prompt
from cxify.proposal import Declined, Proposal
from cxify.writers import Task, Usage, Written
from cxify.writers.llm import mapping, request, shape
from cxify.writers.llm.view import View

NOTHING_TO_EDIT = "Everything in this document is locked, so no text was sent to a model."


@dataclass(frozen=True)
class Structured:
    """Asks for a whole proposal with the prompt of the document's kind."""

    chat: Chat
    prompts_root: Path | None = None

    def prompt(self, task: Task) -> Prompt:
        """Return the prompt for the document's kind."""
        return prompts.find(task.kind.id, root=self.prompts_root)

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Propose edits, or revise `previous` after what the rules found in it."""
        view = View(task.document, task.kind)
        if not view.shown:
            return Written(Proposal(declined=(Declined(reason=NOTHING_TO_EDIT),)))
        messages = [*self.messages(task, view), *_revision(previous, findings)]
        kind = shape.answer(view, request.competencies(task), request.standards(task))
        options = self.prompt(task).front.model
        meter = Meter(self.chat)
        asked = ask(meter, messages, kind, options, lambda answer: mapping.problems(answer, view))
        return Written(mapping.proposal(asked.value, view), taken(meter, questions=1))

    def messages(self, task: Task, view: View) -> tuple[Message, ...]:
        """Return what is sent for a document."""
        return self.prompt(task).render(**request.variables(task, view))


def taken(meter: Meter, questions: int) -> Usage:
    """Return what the calls took; those beyond one a question were repairs."""
    tokens = meter.tokens
    return Usage(meter.calls, tokens.input, tokens.output, tokens.cached, meter.calls - questions)


def _revision(previous: Proposal | None, findings: Sequence[Finding]) -> tuple[Message, ...]:
    if previous is None:
        return ()
    said = json.dumps(mapping.wire(previous), ensure_ascii=False)
    return Message("assistant", said), Message("user", _complaint(findings))


def _complaint(findings: Sequence[Finding]) -> str:
    listed = "\n".join(f"- {_place(finding)}{finding.message} {finding.remedy}" for finding in findings)
    return (
        f"These edits cannot be accepted:\n{listed}\n"
        "Give the whole answer again. Keep the other edits as they are. Mend these, or leave them out and say so under "
        "`declined`."
    )


def _place(finding: Finding) -> str:
    where = f"edits.{finding.edit}: " if finding.edit is not None else ""
    return where + (f"“{finding.quote}”: " if finding.quote else "")
