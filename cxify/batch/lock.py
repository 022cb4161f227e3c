"""One run at a time on one output folder."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cxify.errors import InputError
from cxify.files import why

FOLDER: Final = ".cxify"
"""In the output folder: what a run keeps there for itself."""


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold the output folder; raise InputError naming the run that holds it.

    The operating system gives up the lock of a process that ends in any way, so that a run that was killed never stands
    in the way of the next one.
    """
    path = out / FOLDER / "lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise InputError(f"Nothing can be written to {out}: {why(error)}.", "Give another folder with -o.") from None
    try:
        if not _locked(descriptor):
            raise _taken(out, os.pread(descriptor, 200, 0).decode(errors="replace"))
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} on {platform.node()}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _taken(out: Path, by: str) -> InputError:
    return InputError(
        f"Another run of cxify is working on {out} (process {by.strip() or 'unknown'}).",
        "Wait until it has ended, or give another folder with -o.",
    )


def sweep(out: Path) -> None:
    """Remove what a run that was killed had begun to write and not yet named."""
    for here, _, files in os.walk(out):
        for name in files:
            if name.startswith(".cxify-") and name.endswith(".tmp"):
                Path(here, name).unlink(missing_ok=True)
