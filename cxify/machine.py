"""What this machine and its C library give: cores to compute on, and how many heaps threads have."""

import os
import sys
from contextlib import suppress
from typing import Final

_M_ARENA_MAX: Final = -8
"""Of mallopt(3); other C libraries than glibc have nothing like it."""


def cores() -> int:
    """Return how many processes can compute at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_heaps(heaps: int) -> None:
    """Let all threads share so many heaps, where the C library is glibc: under one interpreter lock few are enough.

    Each heap keeps what the largest document on it has taken.
    """
    if sys.platform != "linux":
        return
    with suppress(ImportError, OSError, AttributeError):
        import ctypes  # late: only runs of many documents, and the page, want it

        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, heaps)
