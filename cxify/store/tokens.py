"""Tokens with which a program speaks for a person. A token is shown once; only its hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select, update

from cxify.store.moment import now
from cxify.store.people import new_id, reading
from cxify.store.people_tables import TokenRow

PREFIX: Final = "cxify_"
"""Lets people and secret scanners recognise a token that lies where it should not."""
_T = TokenRow
_SHOWN: Final = (_T.id, _T.person_id, _T.name, _T.scope, _T.created, _T.expires, _T.used, _T.revoked)


class Scope(StrEnum):
    """What a token may do."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Token:
    """A token without its secret."""

    id: str
    person_id: str
    name: str
    scope: Scope
    created: datetime
    expires: datetime
    used: datetime | None
    revoked: datetime | None

    def valid(self, at: datetime) -> bool:
        """Return whether it may be used."""
        return self.revoked is None and at < self.expires


def issue(
    connection: Connection, person_id: str, name: str, scope: Scope, expires: datetime, *, at: datetime | None = None
) -> str:
    """Make a token and return its secret, which is kept nowhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    row = {"id": new_id(), "person_id": person_id, "name": name, "sha256": _hash(secret), "scope": str(scope)}
    connection.execute(insert(_T).values(row | {"created": at or now(), "expires": expires}))
    return secret


def find(where: Engine | Connection, secret: str, *, at: datetime | None = None) -> Token | None:
    """Return the token of a secret, or None when it is unknown, revoked or too old."""
    with reading(where) as connection:
        row = connection.execute(select(*_SHOWN).where(_T.sha256 == _hash(secret))).one_or_none()
    found = _token(row) if row else None
    return found if found and found.valid(at or now()) else None


def touch(connection: Connection, id: str, *, at: datetime | None = None) -> None:
    """Write down that a token was used."""
    connection.execute(update(_T).where(_T.id == id).values(used=at or now()))


def of(where: Engine | Connection, person_id: str) -> list[Token]:
    """Return a person's tokens, the latest first."""
    with reading(where) as connection:
        rows = connection.execute(select(*_SHOWN).where(_T.person_id == person_id).order_by(_T.created.desc())).all()
    return [_token(row) for row in rows]


def revoke(connection: Connection, person_id: str, id: str, *, at: datetime | None = None) -> bool:
    """End a person's token; False when the person has no such token."""
    mine = update(_T).where(_T.id == id, _T.person_id == person_id, _T.revoked.is_(None))
    return connection.execute(mine.values(revoked=at or now())).rowcount == 1


def revoke_all(connection: Connection, person_id: str, *, at: datetime | None = None) -> int:
    """End every token of a person; return how many there were."""
    live = update(_T).where(_T.person_id == person_id, _T.revoked.is_(None))
    return connection.execute(live.values(revoked=at or now())).rowcount


def _token(row: Any) -> Token:
    id, person_id, name, scope, *times = row
    return Token(id, person_id, name, Scope(scope), *times)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
