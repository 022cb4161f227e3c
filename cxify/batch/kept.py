"""Documents that were looked at and are rewritten soon: they are not read a second time."""

import threading
from collections import OrderedDict
from hashlib import sha256
from typing import Final

from cxify.pipeline import Read

_MOST: Final = 8
"""Documents; a group that may share a role is rarely larger, and a few hundred kilobytes each."""
_LARGEST: Final = 2**20
"""Bytes of a file; what is larger is read again."""


class Kept:
    """The last documents, by their bytes. Each is given out once, and the oldest goes for the newest."""

    def __init__(self) -> None:
        self._documents: OrderedDict[bytes, Read] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, source: bytes, read: Read) -> None:
        """Keep a document that is not large."""
        if len(source) > _LARGEST:
            return
        with self._lock:
            self._documents[sha256(source).digest()] = read
            while len(self._documents) > _MOST:
                self._documents.popitem(last=False)

    def take(self, source: bytes) -> Read | None:
        """Return what was kept of a document, and forget it."""
        with self._lock:
            return self._documents.pop(sha256(source).digest(), None) if self._documents else None
