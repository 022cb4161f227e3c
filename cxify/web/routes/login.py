"""GET /login, /login/oidc, /login/callback and POST /logout: where people sign in and out."""

import logging
from contextlib import suppress
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from cxify.errors import CxifyError
from cxify.web import sign_in
from cxify.web.context import Context, Here
from cxify.web.errors import SignInNeeded
from cxify.web.render import page
from cxify.web.security import sessions
from cxify.web.security.redirects import inside
from cxify.web.sign_in import Provider, Returned, SignInRefused, SignInUnavailable, admission, pending
from cxify.web.sign_in.flow import end_address

router = APIRouter()
log = logging.getLogger("cxify.web")
REFUSED: Final = 403
AWAY: Final = 503
Short = Annotated[str, Query(max_length=4096)]


@router.get("/login")
def login(request: Request, here: Here, next: str = "/", out: bool = False) -> Response:
    """Show how to sign in; after signing out, also how to sign out of the service itself."""
    return _shown(request, here, next=next, end=_end(request, here) if out else None)


@router.get("/login/oidc")
def leave(request: Request, here: Here, next: str = "/") -> Response:
    """Send the browser to the sign-in service."""
    provider = _provider(request, here)
    try:
        address, begun = sign_in.begin(provider, pending.callback_address(here.config), inside(next))
    except SignInUnavailable as error:
        return _refused(request, here, error)
    response = RedirectResponse(address, 303)
    pending.keep(response, here, begun)
    return response


@router.get("/login/callback")
def come_back(
    request: Request, here: Here, code: Short = "", state: Short = "", iss: Short = "", error: Short = ""
) -> Response:
    """Sign in with what the browser brings back, under a new session."""
    provider, begun = _provider(request, here), pending.take(request, here)
    try:
        visitor = sign_in.finish(
            provider, pending.callback_address(here.config), begun, Returned(code, state, iss, error)
        )
        person = admission.admitted(here, visitor, pending.mapping_of(here.config))
    except (SignInRefused, SignInUnavailable) as refusal:
        return _refused(request, here, refusal)
    response = RedirectResponse(inside(begun.next if begun else None), 303)
    pending.drop(response, here)
    sessions.sign_in(request, response, here, person)
    return response


@router.post("/logout")
def logout(request: Request, here: Here) -> Response:
    """End the session, on the server too."""
    response = RedirectResponse("/login?out=true", 303)
    sessions.sign_out(request, response, here)
    # Also what the browser keeps in memory for its back button.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _provider(request: Request, here: Context) -> Provider:
    """Return the sign-in service. Raises SignInNeeded in local mode, where /login says how to get in."""
    provider = pending.provider_of(request, here)
    if provider is None:
        raise SignInNeeded
    return provider


def _end(request: Request, here: Context) -> str | None:
    provider = pending.provider_of(request, here)
    with suppress(SignInUnavailable):
        return end_address(provider, f"{here.config.origin}/login") if provider else None
    return None


def _refused(request: Request, here: Context, error: CxifyError) -> Response:
    log.warning("sign-in: %s: %s", type(error).__name__, error.message)
    response = _shown(request, here, status=REFUSED if isinstance(error, SignInRefused) else AWAY, message=str(error))
    pending.drop(response, here)
    return response


def _shown(
    request: Request,
    here: Context,
    *,
    status: int = 200,
    message: str | None = None,
    next: str = "/",
    end: str | None = None,
) -> Response:
    provider = pending.provider_of(request, here)
    name = provider.name if provider else None
    return page(request, "login.html", status=status, provider=name, message=message, next=inside(next), end=end)
