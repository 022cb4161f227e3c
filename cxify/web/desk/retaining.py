"""How long documents are kept: what goes when, everything of a person deleted at once, what is due deleted now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cxify import store
from cxify.store import journal, lists, papers, retention
from cxify.store.lists import Those
from cxify.store.papers import Paper
from cxify.store.people import Person
from cxify.store.retention import Purged
from cxify.web.desk import auditing

if TYPE_CHECKING:
    from cxify.web.context import Context


MOST: Final = 100
"""Documents that the page lists; all of them are in the overview."""


@dataclass(frozen=True)
class Day:
    """How many documents go on one day."""

    day: date
    documents: int
    megabytes: float


def mine(here: "Context", person: Person) -> tuple[list[Paper], int]:
    """Return those of a person's documents that go first, and how many there are."""
    those = Those(owner=person.id)
    total = lists.counts(here.engine, those).total()
    # What was uploaded first goes first, unless the number of days was changed meanwhile.
    last = lists.found(here.engine, those, first=max(total - MOST, 0), most=MOST)
    first = papers.some(here.engine, [each.id for each in last])
    return sorted(first, key=lambda paper: (paper.expires, paper.name)), total


def coming(here: "Context") -> list[Day]:
    """Return how many documents of all people go on each day; whose and which they are is not told."""
    counted, sizes = Counter[date](), Counter[date]()
    for day, size in lists.expiring(here.engine):
        counted[day] += 1
        sizes[day] += size
    return [Day(day, number, sizes[day] / 2**20) for day, number in sorted(counted.items())]


def purge(here: "Context", person: Person) -> Purged:
    """Delete now what is due, and empty what deleted bytes may still stand in."""
    with store.told(here.engine):
        done = retention.purge(here.engine)
    auditing.forget_deleted(here)
    with store.writing(here.engine) as connection:
        journal.append(connection, person.id, "purged", "documents", {"documents": done.papers})
    return done
