"""Load what a run takes before it is timed: the libraries here, and the server from which children are forked."""

from contextlib import closing, suppress
from typing import Final

from cxify.batch import Children, Parent, Stopped
from cxify.forking import WARM_MODEL, start_server
from cxify.llm.loading import preload

_OURS: Final = ("bench.storm.__main__", "bench.batch.__main__")


def loaded() -> None:
    """Load everything, as a run does that is longer than a minute, and what only this program has its children load."""
    start_server(WARM_MODEL, "cxify.cli.local", *_OURS)
    with closing(Children(_idle)) as children:
        preload()
        with suppress(Stopped):  # it can do nothing, and says so when it is loaded
            children.ask("nothing", None)


def _idle(_: Parent) -> None:
    """Make a servant that can do nothing."""
