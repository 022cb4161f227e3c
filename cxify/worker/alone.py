"""A document in a process of its own, with limits, so that it can end nothing but that process."""

import multiprocessing
import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Engine

from cxify.settings import Settings
from cxify.store import Taken

_SECONDS: Final = 1800.0
_BYTES: Final = 4 * 2**30


class Ending(StrEnum):
    """How the process ended."""

    ORDERLY = "done in a process of its own"
    DIED = "ended the process of its own"
    TOO_LONG = "took too long in a process of its own"


@dataclass(frozen=True)
class Child:
    """The process that works on one document."""

    engine: Engine
    own: Settings
    document: Taken

    def run(self) -> Ending:
        """Wait until the process has ended, or end it when its time is up."""
        address = self.engine.url.render_as_string(hide_password=False)
        # Started anew instead of forked: a fork of a process with threads may hold locks that nobody opens.
        process = multiprocessing.get_context("spawn").Process(target=_work, args=(address, self.own, self.document))
        process.start()
        process.join(_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
            return Ending.TOO_LONG
        return Ending.ORDERLY if process.exitcode == 0 else Ending.DIED


def _work(address: str, own: Settings, document: Taken) -> None:
    from sqlalchemy import create_engine

    from cxify.worker.desk import Desk

    _limit()
    Desk(create_engine(address, pool_size=1), own).attempt(document)


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
