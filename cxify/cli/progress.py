"""Tell of each document as it is done; on a terminal with a bar underneath."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.batch import Outcome

Tell = Callable[["Outcome"], None]


@contextmanager
def progress(total: int, *, as_json: bool) -> Iterator[Tell]:
    """Yield a function that prints an outcome: results to stdout, failures to stderr."""

    def tell(outcome: "Outcome") -> None:
        if outcome.status == "failed":
            shell.say(say.outcome(outcome))
        elif not as_json and say.worth_telling(outcome):
            shell.show(say.outcome(outcome))

    if not sys.stderr.isatty():
        yield tell
        return
    with _bar(total, tell) as advancing:
        yield advancing


@contextmanager
def _bar(total: int, tell: Tell) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # A result that is piped into a file must not be caught by the bar on the terminal.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task("Documents", total=total)

        def advance(outcome: "Outcome") -> None:
            tell(outcome)
            bar.advance(task)

        yield advance
