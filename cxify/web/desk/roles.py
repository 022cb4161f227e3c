"""Which documents of an upload are of one role, so that they share one profile: a glance at each, a look at a few."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cxify.errors import CxifyError, StoreUnavailable
from cxify.profile import Glance, RoleProfile, Seen
from cxify.queue import Order
from cxify.store import papers
from cxify.store.lists import Brief
from cxify.store.papers import Stage
from cxify.web.desk import names
from cxify.web.desk.ahead import ahead
from cxify.web.processing import tasks
from cxify.web.processing.wire import Ended, Stopped

if TYPE_CHECKING:
    from cxify.web.context import Context

T = TypeVar("T")
Group = Sequence[Brief]
_READERS: Final = 2
_AT_ONCE: Final = 100
"""Documents of which profiles are woven at the same time."""


@dataclass(frozen=True)
class Certain:
    """Documents that can be handed over, with the profiles that they share, by their names."""

    papers: Sequence[Brief]
    shared: Mapping[str, RoleProfile]


@dataclass(frozen=True)
class Roles:
    """How the roles of an upload are found. A document that cannot be read shares nothing: its own work tells why."""

    here: "Context"
    orders: Mapping[str, Order]
    """By what was corrected."""
    ask: Callable[..., Any]
    """Does a task in a child."""

    def certain(self, whole: Sequence[Brief]) -> Iterator[Certain]:
        """Yield the documents as their profiles become certain: first those that share with nobody."""
        if len(whole) < 2:
            yield Certain(whole, {})
            return
        glances = dict(zip((paper.id for paper in whole), self._each(tasks.glance, whole), strict=True))
        groups = self._related(whole, {id: one for id, one in glances.items() if one})
        together = {paper.id for group in groups for paper in group}
        yield Certain([paper for paper in whole if paper.id not in together], {})
        # A process that was ended may have handed over whole groups.
        left = [group for group in groups if any(paper.stage is Stage.UPLOADED for paper in group)]
        seen = self._each(tasks.seen, chain.from_iterable(left))
        for part in _parts(left):
            yield Certain(part, self._woven({paper: (glances[paper.id], next(seen)) for paper in part}))

    def _each(self, task: Callable[[Order, bytes], T], of: Iterable[Brief]) -> "Iterator[T | None]":
        return ahead(partial(self._one, task), of, _READERS)

    def _one(self, task: Callable[[Order, bytes], T], paper: Brief) -> T | None:
        try:
            found: T = self.ask(task, self.orders[paper.correction.key], papers.source(self.here.engine, paper.id))
        except (Ended, StoreUnavailable):
            raise
        except CxifyError:
            return None
        return found

    def _related(self, whole: Sequence[Brief], glances: Mapping[str, Glance]) -> list[Group]:
        """Return the groups that may share a role, the smallest first: so most is certain soonest."""
        known = {paper.id: paper for paper in whole}
        try:
            groups = self.here.processing.ask(tasks.related, glances)
        except Stopped:
            return []  # each document then has the profile that it tells itself
        return sorted(([known[id] for id in group] for group in groups), key=len)

    def _woven(self, found: Mapping[Brief, tuple[Glance | None, Seen | None]]) -> dict[str, RoleProfile]:
        told = {place(paper): (glance, seen) for paper, (glance, seen) in found.items() if seen}
        try:
            return self.here.processing.ask(tasks.woven, next(iter(self.orders.values())), told)
        except Stopped:
            return {}


def place(paper: Brief | papers.Paper) -> str:
    """Return a document's name in its run: the file as the page for manager and employee names it."""
    return names.place(paper.folder, paper.name)


def _parts(groups: Sequence[Group]) -> Iterator[list[Brief]]:
    """Yield some whole groups at a time."""
    part: list[Brief] = []
    for group in groups:
        part.extend(group)
        if len(part) >= _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
