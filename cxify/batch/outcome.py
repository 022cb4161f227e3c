"""What a run is to do, and what became of each file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from os.path import join, splitext
from pathlib import Path
from typing import Any, Literal, get_args

from cxify.document import Finding

Status = Literal["rewritten", "unchanged", "done before", "skipped", "waiting", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Job:
    """One document and where its redlined copy goes; a run has ten thousand, so one text is all that each has."""

    file: str
    """The document's path as the report names it."""
    length: int
    """How much of it, at the end, is the path that its copy has too."""
    out: Path
    """The folder of the copies."""
    converted: bool = False
    """It is no Word file and has to be converted into one first."""

    @classmethod
    def of(cls, folder: Path, name: str, out: Path) -> "Job":
        """Return the job of a document by its path below a folder."""
        return cls(_below(folder, name), len(name), out)

    @property
    def name(self) -> str:
        """Its path below the folder that was given, and below that of the copies."""
        return self.file[-self.length :]

    @property
    def source(self) -> Path:
        """The document."""
        return Path(self.file)

    @property
    def copy(self) -> str:
        """The path of its redlined copy as the report names it."""
        return _below(self.out, f"{splitext(self.name)[0]}.docx" if self.converted else self.name)

    @property
    def target(self) -> Path:
        """Where its redlined copy goes."""
        return Path(self.copy)

    @property
    def format(self) -> str:
        """What the source is: "doc", "odt", "docx"."""
        return splitext(self.name)[1].lower().removeprefix(".")

    @property
    def page(self) -> Path:
        """Where the page for manager and employee goes: beside the copy."""
        name = self.target.stem if self.target.suffix.lower() == ".docx" else self.target.name
        return self.target.with_name(f"{name}.what-changed.md")


def _below(folder: Path, name: str) -> str:
    """Return a path without making a Path of it, which would keep each of its parts in a table of the interpreter."""
    return name if (above := str(folder)) == "." else join(above, name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; one line of the report. `details` are the edits, questions, findings and reasons."""

    file: str
    status: Status
    output: str | None = None
    exit_code: int = 0
    message: str = ""
    remedy: str = ""
    sha256: str | None = None
    """Of the source."""
    output_sha256: str | None = None
    """Of the output as it was written, so that a later run sees whether somebody has worked on it."""
    page: str | None = None
    """The page for manager and employee."""
    page_sha256: str | None = None
    settings: str = ""
    """Fingerprint of everything that decided the result besides the source."""
    seconds: float = 0.0
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """A redline that another process or machine has made: only what a run keeps of it."""

    data: bytes
    changed: bool
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Noted:
    """What the report says of a file: its latest outcome without details, and all that cxify has written for it."""

    outcome: Outcome
    written: frozenset[str] = frozenset()
    """Hashes of outputs, also of one that was about to be written when the run was killed."""
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Plan:
    """What is to be done, and the files that are left alone with the reason."""

    jobs: tuple[Job, ...]
    skipped: tuple[Outcome, ...]
    out: Path
    beside: tuple[Job, ...] = ()
    """Documents that are looked at for the roles they share, and not done."""


@dataclass(frozen=True)
class Role:
    """One role and its documents in a run, with the profile they share."""

    title: str
    files: tuple[str, ...]
    level: int
    competencies: tuple[str, ...]
    standards: tuple[str, ...]
    served: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """The whole run: every outcome in the order of the plan, and whether somebody stopped it."""

    outcomes: Sequence[Outcome]
    interrupted: bool = False
    roles: tuple[Role, ...] = ()
    """Roles of which the run has several documents."""
    portfolio: tuple[Finding, ...] = ()
    """What the rules say about all documents together."""
    frameworks: tuple[Mapping[str, Any], ...] = ()
    """What the documents were written with: id, version and status."""

    @property
    def exit_code(self) -> int:
        """130 when it was interrupted, otherwise the highest code of any document."""
        return 130 if self.interrupted else max((outcome.exit_code for outcome in self.outcomes), default=0)

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """How many files ended with each status."""
        return Counter(outcome.status for outcome in self.outcomes)

    def count(self, status: Status) -> int:
        """Return how many files ended with the status."""
        return self.counts.get(status, 0)
