"""The list in an archive: which file is which document, how its suggestions stood, and what is missing and why."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from cxify.errors import CxifyError
from cxify.review import Standing
from cxify.store.papers import Paper
from cxify.web.desk import names

NAME: Final = "manifest.csv"
_HEAD: Final = (
    *("file in this archive", "your document", "what it is", "accepted", "rejected", "still open", "remark"),
    *("SHA-256 of the file", "SHA-256 of your document"),
)
_WHAT: Final = {
    "tracked": "your document with tracked changes, to be accepted or rejected in Word",
    "clean": "your document with what was accepted in its text, without tracked changes",
    "comments": "your document as it was, with the suggestions as comments",
    "what-changed": "page for employee and manager, to be opened in a browser",
    "what-changed-text": "page for employee and manager, as text",
    "original": "your document as it was uploaded",
}


@dataclass(frozen=True)
class Counts:
    """How the suggestions of a document stand."""

    accepted: int
    rejected: int
    open: int

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> "Counts":
        """Count; a suggestion in a person's own wording was accepted."""
        by = Counter(str(each.state) for each in standings)
        return cls(by["accepted"] + by["edited"], by["rejected"], by["open"])


@dataclass
class Manifest:
    """Grows by a line for each document."""

    form: str
    _lines: list[tuple[Any, ...]] = field(default_factory=list)

    def holds(
        self, paper: Paper, file: str, data: bytes, counts: Counts | None, left_out: Iterable[tuple[int, str, str]]
    ) -> None:
        """Note a document that is in the archive, and what could not be written into it."""
        numbers = (counts.accepted, counts.rejected, counts.open) if counts else ("", "", "")
        remark = " ".join(f"Suggestion {number + 1}: {message} {remedy}" for number, message, remedy in left_out)
        hashed = (sha256(data).hexdigest(), paper.sha256)
        self._lines.append((file, _document(paper), _WHAT[self.form], *numbers, remark, *hashed))

    def lacks(self, paper: Paper, error: CxifyError) -> None:
        """Note a document that is not in the archive, and why."""
        remark = f"Not in this archive. {error.message} {error.remedy}"
        self._lines.append(("", _document(paper), "", "", "", "", remark, "", paper.sha256))

    def written(self) -> bytes:
        """Return the list as a table."""
        made = io.StringIO(newline="")
        table = csv.writer(made)
        table.writerow(_HEAD)
        table.writerows([_cell(value) for value in line] for line in self._lines)
        # The mark in front lets Excel read it as what it is.
        return made.getvalue().encode("utf-8-sig")


def _document(paper: Paper) -> str:
    return names.place(paper.folder, paper.name)


def _cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
