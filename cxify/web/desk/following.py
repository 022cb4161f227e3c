"""How far an upload is, file by file, for the page, its script and programs; and the way to stop it."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from cxify import store
from cxify.store import batches, journal, papers, progress
from cxify.store.batches import Batch
from cxify.store.papers import Paper, Stage, Standing
from cxify.store.people import Person
from cxify.store.progress import Progress
from cxify.web.desk.choices import Choices

if TYPE_CHECKING:
    from cxify.web.context import Context

READING: Final = "reading"
STARTING: Final = "waiting"
_OPEN: Final = frozenset({READING, "waiting", "working"})


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
    """How far an upload is."""

    id: str
    choices: Choices
    started: bool
    told: tuple[str, ...]
    """What the person should know of the upload itself: files that came twice or were renamed."""
    papers: tuple[PaperState, ...]

    @property
    def total(self) -> int:
        """The files that can be used."""
        return sum(paper.state != "refused" for paper in self.papers)

    @property
    def done(self) -> int:
        """The files with which cxify has ended."""
        return sum(paper.state in ("ready", "failed", "cancelled") for paper in self.papers)

    @property
    def finished(self) -> bool:
        """Whether nothing changes any more by itself."""
        return not any(paper.state in _OPEN for paper in self.papers)

    def as_data(self) -> dict[str, Any]:
        """Return what the script and programs are told."""
        files = [asdict(paper) for paper in self.papers]
        counts = {"total": self.total, "done": self.done}
        return {"id": self.id, "started": self.started, "finished": self.finished, **counts, "files": files}


def state(here: "Context", person: Person, batch_id: str) -> BatchState:
    """Return how far an upload is. Raises NotFound."""
    batch = batches.mine(here.engine, person, batch_id)
    whole = papers.of_batch(here.engine, batch_id)
    far = progress.of(here.engine, [paper.id for paper in whole if paper.standing is Standing.READY])
    found = tuple(_state(batch, paper, far.get(paper.id)) for paper in whole)
    told = tuple(batch.choices.get("told", ()))
    return BatchState(batch.id, Choices.of(batch.choices), batch.run_id is not None, told, found)


def cancel(here: "Context", person: Person, batch_id: str) -> None:
    """Stop an upload: what is in work is finished, nothing new begins. Raises NotFound."""
    batch = batches.mine(here.engine, person, batch_id)
    with store.writing(here.engine) as connection:
        for run in batch.choices.get("runs", {}).values():
            store.documents.cancel(connection, run)
        journal.append(connection, person.id, "work cancelled", batch_id)


def of_paper(batch: Batch, paper: Paper) -> PaperState:
    """Return where one paper of an upload stands."""
    return _state(batch, paper)


def _state(batch: Batch, paper: Paper, far: Progress | None = None) -> PaperState:
    error = paper.error or {}
    return PaperState(
        id=paper.id,
        name=paper.name,
        folder=paper.folder,
        state=_word(batch, paper),
        kind=str(paper.kind or paper.looked.get("kind", "")),
        language=str(paper.looked.get("language", "und")),
        title=str(paper.looked.get("title", "")),
        findings=len(paper.looked.get("findings", ())),
        same_as=str(paper.looked.get("same_as", "")),
        message=str(error.get("message", "")),
        remedy=str(error.get("remedy", "")),
        suggestions=far.total if far else None,
        decided=far.decided if far else 0,
    )


def _word(batch: Batch, paper: Paper) -> str:
    if paper.stage is Stage.UPLOADED and batch.run_id:
        return STARTING
    if paper.stage is Stage.UPLOADED and not paper.looked:
        return READING
    return str(paper.standing) if paper.standing is not Standing.UPLOADED else "uploaded"
