"""A run on this machine: here or in child processes, how many documents at a time, and what is said of them."""

import math
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxify import batch, convert
from cxify.batch import Done, Making, Plan
from cxify.cli import say, shell
from cxify.cli.rewrite_start import MANY, WARM
from cxify.errors import InputError
from cxify.forking import WARM_MODEL, start_server
from cxify.machine import cores
from cxify.writers.choice import LIBRARY, writer_for

if TYPE_CHECKING:
    from cxify.settings import Settings
    from cxify.writers import Writer
    from cxify.writers.llm import LLMWriter

WITH_MODEL, WITHOUT_MODEL = 8, 1
"""Documents in work at once: threads help while models are waited for, and cost when Python itself does the work."""
SEATS: Final = 2
"""Documents that a child has without a model: one in work, and one at hand when that is done."""
READ_AHEAD: Final = 64
"""Documents, at most, that are read and checked while all places at the model are taken."""


@dataclass(frozen=True)
class Order:
    """What decides a run, small enough to travel to another process."""

    settings: "Settings"
    kind: str | None
    date: str
    out: Path
    write: bool

    def worker(self, writer: "Writer") -> batch.Worker:
        """Return what does the documents. Raises SetupError."""
        by = replace(Making.of(self.settings, writer, kind=self.kind, date=self.date), kept=batch.Kept())
        return batch.Worker(by.rewrite, by.sheet, by.fingerprint, self.write, self.out, by.look, by.glance)


@dataclass(frozen=True)
class How:
    """How many documents at a time, and whether apart from this process; None leaves it to the number of documents."""

    jobs: int | None = None
    isolate: bool | None = None

    def apart(self, order: Order, writer: "Writer", documents: int, at_once: int) -> batch.Apart | None:
        """Return the child processes of a run, if it is to have any."""
        jobs = self.jobs or (cores() if documents >= MANY and self.isolate is not False else 1)
        if not (self.isolate if self.isolate is not None else jobs > 1):
            return None
        jobs = min(jobs, max(1, documents))
        if not _asks_a_model(writer):
            start_server(WARM)
            return batch.Apart(partial(library_worker, order), jobs, SEATS)
        start_server(WARM, WARM_MODEL)
        return _with_model(order, writer, jobs, documents, at_once)


def library_worker(order: Order, _: batch.Parent) -> batch.Worker:
    """Return a worker with the built-in writer; this is what a child process calls."""
    return order.worker(writer_for(LIBRARY, order.settings))


def model_worker(order: Order, writer: "LLMWriter", parent: batch.Parent) -> batch.Worker:
    """Return a worker that leaves the model to its parent: a child is given no key and asks nobody."""
    from cxify.llm.relay import Relay

    return order.worker(replace(writer, chat=Relay(writer.chat.model, writer.chat.local, parent.ask)))


def rewritten(
    plan: Plan,
    settings: "Settings",
    writer: "Writer",
    kind: str | None,
    *,
    write: bool,
    as_json: bool,
    how: How = How(isolate=False),
) -> Done:
    """Rewrite the documents of a plan, telling of each as it is done. Raises SetupError and InputError."""
    from cxify.cli.progress import progress

    order = Order(settings, kind, shell.now(), plan.out, write)
    at_once = settings.concurrency or (WITH_MODEL if _asks_a_model(writer) else WITHOUT_MODEL)
    apart = how.apart(order, writer, len(plan.jobs), at_once)
    by = replace(Making.of(settings, writer, kind=kind, date=order.date), kept=batch.Kept())
    if write:
        batch.prepare(plan.out)
    with progress(len(plan.jobs) + len(plan.skipped), as_json=as_json) as tell:
        return batch.run(
            plan,
            by.rewrite,
            settings=by.fingerprint,
            concurrency=at_once,
            write=write,
            thread=batch.Thread(by.look, by.weave, by.glance),
            book=by.book,
            pages=by.sheet,
            apart=apart,
            keep_details=as_json,
            tell=tell,
        )


def as_data(plan: Plan, done: Done) -> dict[str, Any]:
    """Return the run as JSON: every file, then the totals."""
    return {
        "documents": [asdict(outcome) for outcome in done.outcomes],
        "roles": [asdict(role) for role in done.roles],
        "portfolio": [asdict(finding) for finding in done.portfolio],
        "summary": {
            "files": len(plan.jobs) + len(plan.skipped),
            **{status.replace(" ", "_"): done.count(status) for status in batch.STATUSES},
            "interrupted": done.interrupted,
            "exit_code": done.exit_code,
        },
    }


def _asks_a_model(writer: "Writer") -> bool:
    return "model" in writer.identity


def _with_model(order: Order, writer: "Writer", jobs: int, documents: int, at_once: int) -> batch.Apart | None:
    """Return children that leave the model to this process; None for a writer that cannot do without its chat."""
    from cxify.llm.loading import preload
    from cxify.llm.relay import COMPLETE, completing, travelling
    from cxify.writers.llm import LLMWriter

    if not isinstance(writer, LLMWriter):
        return None
    # What the first call takes is loaded while the children read.
    threading.Thread(target=preload, daemon=True).start()
    make = partial(model_worker, order, replace(writer, chat=travelling(writer.chat)))
    under_way = min(documents, at_once + min(at_once, READ_AHEAD))
    give = {COMPLETE: completing(writer.chat)}
    seats = math.ceil(under_way / jobs)
    return batch.Apart(make, jobs, seats, batch.Limits(nice=batch.STANDS_BACK), give=give, at_once=at_once)


def planned(paths: Sequence[Path], out: Path, *, only_failed: bool = False) -> Plan:
    """Find the documents; `-` reads their paths from stdin. Raises InputError."""
    plan = batch.plan(paths, out, converts=convert.program() is not None)
    return batch.retried(plan) if only_failed else plan


def listed(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Replace `-` by the paths that stdin names, a line each or with NUL between them."""
    if shell.STDOUT not in paths:
        return tuple(paths)
    given = sys.stdin.buffer.read()
    names = given.split(b"\0") if b"\0" in given else given.splitlines()
    read = [Path(os.fsdecode(name)) for name in names if name.strip()]
    found = (*(path for path in paths if path != shell.STDOUT), *read)
    if not found:
        raise InputError("stdin names no file.", "Pipe paths into it, one a line: find jobs -name '*.docx' | cxify …")
    return found


def watch(plan: Callable[[], Plan], done: Callable[[Plan], Done]) -> int:
    """Do documents as they arrive until Ctrl-C; return the exit code."""
    shell.say("Watching. Ctrl-C ends it.")
    worst = 0
    try:
        for arrived in batch.settled(plan):
            for ended in _until_done(arrived, done):
                shell.show(say.summary(ended, arrived))
                if ended.interrupted:
                    return ended.exit_code
                worst = max(worst, ended.exit_code)
    except KeyboardInterrupt:
        shell.say("Stopped watching.")
    return worst


def _until_done(plan: Plan, done: Callable[[Plan], Done]) -> Iterator[Done]:
    """What hinders a whole round, such as another run on the folder or a full disk, hinders no later one."""
    import time

    told = ""
    while True:
        try:
            yield done(plan)
            return
        except InputError as error:
            if str(error) != told:
                shell.say(told := str(error))
            time.sleep(5)
