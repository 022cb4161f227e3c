"""What people decided about suggestions. Decisions are only ever added; the latest says how a suggestion stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from cxify.store import progress
from cxify.store.moment import now
from cxify.store.paper_tables import DecisionRow
from cxify.store.papers import nothing_here
from cxify.store.people import reading

_D: Final = DecisionRow


@dataclass(frozen=True)
class StoredDecision:
    """What one person decided about one suggestion."""

    id: int
    paper_id: str
    suggestion: int
    action: str
    told: Mapping[str, Any]
    person_id: str
    at: datetime


def add(
    connection: Connection,
    paper_id: str,
    person_id: str,
    suggestion: int,
    action: str,
    told: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
) -> int:
    """Write down a decision and return its number. Raises NotFound when its paper was deleted in the meantime."""
    values = {"paper_id": paper_id, "person_id": person_id, "suggestion": suggestion, "action": action}
    row = insert(_D).values(values | {"told": dict(told or {}), "at": at or now()})
    try:
        number: int = connection.execute(row.returning(_D.id)).scalar_one()
    except IntegrityError:
        raise nothing_here() from None
    progress.note(connection, paper_id)
    return number


def of(where: Engine | Connection, paper_id: str) -> list[StoredDecision]:
    """Return the decisions about a paper in their order."""
    with reading(where) as connection:
        rows = connection.execute(select(_D.__table__).where(_D.paper_id == paper_id).order_by(_D.id)).all()
    return [StoredDecision(*row) for row in rows]


def counts(where: Engine | Connection, paper_ids: list[str]) -> dict[str, int]:
    """Return how many suggestions of each paper were decided about, undone ones included."""
    counted = select(_D.paper_id, func.count(_D.suggestion.distinct())).where(_D.paper_id.in_(paper_ids))
    with reading(where) as connection:
        return {id: number for id, number in connection.execute(counted.group_by(_D.paper_id))}  # noqa: C416
