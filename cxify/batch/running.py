"""A run over the documents of a plan: several at a time, each on its own."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cxify.batch import html
from cxify.batch.children import Children, Limits
from cxify.batch.lock import alone, sweep
from cxify.batch.outcome import Done, Job, Outcome, Plan
from cxify.batch.report import Report
from cxify.batch.together import Sum, Thread, shared_profiles
from cxify.batch.worker import Pages, Rewrite, Task, Worker
from cxify.convert import Converter
from cxify.errors import CxifyError
from cxify.profile import RoleProfile, Seen
from cxify.rules import RuleBook, portfolio

Tell = Callable[[Outcome], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Apart:
    """Child processes that do the documents, or only look at them first, under limits."""

    make: Callable[[], Worker]
    """Makes the worker in each child: a function of a module, with its arguments."""
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    only_look: bool = False
    """A model is waited for in threads of this process; the children only read the documents before."""


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
    report entry has the same source and settings is not done again. With a `thread` every document is looked at before
    the first one is rewritten, so that the documents of a role share one profile; `shared` gives such profiles, by
    target, when they are known already. With `apart` the documents are done in child processes. With `write=False`
    nothing reaches the disk. `tell` hears of each outcome, one at a time. Without `keep_details` memory hardly grows
    with the documents: the report has them. Ctrl-C lets the documents in work finish, and leaves others. Raises
    InputError when another run works on the same folder.
    """
    worker = Worker(rewrite, pages, settings, write, plan.out, thread.look if thread else None)
    with ExitStack() as stack:
        if write:
            stack.enter_context(alone(plan.out))
            sweep(plan.out)
        children = stack.enter_context(_children(apart)) if apart else None
        keep = keep_details or not write
        going = _Run(plan, worker, Report(plan.out), children, apart, tell, keep, shared)
        at_once = apart.jobs if apart and not apart.only_look else concurrency
        return going.done(thread, at_once, book)


def conclude(
    plan: Plan, finished: Mapping[Path, Outcome], *, interrupted: bool, book: RuleBook | None, write: bool = True
) -> Done:
    """Return the run as a whole, by source, with what its documents say together, and write the report."""
    return _closed(plan, finished, Report(plan.out), book, interrupted=interrupted, write=write, keep=True)


@contextmanager
def _children(apart: Apart) -> Iterator[Children]:
    children = Children(apart.make, apart.limits)
    try:
        yield children
    finally:
        children.close()


@dataclass
class _Run:
    plan: Plan
    worker: Worker
    report: Report
    children: Children | None
    apart: Apart | None
    tell: Tell
    keep: bool
    known: Mapping[Path, RoleProfile] | None
    finished: dict[Path, Outcome] = field(default_factory=dict)
    frameworks: dict[str, object] = field(default_factory=dict)
    interrupted: bool = False

    def done(self, thread: Thread | None, concurrency: int, book: RuleBook | None) -> Done:
        for outcome in self.plan.skipped:
            self.tell(outcome)
        with ThreadPoolExecutor(concurrency) as pool:
            self._work(thread, pool)
        told = {"interrupted": self.interrupted, "write": self.worker.write, "keep": self.keep}
        return _closed(self.plan, self.finished, self.report, book, **told)

    def _work(self, thread: Thread | None, pool: ThreadPoolExecutor) -> None:
        futures: dict[Future[Outcome], Job] = {}
        try:
            self._convert()
            shared = self._shared(thread, pool) if self.known is None else self.known
            futures.update({pool.submit(self._outcome, job, shared): job for job in self.plan.jobs})
            self._collect(as_completed(futures), futures)
        except KeyboardInterrupt:
            self.interrupted = True
            pool.shutdown(wait=True, cancel_futures=True)
            in_flight = [each for each, job in futures.items() if job.source not in self.finished]
            self._collect((each for each in in_flight if not each.cancelled()), futures)

    def _convert(self) -> None:
        foreign = [job.source for job in self.plan.jobs if job.converted]
        if foreign and self.worker.write:
            Converter(self.plan.out).prepare(foreign)

    def _shared(self, thread: Thread | None, pool: ThreadPoolExecutor) -> Mapping[Path, RoleProfile]:
        if self.apart is None or not self.apart.only_look:
            return shared_profiles(self.plan, thread, pool, self._seen)
        with ThreadPoolExecutor(self.apart.jobs) as few:
            return shared_profiles(self.plan, thread, few, self._seen)

    def _seen(self, task: Task) -> Seen | None:
        return self.children.seen(task) if self.children else self.worker.seen(task)

    def _outcome(self, job: Job, shared: Mapping[Path, RoleProfile]) -> Outcome:
        task = Task(job, shared.get(job.target), self.report.noted(str(job.source)))
        if self.children and self.apart and not self.apart.only_look:
            outcome = self.children.outcome(task)
            outcome = outcome if outcome.settings else self.worker.finished(outcome, task, None)
        else:
            outcome = self.worker.outcome(task)
        return self._reported(outcome)

    def _reported(self, outcome: Outcome) -> Outcome:
        """Write the line of a document at once."""
        if self.worker.write and outcome.status != "done before":
            try:
                self.report.add(outcome)
            except CxifyError:
                log.debug("%s", outcome.file, exc_info=True)  # the end of the run says that the report is missing
        return outcome if outcome.status != "done before" else self.report.full(outcome)

    def _slim(self, outcome: Outcome) -> Outcome:
        """Keep no more of a document than the end of the run needs: the report has it."""
        framework = outcome.details.get("framework")
        kept = {"framework": self.frameworks.setdefault(str(framework), framework)} if framework else {}
        return replace(outcome, details=kept)

    def _collect(self, ended: Iterable[Future[Outcome]], jobs: dict[Future[Outcome], Job]) -> None:
        for future in ended:
            outcome, job = future.result(), jobs.pop(future)
            self.finished[job.source] = outcome if self.keep else self._slim(outcome)
            self.tell(outcome)


def _closed(
    plan: Plan,
    finished: Mapping[Path, Outcome],
    report: Report,
    book: RuleBook | None,
    *,
    interrupted: bool,
    write: bool,
    keep: bool,
) -> Done:
    """Sum up; the report is read once more, one document at a time."""
    outcomes = (*plan.skipped, *(finished[job.source] for job in plan.jobs if job.source in finished))
    gathered, page = Sum(), html.Page()
    for outcome in outcomes:
        full = outcome if keep else report.full(outcome)
        gathered.add(full)
        page.add(full)
    done = Done(outcomes, interrupted, gathered.roles, portfolio.check(gathered.facts, book=book))
    if write:
        report.tidy(outcomes, done.roles, done.portfolio)
        page.write(plan.out, done)
    return done
