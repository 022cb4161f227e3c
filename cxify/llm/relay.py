"""A Chat whose requests another process makes: whoever reads documents needs neither a key nor the network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from cxify.llm.answer import Answer, Chat, Schema
from cxify.llm.rehearsal import Request
from cxify.prompts import Message, Options

COMPLETE: Final = "complete"
"""What the other process is asked for."""


@dataclass(frozen=True)
class Relay:
    """Passes every request on, with a key by which the other process knows it again."""

    model: str
    local: bool
    ask: Callable[[str, Request, str], Answer]

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Return what the other process was answered. Raises what it met."""
        request = Request(tuple(messages), schema, options)
        return self.ask(COMPLETE, request, request.sha256)


def completing(chat: Chat) -> Callable[[Request], Answer]:
    """Return what makes relayed requests, in the process that has the key and the limits."""
    return lambda request: chat.complete(request.messages, request.schema, request.options)


def travelling(chat: Chat) -> Relay:
    """Return what stands for a chat in a writer on its way to another process."""
    return Relay(chat.model, chat.local, _unasked)


def _unasked(*_: object) -> NoReturn:
    raise AssertionError("a writer on its way to another process was asked")
