"""Who may use the API: a token is looked at before anything that was sent is read."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from cxify.store import people
from cxify.web.api.problems import Problem
from cxify.web.context import context_of
from cxify.web.signed_in import by_token

BEARER: Final = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token from the page Access for programs. It speaks for the person who made it, to read or to write.",
)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ForPrograms(APIRoute):
    """A route that asks for a token before it reads the body: strangers cannot make cxify parse what they send."""

    def get_route_handler(self) -> Handler:
        """Return the handler behind the question for a token."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            await run_in_threadpool(by_token, request, context_of(request))
            return await handle(request)

        return guarded


def _caller(request: Request) -> people.Person:
    person: people.Person = request.state.person
    return person


Caller = Annotated[people.Person, Depends(_caller)]
"""The person that a program speaks for, as `ForPrograms` has found them."""
Known: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Problem, "description": "What was asked for cannot be done."},
    401: {"model": Problem, "description": "No token, or one that is unknown, ended or too old."},
    403: {"model": Problem, "description": "The token may only read, or somebody else has to do this."},
    404: {"model": Problem, "description": "There is no such document, or it is somebody else's."},
    422: {"model": Problem, "description": "What was sent is not what this address asks for."},
    429: {"model": Problem, "description": "Too many requests; Retry-After says how many seconds to wait."},
    503: {"model": Problem, "description": "The database cannot be reached."},
}
"""The errors that every address may answer with."""
