"""A run on this machine: what every document is done with, here or in child processes, and how many at a time."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxify import __version__, batch, convert, framework, kinds, packet, pipeline, profile, rules
from cxify.batch import Done, Plan
from cxify.cli import say, shell
from cxify.errors import InputError
from cxify.writers import Writer

if TYPE_CHECKING:
    from cxify.framework import Framework
    from cxify.kinds import Kinds
    from cxify.profile import RoleProfile, Seen
    from cxify.provenance import Converted
    from cxify.rules import RuleBook
    from cxify.settings import Settings
    from cxify.voice import Digest

MANY: Final = 40
"""From so many documents on, child processes pay for their start."""


@dataclass(frozen=True)
class How:
    """How many documents at a time, and whether apart from this process; None leaves it to the number of documents."""

    jobs: int | None = None
    isolate: bool | None = None

    def apart(self, make: Callable[[], batch.Worker], documents: int, *, by_model: bool) -> batch.Apart | None:
        """Return the child processes of a run. A model is waited for in threads, so there children only look."""
        jobs = self.jobs or (_cores() if documents >= MANY and not by_model and self.isolate is not False else 1)
        wanted = self.isolate if self.isolate is not None else jobs > 1
        return batch.Apart(make, min(jobs, max(1, documents)), only_look=by_model) if wanted else None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Order:
    """What decides a run, small enough to travel to another process."""

    settings: "Settings"
    kind: str | None
    date: str
    out: Path
    write: bool


@dataclass(frozen=True)
class Means:
    """What every document of a run is done with."""

    order: Order
    writer: Writer
    framework: "Framework"
    kinds: "Kinds"
    book: "RuleBook"
    digest: "Digest | None"
    options: pipeline.Options = field(repr=False)

    @classmethod
    def of(cls, order: Order, writer: Writer) -> "Means":
        """Load framework, kinds, rules and voice. Raises SetupError."""
        from cxify.cli.rewrite import heard

        settings = order.settings
        chosen, known = framework.load(settings.framework), kinds.load(settings.kinds)
        kinds.check_named(order.kind, known)
        options = pipeline.Options(
            kind=order.kind,
            intensity=settings.intensity,
            author=settings.author,
            user=settings.user,
            date=order.date,
            tool_version=__version__,
        )
        return cls(order, writer, chosen, known, rules.load(settings.rules), heard(settings, chosen), options)

    @property
    def _given(self) -> dict[str, Any]:
        return {"framework": self.framework, "kinds": self.kinds, "options": self.options, "digest": self.digest}

    def rewrite(
        self, source: bytes, shared: "RoleProfile | None", converted: "Converted | None" = None
    ) -> pipeline.Redline:
        """Rewrite one document."""
        given = {**self._given, "writer": self.writer, "book": self.book}
        return pipeline.rewrite(source, **given, shared=shared, converted=converted)

    def look(self, source: bytes) -> "Seen":
        """Look at one document."""
        return pipeline.look(source, **self._given)

    def weave(self, seen: "Mapping[str, Seen]") -> "Mapping[str, RoleProfile]":
        """Find the documents that share a role."""
        return profile.weave(seen, self.framework)

    @property
    def fingerprint(self) -> str:
        """What decides the results besides the sources."""
        return pipeline.fingerprint(**self._given, writer=self.writer, book=self.book)

    @property
    def pages(self) -> batch.Pages | None:
        """What makes the pages for manager and employee."""
        settings = self.order.settings
        return packet.Sheet(self.framework, packet.load(settings.what_changed_texts)) if settings.what_changed else None


def library_worker(order: Order) -> batch.Worker:
    """Return a worker with the built-in writer; this is what a child process calls."""
    from cxify.cli.writer import LIBRARY, writer_for

    means = Means.of(order, writer_for(LIBRARY, order.settings, None))
    return batch.Worker(means.rewrite, means.pages, means.fingerprint, order.write, order.out, means.look)


def run(plan: Plan, means: Means, how: How, *, concurrency: int, as_json: bool) -> Done:
    """Do the documents of a plan, telling of each as it is done."""
    from cxify.cli.progress import progress

    by_model = means.writer.identity.get("name") != "library"
    apart = how.apart(partial(library_worker, means.order), len(plan.jobs), by_model=by_model)
    with progress(len(plan.jobs) + len(plan.skipped), as_json=as_json) as tell:
        return batch.run(
            plan,
            means.rewrite,
            settings=means.fingerprint,
            concurrency=concurrency,
            write=means.order.write,
            thread=batch.Thread(means.look, means.weave),
            book=means.book,
            pages=means.pages,
            apart=apart,
            keep_details=as_json,
            tell=tell,
        )


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
