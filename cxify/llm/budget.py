"""Keep a run under the money that --max-cost allows."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from cxify.errors import CostLimit, SettingsInvalid
from cxify.llm.answer import Answer, Chat, Schema
from cxify.llm.usage import Tokens, cost
from cxify.prompts import Message, Options

CHARACTERS_A_TOKEN = 2
"""Fewer than in any language that HR documents are written in, so that the estimate is never too low."""


@dataclass
class Budget:
    """A Chat that refuses a call which could cost more than what is left. Thread-safe; shared by a whole run."""

    chat: Chat
    dollars: Decimal
    spent: Decimal = Decimal(0)
    _reserved: Decimal = field(default=Decimal(0), repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        """Refuse a limit that cannot be kept because nobody knows what the model costs."""
        if not self.chat.local and cost(self.model, Tokens()) is None:
            message = f"The price of {self.model} is not known, so no limit can be kept."
            raise SettingsInvalid(message, "Leave --max-cost out, or name a model with a known price.")

    @property
    def model(self) -> str:
        """Which model this is, as provider:name."""
        return self.chat.model

    @property
    def local(self) -> bool:
        """True when the model runs on this machine; it then costs nothing."""
        return self.chat.local

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Ask the model once. Raises CostLimit before a call that could go beyond the limit."""
        with self._reservation(self._at_most(messages, schema, options)):
            answer = self.chat.complete(messages, schema, options)
            with self._lock:
                self.spent += self._price(answer.tokens)
            return answer

    @contextmanager
    def _reservation(self, amount: Decimal) -> Iterator[None]:
        with self._lock:
            if self.spent + self._reserved + amount > self.dollars:
                message = f"The next call could go beyond {self.dollars} dollars; {self.spent:.4f} are spent."
                raise CostLimit(message, "Give a higher --max-cost; the same command goes on where it stopped.")
            self._reserved += amount
        try:
            yield
        finally:
            with self._lock:
                self._reserved -= amount

    def _at_most(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Decimal:
        characters = sum(len(message.text) for message in messages) + len(json.dumps(schema or {}, default=str))
        return self._price(Tokens(characters // CHARACTERS_A_TOKEN, options.max_output_tokens))

    def _price(self, tokens: Tokens) -> Decimal:
        return Decimal(0) if self.local else cost(self.model, tokens) or Decimal(0)
