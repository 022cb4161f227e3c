"""Load what a run takes before it is timed: the libraries here, and the server from which children are forked."""

from contextlib import closing, suppress

from cxify.batch import Children, Parent, Stopped
from cxify.llm.loading import preload


def loaded() -> None:
    """Load everything, as a run does that is longer than a minute."""
    with closing(Children(_idle)) as children:
        preload()
        with suppress(Stopped):  # it can do nothing, and says so when it is loaded
            children.ask("nothing", None)


def _idle(_: Parent) -> None:
    """Make a servant that can do nothing."""
