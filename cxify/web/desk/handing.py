"""Papers become documents of their runs, part by part, as soon as it is certain with whom they share a profile.

A process that is killed in between has handed over whole parts; the next one hands over the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from cxify import queue, store
from cxify.errors import NotFound
from cxify.profile import RoleProfile, joined
from cxify.queue import Priority
from cxify.settings.serve import MEGABYTE
from cxify.store import New, Writing, batches, lists, papers
from cxify.store.batches import Batch
from cxify.store.lists import Brief, Those
from cxify.store.papers import Paper, Stage
from cxify.web.desk import looking, roles
from cxify.web.desk.following import STOPPED
from cxify.web.desk.roles import Roles

if TYPE_CHECKING:
    from cxify.web.context import Context

FEW: Final = 50
"""An upload of more documents waits behind smaller ones, as batches do."""
_AT_ONCE: Final = 4 * MEGABYTE
"""A transaction has its documents three times in memory: as they are, bound to a statement, and in the cache."""
Shared = Mapping[str, RoleProfile]


def begin(here: "Context", batch_id: str) -> "Future[None]":
    """Hand over in the background, a large upload where it keeps no other waiting."""
    many = lists.counts(here.engine, Those(batch=batch_id)).total() > FEW
    return here.processing.once(f"hand over {batch_id}", hand_over, here, batch_id, long=many)


def hand_over(here: "Context", batch_id: str) -> None:
    """Hand over all papers of an upload that was started and are no documents yet."""
    for paper in lists.found(here.engine, Those(batch=batch_id, words=(lists.READING,))):
        looking.look_at(here, paper.id)
    batch = batches.any_of(here.engine, batch_id)
    whole = [each for each in lists.of_batch(here.engine, batch_id) if each.stage is not Stage.REFUSED]
    if batch is None or batch.run_id is None or not whole:
        return
    few = len(whole) <= FEW
    handing = _Handing.of(here, batch, Priority.UPLOAD if few else Priority.BATCH)
    orders = {key: here.processing.orders.of(run) for key, run in handing.runs.items()}
    ask = partial(here.processing.ask, patient=True) if few else here.processing.ask_behind
    for certain in Roles(here, orders, ask).certain(whole):
        for part in handing.parts([paper for paper in certain.papers if paper.stage is Stage.UPLOADED]):
            handing.hand(part, certain.shared)
            here.processing.wake()


@dataclass(frozen=True)
class _Handing:
    here: "Context"
    batch: str
    runs: Mapping[str, str]
    fingerprints: Mapping[str, str]
    priority: Priority

    @classmethod
    def of(cls, here: "Context", batch: Batch, priority: Priority) -> "_Handing":
        runs: dict[str, str] = batch.choices["runs"]
        fingerprints = {run: store.runs.known(here.engine, run).fingerprint for run in runs.values()}
        return cls(here, batch.id, runs, fingerprints, priority)

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

    def hand(self, part: Sequence[Brief], shared: Shared) -> None:
        """Store the documents of a part with their jobs, in one transaction."""
        with store.writing(self.here.engine) as connection:
            batch = batches.changing(connection, self.batch)
            there = papers.some(connection, [paper.id for paper in part])
            for key in {paper.correction.key for paper in there}:
                own = [paper for paper in there if paper.correction.key == key]
                self._hand(connection, self.runs[key], own, shared)
                if batch and batch.choices.get(STOPPED):
                    store.documents.cancel(connection, self.runs[key])

    def _hand(self, connection: Writing, run: str, part: Sequence[Paper], shared: Shared) -> None:
        made = [(paper, self._new(connection, run, paper, shared)) for paper in part]
        there = [(paper, new) for paper, new in made if new]
        fresh = store.documents.add(connection, run, [new for _, new in there])
        ids = store.documents.named(connection, run, [new.name for _, new in there])
        for paper, new in there:
            papers.started(connection, paper.id, ids[new.name])
        if self.here.processing.queue:
            queue.jobs.defer(connection, queue.edition(), self.priority, fresh)

    def _new(self, connection: Writing, run: str, paper: Paper, shared: Shared) -> New | None:
        """Return the document of a paper, unless it has been deleted meanwhile."""
        profile = shared.get(roles.place(paper))
        told: dict[str, Any] | None = asdict(profile) if profile else None
        settings = joined(self.fingerprints[run], profile)
        try:
            source = papers.source(connection, paper.id)
        except NotFound:
            return None
        origin: dict[str, Any] | None = paper.looked.get("converted")
        return New(roles.place(paper), source, paper.sha256, settings, told, int(self.priority), origin)
