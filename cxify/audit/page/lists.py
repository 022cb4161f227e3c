"""The lists of documents behind the numbers: every number leaves its list here, and the page ends with them."""

import os
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from cxify.audit.facts import Facts


class Lists:
    """Collects lists while the page is rendered from top to bottom."""

    def __init__(self, documents: Sequence[Facts]) -> None:
        self._places = {facts.file: place for place, facts in enumerate(documents, 1)}
        self._common = _common([facts.file for facts in documents])
        self._lists: dict[tuple[str, tuple[int, ...]], int] = {}

    def anchor(self, title: str, documents: Sequence[Facts]) -> str:
        """Return the anchor of a list with this title; the same list is kept once."""
        key = title, tuple(dict.fromkeys(self._places[facts.file] for facts in documents))
        return f"list-{self._lists.setdefault(key, len(self._lists) + 1)}"

    def place(self, file: str) -> int:
        """Return the number of a document in the page's table of documents."""
        return self._places[file]

    def shown(self, file: str) -> str:
        """Return a document's name without the folders that all documents have in common."""
        return file[len(self._common) :]

    def without_folders(self, message: str) -> str:
        """Return a message in which documents are named as `shown` names them."""
        return message.replace(self._common, "") if self._common else message

    def __iter__(self) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        """Iterate over anchor, title and the numbers of the documents."""
        return ((f"list-{number}", title, places) for (title, places), number in self._lists.items())


def _common(files: Sequence[str]) -> str:
    """Return the folders that all files stand in, with the last separator."""
    folders = [Path(file).parent.parts for file in files]
    same = takewhile(lambda parts: len(set(parts)) == 1, zip(*folders, strict=False))
    common = os.path.join(*(parts[0] for parts in same), "")
    return common if all(file.startswith(common) for file in files) else ""
