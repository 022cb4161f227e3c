"""Comments of customers or employees that a person has uploaded: one table, used with any of the person's documents."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, insert, select

from cxify.errors import NotFound
from cxify.store import kept_files
from cxify.store.documents import keep_file
from cxify.store.moment import now
from cxify.store.paper_tables import VoiceRow
from cxify.store.people import Person, new_id, reading
from cxify.store.runs import files as files_of

_V: Final = VoiceRow


@dataclass(frozen=True)
class Voice:
    """One table of comments; its content stands in `files` by its hash."""

    id: str
    owner: str
    name: str
    sha256: str
    told: Mapping[str, Any]
    """What a first look has found: how many comments, which themes, what was left out."""
    created: datetime
    expires: datetime


def add(
    connection: Connection, owner: str, name: str, content: bytes, told: Mapping[str, Any], expires: datetime
) -> str:
    """Keep a table of comments and return its id."""
    keep_file(connection, content)
    id, hashed = new_id(), sha256(content).hexdigest()
    values = {"id": id, "owner": owner, "name": name, "sha256": hashed, "told": dict(told), "created": now()}
    connection.execute(insert(_V).values(values | {"expires": expires}))
    return id


def of_person(where: Engine | Connection, owner: str) -> list[Voice]:
    """Return a person's tables, the latest first."""
    with reading(where) as connection:
        rows = connection.execute(select(_V.__table__).where(_V.owner == owner).order_by(_V.created.desc(), _V.id))
        return [Voice(*row) for row in rows]


def mine(where: Engine | Connection, person: Person, id: str) -> Voice:
    """Return a person's own table. Raises NotFound, also for somebody else's."""
    if found := next((each for each in of_person(where, person.id) if each.id == id), None):
        return found
    raise NotFound("There are no such comments.", "They may have been deleted. Look for them among your comments.")


def behind(where: Engine | Connection, id: str) -> Voice | None:
    """Return a table for the work behind the page, whoever owns it."""
    with reading(where) as connection:
        row = connection.execute(select(_V.__table__).where(_V.id == id)).one_or_none()
    return Voice(*row) if row else None


def content(engine: Engine, voice: Voice) -> bytes:
    """Return the table as it was uploaded."""
    return files_of(engine, {voice.sha256})[voice.sha256]


def remove(connection: Connection, ids: Collection[str]) -> None:
    """Delete tables; their content goes with them unless documents that were made with it still need it."""
    gone = connection.scalars(delete(_V).where(_V.id.in_(ids)).returning(_V.sha256)).all()
    kept_files.forget_unused(connection, set(gone))


def expired(where: Engine | Connection, at: datetime | None = None) -> list[str]:
    """Return the ids of the tables whose time is up."""
    with reading(where) as connection:
        return list(connection.scalars(select(_V.id).where(_V.expires <= (at or now()))))
