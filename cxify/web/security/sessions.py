"""Sign-in kept on the server: the cookie holds a random secret and nothing else; signing in always makes a new one."""

from datetime import timedelta
from typing import Final

from fastapi import Request, Response

from cxify import store
from cxify.store import sessions
from cxify.store.moment import now
from cxify.store.people import Person
from cxify.store.sessions import Session
from cxify.web.config import Config
from cxify.web.context import Context

_TOUCH: Final = timedelta(minutes=1)
"""A session's last use is written down no more often than this."""


def cookie_name(config: Config) -> str:
    """Return the cookie's name; by https it is bound to this host alone, by http told apart by the port."""
    return "__Host-cxify" if config.secure else f"cxify-{config.port}"


def current(request: Request, here: Context) -> Session | None:
    """Return the session of a request, or None when nobody is signed in any more."""
    session = sessions.find(here.engine, _secret(request, here), here.config.lifetime)
    if session and now() - session.used >= _TOUCH:
        with store.writing(here.engine) as connection:
            sessions.touch(connection, session)
    return session


def sign_in(request: Request, response: Response, here: Context, person: Person) -> None:
    """Sign a person in with a new session; one that the browser had before ends, so that nobody can plant one."""
    with store.writing(here.engine) as connection:
        sessions.end(connection, _secret(request, here))
        secret = sessions.begin(connection, person.id, here.config.lifetime)
        store.journal.append(connection, person.id, "signed in", person.id)
    give(response, here, secret)


def sign_out(request: Request, response: Response, here: Context) -> Session | None:
    """End the session, on the server too, and return what it was."""
    session = sessions.find(here.engine, _secret(request, here), here.config.lifetime)
    with store.writing(here.engine) as connection:
        sessions.end(connection, _secret(request, here))
        if session and session.person_id:
            store.journal.append(connection, session.person_id, "signed out", session.person_id)
    response.delete_cookie(cookie_name(here.config), path="/", secure=here.config.secure, httponly=True)
    return session


def give(response: Response, here: Context, secret: str) -> None:
    """Hand a session's secret to the browser, out of reach of scripts and other sites."""
    response.set_cookie(
        cookie_name(here.config), secret, path="/", httponly=True, samesite="lax", secure=here.config.secure
    )


def _secret(request: Request, here: Context) -> str | None:
    return request.cookies.get(cookie_name(here.config))
