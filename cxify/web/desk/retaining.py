"""How long documents are kept: what goes when, everything of a person deleted at once, what is due deleted now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cxify import store
from cxify.store import journal, papers, retention
from cxify.store.papers import Paper
from cxify.store.people import Person
from cxify.store.retention import Purged
from cxify.web.desk import auditing

if TYPE_CHECKING:
    from cxify.web.context import Context


@dataclass(frozen=True)
class Day:
    """How many documents go on one day."""

    day: date
    documents: int
    megabytes: float


def mine(here: "Context", person: Person) -> list[Paper]:
    """Return a person's documents, what goes first in front."""
    return sorted(papers.owned(here.engine, person.id), key=lambda paper: (paper.expires, paper.name))


def coming(here: "Context") -> list[Day]:
    """Return how many documents of all people go on each day; whose and which they are is not told."""
    whole = papers.everyone(here.engine)
    counted, sizes = Counter(each.expires.date() for each in whole), Counter[date]()
    for each in whole:
        sizes[each.expires.date()] += each.size
    return [Day(day, number, sizes[day] / 2**20) for day, number in sorted(counted.items())]


def purge(here: "Context", person: Person) -> Purged:
    """Delete now what is due, and empty what deleted bytes may still stand in."""
    with store.told(here.engine):
        done = retention.purge(here.engine)
    auditing.forget_deleted(here)
    with store.writing(here.engine) as connection:
        journal.append(connection, person.id, "purged", "documents", {"documents": done.papers})
    return done
