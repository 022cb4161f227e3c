"""Lists of papers, of people who have thousands: only what a list shows, read from indexes and never through files."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, or_, select

from cxify.store.corrections import Correction
from cxify.store.paper_tables import DOCUMENT_STATES, PaperRow
from cxify.store.papers import Stage, Standing, standing_of
from cxify.store.people import reading
from cxify.store.tables import State

READING: Final = "reading"
"""Nobody has looked at it yet."""
DONE: Final = "done"
"""It is ready, and somebody has decided on every suggestion."""
_P: Final = PaperRow
_D: Final = DOCUMENT_STATES.c
_WORD: Final = case(
    (and_(_P.state == Stage.UPLOADED, _P.taken_for.is_(None)), READING),
    (_P.state != Stage.STARTED, _P.state),
    (_D.state.is_(None), str(Standing.FAILED)),
    (and_(_D.state == State.DONE, _P.undecided == 0), DONE),
    (_D.state == State.DONE, str(Standing.READY)),
    else_=_D.state,
)
"""Where a paper stands in one word: a Standing, READING or DONE."""
_COLUMNS: Final = (
    *(
        _P.id,
        _P.batch_id,
        _P.owner,
        _P.name,
        _P.folder,
        _P.taken_for,
        _P.kind,
        _P.language,
        _P.sha256,
        _P.size,
        _P.state,
    ),
    *(_D.state, _WORD),
)
_STAGES: Final = {str(stage): stage for stage in Stage}
_STATES: Final[dict[str | None, State | None]] = {None: None, **{str(state): state for state in State}}


@dataclass(frozen=True, slots=True)
class Brief:
    """A paper as a list shows it."""

    id: str
    batch_id: str
    owner: str
    name: str
    folder: str
    taken_for: str | None
    """Its kind, chosen or found; None until somebody has looked at it."""
    chosen: str | None
    """The kind that a person chose."""
    chosen_language: str | None
    sha256: str
    size: int
    stage: Stage
    document: State | None
    word: str
    """Where it stands: a Standing, READING or DONE."""

    @property
    def correction(self) -> Correction:
        """The kind and the language that a person chose."""
        return Correction(self.chosen, self.chosen_language)

    @property
    def looked(self) -> bool:
        """Whether somebody has looked at it."""
        return self.taken_for is not None

    @property
    def standing(self) -> Standing:
        """Where it stands, as a person sees it."""
        return standing_of(self.stage, self.document)


@dataclass(frozen=True)
class Those:
    """Which papers: of a person, of an upload, or of everybody; and where they stand."""

    owner: str | None = None
    batch: str | None = None
    words: Collection[str] = ()
    """Where they stand; none is anywhere."""
    kinds: Collection[str] = ()
    """What they are taken for, or may be, because a person has chosen their kind; none is anything."""

    @property
    def wanted(self) -> list[ColumnElement[bool]]:
        """The conditions that hold for them."""
        whose = [_P.owner == self.owner] if self.owner is not None else []
        upload = [_P.batch_id == self.batch] if self.batch is not None else []
        stand = [_WORD.in_(self.words)] if self.words else []
        kind = [or_(_P.taken_for.in_(self.kinds), _P.kind.is_not(None))] if self.kinds else []
        return [*whose, *upload, *stand, *kind]

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        """An upload's by name, a person's the latest first."""
        last = (_P.name.asc(), _P.id.asc())
        return (_P.folder.asc(), *last) if self.batch is not None else (_P.created.desc(), *last)


def counts(where: Engine | Connection, those: Those) -> Counter[str]:
    """Return how many papers stand where."""
    with reading(where) as connection:
        rows = connection.execute(_of(select(_WORD, func.count()), those).group_by(_WORD))
        return Counter({word: number for word, number in rows})  # noqa: C416  rows are no pairs to mypy


def found(where: Engine | Connection, those: Those, *, first: int = 0, most: int | None = None) -> list[Brief]:
    """Return papers in their order, or a part of them."""
    wanted = _of(select(*_COLUMNS), those).order_by(*those.order).offset(first).limit(most)
    with reading(where) as connection:
        rows: Sequence[Any] = connection.execute(wanted).all()
    return [_brief(row) for row in rows]


def _brief(row: Any) -> Brief:
    *plain, stage, document, word = row
    values: list[Any] = [*plain, _STAGES[stage], _STATES[document], word]
    return Brief(*values)


def names(where: Engine | Connection, batch_id: str) -> list[tuple[str, str, str | None]]:
    """Return folder and name of each file of an upload, and the hash of its content unless it was refused."""
    kept = case((_P.state != Stage.REFUSED, _P.sha256))
    with reading(where) as connection:
        rows = connection.execute(select(_P.folder, _P.name, kept).where(_P.batch_id == batch_id))
        return [(folder, name, content) for folder, name, content in rows]


def place(where: Engine | Connection, those: Those, id: str) -> int | None:
    """Return how many of the papers stand before one of them, or None when it is not among them."""
    with reading(where) as connection:
        ids = connection.scalars(_of(select(_P.id), those).order_by(*those.order))
        return next((number for number, each in enumerate(ids) if each == id), None)


def of_person(where: Engine | Connection, owner: str) -> list[Brief]:
    """Return all papers of a person, the latest first."""
    return found(where, Those(owner=owner))


def of_everyone(where: Engine | Connection) -> list[Brief]:
    """Return all papers of all people, the latest first; for what an admin looks after, never to be opened."""
    return found(where, Those())


def of_batch(where: Engine | Connection, batch_id: str) -> list[Brief]:
    """Return the papers of an upload in the order of their names."""
    return found(where, Those(batch=batch_id))


def expiring(where: Engine | Connection) -> list[tuple[date, int]]:
    """Return for each paper of all people on which day it goes, and its size in bytes."""
    with reading(where) as connection:
        rows: Sequence[Any] = connection.execute(select(_P.expires, _P.size).order_by(_P.expires)).all()
    return [(at.date(), size) for at, size in rows]


def _of(wanted: Select[Any], those: Those) -> Select[Any]:
    return wanted.outerjoin_from(_P, DOCUMENT_STATES, _D.id == _P.document_id).where(*those.wanted)
