"""A run over the documents of a plan: several at a time, each on its own."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

from cxify import machine
from cxify.batch import html
from cxify.batch.agenda import GLANCE, LOOK, REWRITE, Agenda, Step, Thread
from cxify.batch.answers import Answers, Give
from cxify.batch.child import Limits, Make
from cxify.batch.children import Children
from cxify.batch.finished import Finished
from cxify.batch.lock import alone, sweep
from cxify.batch.outcome import Done, Job, Outcome, Plan
from cxify.batch.report import Report
from cxify.batch.together import Sum
from cxify.batch.wire import Stopped
from cxify.batch.worker import Pages, Rewrite, Task, Worker, too_large
from cxify.convert import Converter
from cxify.errors import CxifyError
from cxify.profile import RoleProfile
from cxify.rules import RuleBook, portfolio

Tell = Callable[[Outcome], None]
_NEXT: Final = 2
"""Steps that lie ready, so that no thread waits while this one decides what comes next."""
_GLANCES: Final = 8
"""Documents that are glanced at together."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Apart:
    """Child processes that do the documents, under limits; this process does for them what only it may do."""

    make: Make
    """Makes a Worker in each child: a function of a module, with its arguments."""
    jobs: int = 1
    seats: int = 1
    """Documents that a child has under way, one of them computing and the others waiting for answers."""
    limits: Limits = field(default_factory=Limits)
    give: Mapping[str, Give] = field(default_factory=dict)
    """What children may ask for, such as a model's answer."""
    at_once: int = 1
    """Answers that are waited for at the same time."""

    def begun(self) -> Children:
        """Start the children; to be closed."""
        return Children(self.make, self.jobs, self.seats, self.limits, Answers(self.give, self.at_once))


def run(
    plan: Plan,
    rewrite: Rewrite,
    *,
    settings: str,
    concurrency: int = 1,
    write: bool = True,
    pages: Pages | None = None,
    thread: Thread | None = None,
    shared: Mapping[Path, RoleProfile] | None = None,
    book: RuleBook | None = None,
    apart: Apart | None = None,
    keep_details: bool = True,
    tell: Tell = lambda _: None,
) -> Done:
    """Rewrite every document of the plan and return what became of each.

    `settings` is the fingerprint of everything that decides the result besides the source; a document whose output or
    report entry has the same source and settings is not done again. With a `thread` a document is rewritten when all
    that may be of its role were looked at, so that they share one profile; `shared` gives such profiles, by target,
    when they are known already. With `apart` the documents are done in child processes. With `write=False` nothing
    reaches the disk. `tell` hears of each outcome, one at a time. Without `keep_details` memory hardly grows with the
    documents: the report has them. Ctrl-C lets the documents in work finish, and leaves others. Raises InputError when
    another run works on the same folder.
    """
    if apart:
        machine.share_heaps(1)
    looks = (thread.look, thread.glance) if thread else (None, None)
    worker = Worker(rewrite, pages, settings, write, plan.out, *looks)
    with ExitStack() as stack:
        if write:
            stack.enter_context(alone(plan.out))
            sweep(plan.out)
        children = stack.enter_context(closing(apart.begun())) if apart else None
        keep = keep_details or not write
        going = _Run(plan, worker, Report(plan.out), children, tell, keep, shared)
        return going.done(thread, children.places if children else concurrency, book)


def conclude(
    plan: Plan, finished: Mapping[str, Outcome], *, interrupted: bool, book: RuleBook | None, write: bool = True
) -> Done:
    """Return the run as a whole, by source, with what its documents say together, and write the report."""
    ended = Finished(plan, Report(plan.out), keep=True)
    for index, job in enumerate(plan.jobs):
        if outcome := finished.get(job.file):
            ended.add(index, outcome)
    return _closed(ended, book, interrupted=interrupted, write=write)


@dataclass
class _Run:
    plan: Plan
    worker: Worker
    report: Report
    children: Children | None
    tell: Tell
    keep: bool
    known: Mapping[Path, RoleProfile] | None
    interrupted: bool = False

    def __post_init__(self) -> None:
        self.finished = Finished(self.plan, self.report, self.keep)

    def done(self, thread: Thread | None, concurrency: int, book: RuleBook | None) -> Done:
        for outcome in self.plan.skipped:
            self.tell(outcome)
        with ThreadPoolExecutor(concurrency) as pool:
            self._work(thread, pool, concurrency + _NEXT)
        if self.children:
            self.children.dismiss()
        return _closed(self.finished, book, interrupted=self.interrupted, write=self.worker.write)

    def _work(self, thread: Thread | None, pool: ThreadPoolExecutor, most: int) -> None:
        under_way: dict[Future[list[Any]], tuple[Step, ...]] = {}
        try:
            self._convert()
            self._go_through(Agenda(self.plan, thread, self.known), pool, under_way, most)
        except KeyboardInterrupt:
            self.interrupted = True
            if self.children:
                self.children.stop()
            pool.shutdown(wait=True, cancel_futures=True)
            for future, (step, *_) in under_way.items():
                if not future.cancelled() and step.index not in self.finished:
                    self._collect(step, future.result()[0])

    def _go_through(
        self, agenda: Agenda, pool: ThreadPoolExecutor, under_way: dict[Future[list[Any]], tuple[Step, ...]], most: int
    ) -> None:
        """Do what can be done, so much at the same time, until nothing is left."""
        ended: SimpleQueue[Future[list[Any]]] = SimpleQueue()
        while True:
            while len(under_way) < most and (steps := _next(agenda)):
                future = pool.submit(self._done, steps)
                under_way[future] = steps
                future.add_done_callback(ended.put)
            if not under_way:
                return
            future = ended.get()
            for step, result in zip(under_way[future], future.result(), strict=True):
                agenda.told(step, result)
                self._collect(step, result)
            del under_way[future]

    def _convert(self) -> None:
        foreign = [job.source for job in self.plan.jobs if job.converted]
        if foreign and self.worker.write:
            Converter(self.plan.out).prepare(foreign)

    def _done(self, steps: tuple[Step, ...]) -> list[Any]:
        """Return what came of each step, None where nothing did."""
        if steps[0].what == REWRITE:
            return [self._outcome(step.job, step.shared) for step in steps]
        if self.children and len(steps) > 1:
            with suppress(Exception):  # one of them may have ended the child
                told: list[Any] = self.children.ask("glanced_all", [Task(step.job) for step in steps])
                return told
        return [self._looked(step) for step in steps]

    def _looked(self, step: Step) -> Any:
        """What is wrong with a document is told when it is rewritten."""
        try:
            if self.children:
                return self.children.ask(step.what, Task(step.job), step.job.file if step.what == LOOK else "")
            return getattr(self.worker, step.what)(Task(step.job))
        except Exception:
            log.debug("%s", step.job.source, exc_info=True)
            return None

    def _outcome(self, job: Job, shared: RoleProfile | None) -> Outcome | None:
        """Return what became of a document, None when the run was stopped before a model was asked."""
        task = Task(job, shared, self.report.noted(job.file))
        outcome = self._apart(self.children, task) if self.children else self._here(task)
        if self.children and self.interrupted and outcome.status == "waiting":
            return None
        return self._reported(outcome)

    def _here(self, task: Task) -> Outcome:
        try:
            return self.worker.outcome(task)
        except MemoryError:
            why = "The document needs more memory than there is."
            return self.worker.finished(too_large(task.job, why), task, None)

    def _apart(self, children: Children, task: Task) -> Outcome:
        try:
            outcome: Outcome = children.ask("outcome", task, task.job.file)
        except Stopped as reason:
            return self.worker.finished(too_large(task.job, f"The document was given up: {reason}."), task, None)
        return outcome

    def _reported(self, outcome: Outcome) -> Outcome:
        """Write the line of a document at once."""
        if self.worker.write and outcome.status != "done before":
            try:
                self.report.add(outcome)
            except CxifyError:
                log.debug("%s", outcome.file, exc_info=True)  # the end of the run says that the report is missing
        return outcome if outcome.status != "done before" else self.report.full(outcome)

    def _collect(self, step: Step, outcome: Outcome | None) -> None:
        if step.what == REWRITE and outcome is not None:
            self.finished.add(step.index, outcome)
            self.tell(outcome)


def _next(agenda: Agenda) -> tuple[Step, ...]:
    """Return what can be done now; of glances several, each takes no longer than its way to a child and back."""
    first = agenda.next()
    more = (agenda.next() for _ in range(_GLANCES - 1)) if first and first.what == GLANCE else ()
    return tuple(step for step in (first, *more) if step)


def _closed(finished: Finished, book: RuleBook | None, *, interrupted: bool, write: bool) -> Done:
    """Sum up; the report is read once more, one document at a time."""
    plan, report, outcomes = finished.plan, finished.report, finished.briefs()
    gathered, page = Sum(), html.Page()
    for outcome in finished.whole():
        gathered.add(outcome)
        page.add(outcome)
    found = portfolio.check(gathered.facts, book=book)
    done = Done(outcomes, interrupted, gathered.roles, found, gathered.frameworks)
    if write:
        report.tidy(outcomes, finished.whole(), done.roles, done.portfolio)
        page.write(plan.out, done)
    return done
