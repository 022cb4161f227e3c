"""Answers: pages out of templates in the person's language, and errors as a page or as JSON."""

import logging
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from cxify.errors import CxifyError, StoreUnavailable
from cxify.web.context import context_of
from cxify.web.errors import SignInNeeded, TooManyRequests, status_of
from cxify.web.preferences import Preferences
from cxify.web.said import Speaker
from cxify.web.security.redirects import sign_in_address
from cxify.web.texts import ENGLISH
from cxify.web.traces import where

API: Final = "/api/"
log = logging.getLogger("cxify.web")


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page. Templates know `_`, said, language, theme, keys, person, mode, path, status and what is given."""
    here = context_of(request)
    preferences = Preferences.of(request, here)
    shared = {
        "_": here.texts.translate(preferences.language),
        "said": here.speaker(preferences.language),
        "language": preferences.language,
        "theme": preferences.theme,
        "keys": preferences.keys,
        "person": getattr(request.state, "person", None),
        "mode": here.config.mode,
        "path": request.url.path,
        "status": status,
    }
    return HTMLResponse(here.templates.get_template(template).render(shared | values), status)


def fragment(request: Request, template: str, **values: Any) -> str:
    """Return a part of a page as text, for the script to put in its place."""
    return bytes(page(request, template, **values).body).decode()


def failure(request: Request, error: CxifyError) -> Response:
    """Return an error as whoever asked can read it."""
    status = status_of(error)
    if isinstance(error, StoreUnavailable):
        error = _away(error)
    if isinstance(error, SignInNeeded) and request.method in ("GET", "HEAD") and not wants_json(request):
        return RedirectResponse(sign_in_address(request), 303)
    response = _told(request, error, status)
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(int(error.wait) + 1)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_json(request: Request) -> bool:
    """Return whether a program or our script asks."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith(API) or "application/json" in accepted.split(";")[0]


def speaker(request: Request) -> Speaker:
    """Return who tells what the core says: in the person's language on the page, in the core's own to programs."""
    here = context_of(request)
    is_program = request.url.path.startswith(API)
    return here.speaker(ENGLISH if is_program else Preferences.of(request, here).language)


def _away(error: StoreUnavailable) -> StoreUnavailable:
    """Log what it is. Where the database is, and how to reach it, is for those who run the page."""
    log.error("%s (%s)", error.message, where(error))
    remedy = "Try again in a minute. If it stays so, tell whoever runs this page."
    return StoreUnavailable(
        "The page cannot reach its documents at the moment; what you just did was not kept.", remedy
    )


def _told(request: Request, error: CxifyError, status: int) -> Response:
    if wants_json(request):
        say = speaker(request).plain
        told = {"message": say(error.message), "remedy": say(error.remedy), "code": type(error).__name__}
        return JSONResponse(told, status)
    return page(request, "error.html", status=status, message=error.message, remedy=error.remedy)
