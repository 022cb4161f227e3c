"""Signed-in browsers. The cookie's value is a secret: only its hash is kept."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update

from cxify.store.moment import now
from cxify.store.people import reading
from cxify.store.people_tables import SessionRow

_S = SessionRow


@dataclass(frozen=True)
class Session:
    """A browser that has signed in, or is about to."""

    id: str
    person_id: str | None
    created: datetime
    used: datetime
    expires: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Lifetime:
    """How long a session lasts: unused, and altogether."""

    idle: timedelta
    whole: timedelta


def begin(
    connection: Connection,
    person_id: str | None,
    lifetime: Lifetime,
    data: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
) -> str:
    """Start a session and return the cookie's value, which is kept nowhere else."""
    at = at or now()
    secret = secrets.token_urlsafe(32)
    row = {"id": _hash(secret), "person_id": person_id, "data": dict(data or {})}
    connection.execute(insert(_S).values(row | {"created": at, "used": at, "expires": at + lifetime.whole}))
    return secret


def find(
    where: Engine | Connection, secret: str | None, lifetime: Lifetime, *, at: datetime | None = None
) -> Session | None:
    """Return the session of a cookie, or None when there is none that still lasts."""
    if not secret:
        return None
    at = at or now()
    with reading(where) as connection:
        row = connection.execute(select(_S.__table__).where(_S.id == _hash(secret))).one_or_none()
    if row is None or row.expires <= at or row.used + lifetime.idle <= at:
        return None
    return Session(*row)


def touch(connection: Connection, session: Session, *, at: datetime | None = None) -> None:
    """Write down that a session is in use."""
    connection.execute(update(_S).where(_S.id == session.id).values(used=at or now()))


def end(connection: Connection, secret: str | None) -> None:
    """End the session of a cookie for good."""
    if secret:
        connection.execute(delete(_S).where(_S.id == _hash(secret)))


def end_all(connection: Connection, person_id: str) -> int:
    """End every session of a person; return how many there were."""
    return connection.execute(delete(_S).where(_S.person_id == person_id)).rowcount


def sweep(connection: Connection, lifetime: Lifetime, *, at: datetime | None = None) -> int:
    """Delete sessions that have ended by themselves; return how many."""
    at = at or now()
    over = or_(_S.expires <= at, _S.used <= at - lifetime.idle)
    return connection.execute(delete(_S).where(over)).rowcount


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
