"""What would be sent, without sending it: for an estimate of the cost, and for people who want to see it first."""

import contextlib
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from cxify.errors import AnswerAwaited, ModelError
from cxify.llm.answer import Answer, Schema
from cxify.llm.chat import NO_KEY, ModelChat
from cxify.llm.retry import Patience
from cxify.llm.usage import Tokens, about_tokens, cost
from cxify.prompts import Message, Options

if TYPE_CHECKING:
    from httpx2 import Request as HttpRequest

_ANSWER_SHARE = 0.2
"""How much of the limit an answer is taken to use: proposals of recorded runs used a tenth to a quarter."""


@dataclass(frozen=True)
class Request:
    """A request that was not sent."""

    endpoint: str
    """The host that would get it."""
    body: dict[str, Any] | None
    """What would travel, for servers that speak OpenAI's language; None for other providers."""
    messages: tuple[Message, ...]
    tokens: Tokens
    """About what it would read and write."""


@dataclass
class Unsent:
    """A Chat that sends nothing and gives no answer. Thread-safe."""

    chat: ModelChat
    shown: Callable[[Request], None] | None = None
    """Gets every request, with what would travel."""
    requests: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def model(self) -> str:
        """Which model would be asked."""
        return self.chat.model

    @property
    def local(self) -> bool:
        """Whether that model runs on this machine."""
        return self.chat.local

    @property
    def cost(self) -> Decimal | None:
        """US dollars that all of it would cost, 0 on this machine, None when no price is known."""
        return Decimal(0) if self.local else cost(self.model, self.tokens)

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Note the request. Always raises AnswerAwaited."""
        expected = Tokens(about_tokens(messages, schema), round(options.max_output_tokens * _ANSWER_SHARE))
        with self._lock:
            self.requests += 1
            self.tokens += expected
            if self.shown:
                body = self._body(messages, schema, options)
                self.shown(Request(self.chat.endpoint, body, tuple(messages), expected))
        raise AnswerAwaited("Nothing was sent.", "Leave --dry-run out to send it.")

    def _body(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> dict[str, Any] | None:
        """Return what the live path would put on the wire, taken from the wire itself."""
        if self.chat.provider != "openai":
            return None
        from cxify.llm.transport import answering

        caught: list[bytes] = []

        def catch(request: "HttpRequest") -> NoReturn:
            caught.append(request.read())
            raise AnswerAwaited("Nothing was sent.", "")

        unconnected = ModelChat(
            self.chat.model,
            base_url=self.chat.base_url,
            api_key=NO_KEY,
            patience=Patience(attempts=1),
            extra={"http_client": answering(catch)},
        )
        with contextlib.suppress(ModelError):
            unconnected.complete(messages, schema, options)
        body: dict[str, Any] = json.loads(caught[0])
        return body
