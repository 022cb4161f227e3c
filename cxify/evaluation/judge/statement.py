"""One call a sentence, for criteria that a sentence shows by itself: yes or no, and the words that decide.

A judge that reads a sentence reads a hundredth of what it would read of the document, and is measured on many sentences
where a person could label few documents.
"""

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

from cxify.evaluation.evaluators import NOT_ASKED, Verdict
from cxify.evaluation.judge.rubric import Criterion, Example
from cxify.evaluation.trial import Trial
from cxify.llm import Chat, ask
from cxify.prompts import Prompt
from cxify.rules.plain import squeezed

PROMPT: Final = "judge_statement"
NOT_THERE: Final = "the quoted words do not stand in the sentence; copy them letter by letter"


class Reply(BaseModel):
    """What the model returns; the quotation comes first, so that it decides and does not decorate."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    quote: Annotated[str, StringConstraints(min_length=2, max_length=160)]
    holds: bool


def answer(chat: Chat, prompt: Prompt, criterion: Criterion, document: str, text: str) -> Reply | None:
    """Return what a judge says of a sentence; None when its quotation stands nowhere. Raises ModelError."""
    asked = criterion.statement
    if asked is None:
        raise ValueError(f"{criterion.id} is judged by whole documents")
    messages = prompt.render(
        question=asked.question,
        when_yes=asked.when_yes,
        when_no=asked.when_no,
        examples=[_told(example) for example in asked.examples],
        document=json.dumps(document, ensure_ascii=False),
        sentence=json.dumps(text, ensure_ascii=False),
    )
    found = ask(chat, messages, Reply, prompt.front.model, lambda reply: () if _stands(reply, text) else (NOT_THERE,))
    return None if found.problems else found.value


def judged(trial: Trial, answer: Callable[[str, str], Reply | None]) -> Verdict:
    """Return the share of a trial's new sentences for which the answer is yes."""
    replies = [(text, answer(trial.case.title, text)) for text in sentences(trial)]
    given = [(text, reply) for text, reply in replies if reply is not None]
    if not given:
        return Verdict(None, (NOT_THERE,)) if replies else NOT_ASKED
    against = tuple(f"“{text}”: not, because of “{reply.quote}”" for text, reply in given if not reply.holds)
    return Verdict(1 - len(against) / len(given), against)


def sentences(trial: Trial) -> Iterator[str]:
    """Yield the sentences that the edits bring into the text."""
    for edit in trial.texts:
        yield from edit.sentences or ([edit.added.strip()] if edit.added.strip() else [])


def _told(example: Example) -> dict[str, str]:
    reply = Reply(quote=example.quote, holds=example.holds)
    told = {"document": example.document, "sentence": example.sentence, "answer": reply.model_dump()}
    return {name: json.dumps(value, ensure_ascii=False) for name, value in told.items()}


def _stands(reply: Reply, text: str) -> bool:
    wanted = squeezed(reply.quote.strip(" \"“”'.,;"))
    return len(wanted) > 1 and wanted in squeezed(text)
