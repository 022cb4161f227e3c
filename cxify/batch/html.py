"""OUT/report.html: one page on a run for people, with what failed and its remedy first."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any, Final, NamedTuple

from cxify import __version__, pages
from cxify.batch.outcome import STATUSES, Done, Outcome, Status
from cxify.files import write_lines_atomically
from cxify.provenance import PURPOSE

NAME: Final = "report.html"
_FIRST: Final[tuple[Status, ...]] = ("failed", "waiting", "rewritten", "unchanged", "done before", "skipped")


class About(NamedTuple):
    """What the page tells of a document beyond what became of it; the same of many, and kept once."""

    kind: str
    edits: int
    comments: int
    questions: tuple[str, ...]


class Row(NamedTuple):
    """One document on the page."""

    outcome: Outcome
    about: About


@dataclass
class Page:
    """Gathers what the page tells of a run, one outcome after the other."""

    abouts: list[About] = field(default_factory=list)
    _known: dict[About, About] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Take what the page tells of a document."""
        told = outcome.details
        operations = [edit["operation"]["op"] for edit in told.get("edits", ())]
        comments = operations.count("comment")
        questions = tuple(intern(question["text"]) for question in told.get("questions", ()))
        about = About(intern(told.get("kind", "").replace("_", " ")), len(operations) - comments, comments, questions)
        self.abouts.append(self._known.setdefault(about, about))

    def write(self, out: Path, done: Done) -> None:
        """Write the page on a run whose outcomes were added, in their order. Raises InputError."""
        pieces = self.rendered(out, done)
        write_lines_atomically(out / NAME, (piece.encode(errors="replace").decode() for piece in pieces))

    def rendered(self, out: Path, done: Done) -> Iterator[str]:
        """Yield the page as HTML that needs no other file, piece by piece: a run may have many documents."""
        template = pages.environment(Path(__file__).parent / "page").get_template("report.html.jinja")
        return template.generate(
            done=done,
            counts={status: done.count(status) for status in STATUSES},
            failed=list(self._rows(done, _FIRST[:1])),
            number=len(self.abouts),
            rows=self._rows(done, _FIRST),
            totals=self._totals(),
            link=lambda output: _link(out, output),
            purpose=PURPOSE,
            version=__version__,
        )

    def _rows(self, done: Done, statuses: Sequence[Status]) -> Iterator[Row]:
        """Yield what ended so, by status; a pass for each, so that nothing is kept."""
        return (
            Row(outcome, about)
            for status in statuses
            if done.count(status)
            for outcome, about in zip(done.outcomes, self.abouts, strict=True)
            if outcome.status == status
        )

    def _totals(self) -> dict[str, Any]:
        return {
            "edits": sum(about.edits for about in self.abouts),
            "questions": sum(len(about.questions) for about in self.abouts),
        }


def _link(out: Path, output: str | None) -> str | None:
    """Return the address of a result from where the page lies."""
    from urllib.parse import quote

    if output is None or (below := os.path.relpath(output, out)).startswith(os.pardir):
        return None
    return quote(below.replace(os.sep, "/"), errors="surrogateescape")
