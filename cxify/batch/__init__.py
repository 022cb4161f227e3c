"""Many documents: which ones, each on its own, several at a time, and what became of them.

`plan` looks at the folders and refuses what cannot end well; `run` does the work. One bad document never stops the
others.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path

from cxify.batch.outcome import STATUSES, Done, Job, Made, Outcome, Plan, Role, Status
from cxify.batch.planning import OTHER_FORMATS, WORD_SUFFIXES, plan, prepare
from cxify.batch.report import REPORT, details, earlier, write_report
from cxify.batch.together import Thread, facts, roles, shared_profiles
from cxify.batch.worker import Pages, Rewrite, Worker
from cxify.profile import RoleProfile
from cxify.rules import RuleBook, portfolio

__all__ = [
    "OTHER_FORMATS",
    "REPORT",
    "STATUSES",
    "WORD_SUFFIXES",
    "Done",
    "Job",
    "Made",
    "Outcome",
    "Pages",
    "Plan",
    "Rewrite",
    "Role",
    "Status",
    "Thread",
    "conclude",
    "details",
    "plan",
    "prepare",
    "run",
    "shared_profiles",
]


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
    tell: Callable[[Outcome], None] = lambda _: None,
) -> Done:
    """Rewrite every document of the plan and return what became of each.

    `settings` is the fingerprint of everything that decides the result besides the source; a document whose output or
    report entry has the same source and settings is not done again. With a `thread` every document is looked at before
    the first one is rewritten, so that the documents of a role share one profile; `shared` gives such profiles, by
    target, when they are known already. With `write=False` nothing reaches the disk. `tell` hears of each outcome,
    one at a time. Ctrl-C lets the documents in work finish, and leaves others.
    """
    finished: dict[Path, Outcome] = {}
    interrupted = False
    for outcome in plan.skipped:
        tell(outcome)
    futures: dict[Future[Outcome], Job] = {}
    with ThreadPoolExecutor(concurrency) as pool:
        try:
            known = shared_profiles(plan, thread, pool) if shared is None else shared
            worker = Worker(rewrite, pages, settings, write, earlier(plan.out), known)
            futures.update({pool.submit(worker.outcome, job): job for job in plan.jobs})
            _collect(as_completed(futures), futures, finished, tell)
        except KeyboardInterrupt:
            interrupted = True
            pool.shutdown(wait=True, cancel_futures=True)
            in_flight = [each for each, job in futures.items() if job.source not in finished and not each.cancelled()]
            _collect(in_flight, futures, finished, tell)
    return conclude(plan, finished, interrupted=interrupted, book=book, write=write)


def conclude(
    plan: Plan, finished: Mapping[Path, Outcome], *, interrupted: bool, book: RuleBook | None, write: bool = True
) -> Done:
    """Return the run as a whole, by source, with what its documents say together, and write the report."""
    ordered = [finished[job.source] for job in plan.jobs if job.source in finished]
    outcomes = (*plan.skipped, *ordered)
    done = Done(outcomes, interrupted, roles(outcomes), portfolio.check(facts(outcomes), book=book))
    if write:
        write_report(plan.out, done)
    return done


def _collect(
    ended: Iterable[Future[Outcome]],
    jobs: Mapping[Future[Outcome], Job],
    finished: dict[Path, Outcome],
    tell: Callable[[Outcome], None],
) -> None:
    for future in ended:
        finished[jobs[future].source] = future.result()
        tell(future.result())
