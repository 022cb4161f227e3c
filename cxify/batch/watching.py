"""A drop folder: documents are taken when they have stopped changing."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cxify.batch.outcome import Job, Plan
from cxify.errors import InputError

Stamp = tuple[int, int]
"""Size and time of the last change."""


def settled(
    plan: Callable[[], Plan], *, pause: float = 2.0, wait: Callable[[float], None] = time.sleep
) -> Iterator[Plan]:
    """Yield, for as long as somebody asks, the documents that are new or changed and rest since the last look.

    A folder that is empty or cannot be read for a while is looked at again.
    """
    before: Mapping[Job, Stamp] = {}
    taken: dict[Job, Stamp] = {}
    while True:
        found = _planned(plan)
        now = {job: stamp for job in (found.jobs if found else ()) if (stamp := _stamp(job.source))}
        ready = [job for job, stamp in now.items() if before.get(job) == stamp and taken.get(job) != stamp]
        if found and ready:
            taken.update({job: now[job] for job in ready})
            yield replace(found, jobs=tuple(ready), skipped=())
        before = now
        wait(pause)


def _planned(plan: Callable[[], Plan]) -> Plan | None:
    try:
        return plan()
    except InputError:
        return None


def _stamp(path: Path) -> Stamp | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns


__all__: Sequence[str] = ["settled"]
