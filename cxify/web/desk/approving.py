"""The second approver: documents that people are assessed by leave as a clean copy only after somebody else has agreed.

Which kinds that are is a setting. With one person there is no second one, so in local mode it is off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cxify import store
from cxify.provenance import RecordedApproval
from cxify.store import approvals, decisions, journal, lists, papers, people
from cxify.store.approvals import Verdict
from cxify.store.lists import Those
from cxify.store.papers import Paper, Standing
from cxify.store.people import Person
from cxify.web.errors import NotAllowed, Unreadable

if TYPE_CHECKING:
    from cxify.web.context import Context

LONGEST: Final = 2000
MOST: Final = 100
"""Documents in one list."""
_ANSWERS: Final = (Verdict.APPROVED, Verdict.RETURNED)


class State(StrEnum):
    """How far a document's approval is."""

    ALONE = "alone"
    """It would need one, and there is nobody else: local mode."""
    NEEDED = "needed"
    ASKED = "asked"
    APPROVED = "approved"
    LAPSED = "lapsed"
    """Something was decided after the approval."""
    RETURNED = "returned"


@dataclass(frozen=True)
class Approving:
    """The approval of a document as it stands."""

    state: State
    seen: int = 0
    """Number of the last decision: an approval is of what stands then."""
    who: str = ""
    at: datetime | None = None
    comment: str = ""
    asked_by: str = ""

    @property
    def open(self) -> bool:
        """Whether approval may be asked for."""
        return self.state in (State.NEEDED, State.RETURNED, State.LAPSED)

    @property
    def allows(self) -> bool:
        """Whether a clean copy may leave."""
        return self.state in (State.ALONE, State.APPROVED)

    @property
    def record(self) -> RecordedApproval | None:
        """What the file says of it."""
        if self.state is not State.APPROVED or self.at is None:
            return None
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return RecordedApproval(person=self.who, at=at, asked_by=self.asked_by)


@dataclass(frozen=True)
class Entry:
    """A document in a list of approvals."""

    paper: Paper
    approving: Approving
    owner: str


def standing(here: "Context", paper: Paper) -> Approving | None:
    """Return how far a paper's approval is, or None when it needs none."""
    if not _needed(here, paper):
        return None
    if here.config.mode == "local":
        return Approving(State.ALONE)
    decided = [each for each in decisions.of(here.engine, paper.id) if each.action != "comment"]
    seen, steps = decided[-1].id if decided else 0, approvals.of(here.engine, paper.id)
    if not steps:
        return Approving(State.NEEDED, seen)
    last = steps[-1]
    lapsed = last.verdict is Verdict.APPROVED and decided and decided[-1].at >= last.at
    asked = next((each for each in reversed(steps) if each.verdict is Verdict.ASKED), last)
    state = State.LAPSED if lapsed else State(last.verdict.value)
    return Approving(
        state, seen, name_of(here, last.person_id), last.at, last.comment, asked_by=name_of(here, asked.person_id)
    )


def check(here: "Context", paper: Paper) -> None:
    """Raise NotAllowed for a clean copy that a second person has to approve first."""
    found = standing(here, paper)
    if found and not found.allows:
        message = "A second person has to approve this document before its clean copy leaves."
        raise NotAllowed(message, "Ask for approval on the document's download page.")


def ask(here: "Context", person: Person, paper_id: str, comment: str = "") -> None:
    """Ask others for approval. Raises NotFound and Unreadable."""
    paper = papers.mine(here.engine, person, paper_id)
    found = standing(here, paper)
    if paper.standing is not Standing.READY or found is None or not found.open:
        raise Unreadable("This document waits for no approval.", "Look at its download page.")
    _write(here, person, paper_id, Verdict.ASKED, comment)


def answer(here: "Context", person: Person, paper_id: str, verdict: Verdict, comment: str, seen: int) -> None:
    """Approve a document or send it back with a comment. Raises NotFound, NotAllowed and Unreadable.

    `seen` is the last decision that the person saw; what was decided meanwhile is looked at first.
    """
    paper = papers.visible(here.engine, person, paper_id)
    found = standing(here, paper)
    if found is None or found.state is not State.ASKED:
        raise Unreadable("Nobody asks for approval of this document now.", "Look at the list of approvals.")
    if paper.owner == person.id:
        raise NotAllowed("Who asks for approval does not give it.", "Wait for somebody else to look at the document.")
    if verdict not in _ANSWERS:
        raise Unreadable("A document is approved or returned.", "Choose one of the two.")
    if verdict is Verdict.RETURNED and not comment.strip():
        raise Unreadable("The comment is empty.", "Say what should change, so that the other person can go on.")
    if verdict is Verdict.APPROVED and seen != found.seen:
        raise Unreadable("Something was decided since you looked.", "Look at the document again, then answer.")
    _write(here, person, paper_id, verdict, comment)


def awaiting(here: "Context", person: Person) -> list[Entry]:
    """Return what others ask a person to approve, the oldest first."""
    if not person.is_approver:
        return []
    awaited = approvals.awaited(here.engine, person.id)[:MOST]
    asked = (papers.visible(here.engine, person, each.paper_id) for each in awaited)
    return _entries(here, [paper for paper in asked if paper.owner != person.id])


def own(here: "Context", person: Person) -> list[Entry]:
    """Return a person's latest documents that need a second person."""
    kinds = here.config.serve.second_approver
    those = Those(owner=person.id, words=(str(Standing.READY), lists.DONE), kinds=kinds)
    found = [each.id for each in lists.found(here.engine, those, most=MOST)] if kinds else []
    return _entries(here, [paper for paper in papers.some(here.engine, found) if _needed(here, paper)])


def _entries(here: "Context", found: Sequence[Paper]) -> list[Entry]:
    listed = ((paper, standing(here, paper)) for paper in found)
    return [Entry(paper, how, name_of(here, paper.owner)) for paper, how in listed if how]


def _needed(here: "Context", paper: Paper) -> bool:
    # What it was recognised as counts too: nobody goes round the second person by correcting the kind.
    kinds = {paper.kind, paper.looked.get("kind"), paper.looked.get("guessed")}
    return bool(kinds & set(here.config.serve.second_approver))


def _write(here: "Context", person: Person, paper_id: str, verdict: Verdict, comment: str) -> None:
    with store.writing(here.engine) as connection:
        approvals.add(connection, paper_id, person.id, verdict, comment.strip()[:LONGEST])
        journal.append(connection, person.id, f"approval {verdict}", paper_id)


def name_of(here: "Context", id: str) -> str:
    """Return the name of a person, or nothing when there is nobody of this id any more."""
    found = people.find(here.engine, id)
    return found.name if found else ""
