"""Who asked for what, for the operator: routes and ids, never a name, a search, a token or a document's text."""

import logging
import re
import time
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("cxify.web.access")
_ID: Final = re.compile(r"[\w-]{22}|\d{1,9}")


class AccessLog:
    """Write a line for every request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write its line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            log.info("%s", line(scope, status, time.monotonic() - begun))


def line(scope: Scope, status: int, seconds: float) -> str:
    """Return what is written about a request: its route and not its address, which may hold anything."""
    route = getattr(scope.get("route"), "path", "-")
    ids = [value for value in map(str, scope.get("path_params", {}).values()) if _ID.fullmatch(value)]
    person: Any = scope.get("state", {}).get("person")
    who = person.id if person else "-"
    return f"{scope['method']} {route} {status} {seconds * 1000:.0f}ms person={who} of={','.join(ids) or '-'}"
