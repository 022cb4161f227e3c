"""The journal: who did what when. Entries are chained by their hashes, so that no change goes unnoticed.

The database's triggers refuse to change or delete an entry. Who has the database's own password could take the triggers
away; then `verify` finds what does not fit, and a hash that was noted down elsewhere shows a chain that was made anew.
No entry holds text of a document.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select, update

from cxify.store.moment import now
from cxify.store.people import reading
from cxify.store.people_tables import JournalHead, JournalRow

_J = JournalRow
_FIRST: Final = "0" * 64
_COLUMNS: Final = (_J.seq, _J.at, _J.person_id, _J.action, _J.object, _J.details, _J.previous, _J.hash)
_AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Entry:
    """One thing that was done."""

    seq: int
    at: datetime
    person_id: str | None
    action: str
    object: str
    details: Mapping[str, Any]
    previous: str
    hash: str

    @property
    def due(self) -> str:
        """The hash that the entry must have."""
        told = [self.seq, self.at.astimezone(UTC).isoformat(), self.person_id, self.action, self.object]
        text = json.dumps([*told, dict(self.details), self.previous], sort_keys=True, ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """Return the entry as a line of an export holds it."""
        return {**vars(self), "at": self.at.astimezone(UTC).isoformat(), "details": dict(self.details)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Entry":
        """Read a line of an export. Raises ValueError for anything else."""
        try:
            entry = cls(**{**data, "at": datetime.fromisoformat(data["at"])})
        except (TypeError, KeyError) as error:
            raise ValueError(str(error)) from None
        if not (isinstance(entry.seq, int) and isinstance(entry.details, dict) and isinstance(entry.hash, str)):
            raise ValueError("no entry")
        return entry


@dataclass(frozen=True)
class Verdict:
    """What `verify` found."""

    entries: int
    last: str
    """Hash of the last entry that stands."""
    fault: str | None
    """What does not fit, with the entry's number."""

    @property
    def whole(self) -> bool:
        """Whether nothing was changed."""
        return self.fault is None


def append(
    connection: Connection,
    person_id: str | None,
    action: str,
    object: str,
    details: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
) -> Entry:
    """Write an entry, in the transaction of what it tells: both are there or none."""
    head = update(JournalHead).where(JournalHead.id == 1).values(seq=JournalHead.seq + 1)
    seq, previous = connection.execute(head.returning(JournalHead.seq, JournalHead.hash)).one()
    plain = json.loads(json.dumps(dict(details or {})))
    draft = Entry(seq, at or now(), person_id, action, object, plain, previous, "")
    values = vars(draft) | {"hash": draft.due}
    connection.execute(insert(_J).values(values))
    connection.execute(update(JournalHead).where(JournalHead.id == 1).values(hash=draft.due))
    return Entry(**values)


def entries(where: Engine | Connection, *, after: int = 0) -> Iterator[Entry]:
    """Yield the entries in their order, a part at a time, so that a long journal needs little memory."""
    while part := latest_part(where, after):
        yield from part
        after = part[-1].seq


def latest_part(where: Engine | Connection, after: int) -> list[Entry]:
    """Return up to a thousand entries that follow a number."""
    with reading(where) as connection:
        found = select(*_COLUMNS).where(_J.seq > after).order_by(_J.seq).limit(_AT_ONCE)
        return [Entry(*row) for row in connection.execute(found)]


def latest(where: Engine | Connection, most: int = 100, *, before: int | None = None) -> list[Entry]:
    """Return the last entries, the latest first."""
    found = select(*_COLUMNS).order_by(_J.seq.desc()).limit(most)
    with reading(where) as connection:
        rows = connection.execute(found.where(_J.seq < before) if before else found).all()
    return [Entry(*row) for row in rows]


def verify(
    where: Engine | Connection, known: tuple[int, str] | None = None, *, since: tuple[int, str] | None = None
) -> Verdict:
    """Say whether the journal is as it was written; `known` is a number and hash that were noted down before.

    `since` is an entry that is known to stand: only those after it are read.
    """
    found = chained(entries(where, after=since[0] if since else 0), known, since=since)
    if not found.whole:
        return found
    last, count = found.last, found.entries
    with reading(where) as connection:
        seq, hash = connection.execute(select(JournalHead.seq, JournalHead.hash)).one()
    # Entries that were appended while this was read are ahead of what was read, never behind it.
    if seq == count and hash != last:
        return Verdict(count, last, f"entry {count} is not the one that was written last")
    if seq != count and not latest_part(where, count):
        return Verdict(count, last, f"entry {min(seq, count) + 1} is missing")
    return found


def chained(
    found: Iterable[Entry], known: tuple[int, str] | None = None, *, since: tuple[int, str] | None = None
) -> Verdict:
    """Say whether entries, from the first on or after one that stands, follow one another as they were written.

    An export is checked so.
    """
    count, last = since or (0, _FIRST)
    for entry in found:
        if fault := _fault(entry, count + 1, last, known):
            return Verdict(count, last, fault)
        last, count = entry.hash, entry.seq
    if known and known[0] > count:
        return Verdict(count, last, f"entry {known[0]} is missing")
    return Verdict(count, last, None)


def linked(found: Sequence[Entry]) -> Verdict:
    """Say whether entries that follow one another, the latest first, do so as they were written."""
    first = found[-1] if found else None
    return chained(reversed(found), since=(first.seq - 1, first.previous) if first else None)


def _fault(entry: Entry, due: int, previous: str, known: tuple[int, str] | None) -> str | None:
    if entry.seq != due:
        return f"entry {due} is missing"
    if entry.previous != previous:
        return f"entry {entry.seq} does not follow the one before it"
    if entry.hash != entry.due:
        return f"entry {entry.seq} was changed"
    if known and known[0] == entry.seq and known[1] != entry.hash:
        return f"entry {entry.seq} is not the one that was noted down"
    return None
