"""Documents of the database done on this machine: uploads first, one place kept for them, nothing lost when killed.

Which documents are in hand is known in memory alone. One that is in work in the database and in nobody's hand was left
by a process that was killed, and is taken up again; a result is stored by a conditional update, so once.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from cxify import store
from cxify.errors import CxifyError, ModelError, StoreUnavailable
from cxify.queue import Priority
from cxify.store import Database, Taken
from cxify.web.processing import tasks
from cxify.web.processing.children import Children
from cxify.web.processing.confined import Limits
from cxify.web.processing.orders import Orders
from cxify.web.processing.wire import Ended
from cxify.web.traces import where

T = TypeVar("T")
MOST_ATTEMPTS: Final = 8
"""How often a document is taken up when each time the whole process was killed over it."""
_LOOK_AROUND: Final = 5.0
_PATIENCE: Final = 15.0
_NICE: Final = 2
log = logging.getLogger(__name__)


@dataclass
class Pool:
    """Threads that do documents, each in a child."""

    engine: Database
    orders: Orders
    places: int
    _threads: list[threading.Thread] = field(default_factory=list)
    _in_hand: set[int] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stopped: bool = False

    def __post_init__(self) -> None:
        """Make room for the children."""
        self._any = Children(self.places, Limits(seconds=600, nice=_NICE))
        self._uploads = Children(1, Limits(seconds=600))

    def start(self) -> None:
        """Begin with whatever is open in the database."""
        threading.Thread(target=self._warm, name="warm", daemon=True).start()
        for number in range(self.places):
            self._begin(f"documents-{number}", self._any, Priority.BATCH)
        self._begin("uploads", self._uploads, Priority.UPLOAD)

    def wake(self) -> None:
        """Tell the threads that there are new documents."""
        with self._changed:
            self._changed.notify_all()

    def ask(self, task: Callable[..., T], *arguments: object) -> T:
        """Return what a task returns in one of the children for large uploads; see `Children.ask`."""
        return self._any.ask(task, *arguments)

    def stop(self, seconds: float = 10.0) -> None:
        """Let what is in work finish for a while; the rest is taken up at the next start."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(seconds / max(1, len(self._threads)))
        self._any.close()
        self._uploads.close()

    def _begin(self, name: str, children: Children, least: Priority) -> None:
        thread = threading.Thread(target=self._run, args=(children, least), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _warm(self) -> None:
        with suppress(CxifyError):
            self._uploads.warm()
            self._any.warm()

    def _run(self, children: Children, least: Priority) -> None:
        while not self._stopped:
            try:
                id = self._claim(least)
                if id is None:
                    self._wait(_LOOK_AROUND)
                else:
                    self._work(id, children)
            except Ended:
                return  # what is in hand is taken up at the next start
            except StoreUnavailable:
                log.warning("The database does not answer; it is asked again.")
                self._wait(_PATIENCE)
            except Exception as error:  # a thread that ended would leave documents waiting for ever
                log.error("a document could not be done: %s", where(error))
                self._wait(_PATIENCE)

    def _wait(self, seconds: float) -> None:
        with self._changed:
            if not self._stopped:
                self._changed.wait(seconds)

    def _claim(self, least: Priority) -> int | None:
        with self._changed, store.told(self.engine):
            id = store.documents.next_open(self.engine, besides=self._in_hand, least=int(least))
            if id is not None:
                self._in_hand.add(id)
            return id

    def _work(self, id: int, children: Children) -> None:
        try:
            with store.told(self.engine):
                document = store.documents.take(self.engine, id)
            if document:
                self._end(document, children)
        finally:
            with self._changed:
                self._in_hand.discard(id)

    def _end(self, document: Taken, children: Children) -> None:
        try:
            made = self._made(document, children)
        except (Ended, StoreUnavailable):
            raise
        except CxifyError as error:
            with store.told(self.engine):
                store.documents.fail(self.engine, document.id, _told(error))
        else:
            with store.told(self.engine):
                store.documents.finish(
                    self.engine, document.id, output=made.output, page=made.page, outcome=made.outcome
                )

    def _made(self, document: Taken, children: Children) -> tasks.Rewritten:
        if document.attempts > MOST_ATTEMPTS:
            message = f"cxify was ended {MOST_ATTEMPTS} times while it worked on this document."
            raise CxifyError(message, "Open it in Word, save it under a new name, and try that file.")
        order = self.orders.of(document.run_id)
        name = document.name.rpartition("/")[2]
        arguments = (order, document.source, name, document.profile, document.converted)
        return children.ask(tasks.rewritten, *arguments, chat=self.orders.chat(order))


def _told(error: CxifyError) -> dict[str, Any]:
    spent = error.spent if isinstance(error, ModelError) else (0, 0, 0)
    words = {"message": error.message, "remedy": error.remedy}
    return {**words, "exit_code": error.exit_code, "spent": list(spent)}
