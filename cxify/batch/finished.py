"""What has become of the documents of a run so far, in little room: the report on the disk has the rest.

Of a document that went well a run keeps where its line stands and how it ended, nine bytes; all else of its outcome is
read from that line when it is wanted. Of others it keeps the reasons too.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

from cxify.batch.outcome import STATUSES, Outcome, Plan
from cxify.batch.report import MADE, Report

_NOWHERE = -1


@dataclass(eq=False)
class Finished:
    """Outcomes by the index of their job in the plan."""

    plan: Plan
    report: Report
    keep: bool
    """Keep every outcome whole."""
    _kept: dict[int, Outcome] = field(default_factory=dict)
    _statuses: bytearray = field(default_factory=bytearray)
    """One more than the place in STATUSES, 0 of what is not finished."""
    _places: "array[int]" = field(default_factory=lambda: array("q"))

    def __post_init__(self) -> None:
        """Have a place for every job."""
        self._statuses = bytearray(len(self.plan.jobs))
        self._places = array("q", [_NOWHERE]) * len(self.plan.jobs)

    def __contains__(self, index: int) -> bool:
        """Tell whether a job has ended."""
        return bool(self._statuses[index])

    def add(self, index: int, outcome: Outcome) -> None:
        """Take an outcome that is in the report already, if it is to stand there."""
        self._statuses[index] = 1 + STATUSES.index(outcome.status)
        place = None if self.keep else self.report.handed_over(outcome)
        if place is not None:
            self._places[index] = place
        if place is None or outcome.status not in MADE:
            self._kept[index] = outcome if place is None else replace(outcome, details={})

    def whole(self) -> Iterator[Outcome]:
        """Yield every outcome with all that its line says, those left alone first."""
        yield from self.plan.skipped
        yield from map(self._told, self._ended())

    def briefs(self) -> "Briefs":
        """Return the outcomes as the end of a run tells of them."""
        return Briefs(self.plan, array("l", self._ended()), bytes(self._statuses), self._kept)

    def _told(self, index: int) -> Outcome:
        kept, place = self._kept.get(index), self._places[index]
        if place == _NOWHERE and kept:
            return kept
        told = self.report.at(place)
        return replace(kept, details=told.details) if kept else replace(told, file=self.plan.jobs[index].file)

    def _ended(self) -> Iterator[int]:
        return (index for index, status in enumerate(self._statuses) if status)


@dataclass(frozen=True, eq=False)
class Briefs(Sequence[Outcome]):
    """Outcomes in the order of the plan; of those that went well, what was done with which file and where it is."""

    plan: Plan
    ended: "array[int]"
    """Indexes of jobs."""
    statuses: bytes
    kept: dict[int, Outcome]

    def __len__(self) -> int:
        """Return how many files the run tells of."""
        return len(self.plan.skipped) + len(self.ended)

    @overload
    def __getitem__(self, place: int) -> Outcome: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Outcome]: ...
    def __getitem__(self, place: int | slice) -> Outcome | Sequence[Outcome]:
        """Return an outcome."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        first = len(self.plan.skipped)
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        return self.plan.skipped[place] if place < first else self._brief(self.ended[place - first])

    def _brief(self, index: int) -> Outcome:
        if whole := self.kept.get(index):
            return whole
        job = self.plan.jobs[index]
        return Outcome(job.file, STATUSES[self.statuses[index] - 1], job.copy)
