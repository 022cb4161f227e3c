"""Hand documents over to workers, follow them, and write each result as a run on this machine does.

What a run on this machine does to the output folder is done by `batch.run` here too: a document that is handed over
waits, and one that a worker has finished is a redline made elsewhere.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from cxify import batch, store
from cxify.batch import GLANCE, REWRITE, Agenda, Done, Job, Making, Outcome, Plan, Step, Thread
from cxify.convert import Converter
from cxify.errors import AnswerAwaited, StoreUnavailable
from cxify.files import read
from cxify.profile import RoleProfile, joined
from cxify.provenance import Converted
from cxify.queue import jobs
from cxify.queue.delivery import Delivery, Key
from cxify.queue.jobs import Priority
from cxify.queue.note import Handed
from cxify.store import Ended, New

_AT_ONCE_BYTES: Final = 16_000_000
"""Of documents that one transaction hands over."""
_POLL: Final = 0.25
_PATIENCE: Final = 300.0
"""Seconds for which a database that does not answer is asked again; workers go on meanwhile."""
log = logging.getLogger(__name__)
Tell = Callable[[Outcome], None]


@dataclass
class Client:
    """One run as the one who handed it over sees it."""

    engine: Engine
    plan: Plan
    making: Making
    handed: Handed
    tell: Tell
    priority: Priority = Priority.BATCH
    hint: Callable[[], None] = lambda: None
    """Called once when no worker takes a document."""
    finished: dict[str, Outcome] = field(default_factory=dict)
    shared: Mapping[Path, RoleProfile] = field(default_factory=dict)
    pending: dict[Key, Job] = field(default_factory=dict)
    interrupted: bool = False

    def hand_over(self) -> None:
        """Put every document that is not done yet into the database, with its job."""
        for outcome in self.plan.skipped:
            self.tell(outcome)
        Converter(self.plan.out).prepare([job.source for job in self.plan.jobs if job.converted])
        self.shared = self._woven()
        self._round(self.plan.jobs, Delivery.of(self.engine, self.making.fingerprint, ()))
        parts = self._parts([job for job in self.plan.jobs if job.file not in self.finished])
        with store.told(self.engine):
            for part in parts:
                self._hand(part)

    def follow(self) -> Done:
        """Fetch each document as a worker finishes it, until all are done or Ctrl-C."""
        with store.told(self.engine):
            try:
                self._follow()
            except KeyboardInterrupt:
                self.interrupted = True
        return self.concluded()

    def concluded(self) -> Done:
        """Return the run so far, with its report written."""
        finished = self.finished
        if not self.interrupted:
            finished = finished | {job.file: _waiting(job) for job in self.pending.values()}
        return batch.conclude(self.plan, finished, interrupted=self.interrupted, book=self.making.book)

    def _follow(self) -> None:
        watch = _Watch(self.engine, self.handed.run, self.hint)
        while self.pending:
            ready = [one for one in watch.news() if _key(one) in self.pending]
            if not ready:
                time.sleep(_POLL)
                continue
            begun = time.monotonic()
            done = {_key(one): self.pending.pop(_key(one)) for one in ready}
            self._round(tuple(done.values()), Delivery.of(self.engine, self.making.fingerprint, ready))
            # The report is written anew with each round: a round may not come sooner than it took.
            time.sleep(min(10.0, time.monotonic() - begun))

    def _round(self, wanted: Sequence[Job], delivery: Delivery) -> None:
        """Let `batch.run` write what was delivered; the rest of the documents waits."""
        done = batch.run(
            Plan(tuple(wanted), (), self.plan.out),
            delivery.rewrite,
            settings=self.making.fingerprint,
            pages=delivery.pages(self.making.sheet) if self.making.sheet else None,
            shared=self.shared,
            book=self.making.book,
            tell=self._heard,
        )
        self.interrupted = self.interrupted or done.interrupted

    def _heard(self, outcome: Outcome) -> None:
        if outcome.status != "waiting":
            self.finished[outcome.file] = outcome
            self.tell(outcome)

    def _parts(self, wanted: Sequence[Job]) -> Iterator[list[tuple[Job, New]]]:
        """Read the documents, as many at a time as one transaction takes."""
        part: list[tuple[Job, New]] = []
        for job in wanted:
            part.append((job, self._new(job)))
            if sum(len(new.source) for _, new in part) > _AT_ONCE_BYTES or len(part) == 500:
                yield part
                part = []
        if part:
            yield part

    def _new(self, job: Job) -> New:
        given = read(job.source)
        source = self._word(job, given)
        origin = Converted(format=job.format, sha256=sha256(given).hexdigest()) if job.converted else None
        profile = self.shared.get(job.target)
        return New(
            name=self._name(job),
            source=source,
            sha256=sha256(source).hexdigest(),
            settings=joined(self.making.fingerprint, profile),
            profile=asdict(profile) if profile else None,
            priority=int(self.priority),
            converted=origin.model_dump(mode="json") if origin else None,
        )

    def _word(self, job: Job, source: bytes) -> bytes:
        """Return the Word file: the source itself, or what it was converted into here."""
        return Converter(self.plan.out).word(job.source, source) if job.converted else source

    def _woven(self) -> dict[Path, RoleProfile]:
        """Return the profiles that documents of one role share; what is wrong with one is told by its worker."""
        by = self.making
        agenda = Agenda(self.plan, Thread(by.look, by.weave, by.glance))
        shared: dict[Path, RoleProfile] = {}
        while step := agenda.next():
            if step.what == REWRITE:
                shared |= {step.job.target: step.shared} if step.shared else {}
            else:
                agenda.told(step, self._looked(step, by.glance if step.what == GLANCE else by.look))
        return shared

    def _looked(self, step: Step, look: Callable[[bytes], Any]) -> Any:
        try:
            return look(self._word(step.job, read(step.job.source)))
        except Exception:
            log.debug("%s", step.job.source, exc_info=True)
            return None

    def _name(self, job: Job) -> str:
        return job.target.relative_to(self.plan.out).as_posix()

    def _hand(self, part: Sequence[tuple[Job, New]]) -> None:
        with self.engine.begin() as connection:
            self.handed.begin(connection)
            ids = store.documents.add(connection, self.handed.run, [new for _, new in part])
            jobs.defer(connection, self.handed.edition, self.priority, ids)
        self.pending |= {(new.name, new.sha256, new.settings): job for job, new in part}


@dataclass
class _Watch:
    """What has ended since one looked last."""

    engine: Engine
    run: str
    hint: Callable[[], None]
    seen: set[int] = field(default_factory=set)
    since: datetime | None = None
    quiet: float = field(default_factory=time.monotonic)
    hinted: bool = False

    def news(self) -> list[Ended]:
        """Return what has ended; a database that is away for a while is waited for."""
        fresh = [one for one in self._asked() if one.id not in self.seen]
        self.seen |= {one.id for one in fresh}
        if fresh:
            self.since = max(one.updated for one in fresh)
            self.quiet = time.monotonic()
        elif time.monotonic() - self.quiet > 20 and not self.hinted:
            self.hinted = True
            if not store.runs.known(self.engine, self.run).counts.get(store.State.WORKING):
                self.hint()
        return fresh

    def _asked(self) -> list[Ended]:
        given_up = time.monotonic() + _PATIENCE
        while True:
            try:
                with store.told(self.engine):
                    return store.documents.ended(self.engine, self.run, self.since)
            except StoreUnavailable:
                if time.monotonic() > given_up:
                    raise
                time.sleep(2)


def _key(ended: Ended) -> Key:
    return ended.name, ended.sha256, ended.settings


def _waiting(job: Job) -> Outcome:
    awaited = AnswerAwaited("It is handed over to the workers.", "Run the same command again to fetch it.")
    return Outcome(job.file, "waiting", message=awaited.message, remedy=awaited.remedy)
