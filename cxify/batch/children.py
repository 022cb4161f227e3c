"""Documents in child processes with limits: what a hostile or broken one eats or crashes is a child and not the run.

A child does one document at a time and ends after some hundred, or when its parent is gone. Children are started by a
server process without threads, because forking a process with threads can hang.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final, Literal

from cxify.batch.worker import SPLIT, Task, Worker, failed
from cxify.errors import InputError

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess, SpawnProcess

    from cxify.batch.outcome import Outcome
    from cxify.profile import Seen

What = Literal["seen", "outcome"]
MEGABYTE: Final = 1024 * 1024
STARTING: Final = 120
"""Seconds that a child may take to start: more than any, so that only a broken installation fails."""


@dataclass(frozen=True)
class Limits:
    """What one document may take, and how many a child does."""

    memory: int = 1024
    """Megabytes beyond what a child needs for itself."""
    seconds: float = 120
    """By the clock; of processor time half as much."""
    documents: int = 500


class Stopped(Exception):  # noqa: N818  it says what happened
    """A child ended or had to be ended; the message says why, as the end of a sentence."""


@dataclass
class _Child:
    process: "ForkServerProcess | SpawnProcess"
    connection: "Connection[Any, Any]"
    done: int = 0


@dataclass
class Children:
    """A child for every thread that asks; to be closed."""

    make: Callable[[], Worker]
    """Makes the worker in each child; it travels there, so it is a function of a module with its arguments."""
    limits: Limits = field(default_factory=Limits)
    _own: threading.local = field(default_factory=threading.local)
    _all: list[_Child] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def outcome(self, task: Task) -> "Outcome":
        """Return what became of a document."""
        try:
            outcome: Outcome = self._ask("outcome", task)
        except Stopped as reason:
            return failed(task.job, f"The document was given up: {reason}.", SPLIT, InputError.exit_code)
        return outcome

    def seen(self, task: Task) -> "Seen | None":
        """Look at a document. Raises Stopped."""
        found: Seen | None = self._ask("seen", task)
        return found

    def close(self) -> None:
        """End all children."""
        for child in self._all:
            child.connection.close()
        for child in self._all:
            child.process.join(1)
            _end(child)

    def _ask(self, what: What, task: Task) -> Any:
        child = self._child()
        try:
            child.connection.send((what, task))
            if not child.connection.poll(self.limits.seconds):
                raise Stopped(f"it took longer than {self.limits.seconds:g} seconds")
            answer = child.connection.recv()
        except (EOFError, OSError):
            self._dismiss(child)
            raise Stopped(_why(child)) from None
        except Stopped:
            self._dismiss(child)
            raise
        child.done += 1
        if child.done >= self.limits.documents:
            self._dismiss(child)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _child(self) -> _Child:
        child: _Child | None = getattr(self._own, "child", None)
        if child is None:
            child = self._own.child = self._started()
        return child

    def _started(self) -> _Child:
        with self._lock:
            context = _context()
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, self.make, self.limits), daemon=True)
            process.start()
            theirs.close()
            child = _Child(process, ours)
            self._all.append(child)
        if not ours.poll(STARTING):
            raise Stopped("its process did not start")
        try:
            broken = ours.recv()
        except (EOFError, OSError):
            raise Stopped(_why(child)) from None
        if isinstance(broken, Exception):
            raise broken
        return child

    def _dismiss(self, child: _Child) -> None:
        child.connection.close()
        child.process.join(0.2)
        _end(child)
        with self._lock:
            self._all.remove(child)
        self._own.child = None


def _context() -> Any:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cxify.pipeline", "cxify.packet", "cxify.batch.worker"])
    return context


def _end(child: _Child) -> None:
    if child.process.is_alive():
        child.process.kill()
        child.process.join(5)


def _why(child: _Child) -> str:
    child.process.join(5)
    code = child.process.exitcode
    if code is not None and -code == getattr(signal, "SIGXCPU", None):
        return "it took too much processor time"
    if code is not None and -code == getattr(signal, "SIGKILL", None):
        return "its process was killed, perhaps because the machine ran out of memory"
    return f"its process ended (code {code})"


# ---- in the child ----


def _serve(connection: "Connection[Any, Any]", make: Callable[[], Worker], limits: Limits) -> None:
    """Answer until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent lets the document in work finish
    try:
        worker = make()
        _limit_memory(limits)
    except Exception as error:
        connection.send(error)
        return
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            what, task = connection.recv()
            _limit_time(limits)
            connection.send(_answer(worker, what, task))


def _answer(worker: Worker, what: What, task: Task) -> object:
    try:
        return worker.seen(task) if what == "seen" else worker.outcome(task)
    except MemoryError:
        return Stopped("it needs more memory than one document may have")
    except Exception as error:
        return Stopped(f"{type(error).__name__}")


def _limit_memory(limits: Limits) -> None:
    """Bound the address space, where the system can and tells what is in use."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(open("/proc/self/statm").read().split()[0])  # noqa: SIM115  closed with the process
        most = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_time(limits: Limits) -> None:
    """Let the system end a child that computes for too long, also when nobody is left who waits for it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        most = int(time.process_time() + max(1, limits.seconds / 2)) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
