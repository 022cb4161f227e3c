"""Child processes for strangers' files: confined, warm, one task at a time, replaced when one breaks its limits.

Children are forked from a server process that has read one document, so that each of them starts in milliseconds with
all patterns compiled, and shares its memory. A task is a function of a module with its arguments.
"""

import importlib
import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import LifoQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cxify.batch.limits import limit_time, why
from cxify.errors import CxifyError
from cxify.web.processing import wire
from cxify.web.processing.confined import Limits, Network, confine
from cxify.web.processing.wire import SPLIT, Ended, Stopped

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess, SpawnProcess

    from cxify.llm import Chat

T = TypeVar("T")
STARTING: Final = 120
"""Seconds that a child may take to start: more than any, so that only a broken installation fails."""
_AGAIN: Final = "Start cxify again; if that does not help, report it."


@dataclass
class _Child:
    process: "ForkServerProcess | SpawnProcess"
    line: "Connection[Any, Any]"
    done: int = 0


@dataclass
class Children:
    """Several children for all threads of a process; to be closed."""

    number: int
    limits: Limits = field(default_factory=Limits)
    network: Network | None = None
    """How the children are kept from the network, once one has started."""
    _idle: "LifoQueue[_Child | None]" = field(default_factory=LifoQueue)
    _all: list[_Child] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _background: threading.Semaphore = field(init=False)
    _closed: bool = False

    def __post_init__(self) -> None:
        """Make room for the children; each is started when it is first needed."""
        self._background = threading.Semaphore(max(1, self.number - 1))
        for _ in range(self.number):
            self._idle.put(None)

    def ask(self, task: Callable[..., T], *arguments: object, chat: "Chat | None" = None, patient: bool = False) -> T:
        """Return what the task returns in a child.

        `chat` answers what the task asks a model. A `patient` task leaves one child to those who wait. Raises what the
        task raises if it is a CxifyError, and Stopped when the child broke its limits.
        """
        with self._background if patient else nullcontext():
            kind, content = self._answer(task, arguments, chat)
        if kind == "failed":
            raise wire.error_of(content)
        answer: T = content
        return answer

    def warm(self) -> None:
        """Start all children that have not been started."""
        for child in [self._idle.get() for _ in range(self.number)]:
            with suppress(Stopped, Ended):
                child = child or self._started()
            self._idle.put(child)

    def close(self) -> None:
        """End all children; what is in work is given up."""
        with self._lock:
            self._closed = True
            ended, self._all = self._all, []
        for child in ended:
            _end(child)

    def _answer(self, task: Callable[..., Any], arguments: Sequence[object], chat: "Chat | None") -> tuple[str, Any]:
        child = self._idle.get()
        try:
            child = child or self._started()
            answer = _talk(child, self.limits, (task, arguments), chat)
        except BaseException:
            self._back(child, whole=False)
            if self._closed:  # the child was ended with all others, and not over its document
                raise Ended from None
            raise
        child.done += 1
        self._back(child, whole=child.done < self.limits.tasks)
        return answer

    def _back(self, child: _Child | None, *, whole: bool) -> None:
        if child and not whole:
            _end(child)
            with self._lock, suppress(ValueError):
                self._all.remove(child)
            child = None
        self._idle.put(child)

    def _started(self) -> _Child:
        with self._lock:
            if self._closed:
                raise Ended
            context = _context()
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, self.limits), daemon=True)
            with _without_program():
                process.start()
            theirs.close()
            child = _Child(process, ours)
            self._all.append(child)
        if not ours.poll(STARTING):
            raise Stopped("The process that reads documents did not start.", _AGAIN)
        try:
            self.network = Network(wire.heard(ours))
        except (EOFError, OSError):
            raise Stopped(f"The process that reads documents did not start: {why(child.process)}.", _AGAIN) from None
        return child


def _talk(child: _Child, limits: Limits, task: object, chat: "Chat | None") -> tuple[str, Any]:
    """Hand a task over and answer what it asks the model, until it has ended. Raises Stopped."""
    until = time.monotonic() + limits.seconds
    try:
        wire.send(child.line, task)
        while child.line.poll(max(0.0, until - time.monotonic())):
            kind, content = wire.heard(child.line)
            if kind != "chat":
                return kind, content
            asked = time.monotonic()
            wire.send(child.line, _said(chat, content))
            until += time.monotonic() - asked
    except (EOFError, OSError):
        raise Stopped(f"The document was given up: {why(child.process)}.", SPLIT) from None
    raise Stopped(f"The document was given up: it took longer than {limits.seconds:g} seconds.", SPLIT)


def _said(chat: "Chat | None", asked: Sequence[Any]) -> object:
    if chat is None:
        raise Stopped("The document was given up: it asked for a model that nobody named.", SPLIT)
    try:
        return "answer", chat.complete(*asked)
    except CxifyError as error:
        return "failed", wire.told(error)


@contextmanager
def _without_program() -> Iterator[None]:
    """Hide the program that was started: each child would import it anew, and needs nothing of it."""
    program = sys.modules["__main__"]
    hidden = {name: getattr(program, name, None) for name in ("__spec__", "__file__")}
    for name in hidden:
        setattr(program, name, None)
    try:
        yield
    finally:
        for name, value in hidden.items():
            setattr(program, name, value)


def _context() -> Any:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cxify.web.processing.warm"])
    return context


def _end(child: _Child) -> None:
    child.line.close()
    if child.process.is_alive():
        child.process.kill()
    child.process.join(5)


# ---- in the child ----


def _serve(line: "Connection[Any, Any]", limits: Limits) -> None:
    """Do tasks until the parent has gone."""
    from cxify.web.processing import asking

    # Read before it may write no file any more; nothing is left to do where the server has done it.
    importlib.import_module("cxify.web.processing.warm")
    wire.send(line, str(confine(limits)))
    asking.line = line
    with suppress(EOFError, OSError):
        while True:
            task, arguments = line.recv()
            limit_time(limits.seconds)
            wire.send(line, _done(task, arguments))


def _done(task: Callable[..., object], arguments: Sequence[object]) -> tuple[str, object]:
    try:
        return "done", task(*arguments)
    except Exception as error:
        return "failed", wire.told(error)
