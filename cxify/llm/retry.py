"""The one layer that tries a call again: bounded in number and time, patient when the endpoint asks for it."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from cxify.errors import ModelUnavailable
from cxify.llm.failures import Fault

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How long to try. Times are in seconds; `sleep`, `now` and `jitter` are there for tests."""

    attempts: int = 5
    """How often a call is made; answers that only say "too fast" do not count."""
    deadline: float = 300.0
    """No attempt begins later than this after the first; the last one may still take its own timeout."""
    first_wait: float = 0.5
    longest_wait: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random

    def call(self, attempt: Callable[[], T], explain: Callable[[Exception], Fault]) -> T:
        """Return what `attempt` returns; raises the error of the last fault, or of the first that no retry can help."""
        end = self.now() + self.deadline
        counted = 0
        for number in count(1):
            try:
                return attempt()
            except Exception as error:
                fault = explain(error)
                counted += not fault.limited
                if not fault.retry or counted >= self.attempts:
                    raise fault.error from None
                self._wait(fault, number, end)
        raise AssertionError("a count never ends")

    def _wait(self, fault: Fault, number: int, end: float) -> None:
        backoff = min(self.longest_wait, self.first_wait * 2 ** min(number - 1, 10)) * (0.5 + self.jitter() / 2)
        # What the endpoint asks for is a minimum; the jitter keeps many workers from coming back together.
        wait = backoff if fault.after is None else fault.after + backoff
        if self.now() + wait > end:
            asked = "" if fault.after is None else f" The endpoint asks to wait {fault.after:.0f} seconds."
            raise ModelUnavailable(fault.error.message + asked, fault.error.remedy) from None
        self.sleep(wait)
