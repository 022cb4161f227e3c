"""What a run does next: a glance at each document, a look at those that may share a role, and then the documents.

A document can be rewritten when the profile of its role is certain. For one that shares nothing with any other that is
at once after the glances; for the others it is when all that may be of the role were looked at, and not before: what
becomes of a document must not depend on which of them came first.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal

from cxify import profile
from cxify.batch.outcome import Job, Plan
from cxify.profile import Glance, RoleProfile, Seen

GLANCE: Final = "glanced"
LOOK: Final = "seen"
REWRITE: Final = "outcome"
What = Literal["glanced", "seen", "outcome"]


@dataclass(frozen=True)
class Thread:
    """How a run finds the documents of one role: `look` at each, then `weave` what was seen, by name in the run.

    With a `glance`, only those are looked at that may share a role, and nobody waits for the others.
    """

    look: Callable[[bytes], Seen]
    weave: Callable[[Mapping[str, Seen]], Mapping[str, RoleProfile]]
    glance: Callable[[bytes], Glance] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done with one document, by the name of what a worker does."""

    what: What
    index: int
    """The document's place among those of the plan and those beside it."""
    job: Job
    shared: RoleProfile | None = None


@dataclass
class _Group:
    """Documents that may share a role, and what was seen of them."""

    members: tuple[int, ...]
    awaited: int
    seen: dict[int, Seen] = field(default_factory=dict)


class Agenda:
    """The steps of a run, each given out once; what came of the first two kinds is to be told."""

    def __init__(self, plan: Plan, thread: Thread | None, known: Mapping[Path, RoleProfile] | None = None) -> None:
        self._plan = plan
        self._jobs: Sequence[Job] = (*plan.jobs, *plan.beside)
        self._glances: list[Glance | None] = [None] * len(self._jobs)
        self._ready: deque[Step] = deque()
        self._groups: dict[int, _Group] = {}
        self._thread = thread
        if thread is None or known is not None or len(self._jobs) < 2:
            self._later = self._rewrites(range(len(plan.jobs)), known or {})
        elif thread.glance is None:
            self._later = self._looks([tuple(range(len(self._jobs)))])
        else:
            self._unglanced = len(self._jobs)
            self._later = self._steps(GLANCE, range(len(self._jobs)))

    def next(self) -> Step | None:
        """Return what can be done now, or None while that depends on what is under way: what is certain goes first."""
        return self._ready.popleft() if self._ready else next(self._later, None)

    def told(self, step: Step, result: Any) -> None:
        """Take what a glance or a look has shown; None where it failed, and then the document shares nothing."""
        if step.what == GLANCE:
            self._glanced(step.index, result)
        elif step.what == LOOK:
            self._looked(step.index, result)

    def _glanced(self, index: int, glance: Glance | None) -> None:
        self._glances[index] = glance
        self._unglanced -= 1
        if not self._unglanced:
            self._later = self._sorted()

    def _sorted(self) -> Iterator[Step]:
        """Those that nobody waits for go first, then the smallest groups: so most is certain soonest."""
        found = profile.related({index: glance for index, glance in enumerate(self._glances) if glance})
        groups = sorted((group for group in found if group[0] < len(self._plan.jobs)), key=len)
        together = bytearray(len(self._jobs))  # a set of ten thousand numbers would take fifty times as much
        for index in chain.from_iterable(groups):
            together[index] = True
        alone = (index for index in range(len(self._plan.jobs)) if not together[index])
        self._glances = [glance if shares else None for shares, glance in zip(together, self._glances, strict=True)]
        return chain(self._rewrites(alone, {}), self._looks(groups))

    def _looked(self, index: int, seen: Seen | None) -> None:
        group = self._groups.pop(index)
        if seen:
            glance = self._glances[index]
            group.seen[index] = glance.agreed(seen) if glance else seen
        group.awaited -= 1
        if not group.awaited:
            self._ready.extend(self._rewrites(self._own(group.members), self._woven(group)))

    def _woven(self, group: _Group) -> dict[Path, RoleProfile]:
        names = {self._name(index): index for index in group.members}
        seen = {name: group.seen[index] for name, index in names.items() if index in group.seen}
        woven = self._thread.weave(seen) if self._thread else {}
        return {self._jobs[names[name]].target: profile for name, profile in woven.items()}

    def _own(self, members: Iterable[int]) -> Iterator[int]:
        """Leave out what is only looked at."""
        return (index for index in members if index < len(self._plan.jobs))

    def _name(self, index: int) -> str:
        return self._jobs[index].target.relative_to(self._plan.out).as_posix()

    def _rewrites(self, indexes: Iterable[int], shared: Mapping[Path, RoleProfile]) -> Iterator[Step]:
        for index in indexes:
            job = self._jobs[index]
            yield Step(REWRITE, index, job, shared.get(job.target))

    def _looks(self, groups: Iterable[tuple[int, ...]]) -> Iterator[Step]:
        for members in groups:
            group = _Group(members, len(members))
            self._groups.update(dict.fromkeys(members, group))
            yield from self._steps(LOOK, members)

    def _steps(self, what: What, indexes: Iterable[int]) -> Iterator[Step]:
        return (Step(what, index, self._jobs[index]) for index in indexes)
