"""The report of a run: a line for every file, and one for what concerns several of them.

Lines are appended as documents are done, so the report can be read at any moment and survives a run that is killed; of
several lines for a file the last one holds. At the end it is written anew with one line for every file.
"""

import json
import os
import threading
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxify import kinds
from cxify.batch.outcome import Noted, Outcome, Role, Status
from cxify.document import Finding
from cxify.errors import InputError
from cxify.files import why, write_lines_atomically
from cxify.profile import RoleProfile

if TYPE_CHECKING:
    from cxify.pipeline import Redline

REPORT: Final = "report.jsonl"
TOGETHER: Final = "all together"
"""Status of the line that is about several files."""
WRITING: Final = "writing"
"""Status of a line on what is about to be written: should the run be killed there, the next one knows its own."""
MADE: Final[tuple[Status, ...]] = ("rewritten", "unchanged")
"""How a document ends that this run has done: its line tells all of its outcome."""
_FIELDS: Final = tuple(field.name for field in fields(Outcome))
_KNOWN: Final = frozenset(_FIELDS)


def details(redline: "Redline") -> dict[str, Any]:
    """Return what a reviewer or a program wants to know of a redline, ready for JSON."""
    return {
        "kind": redline.document.kind,
        "language": redline.document.language,
        "state": redline.document.state,
        "role": redline.profile.role,
        "unit": kinds.facts(redline.document).get("unit", ""),
        "profile": _profile(redline.profile),
        "edits": [proposed.model_dump(mode="json") for proposed in redline.accepted],
        "questions": [question.model_dump(mode="json") for question in redline.questions],
        "declined": [declined.model_dump(mode="json") for declined in redline.declined],
        "dropped": [
            {"edit": dropped.proposed.model_dump(mode="json"), "findings": [asdict(each) for each in dropped.findings]}
            for dropped in redline.dropped
        ],
        "findings": [asdict(finding) for finding in redline.findings],
        "framework": {key: text for key, text in redline.provenance.get("framework", {}).items() if key != "sha256"},
        "writer": dict(redline.provenance.get("writer", {})),
        "usage": asdict(redline.usage),
    }


def _profile(of: RoleProfile) -> dict[str, Any]:
    told = ("level", "competencies", "standards", "served", "shared_with", "based_on")
    return {name: value for name, value in asdict(of).items() if name in told}


class Report:
    """The report of an output folder. Only where each file's line stands is kept in memory, not what it says."""

    def __init__(self, out: Path) -> None:
        self.path = out / REPORT
        self._noted: dict[str, Noted] = {}
        self._places: dict[str, int] = {}
        self._lock = threading.Lock()
        self._read()

    def noted(self, file: str) -> Noted | None:
        """Return what the report says of a file."""
        return self._noted.get(file)

    def failed(self) -> frozenset[str]:
        """Return the files that could not be done."""
        return frozenset(file for file, noted in self._noted.items() if noted.outcome.status == "failed")

    def add(self, outcome: Outcome) -> None:
        """Append a line. Raises InputError; a line that came out torn is told from the next one."""
        with self._lock:
            self._places.pop(outcome.file, None)  # what an earlier run said is not so any more, written or not
            self._places[outcome.file] = _appended(self.path, _of(outcome))
            if outcome.status in MADE:
                self._noted.pop(outcome.file, None)  # nobody asks again for what its line says in full
            else:
                self._note(_of(outcome), self._places[outcome.file])

    def handed_over(self, outcome: Outcome) -> int | None:
        """Return where the line of a document begins, if it has one; from now on only the caller knows it."""
        return self._places.pop(outcome.file, None)

    def at(self, place: int) -> Outcome:
        """Return the outcome whose line begins there."""
        with self.path.open("rb") as file:
            file.seek(place)
            told = json.loads(file.readline())
        return Outcome(**{name: told[name] for name in _KNOWN & told.keys()})

    def full(self, outcome: Outcome) -> Outcome:
        """Return the outcome with the details that its line has."""
        if outcome.details or (place := self._places.get(outcome.file)) is None:
            return outcome
        return replace(outcome, details=self.at(place).details)

    def tidy(
        self, new: Sequence[Outcome], whole: Iterable[Outcome], roles: Iterable[Role], portfolio: Iterable[Finding]
    ) -> None:
        """Write the report anew: this run's outcomes after those of earlier runs that it did not repeat.

        `new` names what has ended, and `whole` tells it in full. That is the end of a run; what stands where is known
        no more.
        """
        together = {"roles": [*map(asdict, roles)], "portfolio": [*map(asdict, portfolio)]}
        first = [{"file": "", "status": TOGETHER, **together}] if any(together.values()) else []
        repeated = {outcome.file for outcome in new if outcome.file in self._noted} if self._noted else set()
        write_lines_atomically(self.path, chain(map(_line, first), self._earlier(repeated), self._own(whole)))
        self._noted, self._places = {}, {}

    def _earlier(self, repeated: Container[str]) -> Iterator[str]:
        for file, noted in self._noted.items():
            if file not in repeated and file in self._places and Path(file).exists():
                yield from self._kept(self.full(noted.outcome), noted)

    def _own(self, whole: Iterable[Outcome]) -> Iterator[str]:
        for outcome in whole:
            yield from self._kept(outcome, self._noted.get(outcome.file))

    def _kept(self, outcome: Outcome, noted: Noted | None) -> Iterator[str]:
        """A document that failed may have been written all the same, when its process was stopped right then."""
        if noted and outcome.status in ("failed", "waiting"):
            for output in sorted(noted.written - {outcome.output_sha256}):
                yield _line({"file": outcome.file, "status": WRITING, "output_sha256": output, "page_sha256": None})
            for page in sorted(noted.pages - {outcome.page_sha256}):
                yield _line({"file": outcome.file, "status": WRITING, "output_sha256": None, "page_sha256": page})
        yield _line(_of(outcome))

    def _read(self) -> None:
        """Read what earlier runs have left; a damaged line says nothing and harms no other."""
        place = 0
        try:
            with self.path.open("rb") as file:
                for line in file:
                    self._understand(line, place)
                    place += len(line)
        except OSError:
            return

    def _understand(self, line: bytes, place: int) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            return
        if isinstance(told, dict) and isinstance(told.get("file"), str) and told.get("status") != TOGETHER:
            self._note(told, place)

    def _note(self, told: Mapping[str, Any], place: int) -> None:
        file = told["file"]
        before = self._noted.get(file) or Noted(Outcome(file, "waiting"))
        written = before.written | ({told["output_sha256"]} if told.get("output_sha256") else set())
        pages = before.pages | ({told["page_sha256"]} if told.get("page_sha256") else set())
        outcome = before.outcome
        if told.get("status") != WRITING:
            outcome = Outcome(**{name: told[name] for name in _KNOWN & told.keys() if name != "details"})
            self._places[file] = place
        self._noted[file] = Noted(outcome, written, pages)


def about_to_write(out: Path, file: str, output: str, page: str | None) -> None:
    """Say in the report what is about to be written for a file; may be called from any process of the run."""
    _appended(out / REPORT, {"file": file, "status": WRITING, "output_sha256": output, "page_sha256": page})


def _of(outcome: Outcome) -> dict[str, Any]:
    """Return what a line tells; `asdict` would copy the details, which takes longer than writing them."""
    return {name: getattr(outcome, name) for name in _FIELDS}


def _line(told: Mapping[str, Any]) -> str:
    line = json.dumps(told, ensure_ascii=False)
    # A file name that is no text (Linux allows any bytes) can only be told escaped.
    return f"{line if _is_text(line) else json.dumps(told)}\n"


def _is_text(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _appended(path: Path, told: Mapping[str, Any]) -> int:
    """Append a line in one write and return where it begins."""
    data = _line(told).encode()
    try:
        with path.open("ab", buffering=0) as file:
            if _is_torn(path, file.tell()):
                data = b"\n" + data
            written = file.write(data)
            if written != len(data):
                raise OSError(28, "No space left on device")
            return file.tell() - len(data.lstrip(b"\n"))
    except OSError as error:
        raise InputError(f"{path} cannot be written: {why(error)}.", "Free the place, and run it again.") from None


def _is_torn(path: Path, length: int) -> bool:
    if not length:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
