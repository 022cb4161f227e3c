"""How fast an endpoint is asked: within its limits a minute, slower when it complains, faster again when it does not.

One pace is shared by all calls of a run. When the endpoint says 429, fewer calls are made at the same time, once for
all calls that were on their way already, as TCP does with a full window; every call that goes well allows some more.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

_MINUTE = 60.0
_LESS, _MORE = 0.7, 0.25
"""The share of calls that is left after a complaint, and how much a good call adds: a quarter more a round."""


@dataclass
class Pace:
    """The gate before every call. Thread-safe. Times are in seconds."""

    at_once: int = 256
    """Calls at the same time, at most."""
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    now: Callable[[], float] = time.monotonic
    slowest: int = field(default=0, init=False)
    """The fewest calls at the same time that complaints have brought it down to; 0 when there were none."""
    _allowed: float = field(init=False, repr=False)
    _flying: int = field(default=0, init=False, repr=False)
    _closed_until: float = field(default=0.0, init=False, repr=False)
    _slowed: float = field(default=float("-inf"), init=False, repr=False)
    _spent: deque[list[float]] = field(default_factory=deque, init=False, repr=False)
    """[when, tokens] of the calls of the last minute."""
    _changed: threading.Condition = field(default_factory=threading.Condition, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Begin at full speed."""
        self._allowed = float(self.at_once)

    @contextmanager
    def turn(self, tokens: int) -> Iterator[Callable[[int], None]]:
        """Wait for a turn to make a call of about so many tokens; the caller tells the true number afterwards."""
        entry = self._enter(tokens)

        def settle(used: int) -> None:
            with self._changed:
                entry[1] = used
                self._changed.notify_all()

        try:
            yield settle
        finally:
            with self._changed:
                self._flying -= 1
                self._changed.notify_all()

    def went_well(self) -> None:
        """Allow a little more."""
        with self._changed:
            self._allowed = min(float(self.at_once), self._allowed + _MORE)
            self._changed.notify_all()

    def complained(self, after: float | None, begun: float) -> None:
        """Heed a complaint about the call that began at `begun`: fewer at once, none before the time it asks for."""
        with self._changed:
            self._closed_until = max(self._closed_until, self.now() + (after or 0.0))
            if begun >= self._slowed:  # a call from before the last slowing down says nothing new
                self._slowed = self.now()
                self._allowed = max(1.0, min(self._allowed, self._flying + 1) * _LESS)
                self.slowest = min(self.slowest or self.at_once, max(1, int(self._allowed)))

    def told(self, headers: Mapping[str, str]) -> None:
        """Heed what an answer says of the rest of a limit: when nothing is left, wait until it is filled again."""
        for what in ("requests", "tokens"):
            if headers.get(f"x-ratelimit-remaining-{what}") == "0":
                wait = seconds(headers.get(f"x-ratelimit-reset-{what}", ""))
                if wait:
                    with self._changed:
                        self._closed_until = max(self._closed_until, self.now() + min(wait, _MINUTE))

    def _enter(self, tokens: int) -> list[float]:
        with self._changed:
            while (wait := self._wait(tokens)) is not None:
                self._changed.wait(wait or None)
            self._flying += 1
            entry = [self.now(), float(tokens)]
            self._spent.append(entry)
            return entry

    def _wait(self, tokens: int) -> float | None:
        """Return how long to wait, 0 for "until something changes", None when the call may go."""
        now = self.now()
        while self._spent and self._spent[0][0] <= now - _MINUTE:
            self._spent.popleft()
        if now < self._closed_until:
            return self._closed_until - now
        if self._flying >= max(1, int(self._allowed)):
            return 0.0
        if self._over(tokens):
            return max(0.01, self._spent[0][0] + _MINUTE - now)
        return None

    def _over(self, tokens: int) -> bool:
        if not self._spent:
            return False  # a single call beyond the limit is the endpoint's to judge
        many = self.requests_per_minute is not None and len(self._spent) >= self.requests_per_minute
        limit = self.tokens_per_minute
        return many or (limit is not None and sum(used for _, used in self._spent) + tokens > limit)


def seconds(text: str) -> float | None:
    """Return the seconds in a duration such as "1m2.5s", "320ms" or "7", or None."""
    total, number = 0.0, ""
    units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
    rest = text.strip()
    while rest:
        digits = len(rest) - len(rest.lstrip("0123456789."))
        number, rest = rest[:digits], rest[digits:]
        letters = len(rest) - len(rest.lstrip("hms"))
        unit, rest = rest[:letters] or "s", rest[letters:]
        try:
            total += float(number) * units[unit]
        except (ValueError, KeyError):
            return None
    return total if number else None
