"""A Chat that notes what it is asked and says nothing: what a model would be told, exactly, without a model."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import NoReturn

from cxify.errors import AnswerAwaited
from cxify.llm.answer import Schema
from cxify.llm.usage import about_tokens
from cxify.prompts import Message, Options


@dataclass(frozen=True)
class Request:
    """What a model would be asked."""

    messages: tuple[Message, ...]
    schema: Schema | None
    options: Options

    @property
    def tokens(self) -> int:
        """About how many tokens it would read."""
        return about_tokens(self.messages, self.schema)

    @property
    def sha256(self) -> str:
        """Hash of messages, schema and options."""
        asked = [[asdict(message) for message in self.messages], self.schema, self.options.model_dump()]
        return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Rehearsal:
    """Nothing that is asked here leaves the process."""

    model: str = "nobody"
    local: bool = False
    requests: list[Request] = field(default_factory=list)

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> NoReturn:
        """Note the request. Always raises AnswerAwaited, after which what does not depend on the answer is asked."""
        self.requests.append(Request(tuple(messages), schema, options))
        raise AnswerAwaited("This is a rehearsal: nothing was sent.", "Nothing has to be done.")
