"""The audit of uploaded documents: read once in children, kept in memory, and forgotten when a document is deleted."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import wait
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Final

from cxify import audit, kinds, rules, store
from cxify.audit import Audit, Facts, Unread
from cxify.audit.facts import Evidence
from cxify.errors import CxifyError, InputError, NotFound, StoreUnavailable
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.store import journal, lists, papers, people
from cxify.store.lists import Brief
from cxify.store.papers import Stage
from cxify.store.people import Person
from cxify.web.desk import choices
from cxify.web.desk.choices import Choices
from cxify.web.errors import NotAllowed
from cxify.web.processing import audit_tasks
from cxify.web.processing.wire import Ended

if TYPE_CHECKING:
    from cxify.web.context import Context

MOST: Final = 2000
"""Documents of one audit, the latest first; more are for `cxify audit` on a folder."""
_PATIENCE: Final = 2.0
_WITHHELD: Final = "…"
_NO_FOLDER: Final = "–"
Key = tuple[str, str, str]


@dataclass
class Shelf:
    """What was read of documents, by paper, what was corrected, and framework. Thread-safe."""

    _kept: dict[Key, Facts | Unread] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> Facts | Unread | None:
        """Return what was read of a document."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Key, found: Facts | Unread) -> None:
        """Keep what was read of a document; what is oldest makes room."""
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > 2 * MOST:
                self._kept.pop(next(iter(self._kept)))

    def ids(self) -> set[str]:
        """Return the papers of which something is kept."""
        with self._lock:
            return {id for id, _, _ in self._kept}

    def forget(self, ids: Iterable[str]) -> None:
        """Let go what was read of papers."""
        gone = set(ids)
        with self._lock:
            self._kept = {key: found for key, found in self._kept.items() if key[0] not in gone}


@dataclass(frozen=True)
class Audited:
    """An audit, and how many of its documents have been read so far."""

    audit: Audit
    framework: Framework
    kinds: Kinds
    read: int
    total: int
    left_out: int
    """Documents beyond the number that one audit takes."""

    @property
    def whole(self) -> bool:
        """Whether every document was read."""
        return self.read == self.total


@dataclass(frozen=True)
class _Wanted:
    """A paper of an audit: where its facts lie, and what it is called there."""

    paper: Brief
    key: Key
    file: str
    withheld: bool
    """It is somebody else's: an admin sees what it holds and none of its words."""

    def name_of(self, found: Facts | Unread) -> str:
        """Return its name in the audit; of somebody else's filled-in form not even that, for it names a person."""
        hidden = self.withheld and isinstance(found, Facts) and found.personal
        return f"{self.file.partition('/')[0]}/{_WITHHELD}{self.paper.id[:6]}" if hidden else self.file


def audited(here: "Context", person: Person, *, everyone: bool = False) -> Audited:
    """Return the audit of a person's documents; an admin may ask for everyone's. Raises NotAllowed."""
    wanted, left_out = _wanted(here, person, everyone=everyone)
    forget_deleted(here)
    if missing := [each for each in wanted if here.facts.get(each.key) is None]:
        wait([here.processing.once(f"audit {person.id} {everyone}", _read, here, missing)], _PATIENCE)
    found = [(each, here.facts.get(each.key)) for each in wanted]
    known = [_named(each, fact) for each, fact in found if fact is not None]
    own, book = choices.in_use(here), rules.load(here.settings.rules)
    facts = [each for each in known if isinstance(each, Facts)]
    unread = [each for each in known if isinstance(each, Unread)]
    made = audit.survey(facts, unread, own, book)
    return Audited(made, own, kinds.load(here.settings.kinds), len(known), len(wanted), left_out)


def forget_deleted(here: "Context") -> None:
    """Let go what was read of documents that are no longer there."""
    if ids := here.facts.ids():
        here.facts.forget(ids - papers.there(here.engine, ids))


def told(here: "Context", person: Person, form: str) -> None:
    """Write down that somebody took or saw the audit of everyone's documents."""
    with store.writing(here.engine) as connection:
        journal.append(connection, person.id, "audit of all documents read", "audit", {"form": form})


def _wanted(here: "Context", person: Person, *, everyone: bool) -> tuple[list[_Wanted], int]:
    if everyone and not person.is_admin:
        raise NotAllowed("You see the audit of your own documents.", "Ask an administrator for everybody's.")
    whole = lists.of_everyone(here.engine) if everyone else lists.of_person(here.engine, person.id)
    names = {each.id: each.name for each in people.all_of(here.engine)} if everyone else {}
    order = choices.order(here, person.name, Choices())
    found: dict[str, _Wanted] = {}
    for paper in whole:
        # The latest first: an earlier upload of the same file is the same document of that time.
        file = "/".join(part for part in (names.get(paper.owner, ""), paper.folder, paper.name) if part)
        key = paper.id, paper.correction.key, str(order.settings.framework or "")
        found.setdefault(file, _Wanted(paper, key, file, everyone and paper.owner != person.id))
    wanted = list(found.values())
    return wanted[:MOST], max(len(wanted) - MOST, 0)


def _read(here: "Context", missing: Sequence[_Wanted]) -> None:
    for each in missing:
        try:
            here.facts.put(each.key, _facts(here, each.paper))
        except NotFound:
            continue  # deleted in the meantime
        except (Ended, StoreUnavailable):
            raise
        except CxifyError as error:
            here.facts.put(each.key, Unread(each.file, error.message, error.remedy, error.exit_code))


def _facts(here: "Context", paper: Brief) -> Facts | Unread:
    if paper.stage is Stage.REFUSED:
        known = papers.behind(here.engine, paper.id)
        why = known.error or {} if known else {}
        return Unread(paper.name, str(why.get("message", "")), str(why.get("remedy", "")), InputError.exit_code)
    order = choices.order(here, "", Choices(), paper.correction)
    folder = paper.folder.rpartition("/")[2] or _NO_FOLDER
    return here.processing.ask(
        audit_tasks.facts, order, papers.source(here.engine, paper.id), paper.name, folder, patient=True
    )


def _named(wanted: _Wanted, found: Facts | Unread) -> Facts | Unread:
    """Return what was read under its name in this audit; of somebody else's document without its words."""
    name = wanted.name_of(found)
    if isinstance(found, Unread):
        return replace(found, file=name)
    found = replace(found, file=name, exchange=replace(found.exchange, document=name))
    return _withheld(found) if wanted.withheld else found


def _withheld(facts: Facts) -> Facts:
    """Return the facts without a word of the document: they are told to its owner only."""
    held, exchange = facts.held, facts.exchange
    named = ("standards", "measures", "behaviours", "whys", "mentions")
    return replace(
        facts,
        role="",
        held=replace(held, **{name: tuple(_silent(getattr(held, name))) for name in named}),
        findings=tuple(replace(each, quote=_WITHHELD, message=_WITHHELD) for each in facts.findings),
        exchange=replace(
            exchange,
            gives=tuple(replace(each, quote=_WITHHELD) for each in exchange.gives),
            takes=tuple(replace(each, quote=_WITHHELD) for each in exchange.takes),
        ),
    )


def _silent(found: Iterable[Evidence]) -> Iterator[Evidence]:
    # Not as words of cxify: sentences that nobody sees cannot be compared.
    yield from (replace(each, quote=_WITHHELD, by_cxify=False) for each in found)
