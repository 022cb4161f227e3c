"""Whatever goes wrong is answered with a sentence, and logged without a word of what people wrote or uploaded."""

import logging
import secrets

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cxify import store
from cxify.errors import CxifyError
from cxify.web.errors import Fault, status_of
from cxify.web.render import failure
from cxify.web.traces import where

log = logging.getLogger("cxify.web")


class Answers:
    """Turn every exception into an answer; a fault of ours gets a number, by which the log knows where it was."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and answer for what goes wrong."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        error = await self._error(scope, receive, noting)
        if error is None:
            return
        if begun:
            # Too late for a page. The connection is broken off, so that nobody takes half a file for a whole one.
            raise RuntimeError(f"broken off: {type(error).__name__}") from None
        await _answer(Request(scope, receive), error)(scope, receive, send)

    async def _error(self, scope: Scope, receive: Receive, send: Send) -> CxifyError | None:
        try:
            with store.told(scope["app"].state.context.engine):
                await self.app(scope, receive, send)
        except CxifyError as error:
            return error
        except Exception as error:
            return _fault(error)
        return None


def _answer(request: Request, error: CxifyError) -> Response:
    """Return the error's page, or its bare sentence when the page itself is what fails."""
    try:
        return failure(request, error)
    except Exception as again:
        return PlainTextResponse(f"{error}\n{_fault(again)}\n", status_of(error))


def _fault(error: Exception) -> Fault:
    """Log where it happened. The message is left out: it may quote a document."""
    number = secrets.token_hex(4)
    log.error("fault %s: %s", number, where(error))
    return Fault(number)
