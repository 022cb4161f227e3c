"""A zip archive that is sent while it is made, so that it may be larger than memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

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
