"""Papers become documents of their runs: those of one role get one profile, then all are handed over, part by part.

A process that is killed in between has handed over whole parts; the next one hands over the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from cxify import queue, store
from cxify.errors import CxifyError, NotFound, StoreUnavailable
from cxify.profile import RoleProfile, Seen, joined
from cxify.queue import Order, Priority
from cxify.settings.serve import MEGABYTE
from cxify.store import New, Writing, batches, lists, papers
from cxify.store.batches import Batch
from cxify.store.lists import Brief, Those
from cxify.store.papers import Paper, Stage
from cxify.web.desk import looking
from cxify.web.processing import tasks
from cxify.web.processing.wire import Ended, Stopped

if TYPE_CHECKING:
    from cxify.web.context import Context

FEW: Final = 50
"""An upload of more documents waits behind smaller ones, as batches do."""
_AT_ONCE: Final = 16 * MEGABYTE
_READERS: Final = 2


def begin(here: "Context", batch_id: str) -> "Future[None]":
    """Hand over in the background, a large upload where it keeps no other waiting."""
    many = lists.counts(here.engine, Those(batch=batch_id)).total() > FEW
    return here.processing.once(f"hand over {batch_id}", hand_over, here, batch_id, long=many)


def hand_over(here: "Context", batch_id: str) -> None:
    """Hand over all papers of an upload that was started and are no documents yet."""
    for paper in lists.of_batch(here.engine, batch_id):
        if paper.stage is Stage.UPLOADED and not paper.looked:
            looking.look_at(here, paper.id)
    batch = batches.any_of(here.engine, batch_id)
    whole = [each for each in lists.of_batch(here.engine, batch_id) if each.stage is not Stage.REFUSED]
    if batch is None or batch.run_id is None or not whole:
        return
    handing = _Handing.of(here, batch, whole)
    for part in handing.parts([paper for paper in whole if paper.stage is Stage.UPLOADED]):
        handing.hand(part)
        here.processing.wake()


@dataclass(frozen=True)
class _Handing:
    here: "Context"
    runs: Mapping[str, str]
    fingerprints: Mapping[str, str]
    shared: Mapping[str, RoleProfile]
    priority: Priority

    @classmethod
    def of(cls, here: "Context", batch: Batch, whole: Sequence[Brief]) -> "_Handing":
        runs: dict[str, str] = batch.choices["runs"]
        fingerprints = {run: store.runs.known(here.engine, run).fingerprint for run in runs.values()}
        orders = {key: here.processing.orders.of(run) for key, run in runs.items()}
        priority = Priority.UPLOAD if len(whole) <= FEW else Priority.BATCH
        return cls(here, runs, fingerprints, _woven(here, orders, whole), priority)

    def parts(self, left: Sequence[Brief]) -> Iterator[list[Brief]]:
        """Yield as many papers at a time as one transaction takes."""
        part: list[Brief] = []
        for paper in left:
            part.append(paper)
            if sum(each.size for each in part) > _AT_ONCE or len(part) == 200:
                yield part
                part = []
        if part:
            yield part

    def hand(self, part: Sequence[Brief]) -> None:
        """Store the documents of a part with their jobs, in one transaction."""
        with store.writing(self.here.engine) as connection:
            there = papers.some(connection, [paper.id for paper in part])
            for key in {paper.correction.key for paper in there}:
                self._hand(connection, self.runs[key], [paper for paper in there if paper.correction.key == key])

    def _hand(self, connection: Writing, run: str, part: Sequence[Paper]) -> None:
        made = [(paper, self._new(connection, run, paper)) for paper in part]
        there = [(paper, new) for paper, new in made if new]
        fresh = store.documents.add(connection, run, [new for _, new in there])
        ids = store.documents.named(connection, run, [new.name for _, new in there])
        for paper, new in there:
            papers.started(connection, paper.id, ids[new.name])
        if self.here.processing.queue:
            queue.jobs.defer(connection, queue.edition(), self.priority, fresh)

    def _new(self, connection: Writing, run: str, paper: Paper) -> New | None:
        """Return the document of a paper, unless it has been deleted meanwhile."""
        profile = self.shared.get(_name(paper))
        told: dict[str, Any] | None = asdict(profile) if profile else None
        settings = joined(self.fingerprints[run], profile)
        try:
            source = papers.source(connection, paper.id)
        except NotFound:
            return None
        origin: dict[str, Any] | None = paper.looked.get("converted")
        return New(_name(paper), source, paper.sha256, settings, told, int(self.priority), origin)


def _woven(here: "Context", orders: Mapping[str, Order], whole: Sequence[Brief]) -> dict[str, RoleProfile]:
    """Return the profiles that documents of one role share; what is wrong with one is told when it is done."""
    if len(whole) < 2:
        return {}

    ask = partial(here.processing.ask, patient=True) if len(whole) <= FEW else here.processing.ask_behind

    def seen(paper: Brief) -> Seen | None:
        try:
            return ask(tasks.seen, orders[paper.correction.key], papers.source(here.engine, paper.id))
        except (Ended, StoreUnavailable):
            raise
        except CxifyError:
            return None

    with ThreadPoolExecutor(_READERS, "look") as readers:
        found = dict(zip(map(_name, whole), readers.map(seen, whole), strict=True))
    told = {name: one for name, one in found.items() if one}
    try:
        return here.processing.ask(tasks.woven, next(iter(orders.values())), told)
    except Stopped:
        return {}  # each document then has the profile that it tells itself


def _name(paper: Paper | Brief) -> str:
    """Return the document's name in its run: the file as the page for manager and employee names it."""
    return f"{paper.folder}/{paper.name}" if paper.folder else paper.name
