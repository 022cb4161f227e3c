"""Many things made one after another for somebody who takes them in order and maybe not all."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def ahead(make: Callable[[T], R], of: Iterable[T], most: int) -> Iterator[R]:
    """Yield what is made of each, in order; `most` are made while the one before is used, so few are in memory."""
    with ThreadPoolExecutor(most, "ahead") as makers:
        waiting: deque[Future[R]] = deque()
        try:
            for each in of:
                waiting.append(makers.submit(make, each))
                if len(waiting) > most:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            # Who stops in the middle wants no more of it.
            for left in waiting:
                left.cancel()
