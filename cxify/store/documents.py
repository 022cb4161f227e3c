"""What can be done with the documents of a run; every change of state is one conditional update."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from cxify.store.tables import ENDED, Run, State, StoredDocument, StoredFile
from cxify.store.turns import changing

_OVERLAP: Final = timedelta(seconds=60)
"""A change becomes visible when its transaction ends, a little later than the time it bears."""
_D: Final = StoredDocument


@dataclass(frozen=True)
class New:
    """A document to be handed over."""

    name: str
    source: bytes
    sha256: str
    settings: str
    profile: dict[str, Any] | None
    priority: int
    converted: dict[str, Any] | None = None
    """What it was converted from."""


@dataclass(frozen=True)
class Taken:
    """A document as a worker takes it."""

    id: int
    run_id: str
    name: str
    source: bytes
    settings: str
    profile: dict[str, Any] | None
    attempts: int
    """This one included."""
    converted: dict[str, Any] | None = None


@dataclass(frozen=True)
class Ended:
    """A document that will not change any more by itself."""

    id: int
    name: str
    sha256: str
    settings: str
    state: State
    updated: datetime


@dataclass(frozen=True)
class Result:
    """What became of a document."""

    name: str
    state: State
    output: bytes | None
    page: str | None
    outcome: dict[str, Any] | None
    error: dict[str, Any] | None


def start(
    connection: Connection,
    *,
    run: str,
    edition: str,
    settings: dict[str, Any],
    fingerprint: str,
    files: Iterable[bytes],
) -> None:
    """Write down a run and the files of its settings; what is there already stays."""
    for content in files:
        keep_file(connection, content)
    values = {"id": run, "edition": edition, "settings": settings, "fingerprint": fingerprint}
    connection.execute(_unless_there(connection, Run).values(values))


def keep_file(connection: Connection, content: bytes) -> None:
    """Keep a file that settings name, once."""
    row = {"sha256": sha256(content).hexdigest(), "content": content}
    connection.execute(_unless_there(connection, StoredFile).values(row))


def add(connection: Connection, run: str, documents: Sequence[New]) -> list[int]:
    """Hand documents over and return the ids of those to be worked on: new ones, and those that failed before."""
    rows = [vars(document) | {"run_id": run, "state": State.WAITING, "attempts": 0} for document in documents]
    fresh = _unless_there(connection, _D).values(rows).returning(_D.id)
    ids = list(connection.scalars(fresh)) if rows else []
    same = tuple_(_D.name, _D.sha256, _D.settings).in_([(row["name"], row["sha256"], row["settings"]) for row in rows])
    again = update(_D).where(_D.run_id == run, same, _D.state == State.FAILED)
    again = again.values(state=State.WAITING, attempts=0, error=None, updated=func.now())
    ids += connection.scalars(again.returning(_D.id))
    if connection.scalar(select(Run.cancelled).where(Run.id == run).with_for_update()):
        cancel(connection, run)
    return ids


def take(engine: Engine, id: int) -> Taken | None:
    """Return a document to work on, or None when there is nothing left to do about it."""
    columns = (_D.id, _D.run_id, _D.name, _D.source, _D.settings, _D.profile, _D.attempts, _D.converted)
    taken = update(_D).where(_D.id == id, _D.state.in_((State.WAITING, State.WORKING)))
    taken = taken.values(state=State.WORKING, attempts=_D.attempts + 1, updated=func.now())
    with changing(engine) as connection:
        row = connection.execute(taken.returning(*columns)).one_or_none()
    return Taken(*row) if row else None


def named(connection: Connection, run: str, names: Collection[str]) -> dict[str, int]:
    """Return the ids of a run's documents by their names."""
    found = select(_D.name, _D.id).where(_D.run_id == run, _D.name.in_(names))
    return {name: id for name, id in connection.execute(found)}  # noqa: C416  rows are no pairs to mypy


def next_open(engine: Engine, *, besides: Collection[int] = (), least: int = 0) -> int | None:
    """Return the document that is to be done next: uploads first, then the order in which they came.

    `besides` are in somebody's hand; only documents of the priority `least` and above are looked at.
    """
    with engine.connect() as connection:
        for state in (State.WORKING, State.WAITING):
            open_ = select(_D.id).where(_D.state == state, _D.priority >= least, _D.id.not_in(besides))
            id = connection.scalar(open_.order_by(_D.priority.desc(), _D.id).limit(1))
            if id is not None:
                return id
    return None


def finish(engine: Engine, id: int, *, output: bytes, page: str | None, outcome: Mapping[str, Any]) -> bool:
    """Store a result; False when another worker has stored one before, and this one is dropped."""
    return _end(engine, id, {"state": State.DONE, "output": output, "page": page, "outcome": dict(outcome)})


def fail(engine: Engine, id: int, error: Mapping[str, Any]) -> bool:
    """Store why a document failed; False when a result was stored before."""
    return _end(engine, id, {"state": State.FAILED, "error": dict(error)})


def ended(engine: Engine, run: str, since: datetime | None = None) -> list[Ended]:
    """Return the documents of a run that have ended, those since a time and shortly before."""
    found = select(_D.id, _D.name, _D.sha256, _D.settings, _D.state, _D.updated)
    found = found.where(_D.run_id == run, _D.state.in_(ENDED))
    if since:
        found = found.where(_D.updated >= since - _OVERLAP)
    with engine.connect() as connection:
        rows = connection.execute(found.order_by(_D.id)).all()
    return [Ended(id, name, sha, settings, State(state), at) for id, name, sha, settings, state, at in rows]


def result(engine: Engine, id: int) -> Result:
    """Return what became of a document."""
    columns = (_D.name, _D.state, _D.output, _D.page, _D.outcome, _D.error)
    with engine.connect() as connection:
        name, state, *rest = connection.execute(select(*columns).where(_D.id == id)).one()
    return Result(name, State(state), *rest)


def cancel(connection: Connection, run: str) -> int:
    """Stop a run: what waits is cancelled, what is in work is finished. Return how many were cancelled."""
    connection.execute(update(Run).where(Run.id == run).values(cancelled=func.now()))
    waiting = update(_D).where(_D.run_id == run, _D.state == State.WAITING)
    return connection.execute(waiting.values(state=State.CANCELLED, updated=func.now())).rowcount


def waiting_elsewhere(engine: Engine, editions: Collection[str]) -> dict[str, int]:
    """Return how many documents wait for workers of other editions."""
    counted = select(Run.edition, func.count()).join(_D, _D.run_id == Run.id).group_by(Run.edition)
    with engine.connect() as connection:
        rows = connection.execute(counted.where(_D.state == State.WAITING, Run.edition.not_in(editions))).all()
    return {edition: number for edition, number in rows}  # noqa: C416  rows are no pairs to mypy


def _end(engine: Engine, id: int, values: Mapping[str, Any]) -> bool:
    ending = update(_D).where(_D.id == id, _D.state == State.WORKING).values(**values, updated=func.now())
    with changing(engine) as connection:
        return connection.execute(ending).rowcount == 1


def _unless_there(connection: Connection, table: type[Any]) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()
