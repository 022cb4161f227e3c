"""With what the results of papers were made: writer, prompt and framework, as each result says itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, select

from cxify.store.paper_tables import PaperRow
from cxify.store.people import reading
from cxify.store.tables import StoredDocument

_P: Final = PaperRow
_D: Final = StoredDocument


@dataclass(frozen=True)
class Making:
    """What one result was made with."""

    writer: Mapping[str, str]
    framework: Mapping[str, str]
    usage: Mapping[str, int]


def of(where: Engine | Connection, paper_ids: list[str]) -> dict[str, Making]:
    """Return what the results of papers were made with, by paper; of those that have one."""
    details = _D.outcome["details"]
    told = select(_P.id, details["writer"], details["framework"], details["usage"])
    wanted = told.join(_D, _P.document_id == _D.id).where(_P.id.in_(paper_ids), _D.outcome.is_not(None))
    with reading(where) as connection:
        return {id: Making(*map(_plain, parts)) for id, *parts in connection.execute(wanted)}


def _plain(found: Any) -> Mapping[str, Any]:
    return dict(found) if isinstance(found, Mapping) else {}
