"""The versions of the organisation's framework: who made each, when, and which one is in use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, Engine, insert, select, update

from cxify.errors import NotFound
from cxify.store.documents import keep_file
from cxify.store.moment import now
from cxify.store.paper_tables import FrameworkRow
from cxify.store.people import reading
from cxify.store.runs import files as files_of

_F: Final = FrameworkRow


@dataclass(frozen=True)
class Version:
    """One version of the framework."""

    id: int
    name: str
    version: str
    files: Mapping[str, str]
    """Names of its files and the hashes of their content."""
    person_id: str
    at: datetime
    active: bool


def add(connection: Connection, name: str, version: str, files: Mapping[str, bytes], person_id: str) -> int:
    """Keep a version, not yet in use, and return its number."""
    for content in files.values():
        keep_file(connection, content)
    hashes = {file: sha256(content).hexdigest() for file, content in files.items()}
    values = {"name": name, "version": version, "files": hashes, "person_id": person_id, "at": now(), "active": False}
    return connection.execute(insert(_F).values(values).returning(_F.id)).scalar_one()


def activate(connection: Connection, id: int | None) -> None:
    """Put one version in use, or with None the built-in template."""
    connection.execute(update(_F).values(active=_F.id == id if id is not None else False))


def all_of(where: Engine | Connection) -> list[Version]:
    """Return all versions, the latest first."""
    with reading(where) as connection:
        return [Version(*row) for row in connection.execute(select(_F.__table__).order_by(_F.id.desc()))]


def active(where: Engine | Connection) -> Version | None:
    """Return the version in use, or None for the built-in template or the one of the settings."""
    return next((each for each in all_of(where) if each.active), None)


def known(where: Engine | Connection, id: int) -> Version:
    """Return a version. Raises NotFound."""
    if found := next((each for each in all_of(where) if each.id == id), None):
        return found
    raise NotFound("There is no such version of the framework.", "Choose one of the list.")


def contents(engine: Engine, version: Version) -> dict[str, bytes]:
    """Return the files of a version by their names."""
    found = files_of(engine, set(version.files.values()))
    return {name: found[sha] for name, sha in version.files.items()}
