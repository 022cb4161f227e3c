"""Documents in child processes with limits: what a hostile or broken one eats or crashes is a child and not the run.

A child may have several documents under way; when it dies, they are done again one at a time in a child of their own,
so that the one that kills is named and the others are done. A child ends after some hundred documents, or when its
parent is gone. Children are forked from a server process without threads that is warm already (`cxify.batch.warm`).
"""

import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from cxify.batch.answers import Answers, Ticket
from cxify.batch.child import Limits, Make, serve
from cxify.batch.limits import why
from cxify.batch.wire import Answer, Ask, Call, Done, Ready, Stopped
from cxify.forking import forking, start_server

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess, SpawnProcess

STARTING: Final = 120
"""Seconds that a child may take to start: more than any, so that only a broken installation fails."""
_GLANCE: Final = 0.25
"""Seconds between two looks at the children's clocks."""
_REMEMBERED: Final = 64
"""Documents of which it is known which child was asked about them last."""


@dataclass
class Children:
    """Child processes for the threads of a run; to be closed."""

    make: Make
    """Makes in each child what does the work: its methods are what can be asked for."""
    jobs: int = 1
    """Child processes."""
    seats: int = 1
    """Tasks that a child has under way at the same time: one computes, the others await the parent's answers."""
    limits: Limits = field(default_factory=Limits)
    answers: Answers = field(default_factory=lambda: Answers({}, 0))
    """What children may ask for."""
    _crowded: "_Group" = field(init=False)
    _alone: "_Group" = field(init=False)

    def __post_init__(self) -> None:
        """Start the children, so that they load what they need while the run does the same."""
        start_server()
        self._crowded = _Group(self._child, self.jobs, self.seats)
        self._alone = _Group(self._child, self.jobs, 1)
        self._crowded.fill()

    @property
    def places(self) -> int:
        """How many tasks may be under way at the same time."""
        return self.jobs * self.seats

    def ask(self, what: str, payload: Any, about: str = "") -> Any:
        """Return what a child makes of it. Raises Stopped, and the CxifyError that the child met.

        The child that was asked last about the same is asked again if it has a seat: it may have kept something.
        """
        ticket = Ticket(what, payload, about)
        try:
            return self._crowded.ask(ticket)
        except _InCompany:
            ticket.again()
            return self._alone.ask(ticket)

    def stop(self) -> None:
        """Let what has had an answer come to its end, and refuse the rest."""
        self.answers.stop()

    def dismiss(self) -> None:
        """Let all children go, when nothing is to be asked any more, and wait for none."""
        self._crowded.dismiss()
        self._alone.dismiss()

    def close(self) -> None:
        """End all children."""
        self.dismiss()
        self._crowded.close()
        self._alone.close()
        self.answers.close()

    def _child(self, seats: int) -> "_Child":
        return _Child.started(self.make, self.limits, seats, self.answers)


class _InCompany(Stopped):
    """The child had other tasks under way, so that nobody knows which of them ended it."""


@dataclass
class _Group:
    """Children of a kind, and who has a free seat."""

    start: Callable[[int], "_Child"]
    most: int
    seats: int
    children: list["_Child"] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    asked: "OrderedDict[str, _Child]" = field(default_factory=OrderedDict)
    """Who was asked last about what."""

    def ask(self, ticket: Ticket) -> Any:
        child = self._seated(ticket.about)
        try:
            return child.ask(ticket)
        finally:
            self._left(child)

    def fill(self) -> None:
        with self.changed:
            while len(self.children) < self.most:
                self.children.append(self.start(self.seats))

    def dismiss(self) -> None:
        for child in self.children:
            child.dismiss()

    def close(self) -> None:
        for child in self.children:
            child.end()

    def _seated(self, about: str) -> "_Child":
        with self.changed:
            while (child := self._free(self.asked.pop(about, None))) is None:
                self.changed.wait()
            child.taken += 1
            if about:
                self.asked[about] = child
            while len(self.asked) > _REMEMBERED:
                self.asked.popitem(last=False)
            return child

    def _free(self, wanted: "_Child | None") -> "_Child | None":
        """Return the child that is wanted or has the most free seats, or a new one; worn ones have had successors."""
        if wanted and not wanted.worn and wanted.taken < self.seats:
            return wanted
        self.children = [child for child in self.children if not child.over]
        fresh = [child for child in self.children if not child.worn]
        best = min(fresh, key=lambda child: child.taken, default=None)
        if len(fresh) < self.most and (best is None or best.taken):
            self.children.append(self.start(self.seats))
            return self.children[-1]
        return best if best is not None and best.taken < self.seats else None

    def _left(self, child: "_Child") -> None:
        with self.changed:
            child.taken -= 1
            if child.worn and not child.taken:
                child.end()
                self.children = [other for other in self.children if other is not child]
            self.changed.notify_all()


@dataclass(eq=False)
class _Child:
    """One child as its parent sees it."""

    process: "ForkServerProcess | SpawnProcess"
    connection: "Connection[Any, Any]"
    clock: Any
    limits: Limits
    answers: Answers
    born: float = field(default_factory=time.monotonic)
    ready: bool = False
    taken: int = 0
    done: int = 0
    over: bool = False
    gone: threading.Event = field(default_factory=threading.Event)
    reason: str = ""
    """Why this side ended it."""
    unloadable: Exception | None = None
    numbers: Iterator[int] = field(default_factory=itertools.count)
    under_way: dict[int, tuple[Ticket, Future[Any]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    sending: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def started(cls, make: Make, limits: Limits, seats: int, answers: Answers) -> "_Child":
        context = forking()
        ours, theirs = context.Pipe()
        clock = context.RawValue("d", 0.0)
        process = context.Process(target=serve, args=(theirs, make, limits, seats, clock), daemon=True)
        process.start()
        theirs.close()
        child = cls(process, ours, clock, limits, answers)
        threading.Thread(target=child._listen, daemon=True).start()
        return child

    @property
    def worn(self) -> bool:
        """Whether it has done enough; it ends when it is free."""
        return self.over or self.done >= self.limits.documents

    def ask(self, ticket: Ticket) -> Any:
        number, future = next(self.numbers), Future[Any]()
        with self.lock:
            if self.over:
                raise self.unloadable or _InCompany(self.reason)
            self.under_way[number] = ticket, future
        with suppress(OSError):  # it died: whoever listens tells everybody
            self._send(Ask(number, ticket.what, ticket.payload))
        return future.result()

    def dismiss(self) -> None:
        """Let it go."""
        with suppress(OSError):
            self._send(None)

    def end(self) -> None:
        """Let it go, and see to it that it goes."""
        self.dismiss()
        if not self.gone.wait(0.5):
            self.process.kill()
            self.gone.wait(5)

    def _listen(self) -> None:
        """Hear what it says until it has gone; a second thread watches its clock."""
        threading.Thread(target=self._watch, daemon=True).start()
        with suppress(EOFError, OSError):
            while True:
                self._heard(self.connection.recv())
        self._leave()

    def _heard(self, message: Ready | Done | Call) -> None:
        if isinstance(message, Call):
            with self.lock:
                ticket, _ = self.under_way[message.task]
            self.answers.reply(ticket, message, self._reply)
        elif isinstance(message, Done):
            self._finished(message)
        elif message.error is None:
            self.ready = True
        else:
            self.unloadable = message.error

    def _finished(self, message: Done) -> None:
        with self.lock:
            _, future = self.under_way.pop(message.number)
            company = bool(self.under_way)
            self.done += 1
        if message.error is None:
            future.set_result(message.value)
        elif isinstance(message.error, Stopped) and company:
            future.set_exception(_InCompany(str(message.error)))
        else:
            future.set_exception(message.error)

    def _leave(self) -> None:
        """Tell those who wait that it has gone. Only this thread asks the process how it ended."""
        reason = self.reason or why(self.process)
        # Before anybody hears of it and starts another child: what is being sent must not reach that one, which may
        # get the same descriptor.
        with self.sending:
            self.connection.close()
        with self.lock:
            self.over = True
            self.reason = reason
            left, self.under_way = [future for _, future in self.under_way.values()], {}
        kind = _InCompany if len(left) > 1 else Stopped
        for future in left:
            future.set_exception(self.unloadable or kind(reason))
        self.gone.set()

    def _watch(self) -> None:
        while not self.over:
            began, now = self.clock.value, time.monotonic()
            if began and now - began > self.limits.seconds:
                self._kill(f"it took longer than {self.limits.seconds:g} seconds")
            elif not self.ready and now - self.born > STARTING:
                self._kill("its process did not start")
            time.sleep(_GLANCE)

    def _kill(self, reason: str) -> None:
        self.reason = reason
        self.process.kill()

    def _reply(self, answer: Answer) -> None:
        with suppress(OSError):
            self._send(answer)

    def _send(self, message: Ask | Answer | None) -> None:
        with self.sending:
            self.connection.send(message)
