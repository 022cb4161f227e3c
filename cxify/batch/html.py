"""OUT/report.html: one page on a run for people, with what failed and its remedy first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any, Final

from cxify import __version__, pages
from cxify.batch.outcome import STATUSES, Done, Outcome
from cxify.files import write_lines_atomically
from cxify.provenance import PURPOSE

NAME: Final = "report.html"
_FIRST: Final = ("failed", "waiting", "rewritten", "unchanged", "done before", "skipped")


@dataclass(frozen=True, slots=True)
class Row:
    """One document on the page."""

    file: str
    status: str
    kind: str
    edits: int
    comments: int
    questions: tuple[str, ...]
    message: str
    remedy: str
    output: str | None


@dataclass
class Page:
    """Gathers the rows of a run, one outcome after the other."""

    rows: list[Row] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Take what the page tells of a document."""
        told = outcome.details
        operations = [edit["operation"]["op"] for edit in told.get("edits", ())]
        comments = operations.count("comment")
        self.rows.append(
            Row(
                file=outcome.file,
                status=outcome.status,
                kind=intern(told.get("kind", "").replace("_", " ")),
                edits=len(operations) - comments,
                comments=comments,
                questions=tuple(intern(question["text"]) for question in told.get("questions", ())),
                message=outcome.message,
                remedy=outcome.remedy,
                output=outcome.output,
            )
        )

    def write(self, out: Path, done: Done) -> None:
        """Write the page. Raises InputError."""
        pieces = self.rendered(out, done)
        write_lines_atomically(out / NAME, (piece.encode(errors="replace").decode() for piece in pieces))

    def rendered(self, out: Path, done: Done) -> Iterator[str]:
        """Yield the page as HTML that needs no other file, piece by piece: a run may have many documents."""
        by_status = {status: [row for row in self.rows if row.status == status] for status in _FIRST}
        template = pages.environment(Path(__file__).parent / "page").get_template("report.html.jinja")
        return template.generate(
            done=done,
            counts={status: done.count(status) for status in STATUSES},
            failed=by_status["failed"],
            rows=[row for status in _FIRST for row in by_status[status]],
            totals=self._totals(),
            link=lambda output: _link(out, output),
            purpose=PURPOSE,
            version=__version__,
        )

    def _totals(self) -> dict[str, Any]:
        return {
            "edits": sum(row.edits for row in self.rows),
            "questions": sum(len(row.questions) for row in self.rows),
        }


def _link(out: Path, output: str | None) -> str | None:
    """Return the address of a result from where the page lies."""
    from urllib.parse import quote

    if output is None or not Path(output).is_relative_to(out):
        return None
    return quote(Path(output).relative_to(out).as_posix(), errors="surrogateescape")
