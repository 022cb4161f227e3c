"""The wire under an OpenAI-compatible endpoint: an answer has a time and a size, and its headers are heard.

A read timeout alone is no limit: a server that sends one byte a second never runs into it. Redirections are not
followed, for they could lead documents to somebody whom the user did not name.
"""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

import httpx2

MOST_BYTES: Final = 32 * 2**20
"""Size of an answer, at most; a long proposal has about 50 kilobytes."""
_POOL: Final = httpx2.Limits(max_connections=None, max_keepalive_connections=64)


def client(timeout: float, told: Callable[[Mapping[str, str]], None]) -> httpx2.Client:
    """Return an HTTP client that gives a whole answer so many seconds; `told` hears the headers of each.

    Proxies of the environment are used, as by any other program.
    """

    def watch(response: httpx2.Response) -> None:
        told(response.headers)
        stream = response.stream
        if isinstance(stream, httpx2.SyncByteStream):
            response.stream = _Body(stream, time.monotonic() + timeout, response.request)

    hooks: dict[str, list[Callable[..., None]]] = {"response": [watch]}
    return httpx2.Client(verify=trusted(), timeout=timeout, limits=_POOL, follow_redirects=False, event_hooks=hooks)


@cache
def trusted() -> ssl.SSLContext:
    """Return the authorities that this machine trusts; to read them takes a tenth of a second, once."""
    return httpx2.create_ssl_context()


class _Body(httpx2.SyncByteStream):
    """The body of an answer, ended when it takes too long or is too long."""

    def __init__(self, stream: httpx2.SyncByteStream, end: float, request: httpx2.Request) -> None:
        self._stream = stream
        self._end = end
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if time.monotonic() > self._end:
                raise httpx2.ReadTimeout("the answer took too long", request=self._request)
            if size > MOST_BYTES:
                raise httpx2.ReadError("the answer is too long", request=self._request)
            yield chunk

    def close(self) -> None:
        self._stream.close()


def answering(answer: Callable[[httpx2.Request], httpx2.Response]) -> httpx2.Client:
    """Return an HTTP client without a network: `answer` stands where the endpoint would be, and may raise."""

    class Nowhere(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            return answer(request)

    return httpx2.Client(transport=Nowhere())
