"""One process a folder: two that submit at the same time would both pay."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cxify.errors import InputError


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder until the block ends or the process dies. Raises InputError when another one holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+b") as file:
        try:
            _take(file)
        except OSError:
            message = f"Another cxify is submitting or collecting in {folder.parent}."
            raise InputError(message, "Wait until it has ended, or end it: nothing is lost.") from None
        yield


def _take(file: IO[bytes]) -> None:
    """Lock the file; the system gives it free when the process ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
