"""Tell of each document as it is done, with the rate and the time left; on a terminal with a bar underneath."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.batch import Outcome

Tell = Callable[["Outcome"], None]
EVERY: Final = 10
"""Seconds between two lines on how far a run is, where there is no terminal."""


@contextmanager
def progress(total: int, *, as_json: bool) -> Iterator[Tell]:
    """Yield a function that prints an outcome: results to stdout, failures to stderr."""

    def tell(outcome: "Outcome") -> None:
        if outcome.status == "failed":
            shell.say(say.outcome(outcome))
        elif not as_json and say.worth_telling(outcome):
            shell.show(say.outcome(outcome))

    if not sys.stderr.isatty():
        yield _Pace(total, tell)
        return
    with _bar(total, tell) as advancing:
        yield advancing


class _Pace:
    """Says now and then how far a run is; documents done before take no time and count for no rate."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total, self._tell = total, tell
        self._told = self._working = 0
        self._last = time.monotonic()
        self._first: float | None = None

    def __call__(self, outcome: "Outcome") -> None:
        self._tell(outcome)
        self._told += 1
        now = time.monotonic()
        if outcome.status not in ("skipped", "done before"):
            self._first = now if self._first is None else self._first
            self._working += 1
        if now - self._last >= EVERY:
            self._last = now
            shell.say(pace(self._told, self._total, self._working, now - (self._first or now)))


def pace(told: int, total: int, working: int, seconds: float) -> str:
    """Return "120 of 1000 documents, 14.2 a second, 1 min 2 s left"."""
    if working < 2 or seconds <= 0:
        return f"{told} of {total} documents"
    rate = (working - 1) / seconds
    speed = f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute"
    return f"{told} of {total} documents, {speed}, {_spoken((total - told) / rate)} left"


def _spoken(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@contextmanager
def _bar(total: int, tell: Tell) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    # A result that is piped into a file must not be caught by the bar on the terminal.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task("Documents", total=total, rate="")

        def advance(outcome: "Outcome") -> None:
            tell(outcome)
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, rate=f"{speed:.1f} a second" if speed else "")

        yield advance
