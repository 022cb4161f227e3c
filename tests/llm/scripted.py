"""A Chat that says what a test wants it to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cxify.llm import Answer, Tokens
from cxify.prompts import Message, Options


@dataclass
class Scripted:
    """A Chat that gives prepared answers and remembers what it was asked."""

    answers: list[str | Exception | Answer]
    model: str = "test:scripted"
    local: bool = True
    schemas: list[Mapping[str, Any] | None] = field(default_factory=list)
    seen: list[tuple[list[Message], Options]] = field(default_factory=list)

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any] | None, options: Options) -> Answer:
        """Return the next answer."""
        self.schemas.append(schema)
        self.seen.append((list(messages), options))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer, "stop", "m", Tokens(10, 5)) if isinstance(answer, str) else answer
