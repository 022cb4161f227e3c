"""A model behind a slow endpoint, in a process of its own: it says of each document what the built-in writer said.

So the run does with every answer what it does with that of a good model: it parses, checks, writes and proves it.
"""

import asyncio
import json
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from cxify.evaluation import Case
from cxify.evaluation.run import Subject, attempt
from cxify.llm import Answer, Tokens
from cxify.llm.answer import Schema
from cxify.llm.rehearsal import Request
from cxify.prompts import Message, Options
from cxify.proposal import Proposal
from cxify.writers.llm import LLMWriter, mapping

Answers = dict[str, str]
"""What is said to a request, by its last message."""
Asked = tuple[Case, Request]
MOST = {"edits": 12, "questions": 6, "declined": 6}


@dataclass
class Prompter:
    """A Chat that says what it was told to say, and remembers what it was asked."""

    says: str = ""
    known: Answers = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    model: str = "openai:bench"
    local: bool = False

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Answer."""
        self.asked.append(Request(tuple(messages), schema, options))
        self.known[messages[-1].text] = self.says
        return Answer(self.says, "stop", "bench", Tokens(len(messages[-1].text) // 4, len(self.says) // 4))


def prepared(cases: Sequence[Case], library: Subject) -> tuple[tuple[Asked, ...], Answers]:
    """Return the cases that ask exactly one question, with it, and the answers."""
    prompter = Prompter()
    asking = Subject(LLMWriter(prompter, path="structured"), library.ground, library.options)
    return tuple(asked for case in cases for asked in _asked_once(case, library, asking, prompter)), prompter.known


def _asked_once(case: Case, library: Subject, asking: Subject, prompter: Prompter) -> Iterator[Asked]:
    made = attempt(case, library).made
    if case.state != "blank" or not made.accepted:
        return
    parts = {name: getattr(made, name if name != "edits" else "accepted")[:most] for name, most in MOST.items()}
    prompter.says, before = json.dumps(mapping.wire(Proposal.model_validate(parts))), len(prompter.asked)
    if attempt(case, asking).made.accepted and len(prompter.asked) == before + 1:
        yield case, prompter.asked[-1]


@dataclass(frozen=True)
class Endpoint:
    """Where it answers, and its process, whose work is no work of the run."""

    base_url: str
    process: int


@contextmanager
def slow(answers: Answers, latency: float) -> Iterator[Endpoint]:
    """Run the endpoint."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_apart, args=(there, answers, latency), daemon=True)
    process.start()
    try:
        yield Endpoint(f"http://127.0.0.1:{here.recv()}/v1", process.pid or 0)
    finally:
        process.kill()
        process.join()


def _apart(wire: Connection, answers: Answers, latency: float) -> None:
    asyncio.run(_serving(wire, answers, latency))


async def _serving(wire: Connection, answers: Answers, latency: float) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            body = json.loads(await reader.readexactly(int(head["content-length"])))
            await asyncio.sleep(latency)
            writer.write(_reply(answers.get(body["messages"][-1]["content"], "{}")))
            await writer.drain()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=256)
    wire.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _head(reader: asyncio.StreamReader) -> Mapping[str, str]:
    try:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
    except (asyncio.IncompleteReadError, ConnectionError):
        return {}
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _reply(text: str) -> bytes:
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
    body = {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "bench",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 3000, "completion_tokens": len(text) // 4, "total_tokens": 3000 + len(text) // 4},
    }
    data = json.dumps(body).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data
