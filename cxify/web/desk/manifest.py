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
from cxify.web.said import Speaker
from cxify.web.texts import Translate

NAME: Final = "manifest.csv"
_HEAD: Final = ("file", "document", "what", "accepted", "rejected", "open", "remark", "sha_file", "sha_document")


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
    """Grows by a line for each document, in the language of the person."""

    form: str
    say: Translate
    spoken: Speaker
    _lines: list[tuple[Any, ...]] = field(default_factory=list)

    def holds(
        self, paper: Paper, file: str, data: bytes, counts: Counts | None, left_out: Iterable[tuple[int, str, str]]
    ) -> None:
        """Note a document that is in the archive, and what could not be written into it."""
        numbers = (counts.accepted, counts.rejected, counts.open) if counts else ("", "", "")
        remark = " ".join(
            f"{self.say('manifest.suggestion', n=number + 1)} {self._said(message, remedy)}"
            for number, message, remedy in left_out
        )
        hashed = (sha256(data).hexdigest(), paper.sha256)
        self._lines.append((file, _document(paper), self.say(f"manifest.forms.{self.form}"), *numbers, remark, *hashed))

    def lacks(self, paper: Paper, error: CxifyError) -> None:
        """Note a document that is not in the archive, and why."""
        remark = f"{self.say('manifest.lacking')} {self._said(error.message, error.remedy)}"
        self._lines.append(("", _document(paper), "", "", "", "", remark, "", paper.sha256))

    def written(self) -> bytes:
        """Return the list as a table."""
        made = io.StringIO(newline="")
        # Excel reads a table as the system's language separates it.
        table = csv.writer(made, delimiter=self.say("manifest.separator"))
        table.writerow(self.say(f"manifest.columns.{name}") for name in _HEAD)
        # By document: what an archive lacks stands beside what it holds of the same folder.
        table.writerows([_cell(value) for value in line] for line in sorted(self._lines, key=lambda line: str(line[1])))
        # The mark in front lets Excel read it as what it is.
        return made.getvalue().encode("utf-8-sig")

    def _said(self, message: str, remedy: str) -> str:
        return f"{self.spoken.plain(message)} {self.spoken.plain(remedy)}"


def _document(paper: Paper) -> str:
    return names.place(paper.folder, paper.name)


def _cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
