"""A real HTTP server with OpenAI's routes for files, batches and chat; it holds its state and makes faults.

with serve(model) as openai:
    openai.plan(Fate(expire_after=2), Fate())     what becomes of the first batch, and of all after it
    openai.batches, openai.asked                  what it holds, and every request that it answered
"""

import email.parser
import email.policy
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Body = dict[str, Any]
Reply = tuple[int, Body]
Model = Callable[[Body], Reply]
ENDED = ("completed", "failed", "expired", "cancelled")


def completion(text: str | None, *, finish: str = "stop", refusal: str | None = None, tokens: int = 50) -> Reply:
    """Return what a model answers."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    usage = {"prompt_tokens": 1000, "completion_tokens": tokens, "total_tokens": 1000 + tokens}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    return 200, {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "fake-1",
        "choices": choices,
        "usage": usage,
    }


def fault(status: int, code: str = "some_code") -> Reply:
    """Return an error in OpenAI's shape."""
    return status, {"error": {"message": f"fault {status}", "type": "fault", "code": code, "param": None}}


@dataclass
class Fate:
    """What becomes of a batch."""

    looks: int = 1
    """How often it is asked for before it has ended; the state moves on with each."""
    ends: str = "completed"
    after: int | None = None
    """How many requests are answered before it expires or is cancelled; None is all."""
    reason: tuple[str, str] = ("invalid_request", "The input file is not valid.")
    instead: dict[int, Reply] = field(default_factory=dict)
    """Item faults by position."""
    drop: tuple[int, ...] = ()
    """Positions of lines that are missing in the result files."""
    twice: tuple[int, ...] = ()
    """Positions of lines that come twice, the second time with a fault."""
    noise: bool = False
    """Lines that nobody asked for, and one that is no JSON."""


@dataclass
class Server:
    """The provider: its files and batches, and what it was asked."""

    model: Model
    base_url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[Body] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    before: Callable[[str], None] = lambda _: None
    """Called with "METHOD /path" before the server does something."""
    after: Callable[[str], None] = lambda _: None
    """Called when it has done it, before it answers."""
    fates: list[Fate] = field(default_factory=lambda: [Fate()])
    _looks: dict[str, int] = field(default_factory=dict)
    _fate: dict[str, Fate] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def remote_url(self) -> str:
        """The address in a form that cxify does not know for this machine, as a service elsewhere is."""
        return self.base_url.replace("127.0.0.1", "127.1")

    def plan(self, *fates: Fate) -> None:
        """Say what becomes of the next batches; the last one counts from then on."""
        self.fates = list(fates)

    def handle(self, method: str, path: str, query: dict[str, list[str]], upload: bytes, kind: str) -> tuple[int, Any]:
        """Answer one request; bytes are a file's content."""
        with self._lock:
            match method, path.removeprefix("/v1").strip("/").split("/"):
                case "POST", ["chat", "completions"]:
                    return self._answer(json.loads(upload))
                case "POST", ["files"]:
                    return self._file(upload, kind)
                case "GET", ["files", id, "content"] if id in self.files:
                    return 200, self.files[id]
                case "POST", ["batches"]:
                    return self._create(json.loads(upload))
                case "GET", ["batches"]:
                    return self._list(query)
                case "GET", ["batches", id] if id in self.batches:
                    self._move(id)
                    return 200, self.batches[id]
                case "POST", ["batches", id, "cancel"] if id in self.batches:
                    return self.cancel(id)
        return fault(404)

    def cancel(self, id: str) -> tuple[int, Any]:
        """Cancel a batch, as a person at the dashboard does."""
        with self._lock:
            if self.batches[id]["status"] not in ENDED:
                self._end(id, "cancelled")
            return 200, self.batches[id]

    def _answer(self, body: Body) -> Reply:
        self.asked.append(body)
        return self.model(body)

    def _file(self, upload: bytes, kind: str) -> tuple[int, Any]:
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + upload)
        parts = {part.get_param("name", header="content-disposition"): part for part in form.iter_parts()}
        if parts["purpose"].get_content().strip() != "batch":
            return fault(400)
        return 200, self._stored(parts["file"].get_payload(decode=True), parts["file"].get_filename(), "batch")

    def _stored(self, content: bytes, name: str, purpose: str) -> dict[str, Any]:
        id = f"file-{len(self.files) + 1}"
        self.files[id] = content
        told = {"id": id, "object": "file", "bytes": len(content), "created_at": int(time.time()), "filename": name}
        return told | {"purpose": purpose, "status": "processed"}

    def _create(self, order: Body) -> tuple[int, Any]:
        if order["input_file_id"] not in self.files or order["completion_window"] != "24h":
            return fault(400)
        id = f"batch_{len(self.batches) + 1}"
        now = int(time.time())
        self._fate[id] = self.fates.pop(0) if len(self.fates) > 1 else self.fates[0]
        self.batches[id] = {
            "id": id,
            "object": "batch",
            "endpoint": order["endpoint"],
            "input_file_id": order["input_file_id"],
            "completion_window": "24h",
            "status": "validating",
            "created_at": now,
            "expires_at": now + 86_400,
            "metadata": order.get("metadata"),
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
        }
        return 200, self.batches[id]

    def _list(self, query: dict[str, list[str]]) -> tuple[int, Any]:
        newest = list(reversed(self.batches.values()))
        ids = [batch["id"] for batch in newest]
        begin = ids.index(query["after"][0]) + 1 if "after" in query else 0
        # Pages of two, however many are asked for, so that a client has to turn them.
        page = newest[begin : begin + 2]
        return 200, {"object": "list", "data": page, "has_more": begin + 2 < len(newest)}

    def _move(self, id: str) -> None:
        batch, fate = self.batches[id], self._fate[id]
        if batch["status"] in ENDED:
            return
        looks = self._looks[id] = self._looks.get(id, 0) + 1
        lines = self.lines(id)
        if reason := self._invalid(lines) or (fate.reason if fate.ends == "failed" else None):
            error = {"code": reason[0], "message": reason[1], "line": None, "param": None}
            batch |= {"status": "failed", "errors": {"object": "list", "data": [error]}}
        elif looks >= fate.looks:
            self._end(id, fate.ends)
        else:
            done = len(lines) * looks // fate.looks
            counts = {"total": len(lines), "completed": done, "failed": 0}
            batch |= {"status": "in_progress" if looks + 1 < fate.looks else "finalizing", "request_counts": counts}

    def lines(self, id: str) -> list[Body]:
        """Return the requests of a batch."""
        return [json.loads(line) for line in self.files[self.batches[id]["input_file_id"]].decode().split("\n") if line]

    def _invalid(self, lines: list[Body]) -> tuple[str, str] | None:
        ids = [line["custom_id"] for line in lines]
        if not lines or len(lines) > 50_000 or len(ids) != len(set(ids)) or max(map(len, ids)) > 64:
            return "invalid_file", "Every line needs a custom_id of its own."
        if {(line["method"], line["url"]) for line in lines} != {("POST", "/v1/chat/completions")}:
            return "mismatched_endpoint", "A line is for another endpoint."
        if len({line["body"]["model"] for line in lines}) > 1:
            return "mismatched_model", "All lines must be for one model."
        return None

    def _end(self, id: str, status: str) -> None:
        fate, batch = self._fate[id], self.batches[id]
        answered: list[Body] = []
        faults: list[Body] = []
        lines = self.lines(id)
        reached = len(lines) if fate.after is None else fate.after
        for number, line in enumerate(lines):
            if number >= reached:
                faults.append(_unreached(line["custom_id"], status))
                continue
            code, body = fate.instead[number] if number in fate.instead else self._answer(line["body"])
            if number not in fate.drop:
                (answered if code == 200 else faults).append(_line(line["custom_id"], code, body))
            if number in fate.twice:
                answered.append(_line(line["custom_id"], *fault(500)))
        order = random.Random(len(lines))  # noqa: S311  results come in any order, first lines stay before their twins
        firsts = answered if fate.twice else order.sample(answered, len(answered))
        batch["status"] = status
        batch["request_counts"] = {"total": len(lines), "completed": len(answered), "failed": len(faults)}
        self._results(batch, "output_file_id", firsts, noise=fate.noise)
        self._results(batch, "error_file_id", faults, noise=False)

    def _results(self, batch: dict[str, Any], field: str, lines: list[Body], *, noise: bool) -> None:
        if lines:
            texts = [json.dumps(line, ensure_ascii=False) for line in lines]
            if noise:
                texts = ['{"custom_id": "who', json.dumps(_line("unasked", 200, {})), "[1]", *texts]
            stored = self._stored("".join(f"{text}\n" for text in texts).encode(), "results.jsonl", "batch_output")
            batch[field] = stored["id"]


def _line(key: str, status: int, body: Body) -> Body:
    return {"id": "r", "custom_id": key, "response": {"status_code": status, "request_id": "q", "body": body}}


def _unreached(key: str, status: str) -> Body:
    return {"id": "r", "custom_id": key, "response": None, "error": {"code": f"batch_{status}", "message": "Not done."}}


@contextmanager
def serve(model: Model) -> Iterator[Server]:
    """Run the server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            route = f"{self.command} {url.path.removeprefix('/v1')}"
            upload = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.routes.append(route)
            state.before(route)
            kind = self.headers.get("Content-Type", "")
            status, told = state.handle(self.command, url.path, parse_qs(url.query), upload, kind)
            state.after(route)
            payload = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/octet-stream" if told is payload else "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    state = Server(model, f"http://127.0.0.1:{server.server_port}/v1")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
