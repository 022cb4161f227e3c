"""What is known of runs: their settings and files for a worker, their progress for people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select

from cxify.errors import InputError
from cxify.store import kept_files
from cxify.store.tables import Run, State, StoredDocument, StoredFile


@dataclass(frozen=True)
class Standing:
    """A run and how far it is."""

    id: str
    edition: str
    settings: dict[str, Any]
    fingerprint: str
    created: datetime
    cancelled: bool
    counts: dict[State, int]
    changed: datetime | None
    """When a document last changed its state."""

    @property
    def total(self) -> int:
        """All its documents."""
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """Documents that somebody still has to do."""
        return self.counts.get(State.WAITING, 0) + self.counts.get(State.WORKING, 0)


def find(engine: Engine, run: str) -> Standing | None:
    """Return a run, or None when there is no such run."""
    return next(iter(_standings(engine, run)), None)


def known(engine: Engine, run: str) -> Standing:
    """Return a run. Raises InputError when there is no such run."""
    if found := find(engine, run):
        return found
    raise InputError(f"There is no run {run}.", "`cxify queue status` lists the runs.")


def settings(engine: Engine, run: str) -> dict[str, Any]:
    """Return what decides a run's results, uncounted. Raises InputError when there is no such run."""
    with engine.connect() as connection:
        found: dict[str, Any] | None = connection.scalar(select(Run.settings).where(Run.id == run))
    if found is None:
        raise InputError(f"There is no run {run}.", "`cxify queue status` lists the runs.")
    return found


def all_of(engine: Engine) -> list[Standing]:
    """Return all runs, the latest first."""
    return _standings(engine)


def files(engine: Engine, hashes: set[str]) -> dict[str, bytes]:
    """Return the content of files by their hashes."""
    found = select(StoredFile.sha256, StoredFile.content).where(StoredFile.sha256.in_(hashes))
    with engine.connect() as connection:
        return {sha: data for sha, data in connection.execute(found)}  # noqa: C416  rows are no pairs to mypy


def forget(connection: Connection, run: str) -> None:
    """Delete a run with its documents and results, and the comments that only it has named."""
    gone = connection.scalars(delete(Run).where(Run.id == run).returning(Run.settings)).all()
    kept_files.forget_comments(connection, gone)


def _standings(engine: Engine, run: str | None = None) -> list[Standing]:
    runs = select(Run.id, Run.edition, Run.settings, Run.fingerprint, Run.created, Run.cancelled)
    counted = select(
        StoredDocument.run_id, StoredDocument.state, func.count(), func.max(StoredDocument.updated)
    ).group_by(StoredDocument.run_id, StoredDocument.state)
    if run is not None:
        runs, counted = runs.where(Run.id == run), counted.where(StoredDocument.run_id == run)
    with engine.connect() as connection:
        rows = connection.execute(runs.order_by(Run.created.desc())).all()
        counts: dict[str, list[tuple[State, int, datetime]]] = {}
        for id, state, number, changed in connection.execute(counted):
            counts.setdefault(id, []).append((State(state), number, changed))
    return [_standing(row, counts.get(row[0], [])) for row in rows]


def _standing(row: Any, counts: list[tuple[State, int, datetime]]) -> Standing:
    id, edition, settings, fingerprint, created, cancelled = row
    numbers = {state: number for state, number, _ in counts}
    changed = max((at for _, _, at in counts), default=None)
    return Standing(id, edition, settings, fingerprint, created, cancelled is not None, numbers, changed)
