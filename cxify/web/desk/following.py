"""How far an upload is, file by file, for the page, its script and programs; and the way to stop it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from cxify import store
from cxify.store import batches, journal, lists, papers, progress
from cxify.store.batches import Batch
from cxify.store.lists import READING, Those
from cxify.store.papers import Paper, Standing
from cxify.store.people import Person
from cxify.store.progress import Progress
from cxify.web.desk.choices import Choices

if TYPE_CHECKING:
    from cxify.web.context import Context

STARTING: Final = "waiting"
STOPPED: Final = "stopped"
"""Noted of an upload that somebody has stopped, for those of its documents that are in no run yet."""
STATES: Final = (READING, "refused", "failed", "working", "waiting", "uploaded", "ready", "cancelled")
"""In the order in which somebody wants to know of them."""
ON_A_PAGE: Final = 100
UNKNOWN: Final = "und"
"""The language of a text that is too short to tell it."""
_OPEN: Final = frozenset({READING, "waiting", "working"})
_WORDS: Final = (*map(str, Standing), READING, lists.DONE)


@dataclass(frozen=True)
class PaperState:
    """One file of an upload: where it stands in one word, and why when it is refused or failed."""

    id: str
    name: str
    folder: str
    state: str
    """reading, uploaded, refused, waiting, working, ready, failed or cancelled."""
    kind: str
    language: str
    guessed_language: str
    title: str
    findings: int
    same_as: str
    message: str
    remedy: str
    suggestions: int | None = None
    """How many there are, once it is ready."""
    decided: int = 0
    """On how many of them somebody has decided."""


@dataclass(frozen=True)
class BatchState:
    """How far an upload is, with a page of its files."""

    id: str
    choices: Choices
    started: bool
    told: tuple[str, ...]
    """What the person should know of the upload itself: files that came twice or were renamed."""
    counts: Mapping[str, int]
    """How many of its files stand how."""
    papers: tuple[PaperState, ...]
    """The files of this page, of those that were asked for."""
    page: int
    pages: int

    @property
    def files(self) -> int:
        """All its files, those that were refused included."""
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        """The files that can be used."""
        return self.files - self.counts.get("refused", 0)

    @property
    def done(self) -> int:
        """The files with which cxify has ended."""
        return sum(self.counts.get(state, 0) for state in ("ready", "failed", "cancelled"))

    @property
    def read(self) -> int:
        """The files that can be used and were looked at."""
        return self.total - self.counts.get(READING, 0)

    @property
    def reading(self) -> bool:
        """Whether some file was not looked at yet."""
        return READING in self.counts

    @property
    def finished(self) -> bool:
        """Whether nothing changes any more by itself."""
        return not _OPEN & self.counts.keys()

    def as_data(self) -> dict[str, Any]:
        """Return what the script and programs are told."""
        files = [asdict(paper) for paper in self.papers]
        counts = {"total": self.total, "done": self.done, "read": self.read}
        counts |= {"reading": self.reading, "pages": self.pages}
        return {"id": self.id, "started": self.started, "finished": self.finished, **counts, "files": files}


@dataclass(frozen=True)
class Part:
    """Which files of an upload are looked at: a page of them, of one state, or the page that a file stands on."""

    page: int = 1
    state: str = ""
    at: str = ""

    def those(self, batch: Batch) -> Those:
        """Return which papers of the upload these are."""
        words = [word for word in _WORDS if _state_of(batch, word) == self.state]
        return Those(batch=batch.id, words=words or (self.state,) if self.state else ())


FIRST: Final = Part()


def state(here: "Context", person: Person, batch_id: str, part: Part = FIRST) -> BatchState:
    """Return how far an upload is, and a page of its files. Raises NotFound."""
    batch = batches.mine(here.engine, person, batch_id)
    counts = Counter[str]()
    for word, number in lists.counts(here.engine, Those(batch=batch.id)).items():
        counts[_state_of(batch, word)] += number
    pages = max(1, -(-(counts[part.state] if part.state else counts.total()) // ON_A_PAGE))
    page = min(max(_page(here, batch, part), 1), pages)
    shown = lists.found(here.engine, part.those(batch), first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE)
    found = of_papers(here, batch, papers.some(here.engine, [each.id for each in shown]))
    told = tuple(batch.choices.get("told", ()))
    chosen = Choices.of(batch.choices)
    return BatchState(batch.id, chosen, batch.run_id is not None, told, counts, found, page=page, pages=pages)


def _page(here: "Context", batch: Batch, part: Part) -> int:
    place = lists.place(here.engine, part.those(batch), part.at) if part.at else None
    return part.page if place is None else place // ON_A_PAGE + 1


def of_papers(here: "Context", batch: Batch, found: Sequence[Paper]) -> tuple[PaperState, ...]:
    """Return where papers of an upload stand."""
    far = progress.of(here.engine, [paper.id for paper in found if paper.standing is Standing.READY])
    return tuple(_state(batch, paper, far.get(paper.id)) for paper in found)


def cancel(here: "Context", person: Person, batch_id: str) -> None:
    """Stop an upload: what is in work is finished, nothing new begins. Raises NotFound."""
    batch = batches.mine(here.engine, person, batch_id)
    with store.writing(here.engine) as connection:
        # It may have been started since.
        if (changing := batches.changing(connection, batch.id)) and changing.run_id:
            batches.choose(connection, batch.id, {**changing.choices, STOPPED: True})
            for run in changing.choices["runs"].values():
                store.documents.cancel(connection, run)
        journal.append(connection, person.id, "work cancelled", batch_id)


def address(paper: Paper) -> str:
    """Return the page of an upload on which one of its papers stands."""
    return f"/batches/{paper.batch_id}?at={paper.id}#f{paper.id}"


def of_paper(batch: Batch, paper: Paper) -> PaperState:
    """Return where one paper of an upload stands."""
    return _state(batch, paper)


def guessed_language(paper: Paper) -> str:
    """Return the language that was guessed, also where a person has chosen another; "und" where none could be."""
    found = paper.looked.get("guessed_language")
    return str(found or (not paper.language and paper.looked.get("language")) or UNKNOWN)


def _state(batch: Batch, paper: Paper, far: Progress | None = None) -> PaperState:
    error = paper.error or {}
    return PaperState(
        id=paper.id,
        name=paper.name,
        folder=paper.folder,
        state=_word(batch, paper),
        kind=str(paper.kind or paper.looked.get("kind", "")),
        language=str(paper.language or paper.looked.get("language", UNKNOWN)),
        guessed_language=guessed_language(paper),
        title=str(paper.looked.get("title", "")),
        findings=len(paper.looked.get("findings", ())),
        same_as=str(paper.looked.get("same_as", "")),
        message=str(error.get("message", "")),
        remedy=str(error.get("remedy", "")),
        suggestions=far.total if far else None,
        decided=far.decided if far else 0,
    )


def _word(batch: Batch, paper: Paper) -> str:
    return _state_of(batch, READING if paper.unread else str(paper.standing))


def _state_of(batch: Batch, word: str) -> str:
    """Return where a paper stands on the page of its upload: what was started and is not in a run yet waits for it."""
    if batch.run_id and word in (READING, "uploaded"):
        return STARTING
    return "ready" if word == lists.DONE else word
