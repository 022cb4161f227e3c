"""All that works behind the page: readers of uploads, converters, the pool, and errands in the background."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Event, RLock
from typing import TYPE_CHECKING, Final, TypeVar

from cxify.errors import StoreUnavailable
from cxify.machine import cores
from cxify.queue import Order
from cxify.settings import Settings
from cxify.store import Database
from cxify.web.processing import tasks
from cxify.web.processing.children import Children
from cxify.web.processing.confined import Limits
from cxify.web.processing.orders import Orders
from cxify.web.processing.pool import Pool
from cxify.web.processing.turns import Turns
from cxify.web.processing.wire import Ended
from cxify.web.traces import where

if TYPE_CHECKING:
    from cxify.llm import Chat

T = TypeVar("T")
_READERS: Final = 3
_ERRANDS: Final = 4
_LONG_ERRANDS: Final = 2
_MOST_FINGERPRINTS: Final = 256
_PATIENT, _AGAIN = 60, 10.0
"""How often, and after how many seconds, an errand is tried again while the database is away."""
_WAITING_FOR_MODELS: Final = 8
"""Documents in work at once when models are allowed: each waits most of its time."""
log = logging.getLogger(__name__)


class Processing:
    """What `serve` starts and stops. With a queue, workers elsewhere do the documents, and here they are only read."""

    def __init__(self, engine: Database, settings: Settings, models: tuple[str, ...] = (), *, queue: bool) -> None:
        self.queue = queue
        self.orders = Orders(engine, settings, models)
        self._readers = Children(_READERS)
        self._converters = Children(1, Limits(memory=8192, seconds=180, tasks=20, nice=2, programs=True))
        places = _WAITING_FOR_MODELS if models else cores()
        self._pool = None if queue else Pool(engine, self.orders, places)
        self._errands = ThreadPoolExecutor(_ERRANDS, "errand")
        self._long_errands = ThreadPoolExecutor(_LONG_ERRANDS, "long-errand")
        self._turns = Turns(_READERS, "look")
        self._under_way: dict[str, Future[None]] = {}
        self._fingerprints: dict[Order, str] = {}
        self._stopped = Event()
        self._lock = RLock()  # what ends at once calls back in the thread that holds it

    def start(self) -> None:
        """Start children, and begin with what is open in the database."""
        self.errand(self._readers.warm)
        if self._pool:
            self._pool.start()

    def stop(self) -> None:
        """End; what is in work is taken up at the next start."""
        self._stopped.set()
        self._turns.stop()
        for errands in (self._errands, self._long_errands):
            errands.shutdown(wait=False, cancel_futures=True)
        if self._pool:
            self._pool.stop()
        self._readers.close()
        self._converters.close()
        self.orders.close()

    def wake(self) -> None:
        """Tell that there are new documents to do."""
        if self._pool:
            self._pool.wake()

    def errand(self, what: Callable[..., object], *arguments: object, long: bool = False) -> "Future[None]":
        """Do something in the background; what goes wrong is logged. A `long` one never keeps others waiting."""
        errands = self._long_errands if long else self._errands
        return errands.submit(self._errand, what, *arguments)

    def in_turn(self, whose: str, what: Callable[..., object], *arguments: object) -> "Future[None]":
        """Do something in the background when it is this person's turn; what goes wrong is logged."""
        return self._turns.put(whose, partial(self._errand, what, *arguments))

    def _errand(self, what: Callable[..., object], *arguments: object) -> None:
        """Do it; a database that is away for a while is waited for, so that nothing is forgotten."""
        for _ in range(_PATIENT):
            try:
                what(*arguments)
            except Ended:
                return
            except StoreUnavailable:
                log.warning("The database does not answer; it is asked again.")
                if self._stopped.wait(_AGAIN):
                    return
            except Exception as error:
                log.error("an errand failed: %s", where(error))
                return
            else:
                return

    def once(self, name: str, what: Callable[..., object], *arguments: object, long: bool = False) -> "Future[None]":
        """Do something in the background unless the same is on its way."""
        with self._lock:
            if name in self._under_way:
                return self._under_way[name]
            begun = self._under_way[name] = self.errand(what, *arguments, long=long)
            begun.add_done_callback(lambda _: self._ended(name))
            return begun

    def _ended(self, name: str) -> None:
        with self._lock:
            self._under_way.pop(name, None)

    def ask(self, task: Callable[..., T], *arguments: object, chat: "Chat | None" = None, patient: bool = False) -> T:
        """Return what a task returns in a confined child; see `Children.ask`."""
        return self._readers.ask(task, *arguments, chat=chat, patient=patient)

    def ask_behind(self, task: Callable[..., T], *arguments: object) -> T:
        """Return what a task returns in a child that nobody who waits needs: for the thousands of a large upload."""
        return self._pool.ask(task, *arguments) if self._pool else self._readers.ask(task, *arguments, patient=True)

    def convert(self, name: str, source: bytes) -> bytes:
        """Return the Word file made from an older or other format. Raises InputError."""
        return self._converters.ask(tasks.converted, name, source)

    def fingerprint(self, order: Order) -> str:
        """Return the hash of all that decides the results of a settled order. Raises SetupError."""
        # When and by whom is no part of it, so most uploads need no child for that.
        same = replace(order, date="", settings=order.settings.model_copy(update={"user": "unknown"}))
        if found := self._fingerprints.get(same):
            return found
        found = self.ask(tasks.fingerprint, order)
        if len(self._fingerprints) >= _MOST_FINGERPRINTS:
            self._fingerprints.clear()
        self._fingerprints[same] = found
        return found

    @property
    def network(self) -> str:
        """How children are kept from the network, once one has started."""
        return str(self._readers.network or "")
