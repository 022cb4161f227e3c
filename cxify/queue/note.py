"""The note in an output folder that says which run fills it, so that the same command goes on with the same run."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine

from cxify import store
from cxify.batch import Making
from cxify.files import write_atomically
from cxify.queue.edition import edition
from cxify.queue.order import Order, Parcel, packed

NOTE: Final = ".cxify-queue.json"


@dataclass(frozen=True)
class Handed:
    """A run that was, or is about to be, handed over."""

    run: str
    edition: str
    fingerprint: str
    parcel: Parcel
    went_on: bool
    """The run was begun by an earlier command."""

    def begin(self, connection: Connection) -> None:
        """Write the run down in the transaction that hands documents over, unless that was done before."""
        store.documents.start(
            connection,
            run=self.run,
            edition=self.edition,
            settings=self.parcel.told,
            fingerprint=self.fingerprint,
            files=self.parcel.contents.values(),
        )


def handed(engine: Engine, out: Path, order: Order, making: Making) -> Handed:
    """Return the run that fills the folder: the one under way when nothing has changed, otherwise a new one."""
    parcel = packed(order)
    same = {"order": _identity(parcel), "fingerprint": making.fingerprint, "edition": edition()}
    noted = _read(out)
    run = str(noted.get("run", ""))
    if run and all(noted.get(key) == value for key, value in same.items()) and _goes_on(engine, run):
        return Handed(run, edition(), making.fingerprint, parcel, went_on=True)
    # The note comes first: a crash in between leaves a note of a run that does not exist, and nothing in work twice.
    run = f"{datetime.now():%m%d}-{uuid4().hex[:8]}"
    write_atomically(out / NOTE, json.dumps({"run": run, **same}).encode())
    return Handed(run, edition(), making.fingerprint, parcel, went_on=False)


def _goes_on(engine: Engine, run: str) -> bool:
    with store.told(engine):
        found = store.runs.find(engine, run)
    return found is not None and not found.cancelled


def _identity(parcel: Parcel) -> str:
    """Return the hash of an order; when it was given is no part of it."""
    told = {key: value for key, value in parcel.told.items() if key != "date"}
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _read(out: Path) -> dict[str, Any]:
    try:
        noted = json.loads((out / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}
