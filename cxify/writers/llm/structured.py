"""One structured call for a document or a part: the model chooses places and words within a schema made for it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from cxify.document import Finding
from cxify.errors import AnswerCutOff, ContextTooLong, ModelError
from cxify.llm import Chat, Meter, ask
from cxify.llm.awaiting import all_of
from cxify.prompts import Message, Prompt, Selection
from cxify.proposal import Declined, Proposal
from cxify.writers import Task, Usage, Written
from cxify.writers.llm import mapping, request, revision, shape
from cxify.writers.llm.parts import Part
from cxify.writers.llm.revision import Revision

NOTHING_TO_EDIT = "Everything in this document is locked, so no text was sent to a model."


@dataclass(frozen=True)
class Structured:
    """Asks for a whole proposal with the prompt of the document's kind."""

    chat: Chat
    prompts: Selection

    def prompt(self, task: Task) -> Prompt:
        """Return the prompt for the document's kind."""
        return self.prompts.find(task.kind.id)

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Propose edits, or revise `previous` after what the rules found in it; a long document goes in parts."""
        sent = [part for part in request.parts_of(task) if part.view.shown]
        if not sent:
            return Written(Proposal(declined=(Declined(reason=NOTHING_TO_EDIT),)))
        desk = _Desk(self, task, Meter(self.chat))
        earlier = (revision.within(previous, findings, part.ids) for part in sent)
        with billed(desk.meter):
            asked = all_of(partial(desk.proposed, part, before) for part, before in zip(sent, earlier, strict=True))
        proposal = revision.joined([one for answers in asked for one in answers])
        return Written(proposal, taken(desk.meter, desk.questions))

    def messages(self, task: Task, part: Part) -> tuple[Message, ...]:
        """Return what is sent for a part of a document."""
        return self.prompt(task).render(**request.variables(task, part))


@dataclass
class _Desk:
    """The work on one document."""

    structured: Structured
    task: Task
    meter: Meter
    questions: int = 0

    def proposed(self, part: Part, earlier: Revision | None) -> list[Proposal]:
        """Return the proposals for a part; what does not fit into one answer is asked for in two halves."""
        if earlier and not earlier.findings:
            return [earlier.proposal] if earlier.proposal else []
        try:
            return [self._asked(part, earlier)]
        except (AnswerCutOff, ContextTooLong):
            halves = part.halves()
            if not halves:
                raise
            asked = all_of(partial(self.proposed, half, _half(earlier, half)) for half in halves)
            return [one for answers in asked for one in answers]

    def _asked(self, part: Part, earlier: Revision | None) -> Proposal:
        view, task = part.view, self.task
        self.questions += 1
        asked = ask(
            self.meter,
            [*self.structured.messages(task, part), *(earlier.messages() if earlier else ())],
            shape.answer(view, request.competencies(task), request.standards(task)),
            self.structured.prompt(task).front.model,
            lambda answer: mapping.problems(mapping.restored(answer, view), view),
        )
        return mapping.proposal(mapping.restored(asked.value, view), view)


def _half(earlier: Revision | None, half: Part) -> Revision | None:
    return revision.within(earlier.proposal, earlier.findings, half.ids) if earlier else None


@contextmanager
def billed(meter: Meter) -> Iterator[None]:
    """Let an error that ends the work on a document carry what the document has cost."""
    try:
        yield
    except ModelError as error:
        error.spent = (meter.tokens.input, meter.tokens.output, meter.tokens.cached)
        raise


def taken(meter: Meter, questions: int) -> Usage:
    """Return what the calls took; those beyond one a question were repairs."""
    tokens = meter.tokens
    return Usage(meter.calls, tokens.input, tokens.output, tokens.cached, meter.calls - questions)
