"""A person deletes what is theirs: the papers with everything made of them, from tables and files."""

from typing import TYPE_CHECKING

from cxify import store
from cxify.store import batches, papers, retention
from cxify.store.people import Person

if TYPE_CHECKING:
    from cxify.web.context import Context


def delete_paper(here: "Context", person: Person, id: str) -> None:
    """Delete one paper. Raises NotFound."""
    _delete(here, person, [papers.mine(here.engine, person, id).id])


def delete_batch(here: "Context", person: Person, id: str) -> None:
    """Delete an upload with all its papers. Raises NotFound."""
    batch = batches.mine(here.engine, person, id)
    _delete(here, person, [paper.id for paper in papers.of_batch(here.engine, batch.id)])


def delete_all(here: "Context", person: Person) -> int:
    """Delete everything of a person and return how many papers there were."""
    ids = [paper.id for paper in papers.owned(here.engine, person.id)]
    _delete(here, person, ids)
    return len(ids)


def _delete(here: "Context", person: Person, ids: list[str]) -> None:
    with store.writing(here.engine) as connection:
        retention.erase(connection, ids, person.id, "deleted by its owner")
    here.facts.forget(ids)
    with store.told(here.engine):
        retention.scrub(here.engine)
