"""A paper opened for review: the file, what was proposed for it, and what people decided so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from cxify import store
from cxify.errors import NotFound
from cxify.review import Alternative, Decision
from cxify.store import batches, decisions, papers
from cxify.store.decisions import StoredDecision
from cxify.store.papers import Paper, Standing
from cxify.store.people import Person
from cxify.web.processing import review_tasks
from cxify.web.processing.review_tasks import Shown

if TYPE_CHECKING:
    from cxify.web.context import Context


@dataclass(frozen=True)
class Opened:
    """A paper that suggestions were made for."""

    paper: Paper
    read: review_tasks.Paper = field(repr=False)
    """What children need of it."""
    decisions: tuple[Decision, ...]

    @property
    def source(self) -> bytes:
        """The file as it was uploaded."""
        return self.read.source

    @property
    def output(self) -> bytes:
        """The file with all suggestions as tracked changes."""
        return self.read.output


def opened(here: "Context", person: Person, paper_id: str) -> Opened:
    """Return a paper of the person, or one to be approved, that is ready for review. Raises NotFound."""
    paper = papers.visible(here.engine, person, paper_id)
    if paper.standing is not Standing.READY or paper.document_id is None:
        raise NotReady(paper)
    result = store.documents.result(here.engine, paper.document_id)
    batch = batches.any_of(here.engine, paper.batch_id)
    runs: Mapping[str, Any] = batch.choices.get("runs", {}) if batch else {}
    source, order = papers.source(here.engine, paper.id), here.processing.orders.of(runs[paper.correction.key])
    return Opened(paper, review_tasks.Paper(order, source, result.output or source), decided(here, paper.id))


def shown(here: "Context", found: Opened, alternatives: Mapping[int, tuple[Alternative, ...]] | None = None) -> Shown:
    """Return the document with its suggestions as they stand."""
    return here.processing.ask(review_tasks.shown, found.read, found.decisions, alternatives)


def decided(here: "Context", paper_id: str) -> tuple[Decision, ...]:
    """Return the decisions about a paper, oldest first."""
    return tuple(map(_decision, decisions.of(here.engine, paper_id)))


class NotReady(NotFound):
    """There is nothing to review yet; `paper` says where it stands."""

    def __init__(self, paper: Paper) -> None:
        super().__init__("There are no suggestions for this document yet.", "Look at the upload it belongs to.")
        self.paper = paper


def _decision(kept: StoredDecision) -> Decision:
    return Decision(
        kept.suggestion,
        kept.action,  # type: ignore[arg-type]  # only actions are stored
        str(kept.told.get("text", "")),
        tuple(kept.told.get("cells", ())),
        str(kept.told.get("person", "")),
        kept.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
