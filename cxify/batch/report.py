"""The report of a run: a line for every file, and one for what concerns several of them.

Lines are appended as documents are done, so the report can be read at any moment and survives a run that is killed; of
several lines for a file the last one holds. At the end it is written anew with one line for every file.
"""

import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxify import kinds
from cxify.batch.outcome import Noted, Outcome, Role
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
_MADE: Final = ("rewritten", "unchanged")
_HASHES: Final = ("sha256", "output_sha256", "page_sha256", "settings")
_KNOWN: Final = frozenset(field.name for field in fields(Outcome))


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
            self._places[outcome.file] = _appended(self.path, asdict(outcome))
            if outcome.status in _MADE:
                self._noted.pop(outcome.file, None)  # nobody asks again for what its line says in full
            else:
                self._note(asdict(outcome), self._places[outcome.file])

    def slim(self, outcome: Outcome, framework: Any) -> Outcome:
        """Return what the end of a run needs of an outcome beyond its line; `framework` is the same for all."""
        if outcome.file not in self._places:
            return outcome
        kept = {"framework": framework} if framework else {}
        if outcome.status not in _MADE:
            return replace(outcome, details=kept)
        return replace(outcome, details=kept, sha256=None, output_sha256=None, page_sha256=None, settings="")

    def full(self, outcome: Outcome) -> Outcome:
        """Return the outcome with the details that its line has, and with what `slim` left out."""
        if outcome.details.keys() - {"framework"} or (place := self._places.get(outcome.file)) is None:
            return outcome
        with self.path.open("rb") as file:
            file.seek(place)
            told = json.loads(file.readline())
        hashes = {name: told.get(name) for name in _HASHES} if outcome.status in _MADE else {}
        return replace(outcome, details=told.get("details", {}), **hashes)

    def tidy(self, outcomes: Iterable[Outcome], roles: Iterable[Role], portfolio: Iterable[Finding]) -> None:
        """Write the report anew: this run's outcomes after those of earlier runs that it did not repeat.

        That is the end of a run; what stands where is known no more.
        """
        together = [*map(asdict, roles)], [*map(asdict, portfolio)]
        new = {outcome.file: outcome for outcome in outcomes}
        write_lines_atomically(self.path, self._lines(new, *together))
        self._noted, self._places = {}, {}

    def _lines(self, new: Mapping[str, Outcome], roles: list[Any], portfolio: list[Any]) -> Iterator[str]:
        if roles or portfolio:
            yield _line({"file": "", "status": TOGETHER, "roles": roles, "portfolio": portfolio})
        for file, noted in self._noted.items():
            if file not in new and file in self._places and Path(file).exists():
                yield from self._kept(self.full(noted.outcome), noted)
        for file, outcome in new.items():
            yield from self._kept(self.full(outcome), self._noted.get(file))

    def _kept(self, outcome: Outcome, noted: Noted | None) -> Iterator[str]:
        """A document that failed may have been written all the same, when its process was stopped right then."""
        if noted and outcome.status in ("failed", "waiting"):
            for output in sorted(noted.written - {outcome.output_sha256}):
                yield _line({"file": outcome.file, "status": WRITING, "output_sha256": output, "page_sha256": None})
            for page in sorted(noted.pages - {outcome.page_sha256}):
                yield _line({"file": outcome.file, "status": WRITING, "output_sha256": None, "page_sha256": page})
        yield _line(asdict(outcome))

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
