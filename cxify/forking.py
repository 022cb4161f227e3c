"""The server from which children are forked: a process without threads, because forking one with threads can hang."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

WARM_MODEL: Final = "cxify.batch.warm_model"
"""What the server imports besides for children that ask a model."""
_PRELOADED: Final = ["cxify.batch.warm"]


def start_server(*more: str) -> None:
    """Start what children are forked from, so that it loads while this process does, with `more` modules imported."""
    if sys.platform == "win32":
        return
    from multiprocessing import forkserver, resource_tracker  # late: `--help` must stay fast

    forking().set_forkserver_preload([*_PRELOADED, *more])
    resource_tracker.ensure_running()
    with _deaf():
        forkserver.ensure_running()


@contextmanager
def _deaf() -> Iterator[None]:
    """Let what is started inherit that Ctrl-C waits: it is meant for the run, which hears it afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def forking() -> Any:
    """Return how children are started: forked from the server, or anew where there is no forking."""
    import multiprocessing  # late, as above

    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context
