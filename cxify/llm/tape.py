"""Record a model's answers and play them back, so that a run can be repeated without the model.

A recording is found by the sha256 of everything that shapes the answer: model, messages, schema, options. A changed
prompt therefore never gets an old answer.
"""

import difflib
import hashlib
import json
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from cxify.errors import ModelUnavailable, SettingsInvalid
from cxify.llm.answer import Answer, Chat, Schema
from cxify.llm.usage import Tokens
from cxify.prompts import Message, Options

Mode = Literal["record", "replay", "live"]
_LINES_OF_DIFFERENCE = 12
_LONGEST_LINE = 120


@dataclass
class Tape:
    """A Chat that records another one into a file, or answers from that file alone.

    record: answers that are on the tape come from it, new ones from `chat`, and are added. replay: never calls a
    model; a request that is not on the tape is an error. live: passes everything on.
    """

    path: Path
    mode: Mode
    chat: Chat | None = None
    model_name: str = ""
    """In replay without `chat`: the model whose recordings are meant, else the first one on the tape."""
    _entries: dict[str, dict[str, Any]] = field(init=False, repr=False)
    _lock: threading.Lock = field(init=False, repr=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Read the tape; recording and live use need a model."""
        if self.chat is None and self.mode != "replay":
            raise SettingsInvalid(f"A tape in mode {self.mode} needs a model.", "Name one, or replay.")
        self._entries = _load(self.path) if self.path.exists() else {}

    @property
    def model(self) -> str:
        """The model that was or will be recorded."""
        first = next(iter(self._entries.values()), {"model": ""})
        return self.model_name or (self.chat.model if self.chat else str(first["model"]))

    @property
    def local(self) -> bool:
        """Whether the model runs on this machine; a tape without a model does."""
        return self.chat.local if self.chat else True

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Answer from the tape or from the model, by mode. Raises ModelUnavailable for a request not on the tape."""
        if self.mode == "live" and self.chat:
            return self.chat.complete(messages, schema, options)
        request = _request(self.model, messages, schema, options)
        key = hashlib.sha256(_canonical(request).encode()).hexdigest()
        if key in self._entries:
            return _answer(self._entries[key]["answer"])
        if self.mode == "replay" or self.chat is None:
            said = f"This request is not on the tape {self.path.name}.\n{self._difference(request)}\n"
            raise ModelUnavailable(said, "Record it anew if the change was meant.")
        answer = self.chat.complete(messages, schema, options)
        self._add(key, request, answer)
        return answer

    def _add(self, key: str, request: dict[str, Any], answer: Answer) -> None:
        with self._lock:
            self._entries[key] = {**request, "answer": asdict(answer)}
            text = json.dumps({"version": 1, "entries": self._entries}, ensure_ascii=False, indent=1)
            unfinished = self.path.with_name(self.path.name + ".new")
            unfinished.write_text(text + "\n", "utf-8")
            os.replace(unfinished, self.path)

    def _difference(self, request: dict[str, Any]) -> str:
        """Return how the request differs from the nearest recording, cut to a few short lines."""
        wanted = _lines(request)
        recorded = [_lines(entry) for entry in self._entries.values()]
        if not recorded:
            return "The tape is empty."
        nearest = max(recorded, key=lambda lines: difflib.SequenceMatcher(None, lines, wanted, False).ratio())
        changes = [line for line in difflib.ndiff(nearest, wanted) if line[0] in "+-"]
        return "\n".join(line[:_LONGEST_LINE] for line in changes[:_LINES_OF_DIFFERENCE])


def _request(model: str, messages: Sequence[Message], schema: Schema | None, options: Options) -> dict[str, Any]:
    return {
        "model": model,
        "options": options.model_dump(exclude_none=True),
        "messages": [asdict(message) for message in messages],
        "schema": dict(schema) if schema is not None else None,
    }


def _canonical(request: dict[str, Any]) -> str:
    return json.dumps(request, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _lines(request: dict[str, Any]) -> list[str]:
    return list(_told(request))


def _told(request: dict[str, Any]) -> Iterator[str]:
    yield f"model: {request['model']}"
    yield f"options: {_canonical(request['options'])}"
    for message in request["messages"]:
        yield from (f"{message['role']}: {line}" for line in message["text"].splitlines())
    yield f"schema: {_canonical(request['schema'])}" if request["schema"] else "schema: none"


def _load(path: Path) -> dict[str, dict[str, Any]]:
    try:
        tape = json.loads(path.read_text("utf-8"))
        entries: dict[str, dict[str, Any]] = tape["entries"]
    except (ValueError, KeyError, TypeError):
        raise SettingsInvalid(f"{path} is not a tape.", "Give the file that a recording has made.") from None
    return entries


def _answer(recorded: dict[str, Any]) -> Answer:
    return Answer(**{**recorded, "tokens": Tokens(**recorded["tokens"])})
