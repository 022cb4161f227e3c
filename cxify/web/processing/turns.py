"""Things to do for many people, a few at a time: in turn, so that nobody waits behind somebody else's thousands."""

from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

_Task = tuple["Future[None]", Callable[[], None]]


class Turns:
    """Threads that take one task of one person after one of another."""

    def __init__(self, threads: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(threads, name)
        self._waiting: OrderedDict[str, deque[_Task]] = OrderedDict()
        self._lock = Lock()

    def put(self, whose: str, task: Callable[[], None]) -> "Future[None]":
        """Do a task when it is its person's turn."""
        done: Future[None] = Future()
        with self._lock:
            self._waiting.setdefault(whose, deque()).append((done, task))
        try:
            self._threads.submit(self._next)
        except RuntimeError:
            done.cancel()
        return done

    def stop(self) -> None:
        """End; what waits is not done."""
        with self._lock:
            left = [done for own in self._waiting.values() for done, _ in own]
            self._waiting.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for done in left:
            done.cancel()

    def _next(self) -> None:
        taken = self._taken()
        if taken is None:
            return
        done, task = taken
        if not done.set_running_or_notify_cancel():
            return
        try:
            task()
        except BaseException as error:
            done.set_exception(error)
        else:
            done.set_result(None)

    def _taken(self) -> _Task | None:
        with self._lock:
            if not self._waiting:
                return None
            whose, own = self._waiting.popitem(last=False)
            task = own.popleft()
            if own:
                self._waiting[whose] = own  # behind all others
            return task
