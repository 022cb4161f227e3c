"""Counts what passes through a Chat, answers that could not be used included."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from cxify.errors import ModelError
from cxify.llm.answer import Answer, Chat, Schema
from cxify.llm.usage import Tokens
from cxify.prompts import Message, Options


@dataclass
class Meter:
    """A Chat that passes everything on and remembers the bill."""

    chat: Chat
    tokens: Tokens = field(default_factory=Tokens)
    calls: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @property
    def model(self) -> str:
        """The metered chat's model."""
        return self.chat.model

    @property
    def local(self) -> bool:
        """Whether the metered chat's model runs on this machine."""
        return self.chat.local

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Pass on and count."""
        try:
            answer = self.chat.complete(messages, schema, options)
        except ModelError as error:
            self._count(Tokens(*error.spent))
            raise
        self._count(answer.tokens)
        return answer

    def _count(self, tokens: Tokens) -> None:
        with self._lock:
            self.tokens += tokens
            self.calls += 1
