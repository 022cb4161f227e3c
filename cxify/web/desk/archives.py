"""A zip archive that is sent while it is made, so that it may be larger than memory."""

import io
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_TIME: Final = (2026, 1, 1, 0, 0, 0)
"""One time for all, so that the same content gives the same archive."""
_READABLE: Final = 0o644 << 16


class _Sink(io.RawIOBase):
    """Takes what the archive writes and gives it away; nobody can go back in it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Keep what is written until it is taken."""
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def ahead(make: Callable[[T], R], of: Iterable[T], most: int) -> Iterator[R]:
    """Yield what is made of each, in order, a few being made while the one before is sent."""
    with ThreadPoolExecutor(most, "archive") as makers:
        waiting: deque[Future[R]] = deque()
        try:
            for each in of:
                waiting.append(makers.submit(make, each))
                if len(waiting) > most:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            # Who stops in the middle of an archive wants no more of it.
            for left in waiting:
                left.cancel()


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield an archive of files by their names, a part for each."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in files:
            about = zipfile.ZipInfo(name, _TIME)
            about.external_attr = _READABLE
            # Word files are compressed already.
            about.compress_type = zipfile.ZIP_STORED if data.startswith(b"PK") else zipfile.ZIP_DEFLATED
            archive.writestr(about, data)
            yield sink.taken()
    yield sink.taken()
