"""A sign-in that is under way: kept on the server behind a cookie of its own, for a quarter of an hour, for one use."""

from datetime import timedelta
from typing import Final

from fastapi import Request, Response

from cxify import store
from cxify.store import sessions
from cxify.store.sessions import Lifetime
from cxify.web.config import Config
from cxify.web.context import Context
from cxify.web.security.sessions import cookie_name
from cxify.web.sign_in.flow import PATIENCE, Begun
from cxify.web.sign_in.provider import Client, Provider
from cxify.web.sign_in.roles import Mapping

_LIFETIME: Final = Lifetime(timedelta(seconds=PATIENCE), timedelta(seconds=PATIENCE))


def provider_of(request: Request, here: Context) -> Provider | None:
    """Return the organisation's sign-in service, one for all requests; None in local mode."""
    state = request.app.state
    if not hasattr(state, "provider"):
        state.provider = _provider(here.config)
    provider: Provider | None = state.provider
    return provider


def mapping_of(config: Config) -> Mapping:
    """Return what groups of the service may do."""
    serve = config.serve
    return Mapping(serve.oidc_claim, serve.oidc_roles, serve.oidc_others == "editor")


def callback_address(config: Config) -> str:
    """Return where the service sends browsers back to; it has to know it."""
    return f"{config.origin}/login/callback"


def keep(response: Response, here: Context, begun: Begun) -> None:
    """Remember a sign-in until the browser comes back. A session that it has already goes on."""
    with store.writing(here.engine) as connection:
        secret = sessions.begin(connection, None, _LIFETIME, begun.data)
    # Lax, because the browser comes back from the service's own site.
    response.set_cookie(
        _cookie(here.config),
        secret,
        max_age=PATIENCE,
        path="/",
        httponly=True,
        samesite="lax",
        secure=here.config.secure,
    )


def take(request: Request, here: Context) -> Begun | None:
    """Return what was remembered for this browser, and forget it: it works once."""
    secret = request.cookies.get(_cookie(here.config))
    session = sessions.find(here.engine, secret, _LIFETIME)
    with store.writing(here.engine) as connection:
        sessions.end(connection, secret)
    return Begun.of(session.data) if session and session.person_id is None else None


def drop(response: Response, here: Context) -> None:
    """Let the browser forget it too."""
    response.delete_cookie(_cookie(here.config), path="/", secure=here.config.secure, httponly=True)


def _cookie(config: Config) -> str:
    return f"{cookie_name(config)}-sign-in"


def _provider(config: Config) -> Provider | None:
    serve = config.serve
    if not serve.oidc_issuer or not serve.oidc_client_id:
        return None
    return Provider(Client(serve.oidc_issuer, serve.oidc_client_id, serve.oidc_secret))
