"""Turn a model's text into checked data: what is wrong with it goes back as a compact list, at most twice."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from cxify.errors import AnswerCutOff, ProposalInvalid
from cxify.llm import wire
from cxify.llm.answer import Answer, Chat
from cxify.llm.usage import Tokens
from cxify.prompts import Message, Options

T = TypeVar("T", bound=BaseModel)

T_co = TypeVar("T_co", bound=BaseModel, covariant=True)

RE_ASKS = 2
_MOST_PROBLEMS = 12
_LONGEST_ECHO = 20_000
"""Characters of a faulty answer that go back to the model: enough to mend it, not enough to pay for a flood."""
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


class Shape(Protocol[T_co]):
    """What an answer must be where a model alone does not say it: ids that one document has."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema for the wire, as `wire.schema` makes it."""
        ...

    def read(self, text: str) -> T_co:
        """Return the value that a text holds. Raises ValidationError."""
        ...


@dataclass(frozen=True)
class Asked(Generic[T]):
    """An answer that fits the schema, what it took, and what `check` still has against it."""

    value: T
    tokens: Tokens
    calls: int
    repairs: int
    """How many of the calls were made because an earlier answer could not be used."""
    model: str
    problems: tuple[str, ...] = ()


def ask(
    chat: Chat,
    messages: Sequence[Message],
    shape: type[T] | Shape[T],
    options: Options,
    check: Callable[[T], Sequence[str]] = lambda _: (),
) -> Asked[T]:
    """Ask until the answer fits `shape` and `check` has nothing against it, at most three times.

    An answer that fits the shape is kept after the last attempt even if `check` objects: the caller drops what it
    must. An answer that was cut off gets twice the room once; cut off again, AnswerCutOff is raised, for the caller to
    ask for less at once. Raises ProposalInvalid when no answer fits the shape, and what `chat.complete` raises; a
    refusal is never asked again.
    """
    conversation = _Conversation(chat, list(messages), options)
    schema = wire.schema(shape) if isinstance(shape, type) else shape.schema()
    best: T | None = None
    problems: tuple[str, ...] = ()
    for left in range(RE_ASKS, -1, -1):
        answer = conversation.next(schema)
        value, problems = _read(answer, shape)
        if value is not None:
            best, problems = value, tuple(check(value))
        if not problems or not left:
            break
        conversation.complain(answer, problems)
    if best is None:
        remedy = "Try again, or use a stronger model; --model library needs none."
        raise ProposalInvalid(f"{chat.model} gave no usable answer: {problems[0]}.", remedy)
    # A last answer without shape leaves the one before it standing, with whatever `check` had against that.
    problems = tuple(check(best))
    return Asked(best, conversation.tokens, conversation.calls, conversation.calls - 1, conversation.model, problems)


@dataclass
class _Conversation:
    """The calls for one question, and what they took."""

    chat: Chat
    messages: list[Message]
    options: Options
    tokens: Tokens = Tokens()  # noqa: RUF009  frozen
    calls: int = 0
    model: str = ""
    roomier: bool = False

    def next(self, schema: dict[str, object]) -> Answer:
        """Call the model; the first answer that is cut off is asked again with twice the room."""
        answer = self._call(schema)
        if answer.finish_reason == "length" and not self.roomier:
            self.roomier = True
            self.options = self.options.model_copy(update={"max_output_tokens": 2 * self.options.max_output_tokens})
            answer = self._call(schema)
        if answer.finish_reason == "length":
            raise AnswerCutOff(
                f"The answer of {self.chat.model} was cut off at {self.options.max_output_tokens} tokens.",
                "Choose a model that writes longer answers, or give a shorter document.",
            )
        return answer

    def complain(self, answer: Answer, problems: Sequence[str]) -> None:
        """Put the answer and what is wrong with it into the conversation."""
        listed = "\n".join(f"- {problem}" for problem in problems[:_MOST_PROBLEMS])
        text = f"Your answer cannot be used as it is:\n{listed}\nGive the whole answer again as JSON, corrected."
        self.messages += [Message("assistant", answer.text[:_LONGEST_ECHO]), Message("user", text)]

    def _call(self, schema: dict[str, object]) -> Answer:
        answer = self.chat.complete(self.messages, schema, self.options)
        self.tokens += answer.tokens
        self.calls += 1
        self.model = answer.model
        return answer


def _read(answer: Answer, shape: type[T] | Shape[T]) -> tuple[T | None, tuple[str, ...]]:
    """Return the value, or what is wrong with the text; the text itself is not repeated."""
    fenced = _FENCE.match(answer.text)
    text = fenced[1] if fenced else answer.text
    try:
        return (shape.model_validate_json(text) if isinstance(shape, type) else shape.read(text)), ()
    except ValidationError as error:
        return None, tuple(_problem(one["loc"], one["msg"]) for one in error.errors(include_input=False))


def _problem(place: Sequence[str | int], said: str) -> str:
    where = ".".join(str(step) for step in place)
    return f"{where}: {said}" if where else said
