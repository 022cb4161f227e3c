"""People who have signed in, and what each may do."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from cxify.store.moment import now
from cxify.store.people_tables import PersonRow

LOCAL: Final = "local"
"""The issuer of the one person of local mode."""


class Role(StrEnum):
    """What a person may do; each role may do what the ones before it may."""

    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"

    def may(self, needed: "Role") -> bool:
        """Return whether this role includes another."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in."""

    id: str
    issuer: str
    subject: str
    name: str
    email: str
    role: Role
    created: datetime
    seen: datetime

    @property
    def is_admin(self) -> bool:
        """Whether the person looks after the installation."""
        return self.role.may(Role.ADMIN)

    @property
    def is_approver(self) -> bool:
        """Whether the person may be asked for a second opinion."""
        return self.role.may(Role.APPROVER)


@dataclass(frozen=True)
class Identity:
    """What a sign-in service says of a person."""

    issuer: str
    subject: str
    name: str
    email: str = ""


def new_id() -> str:
    """Return 22 random characters that nobody guesses."""
    return secrets.token_urlsafe(16)


@contextmanager
def reading(where: Engine | Connection) -> Iterator[Connection]:
    """Yield a connection to read by: the one given, or one of its own."""
    if isinstance(where, Connection):
        yield where
    else:
        with where.connect() as connection:
            yield connection


def welcome(
    connection: Connection, identity: Identity, role: Role | None = None, *, at: datetime | None = None
) -> Person:
    """Return the person behind an identity, written down at the first sign-in and renewed at each.

    Without a role the person keeps the one given before, and is an editor at first.
    """
    at = at or now()
    told = {"name": identity.name, "email": identity.email, "seen": at} | ({"role": str(role)} if role else {})
    same = {"issuer": identity.issuer, "subject": identity.subject}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = dialect.insert(PersonRow).values(id=new_id(), created=at, **same, **({"role": str(Role.EDITOR)} | told))
    made = made.on_conflict_do_update(index_elements=["issuer", "subject"], set_=told)
    row = connection.execute(made.returning(*PersonRow.__table__.columns)).one()
    return _person(row)


def find(where: Engine | Connection, id: str) -> Person | None:
    """Return a person, or None when there is nobody of this id."""
    with reading(where) as connection:
        row = connection.execute(select(PersonRow.__table__).where(PersonRow.id == id)).one_or_none()
    return _person(row) if row else None


def identified(where: Engine | Connection, issuer: str, subject: str) -> Person | None:
    """Return the person behind an identity, or None when it has never signed in."""
    with reading(where) as connection:
        same = select(PersonRow.__table__).where(PersonRow.issuer == issuer, PersonRow.subject == subject)
        row = connection.execute(same).one_or_none()
    return _person(row) if row else None


def all_of(where: Engine | Connection) -> list[Person]:
    """Return everybody, by name."""
    with reading(where) as connection:
        rows = connection.execute(select(PersonRow.__table__).order_by(func.lower(PersonRow.name), PersonRow.id)).all()
    return [_person(row) for row in rows]


def appoint(connection: Connection, id: str, role: Role) -> bool:
    """Give a person a role; False when there is nobody of this id."""
    return connection.execute(update(PersonRow).where(PersonRow.id == id).values(role=str(role))).rowcount == 1


def _person(row: Any) -> Person:
    id, issuer, subject, name, email, role, created, seen = row
    return Person(id, issuer, subject, name, email, Role(role), created, seen)
