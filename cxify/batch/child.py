"""Inside a child process: several tasks under way, one of them computing, and limits on what each may take.

While a task awaits what only the parent may do, such as asking a model, it costs a thread and neither processor nor
lock. Whoever computes holds the floor, so that threads do not fight for the interpreter, and so that the clock of the
limits runs for this task alone.
"""

import itertools
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Final, Protocol

from cxify import machine
from cxify.batch.limits import MEGABYTE, limit_memory, limit_time
from cxify.batch.wire import Answer, Ask, Call, Done, Ready, Stopped
from cxify.errors import CxifyError

_STACK: Final = 4 * MEGABYTE


STANDS_BACK: Final = 5
"""How nice children of a parent that asks a model are: a request that is ready must not wait for their work."""


@dataclass(frozen=True)
class Limits:
    """What one document may take, and how many a child does."""

    memory: int = 1024
    """Megabytes beyond what a child needs for itself."""
    seconds: float = 120
    """By the clock, while it computes; of processor time half as much."""
    documents: int = 500
    nice: int = 0
    """How far it stands back for others from its first request on, above all for its parent, which asks a model."""


class Parent(Protocol):
    """What a child may ask of its parent."""

    def ask(self, what: str, payload: Any, key: str) -> Any:
        """Return the parent's answer. Raises the CxifyError that the parent met."""
        ...


Make = Callable[[Parent], Any]
"""Makes a child's servant, whose methods do what is asked. It travels to the child: a function of a module."""


def serve(connection: "Connection[Any, Any]", make: Make, limits: Limits, seats: int, clock: Any) -> None:
    """Answer until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent lets the documents in work finish
    _Child(connection, limits, clock).serve(make, seats)
    os._exit(0)  # nobody is left to hear of what is still in work


@dataclass
class _Child:
    connection: "Connection[Any, Any]"
    limits: Limits
    clock: Any
    """Since when somebody computes, by time.monotonic(); 0 when nobody does. Shared with the parent."""
    floor: threading.Lock = field(default_factory=threading.Lock)
    sending: threading.Lock = field(default_factory=threading.Lock)
    awaited: dict[int, Future[Any]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    own: threading.local = field(default_factory=threading.local)
    stands_back: bool = False

    def serve(self, make: Make, seats: int) -> None:
        with suppress(EOFError, OSError):
            try:
                servant = make(self)
                _bounded(self.limits, seats)
            except Exception as error:
                self._send(Ready(error))
                return
            self._send(Ready())
            threads = ThreadPoolExecutor(seats)
            while (message := self.connection.recv()) is not None:
                self._heard(message, servant, threads)

    def ask(self, what: str, payload: Any, key: str) -> Any:
        """Ask the parent, and leave the floor to others until the answer is there."""
        number, answer = next(self.numbers), Future[Any]()
        self.awaited[number] = answer
        if not self.stands_back:
            self.stands_back = True
            _stand_back(self.limits.nice)
        self._send(Call(self.own.task, number, what, payload, key))
        self._rest()
        try:
            return answer.result()
        finally:
            self._compute()

    def _heard(self, message: Ask | Answer, servant: Any, threads: ThreadPoolExecutor) -> None:
        if isinstance(message, Ask):
            threads.submit(self._do, servant, message)
            return
        answer = self.awaited.pop(message.number)
        if message.error is None:
            answer.set_result(message.value)
        else:
            answer.set_exception(message.error)

    def _do(self, servant: Any, task: Ask) -> None:
        self.own.task = task.number
        with self._computing():
            done = _done(servant, task)
        with suppress(OSError):
            try:
                self._send(done)
            except Exception as error:  # what came of it cannot travel
                self._send(Done(task.number, error=Stopped(type(error).__name__)))

    @contextmanager
    def _computing(self) -> Iterator[None]:
        self._compute()
        try:
            yield
        finally:
            self._rest()

    def _compute(self) -> None:
        self.floor.acquire()
        self.clock.value = time.monotonic()
        limit_time(self.limits.seconds)

    def _rest(self) -> None:
        self.clock.value = 0.0
        self.floor.release()

    def _send(self, message: Done | Call | Ready) -> None:
        with self.sending:
            self.connection.send(message)


def _stand_back(nice: int) -> None:
    """Let others compute first; before the first request they have nothing to do but to wait for it."""
    with suppress(AttributeError, OSError):
        own = os.getpriority(os.PRIO_PROCESS, 0)
        for thread in os.listdir("/proc/self/task"):  # Linux has a priority for each, and new ones inherit it
            os.setpriority(os.PRIO_PROCESS, int(thread), own + nice)


def _done(servant: Any, task: Ask) -> Done:
    try:
        return Done(task.number, getattr(servant, task.what)(task.payload))
    except MemoryError:
        return Done(task.number, error=Stopped("it needs more memory than one document may have"))
    except CxifyError as error:
        return Done(task.number, error=error)
    except Exception as error:
        return Done(task.number, error=Stopped(type(error).__name__))


def _bounded(limits: Limits, seats: int) -> None:
    """Let a document have so much memory and no more; threads share one heap and have small stacks."""
    machine.share_heaps(1)  # each would reserve 64 MB of addresses
    with suppress(ValueError):
        threading.stack_size(_STACK)
    limit_memory(limits.memory * MEGABYTE + seats * _STACK)
