"""Who asks: a person by the cookie of a session, a program by a token; everything else is sent to sign in."""

from datetime import timedelta
from typing import Annotated, Final

from fastapi import Depends, Request

from cxify import store
from cxify.store import people, tokens
from cxify.store.moment import now
from cxify.store.people import Role
from cxify.store.tokens import Scope
from cxify.web.context import Context, Here
from cxify.web.errors import NotAllowed, SignInNeeded, TooManyRequests
from cxify.web.security import sessions

_TOUCH: Final = timedelta(minutes=1)
"""A token's last use is written down no more often than this: programs ask often."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def signed_in(request: Request, here: Here) -> people.Person:
    """Return the person of the session. Raises SignInNeeded and TooManyRequests."""
    session = sessions.current(request, here)
    return _admitted(request, here, people.find(here.engine, session.person_id or "") if session else None)


def by_token(request: Request, here: Here) -> people.Person:
    """Return the person that a program speaks for; cookies are not looked at. Raises as `signed_in` and NotAllowed."""
    token = tokens.find(here.engine, bearer(request))
    person = _admitted(request, here, people.find(here.engine, token.person_id) if token else None)
    if token and token.scope is Scope.READ and request.method not in SAFE:
        raise NotAllowed("This token may only read.", "Make a token that may write, or ask for something to read.")
    if token and (token.used is None or now() - token.used >= _TOUCH):
        with store.writing(here.engine) as connection:
            tokens.touch(connection, token.id)
    return person


def bearer(request: Request) -> str:
    """Return the token that a program sent, or nothing."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def approver(person: "Person") -> people.Person:
    """Return the person, who may approve. Raises NotAllowed."""
    return _with(person, Role.APPROVER)


def admin(person: "Person") -> people.Person:
    """Return the person, who looks after the installation. Raises NotAllowed."""
    return _with(person, Role.ADMIN)


def _with(person: people.Person, role: Role) -> people.Person:
    if person.role.may(role):
        return person
    raise NotAllowed("This page is not for your role.", "Ask somebody who looks after cxify in your organisation.")


def _admitted(request: Request, here: Context, person: people.Person | None) -> people.Person:
    if person is None:
        raise SignInNeeded
    if wait := here.people.take(person.id):
        raise TooManyRequests(wait)
    request.state.person = person
    return person


Person = Annotated[people.Person, Depends(signed_in)]
Program = Annotated[people.Person, Depends(by_token)]
Approver = Annotated[people.Person, Depends(approver)]
Admin = Annotated[people.Person, Depends(admin)]
