"""How many heaps the C library has: each of its threads' heaps keeps what the largest document on it has taken."""

import sys
from contextlib import suppress
from typing import Final

_M_ARENA_MAX: Final = -8
"""Of mallopt(3); other C libraries than glibc have nothing like it."""


def share(heaps: int) -> None:
    """Let all threads share so many heaps, where the C library is glibc: under one interpreter lock few are enough."""
    if sys.platform != "linux":
        return
    with suppress(ImportError, OSError, AttributeError):
        import ctypes  # late: only runs of many documents, and the page, want it

        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, heaps)
