"""Uploaded documents: whose they are, how far they are, and how they end.

`mine` and `visible` are the only ways to a paper for a person, and both say of somebody else's what they say of none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, delete, exists, func, insert, or_, select, update

from cxify.errors import NotFound
from cxify.store import kept_files
from cxify.store.corrections import Correction
from cxify.store.moment import now
from cxify.store.paper_tables import DOCUMENT_STATES, ApprovalRow, BatchRow, PaperRow
from cxify.store.people import Person, new_id, reading
from cxify.store.tables import Run, State, StoredDocument

_P: Final = PaperRow
_D: Final = StoredDocument
_AT_ONCE: Final = 500


class Stage(StrEnum):
    """How far a paper is by what was done with it; once started, its document tells the rest."""

    UPLOADED = "uploaded"
    REFUSED = "refused"
    STARTED = "started"


class Standing(StrEnum):
    """Where a paper stands, as a person sees it."""

    UPLOADED = "uploaded"
    REFUSED = "refused"
    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class NewPaper:
    """A file as it was uploaded; refused when `error` says why."""

    name: str
    source: bytes
    sha256: str
    folder: str = ""
    looked: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Paper:
    """An uploaded document without its bytes."""

    id: str
    batch_id: str
    owner: str
    name: str
    folder: str
    sha256: str
    size: int
    looked: Mapping[str, Any]
    kind: str | None
    """The kind that a person chose."""
    language: str | None
    """The language that a person chose."""
    stage: Stage
    error: Mapping[str, Any] | None
    document_id: int | None
    created: datetime
    expires: datetime
    taken_for: str | None
    """Its kind, chosen or found; None until it was looked at as it now is corrected."""
    document: State | None
    """Where its document stands among the documents of its run."""

    @property
    def unread(self) -> bool:
        """Whether it still has to be looked at, for the first time or as somebody has corrected it."""
        return self.stage is Stage.UPLOADED and self.taken_for is None

    @property
    def correction(self) -> Correction:
        """The kind and the language that a person chose."""
        return Correction(self.kind, self.language)

    @property
    def standing(self) -> Standing:
        """Where it stands, as a person sees it."""
        return standing_of(self.stage, self.document)


def standing_of(stage: Stage, document: State | None) -> Standing:
    """Return where a paper stands whose document stands so; a document that is gone has failed."""
    if stage is not Stage.STARTED:
        return Standing(stage.value)
    if document is None:
        return Standing.FAILED
    return Standing.READY if document is State.DONE else Standing(document.value)


_WHY: Final = select(_D.error).where(_D.id == _P.document_id, DOCUMENT_STATES.c.state == State.FAILED).scalar_subquery()
_COLUMNS: Final = (
    *(_P.id, _P.batch_id, _P.owner, _P.name, _P.folder, _P.sha256, _P.size, _P.looked, _P.kind, _P.language),
    *(_P.state, func.coalesce(_P.error, _WHY), _P.document_id, _P.created, _P.expires, _P.taken_for),
    DOCUMENT_STATES.c.state,
)


def add(connection: Connection, batch_id: str, owner: str, new: NewPaper, expires: datetime) -> str:
    """Write down an uploaded file and return its id. Of a refused one the bytes are not kept."""
    id, refused = new_id(), new.error is not None
    values: dict[str, Any] = {"id": id, "batch_id": batch_id, "owner": owner, "name": new.name, "folder": new.folder}
    values |= {"sha256": new.sha256, "size": len(new.source), "source": b"" if refused else new.source}
    values |= {"looked": dict(new.looked) if new.looked else None, "error": dict(new.error) if new.error else None}
    values |= {"taken_for": taken_for(new.looked) if new.looked else None}
    values |= {"state": str(Stage.REFUSED if refused else Stage.UPLOADED), "created": now(), "expires": expires}
    connection.execute(insert(_P).values(values))
    return id


def mine(where: Engine | Connection, person: Person, id: str) -> Paper:
    """Return a person's own paper. Raises NotFound, also for somebody else's."""
    return _known(where, _all().where(_P.id == id, _P.owner == person.id))


def visible(where: Engine | Connection, person: Person, id: str) -> Paper:
    """Return a paper that a person may read: the own one, or one to be approved. Raises NotFound."""
    asked = exists().where(ApprovalRow.paper_id == _P.id)
    allowed = or_(_P.owner == person.id, asked) if person.is_approver else _P.owner == person.id
    return _known(where, _all().where(_P.id == id, allowed))


def some(where: Engine | Connection, ids: Sequence[str]) -> list[Paper]:
    """Return papers that a list of theirs has named, in the list's order, without those that have gone."""
    found: dict[str, Paper] = {}
    with reading(where) as connection:
        for begin in range(0, len(ids), _AT_ONCE):
            wanted = _all().where(_P.id.in_(ids[begin : begin + _AT_ONCE]))
            found |= {paper.id: paper for paper in _found(connection, wanted)}
    return [found[id] for id in ids if id in found]


def there(where: Engine | Connection, ids: Collection[str]) -> set[str]:
    """Return those of the papers that are still there."""
    listed = sorted(ids)
    with reading(where) as connection:
        return {
            id
            for begin in range(0, len(listed), _AT_ONCE)
            for id in connection.scalars(select(_P.id).where(_P.id.in_(listed[begin : begin + _AT_ONCE])))
        }


def source(where: Engine | Connection, id: str) -> bytes:
    """Return the Word file of a paper that `mine` or `visible` has returned. Raises NotFound."""
    return _bytes(where, select(_P.source).where(_P.id == id))


def original(where: Engine | Connection, id: str) -> bytes:
    """Return the bytes of such a paper as they were uploaded, in whatever format. Raises NotFound."""
    return _bytes(where, select(func.coalesce(_P.original, _P.source)).where(_P.id == id))


def refuse(connection: Connection, id: str, error: Mapping[str, Any]) -> None:
    """Write down why an uploaded file cannot be used; its bytes are not kept."""
    unread = update(_P).where(_P.id == id, _P.state == Stage.UPLOADED)
    connection.execute(unread.values(state=str(Stage.REFUSED), error=dict(error), source=b"", original=None))


def replace_source(connection: Connection, id: str, source: bytes) -> None:
    """Work with the Word file that was made from an uploaded one; that one is kept as it came."""
    kept = func.coalesce(_P.original, _P.source)
    connection.execute(update(_P).where(_P.id == id).values(source=source, original=kept))


def same_before(where: Engine | Connection, paper: Paper) -> Paper | None:
    """Return the latest paper that its owner had uploaded before with the same bytes."""
    alike = _all().where(_P.owner == paper.owner, _P.sha256 == paper.sha256, _P.id != paper.id)
    alike = alike.where(_P.state != Stage.REFUSED, _P.created <= paper.created)
    return next(iter(_found(where, alike.order_by(_P.created.desc(), _P.id).limit(1))), None)


def behind(where: Engine | Connection, id: str) -> Paper | None:
    """Return a paper for the work behind the page, whoever owns it."""
    return next(iter(_found(where, _all().where(_P.id == id))), None)


def started(connection: Connection, id: str, document_id: int) -> bool:
    """Write down that a paper is now a document of a run; False when it was started before, or refused."""
    ready = update(_P).where(_P.id == id, _P.state == Stage.UPLOADED)
    return connection.execute(ready.values(state=str(Stage.STARTED), document_id=document_id)).rowcount == 1


def remove(connection: Connection, ids: list[str]) -> int:
    """Delete papers with their documents, results, decisions and approvals, and what is empty without them."""
    held = list(connection.execute(select(_P.document_id, _P.batch_id).where(_P.id.in_(ids))).all())
    number = connection.execute(delete(_P).where(_P.id.in_(ids))).rowcount
    documents = [document for document, _ in held if document is not None]
    connection.execute(delete(_D).where(_D.id.in_(documents)))
    _tidy(connection, {batch for _, batch in held})
    return number


def condemn(connection: Connection, ids: Sequence[str]) -> None:
    """Let the time of papers be up now."""
    for begin in range(0, len(ids), _AT_ONCE):
        part = ids[begin : begin + _AT_ONCE]
        connection.execute(update(_P).where(_P.id.in_(part)).values(expires=now()))


def expired(where: Engine | Connection, at: datetime | None = None) -> list[str]:
    """Return the ids of the papers whose time is up."""
    due = select(_P.id).where(_P.expires <= (at or now())).order_by(_P.expires)
    with reading(where) as connection:
        return list(connection.scalars(due))


def _bytes(where: Engine | Connection, wanted: Select[Any]) -> bytes:
    with reading(where) as connection:
        found: bytes | None = connection.scalar(wanted)
    if found is None:
        raise nothing_here()
    return found


def nothing_here() -> NotFound:
    """Return what is said of a document that does not exist, or not for this person."""
    return NotFound("There is no such document.", "It may have been deleted. Look for it among your documents.")


def taken_for(looked: Mapping[str, Any]) -> str:
    """Return the kind that lists are filtered by, as long as their index has it."""
    return str(looked.get("kind", ""))[:80]


def _tidy(connection: Connection, batches: set[str]) -> None:
    """Delete batches without papers, and runs without documents that only they had."""
    empty = select(BatchRow.id, BatchRow.choices).where(
        BatchRow.id.in_(batches), ~exists().where(_P.batch_id == BatchRow.id)
    )
    gone = list(connection.execute(empty).all())
    connection.execute(delete(BatchRow).where(BatchRow.id.in_([id for id, _ in gone])))
    runs = [run for _, choices in gone for run in choices.get("runs", {}).values()]
    ended = delete(Run).where(Run.id.in_(runs), ~exists().where(_D.run_id == Run.id)).returning(Run.settings)
    kept_files.forget_comments(connection, connection.scalars(ended).all())


def _all() -> Select[Any]:
    return select(*_COLUMNS).outerjoin(DOCUMENT_STATES, DOCUMENT_STATES.c.id == _P.document_id)


def _known(where: Engine | Connection, wanted: Select[Any]) -> Paper:
    if found := _found(where, wanted):
        return found[0]
    raise nothing_here()


def _found(where: Engine | Connection, wanted: Select[Any]) -> list[Paper]:
    with reading(where) as connection:
        return [_paper(row) for row in connection.execute(wanted)]


def _paper(row: Any) -> Paper:
    *first, looked, kind, language, state, error, document_id, created, expires, taken_for, document = row
    stage, standing = Stage(state), State(document) if document else None
    told: list[Any] = [*first, looked or {}, kind, language, stage, error, document_id]
    return Paper(*[*told, created, expires, taken_for, standing])
