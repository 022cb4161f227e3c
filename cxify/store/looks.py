"""What was found in uploaded documents, and what people corrected of it, one document or a whole upload at a time."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Engine, or_, select, update

from cxify.store.corrections import Corrected, Correction
from cxify.store.paper_tables import PaperRow
from cxify.store.papers import Paper, Stage, taken_for
from cxify.store.people import reading

_P: Final = PaperRow


def correct(connection: Connection, paper: Paper, looked: Mapping[str, Any], to: Correction) -> bool:
    """Write down what a look has found, with what a person chose; False when it was corrected meanwhile."""
    found = taken_for({"kind": to.kind} if to.kind else looked)
    same = _P.kind.is_not_distinct_from(paper.kind), _P.language.is_not_distinct_from(paper.language)
    values = {"looked": dict(looked), "kind": to.kind, "language": to.language, "taken_for": found}
    return connection.execute(update(_P).where(_P.id == paper.id, *same).values(values)).rowcount == 1


def correct_all(connection: Connection, batch_id: str, corrected: Corrected) -> int:
    """Write down what a person chose for all documents of an upload; whose that changes are to be looked at again."""
    other = or_(*(getattr(_P, name).is_distinct_from(value) for name, value in corrected.items()))
    wanted = update(_P).where(_P.batch_id == batch_id, _P.state == Stage.UPLOADED, other)
    return connection.execute(wanted.values({**corrected, "taken_for": None})).rowcount


def unread(where: Engine | Connection, batch_id: str | None = None) -> list[tuple[str, str]]:
    """Return the ids and owners of papers that have to be looked at, oldest first; of one upload, or of all."""
    waiting = select(_P.id, _P.owner).where(_P.state == Stage.UPLOADED, _P.taken_for.is_(None))
    if batch_id is not None:
        waiting = waiting.where(_P.batch_id == batch_id)
    with reading(where) as connection:
        return [(id, owner) for id, owner in connection.execute(waiting.order_by(_P.created, _P.id))]
