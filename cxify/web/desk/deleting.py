"""A person deletes what is theirs: the papers with everything made of them, from tables and files."""

from collections.abc import Sequence
from concurrent.futures import wait
from typing import TYPE_CHECKING, Final

from cxify import store
from cxify.store import batches, lists, papers, retention, voices
from cxify.store.people import Person
from cxify.web.desk import following

if TYPE_CHECKING:
    from cxify.web.context import Context

_AT_ONCE: Final = 200
_PATIENCE: Final = 20.0
"""Seconds that a person waits for thousands of documents to go; the rest goes behind the page."""


def delete_paper(here: "Context", person: Person, id: str) -> None:
    """Delete one paper. Raises NotFound."""
    _delete(here, person, [papers.mine(here.engine, person, id).id])


def delete_batch(here: "Context", person: Person, id: str) -> None:
    """Delete an upload with all its papers. Raises NotFound."""
    batch = batches.mine(here.engine, person, id)
    if batch.run_id:
        following.cancel(here, person, id)  # nothing is begun that goes at once
    _delete(here, person, [paper.id for paper in lists.of_batch(here.engine, batch.id)])


def delete_all(here: "Context", person: Person) -> int:
    """Delete everything of a person and return how many papers there were."""
    ids = [paper.id for paper in lists.of_person(here.engine, person.id)]
    with store.writing(here.engine) as connection:
        comments = [each.id for each in voices.of_person(connection, person.id)]
        retention.erase_voices(connection, comments, person.id, "deleted by its owner")
    _delete(here, person, ids)
    return len(ids)


def _delete(here: "Context", person: Person, ids: list[str]) -> None:
    if len(ids) <= _AT_ONCE:
        _erase(here, person, ids)
        return
    # Whatever happens now, they go: what is left when cxify is ended goes at the next start, as what is due.
    with store.writing(here.engine) as connection:
        papers.condemn(connection, ids)
    wait([here.processing.errand(_erase, here, person, ids, long=True)], timeout=_PATIENCE)


def _erase(here: "Context", person: Person, ids: Sequence[str]) -> None:
    with store.told(here.engine):
        retention.erase_all(here.engine, ids, person.id, "deleted by its owner")
    here.facts.forget(ids)
    with store.told(here.engine):
        here.processing.orders.forget_comments()
        retention.scrub(here.engine)
