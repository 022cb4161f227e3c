"""What a child process may take, where the system can bound it, and how one ended that took more."""

import os
import signal
import time
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Final

MEGABYTE: Final = 1024 * 1024


def limit_time(seconds: float) -> None:
    """Let the system end a child that computes for too long, also when nobody is left who waits for it.

    `seconds` are by the clock; of processor time it may have half as much from now on.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        most = int(time.process_time() + max(1, seconds / 2)) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def limit_memory(more: int) -> None:
    """Bound the address space to what is in use, where the system tells, and so many bytes more."""
    with suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + more
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def why(process: BaseProcess) -> str:
    """Say why a child is gone, in words that go on from "The document was given up: "."""
    process.join(5)
    code = process.exitcode
    if code is not None and -code == getattr(signal, "SIGXCPU", None):
        return "it took too much processor time"
    if code is not None and -code == getattr(signal, "SIGKILL", None):
        return "its process was killed, perhaps because the machine ran out of memory"
    return f"its process ended (code {code})"
