"""A model's endpoint at which one word in a document ends whoever asks, as a document that breaks a library would."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fake_endpoint import Exchange, serve
from tests.storm_endpoint import Ledger, Storm, _answer

DEADLY = "KILL-ME"


@contextmanager
def deadly() -> Iterator[Storm]:
    """Run the endpoint; `ledger.faults` counts the deaths."""
    ledger = Ledger()

    def behave(exchange: Exchange) -> None:
        if DEADLY in str(exchange.body["messages"]):
            with ledger.lock:
                ledger.faults["death"] += 1
            os.kill(asker(exchange), signal.SIGKILL)
            return
        _answer(exchange, ledger, "")

    with serve(behave) as endpoint:
        yield Storm(endpoint.base_url, ledger)


def asker(exchange: Exchange) -> int:
    """Return the process at the other end of a connection on this machine."""
    port = f"{exchange.handler.client_address[1]:04X}"
    rows = (line.split() for line in Path("/proc/net/tcp").read_text("utf-8").splitlines()[1:])
    inode = next(row[9] for row in rows if row[1].endswith(f":{port}"))
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(link) == f"socket:[{inode}]" and int(link.parts[2]) != os.getpid():
                return int(link.parts[2])
        except OSError:
            continue
    raise AssertionError("nobody holds the connection")
