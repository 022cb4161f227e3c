"""A real HTTP server that speaks the chat-completions language and fails in every way that a test asks for.

with serve(reply('{"sentence": "…"}')) as endpoint: …        the last behaviour repeats
with serve(error(429, retry_after=2), reply("{}")) as endpoint: …
"""

import contextlib
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request, and the means to answer it."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]

    def send(self, status: int, payload: bytes, headers: dict[str, str] | None = None) -> None:
        """Answer with a status and a body."""
        self.handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.handler.send_header(name, value)
        self.handler.send_header("Content-Length", str(len(payload)))
        self.handler.end_headers()
        self.handler.wfile.write(payload)


@dataclass
class Endpoint:
    """The running server: where it is, and what it was asked."""

    base_url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def reply(text: str | None, *, finish: str = "stop", refusal: str | None = None, tokens: int = 10) -> Behaviour:
    """Answer like a model."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return completion([{"index": 0, "message": message, "finish_reason": finish}], tokens)


def completion(choices: list[dict[str, Any]] | None, tokens: int = 10) -> Behaviour:
    """Answer with any choices, none included."""
    usage = {
        "prompt_tokens": 100,
        "completion_tokens": tokens,
        "total_tokens": 100 + tokens,
        "prompt_tokens_details": {"cached_tokens": 64},
    }
    body = {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake-1",
        "choices": choices,
        "usage": usage,
    }
    return lambda exchange: exchange.send(200, json.dumps(body).encode())


def error(status: int, *, retry_after: float | str | None = None, code: str = "some_code") -> Behaviour:
    """Answer with an HTTP error in OpenAI's shape."""
    body = {"error": {"message": f"fault {status}", "type": "fault", "code": code, "param": None}}
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return lambda exchange: exchange.send(status, json.dumps(body).encode(), headers)


def garbage(payload: bytes, content_type: str = "text/html") -> Behaviour:
    """Answer 200 with something that is no chat completion."""
    return lambda exchange: exchange.send(200, payload, {"Content-Type": content_type})


def hang_up() -> Behaviour:
    """Drop the connection without an answer."""
    return lambda exchange: exchange.handler.connection.close()


def drip(payload: bytes, pause: float) -> Behaviour:
    """Send one byte at a time and never come to an end."""

    def behave(exchange: Exchange) -> None:
        exchange.handler.send_response(200)
        exchange.handler.send_header("Content-Type", "application/json")
        exchange.handler.send_header("Content-Length", "1000000")
        exchange.handler.end_headers()
        with contextlib.suppress(OSError):
            for byte in itertools.chain(payload, itertools.repeat(32)):
                exchange.handler.wfile.write(bytes([byte]))
                exchange.handler.wfile.flush()
                time.sleep(pause)

    return behave


def redirect(address: str) -> Behaviour:
    """Send the client elsewhere, with the same request."""
    return lambda exchange: exchange.send(307, b"", {"Location": address})


def slow(seconds: float, then: Behaviour) -> Behaviour:
    """Wait before answering."""

    def behave(exchange: Exchange) -> None:
        time.sleep(seconds)
        then(exchange)

    return behave


@contextmanager
def serve(*behaviours: Behaviour) -> Iterator[Endpoint]:
    """Run the server; each request gets the next behaviour, and the last one from then on."""
    queue = list(behaviours)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                endpoint.requests.append(body)
                endpoint.headers.append({name.lower(): value for name, value in self.headers.items()})
                behave = queue.pop(0) if len(queue) > 1 else queue[0]
            behave(Exchange(self, body))

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
