"""Delete what is to be deleted so that its bytes are gone from the database's files, and not only from its tables."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine, text

from cxify.store import journal, papers, voices
from cxify.store.turns import changing

_AT_ONCE: Final = 200
_BREATH: Final = 0.02
"""Seconds between two parts: who waits for SQLite asks again only now and then."""


@dataclass(frozen=True)
class Purged:
    """What was deleted."""

    papers: int
    scrubbed: bool
    """Whether the bytes are gone from the files too; if not, somebody was reading, and the next purge does it."""


def purge(engine: Engine, at: datetime | None = None) -> Purged:
    """Delete every paper whose time is up, with a line in the journal for each."""
    ids = papers.expired(engine, at)
    erase_all(engine, ids, None, "expired")
    _purge_voices(engine, at)
    # In SQLite also what was deleted by its owner while somebody was reading; it costs nothing when there is nothing.
    return Purged(len(ids), scrub(engine) if ids or engine.dialect.name == "sqlite" else True)


def _purge_voices(engine: Engine, at: datetime | None) -> None:
    if ids := voices.expired(engine, at):
        with changing(engine) as connection:
            erase_voices(connection, ids, None, "expired")


def erase_voices(connection: Connection, ids: Sequence[str], person_id: str | None, why: str) -> None:
    """Delete tables of comments and say so in the journal; `scrub` afterwards."""
    voices.remove(connection, ids)
    for id in ids:
        journal.append(connection, person_id, "comments deleted", id, {"why": why})


def erase_all(engine: Engine, ids: Sequence[str], person_id: str | None, why: str) -> None:
    """Delete any number of papers, some at a time, so that others can write in between."""
    for begin in range(0, len(ids), _AT_ONCE):
        if begin:
            time.sleep(_BREATH)
        with changing(engine) as connection:
            erase(connection, list(ids[begin : begin + _AT_ONCE]), person_id, why)


def erase(connection: Connection, ids: list[str], person_id: str | None, why: str) -> int:
    """Delete papers and say so in the journal; `scrub` afterwards. Return how many there were."""
    number = papers.remove(connection, ids)
    for id in ids:
        journal.append(connection, person_id, "document deleted", id, {"why": why})
    return number


def scrub(engine: Engine) -> bool:
    """Take deleted bytes out of the database's files; False when somebody was reading, so that they may still be there.

    SQLite overwrites what is deleted (secure_delete), but its write-ahead log keeps the older pages until it is
    emptied. PostgreSQL frees the space of deleted rows; its own log and its backups are its operator's.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            return _emptied(connection)
        connection.execute(text("VACUUM papers, documents, decisions, approvals, batches, voices, files"))
    return True


def _emptied(connection: Connection) -> bool:
    """Empty the write-ahead log, unless somebody reads from it; nobody who writes shall wait for that."""
    usual = connection.execute(text("PRAGMA busy_timeout")).scalar_one()
    connection.execute(text("PRAGMA busy_timeout=300"))
    try:
        busy: int = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
    finally:
        connection.execute(text(f"PRAGMA busy_timeout={int(usual)}"))
    return busy == 0
