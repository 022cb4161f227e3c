"""The narrow method to a language model, and what comes back through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from cxify.llm.usage import Tokens
from cxify.prompts import Message, Options

Schema = Mapping[str, Any]
"""A JSON schema as `wire.schema` makes it: every object closed, every field required, every string bounded."""


@dataclass(frozen=True)
class Answer:
    """What a model said, how it ended, and what that took."""

    text: str
    finish_reason: Literal["stop", "length"]
    """"length" when the model was cut off at the limit of output tokens."""
    model: str
    """The model's name as the endpoint gives it."""
    tokens: Tokens


class Chat(Protocol):
    """Anything that answers messages. Must be thread-safe."""

    @property
    def model(self) -> str:
        """Which model this is, as provider:name."""
        ...

    @property
    def local(self) -> bool:
        """True when the model runs on this machine."""
        ...

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Return the model's answer. Raises ModelUnavailable or ModelRefused."""
        ...
