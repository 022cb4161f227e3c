"""GET and POST /tokens: a person makes and ends tokens with which programs speak for them."""

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from cxify import store
from cxify.errors import NotFound
from cxify.store import journal, tokens
from cxify.store.moment import now
from cxify.store.people import Person as Somebody
from cxify.store.tokens import Scope
from cxify.web.context import Context, Here
from cxify.web.errors import Unreadable
from cxify.web.render import page
from cxify.web.signed_in import Person

router = APIRouter()
MOST: Final = 20
"""Tokens of one person that may be used at the same time."""
LONGEST: Final = 365


@router.get("/tokens")
def mine(request: Request, here: Here, person: Person) -> Response:
    """Show the person's tokens, without their secrets."""
    return _shown(request, here, person)


@router.post("/tokens")
def change(
    request: Request,
    here: Here,
    person: Person,
    name: Annotated[str, Form(max_length=80)] = "",
    scope: Annotated[Scope, Form()] = Scope.READ,
    days: Annotated[int, Form(ge=1, le=LONGEST)] = 90,
    revoke: Annotated[str, Form(max_length=22)] = "",
) -> Response:
    """End a token, or make one and show its secret: here and never again."""
    if revoke:
        _revoke(here, person, revoke)
        return RedirectResponse("/tokens", 303)
    fresh = _issue(here, person, name.strip(), scope, timedelta(days=days))
    return _shown(request, here, person, fresh=fresh, status=201)


def _issue(here: Context, person: Somebody, name: str, scope: Scope, lasts: timedelta) -> str:
    if not name:
        raise Unreadable("The token has no name.", "Say which program it is for, so that you know it again.")
    at = now()
    with store.writing(here.engine) as connection:
        if sum(token.valid(at) for token in tokens.of(connection, person.id)) >= MOST:
            raise Unreadable(f"You have {MOST} tokens already.", "End those that no program uses any more.")
        secret = tokens.issue(connection, person.id, name, scope, at + lasts)
        journal.append(connection, person.id, "token made", person.id, {"scope": str(scope), "days": lasts.days})
    return secret


def _revoke(here: Context, person: Somebody, id: str) -> None:
    with store.writing(here.engine) as connection:
        if not tokens.revoke(connection, person.id, id):
            raise NotFound("There is no such token.", "It may have been ended already.")
        journal.append(connection, person.id, "token ended", id)


def _shown(
    request: Request, here: Context, person: Somebody, *, fresh: str | None = None, status: int = 200
) -> Response:
    return page(request, "tokens.html", status=status, tokens=tokens.of(here.engine, person.id), fresh=fresh)
