"""The work on an upload begins: what was chosen becomes runs, one for each kind and language that a person named."""

from collections.abc import Sequence
from concurrent.futures import wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from cxify import store
from cxify.queue import edition
from cxify.queue.order import Parcel, packed
from cxify.store import Writing, batches, journal, lists
from cxify.store.batches import Batch
from cxify.store.corrections import Correction
from cxify.store.lists import Brief
from cxify.store.moment import now
from cxify.store.papers import Stage
from cxify.store.people import Person
from cxify.web.desk import choices, estimating, handing
from cxify.web.desk.choices import Choices
from cxify.web.errors import Unreadable

if TYPE_CHECKING:
    from cxify.web.context import Context

_PATIENCE: Final = 1.0


@dataclass(frozen=True)
class _Run:
    id: str
    parcel: Parcel
    fingerprint: str


def start(here: "Context", person: Person, batch_id: str, *, confirmed: str = "") -> None:
    """Begin; what was begun already goes on. `confirmed` is the key of the estimate that the person agreed to.

    Raises NotFound, and Unreadable when there is nothing to do or a model's cost was not confirmed.
    """
    # A kind or a language may be corrected while runs are made: then they are made anew.
    while (batch := batches.mine(here.engine, person, batch_id)).run_id is None:
        documents = _uploaded(here.engine, batch_id)
        _check(here, person, batch, documents, confirmed)
        named = {each.correction.key: each.correction for each in documents}
        runs = {key: _run(here, person, batch, corrected) for key, corrected in sorted(named.items())}
        _write_down(here, person, batch, runs)
    wait([handing.begin(here, batch_id)], timeout=_PATIENCE)


def _uploaded(where: store.Database | Writing, batch_id: str) -> list[Brief]:
    return [each for each in lists.of_batch(where, batch_id) if each.stage is Stage.UPLOADED]


def _check(here: "Context", person: Person, batch: Batch, documents: Sequence[Brief], confirmed: str) -> None:
    if not documents:
        raise Unreadable("There is no document to work on.", "Upload a Word file that is not refused.")
    choices.check(here, person, Choices.of(batch.choices))
    if estimating.wanted(batch) and confirmed != estimating.key_of(batch, documents):
        message = "Nothing was sent: what the model costs was not confirmed, or something has changed since."
        raise Unreadable(message, "Look at the estimate and confirm it.")


def _run(here: "Context", person: Person, batch: Batch, corrected: Correction) -> _Run:
    order = choices.order(here, person.name, Choices.of(batch.choices), corrected)
    here.processing.orders.chat(order)  # a model that lacks its key is told before anything begins
    parcel = packed(order)
    # What is handed over is what is hashed, also when somebody edits a file of the settings meanwhile.
    fingerprint = here.processing.fingerprint(here.processing.orders.settled(parcel))
    return _Run(f"{now():%m%d}-web-{uuid4().hex[:12]}", parcel, fingerprint)


def _write_down(here: "Context", person: Person, batch: Batch, runs: dict[str, _Run]) -> None:
    with store.writing(here.engine) as connection:
        current = batches.changing(connection, batch.id)
        if current is None or current.run_id:
            return
        if any(each.correction.key not in runs for each in _uploaded(connection, batch.id)):
            return
        for run in runs.values():
            _begin(connection, run)
        told = {**current.choices, "runs": {key: run.id for key, run in runs.items()}}
        batches.choose(connection, batch.id, told, next(iter(runs.values())).id)
        chosen = Choices.of(batch.choices)
        journal.append(connection, person.id, "work started", batch.id, {"writer": chosen.writer})


def _begin(connection: Writing, run: _Run) -> None:
    store.documents.start(
        connection,
        run=run.id,
        edition=edition(),
        settings=run.parcel.told,
        fingerprint=run.fingerprint,
        files=run.parcel.contents.values(),
    )
