"""What was submitted and what came back, on disk, so that a run survives a crash at any point.

run.json            the settings of the run, and which requests came to nothing
0001.json           the note of a batch; it is written before anything is sent
0001.requests.jsonl what was sent
0001.output.jsonl   what came back, as the provider wrote it; 0001.error.jsonl its faults
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import ValidationError

from cxify.errors import InputError
from cxify.files import read, write_atomically
from cxify.llm.openai_batch import results
from cxify.llm.openai_batch.results import Result
from cxify.proposal import Strict

Status = Literal[
    "prepared", "validating", "in_progress", "finalizing", "cancelling", "completed", "failed", "expired", "cancelled"
]
ENDED: Final = frozenset({"completed", "failed", "expired", "cancelled"})


Shape = TypeVar("Shape", bound=Strict)


class BatchNote(Strict):
    """One batch: what it asks, and how far it is."""

    number: int
    intent: str
    """An id of our own that goes with the batch, by which it is found again after a crash."""
    keys: tuple[str, ...]
    at_most: Decimal | None = None
    """The estimate in US dollars; None when no price is known."""
    prepared: float
    """When, in seconds since 1970."""
    creating: bool = False
    """True from the moment in which the provider may have been asked to create it."""
    batch: str = ""
    status: Status = "prepared"
    completed: int = 0
    failed: int = 0
    expires: int | None = None
    reason: str = ""
    worked: bool = False
    """True when a run has used the results."""

    @property
    def ended(self) -> bool:
        """True when nothing more will come."""
        return self.status in ENDED


class RunNote(Strict):
    """What the whole run has in common."""

    settings: Mapping[str, str] = {}
    failed: tuple[str, ...] = ()
    """Requests of documents that came to nothing; a new submission asks them anew."""
    anew: Mapping[str, int] = {}
    """By request, the number of the last batch whose result no longer counts."""


@dataclass
class Notes:
    """The notes of one output folder, and an index of all results."""

    folder: Path
    run: RunNote = field(default_factory=RunNote)
    batches: dict[int, BatchNote] = field(default_factory=dict)
    _results: dict[int, dict[str, Result]] = field(default_factory=dict, repr=False)
    _asked: dict[str, list[int]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, folder: Path) -> "Notes":
        """Read what earlier runs noted. Raises InputError for notes that somebody damaged."""
        notes = cls(folder)
        if notes._run_path.exists():
            notes.run = _parsed(RunNote, notes._run_path)
        for path in sorted(folder.glob("[0-9]*.json")):
            notes._take(_parsed(BatchNote, path))
        return notes

    @property
    def exist(self) -> bool:
        """True when something was submitted here."""
        return self._run_path.exists()

    @property
    def open(self) -> list[BatchNote]:
        """The batches that the provider still works on."""
        return [note for note in self.batches.values() if not note.ended]

    def asked(self, key: str) -> list[BatchNote]:
        """Return the batches that asked a request, oldest first, without those that no longer count."""
        since = self.run.anew.get(key, 0)
        return [self.batches[number] for number in self._asked.get(key, ()) if number > since]

    def result(self, note: BatchNote, key: str) -> Result | None:
        """Return what a batch answered to a request."""
        return self._results[note.number].get(key)

    def all_results(self) -> Iterator[Result]:
        """Yield every result that was ever paid, also those that no longer count."""
        for found in self._results.values():
            yield from found.values()

    def next_number(self) -> int:
        """Return the number of the next batch."""
        return max(self.batches, default=0) + 1

    def put(self, note: BatchNote) -> BatchNote:
        """Write a note, new or changed."""
        write_atomically(self._path(note, "json"), note.model_dump_json(indent=1).encode())
        self._take(note)
        return note

    def put_run(self, run: RunNote) -> None:
        """Write what the whole run has in common."""
        write_atomically(self._run_path, run.model_dump_json(indent=1).encode())
        self.run = run

    def put_file(self, note: BatchNote, what: Literal["requests", "output", "error"], data: bytes) -> None:
        """Write a file that belongs to a batch."""
        write_atomically(self._path(note, f"{what}.jsonl"), data)

    def drop(self, note: BatchNote) -> None:
        """Forget a batch that never came to be."""
        for suffix in ("json", "requests.jsonl"):
            self._path(note, suffix).unlink(missing_ok=True)
        del self.batches[note.number], self._results[note.number]
        for key in note.keys:
            self._asked[key].remove(note.number)

    def ask_anew(self, keys: Iterable[str]) -> None:
        """Let the results of these requests no longer count."""
        last = max(self.batches, default=0)
        self.put_run(self.run.model_copy(update={"anew": {**self.run.anew, **dict.fromkeys(keys, last)}, "failed": ()}))

    def _take(self, note: BatchNote) -> None:
        new = note.number not in self.batches
        self.batches[note.number] = note
        if new:
            for key in note.keys:
                self._asked.setdefault(key, []).append(note.number)
        if new or (note.ended and not self._results[note.number]):
            self._results[note.number] = self._read(note) if note.ended else {}

    def _read(self, note: BatchNote) -> dict[str, Result]:
        """Index both files; of several lines for one request the first counts, an answer before a fault."""
        mine = set(note.keys)
        found: dict[str, Result] = {}
        for what in ("output", "error"):
            for key, result in results.read(self._path(note, f"{what}.jsonl")):
                if key in mine:
                    found.setdefault(key, result)
        return found

    def _path(self, note: BatchNote, suffix: str) -> Path:
        return self.folder / f"{note.number:04}.{suffix}"

    @property
    def _run_path(self) -> Path:
        return self.folder / "run.json"


def _parsed(shape: type[Shape], path: Path) -> Shape:
    try:
        return shape.model_validate_json(read(path))
    except ValidationError:
        remedy = "Give another folder with -o; what was submitted from this one can be seen at the provider."
        raise InputError(f"{path} is not as cxify wrote it.", remedy) from None
