"""A model as a child sees it: each request goes to the parent, which holds the key and the network."""

from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from cxify.llm import Answer
from cxify.llm.answer import Schema
from cxify.prompts import Message, Options
from cxify.web.processing import wire

line: "Connection[Any, Any] | None" = None
"""To the parent; a child has one, and does one task at a time."""


@dataclass(frozen=True)
class ParentsChat:
    """A Chat that the parent answers."""

    model: str
    local: bool

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Ask through the parent; raises what the parent met."""
        if line is None:
            raise RuntimeError("There is no parent.")
        wire.send(line, ("chat", (tuple(messages), None if schema is None else dict(schema), options)))
        kind, content = line.recv()
        if kind == "failed":
            raise wire.error_of(content)
        answer: Answer = content
        return answer
