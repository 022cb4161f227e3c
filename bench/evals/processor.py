"""Processor time of this process and everything that it started: what a run costs whatever else the machine does."""

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_TICK: Final = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _SYSTEM = 1, 11, 12
"""Places in /proc/PID/stat, after the name."""


def seconds(*without: int) -> float:
    """Return the seconds of this process and all that live and came from it, `without` some."""
    children, spent = defaultdict(list), {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        children[int(fields[_PARENT])].append(int(path.parent.name))
        spent[int(path.parent.name)] = (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICK
    return sum(spent.get(id, 0.0) for id in _family(os.getpid(), children) if id not in without)


def _family(id: int, children: dict[int, list[int]]) -> Iterator[int]:
    yield id
    for child in children[id]:
        yield from _family(child, children)
