"""The second approver: who was asked, and what they said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, insert, select

from cxify.store.moment import now
from cxify.store.paper_tables import ApprovalRow
from cxify.store.people import reading

_A: Final = ApprovalRow


class Verdict(StrEnum):
    """What happened to a request for approval; the latest counts."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True)
class Approval:
    """One step of a paper's approval."""

    id: int
    paper_id: str
    person_id: str
    verdict: Verdict
    comment: str
    at: datetime


def add(connection: Connection, paper_id: str, person_id: str, verdict: Verdict, comment: str = "") -> int:
    """Write down a step and return its number."""
    values = {"paper_id": paper_id, "person_id": person_id, "verdict": str(verdict), "comment": comment, "at": now()}
    return connection.execute(insert(_A).values(values).returning(_A.id)).scalar_one()


def of(where: Engine | Connection, paper_id: str) -> list[Approval]:
    """Return the steps of a paper in their order."""
    with reading(where) as connection:
        rows = connection.execute(select(_A.__table__).where(_A.paper_id == paper_id).order_by(_A.id)).all()
    return [_approval(row) for row in rows]


def awaited(where: Engine | Connection, person_id: str) -> list[Approval]:
    """Return what others have asked for and nobody has answered yet, the oldest first."""
    last = select(func.max(_A.id)).group_by(_A.paper_id)
    open_ = select(_A.__table__).where(_A.id.in_(last), _A.verdict == Verdict.ASKED, _A.person_id != person_id)
    with reading(where) as connection:
        return [_approval(row) for row in connection.execute(open_.order_by(_A.id))]


def _approval(row: Any) -> Approval:
    id, paper_id, person_id, verdict, comment, at = row
    return Approval(id, paper_id, person_id, Verdict(verdict), comment, at)
