"""Files that were uploaded together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select, update

from cxify.errors import NotFound
from cxify.store.moment import now
from cxify.store.paper_tables import BatchRow
from cxify.store.people import Person, new_id, reading

_B: Final = BatchRow


@dataclass(frozen=True)
class Batch:
    """Files that were uploaded together, and what was chosen for them."""

    id: str
    owner: str
    created: datetime
    choices: Mapping[str, Any]
    run_id: str | None


def add(connection: Connection, owner: str, choices: Mapping[str, Any]) -> str:
    """Write down a batch and return its id."""
    id = new_id()
    connection.execute(insert(_B).values(id=id, owner=owner, created=now(), choices=dict(choices)))
    return id


def mine(where: Engine | Connection, person: Person, id: str) -> Batch:
    """Return a person's own batch. Raises NotFound, also for somebody else's."""
    with reading(where) as connection:
        row = connection.execute(select(_B.__table__).where(_B.id == id, _B.owner == person.id)).one_or_none()
    if row is None:
        raise NotFound("There is no such upload.", "It may have been deleted. Look for it among your documents.")
    return Batch(*row)


def choose(connection: Connection, id: str, choices: Mapping[str, Any], run_id: str | None = None) -> None:
    """Write down what was chosen, and the run once it was started."""
    values: dict[str, Any] = {"choices": dict(choices)}
    connection.execute(update(_B).where(_B.id == id).values(values | ({"run_id": run_id} if run_id else {})))
