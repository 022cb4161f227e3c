"""Files that were uploaded together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, exists, insert, select, update

from cxify.errors import NotFound
from cxify.store.moment import now
from cxify.store.paper_tables import BatchRow, PaperRow
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


def begun(where: Engine | Connection) -> list[Batch]:
    """Return the batches that were started and have papers left that are no documents of a run yet."""
    left = exists().where(PaperRow.batch_id == _B.id, PaperRow.state == "uploaded")
    with reading(where) as connection:
        rows = connection.execute(select(_B.__table__).where(_B.run_id.is_not(None), left).order_by(_B.created))
        return [Batch(*row) for row in rows]


def any_of(where: Engine | Connection, id: str) -> Batch | None:
    """Return a batch for the work behind the page, whoever owns it."""
    with reading(where) as connection:
        row = connection.execute(select(_B.__table__).where(_B.id == id)).one_or_none()
    return Batch(*row) if row else None


def changing(connection: Connection, id: str) -> Batch | None:
    """Return a batch that nobody else changes until the transaction ends."""
    # An update locks the row in PostgreSQL and the database in SQLite, which knows no SELECT FOR UPDATE.
    if not connection.execute(update(_B).where(_B.id == id).values(owner=_B.owner)).rowcount:
        return None
    return any_of(connection, id)
