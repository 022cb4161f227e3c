"""/api/v1/…approval…: the second person, for programs; the same rules as on the page."""

from fastapi import APIRouter, Security

from cxify.store import papers
from cxify.store.approvals import Verdict
from cxify.store.people import Person
from cxify.web.api.access import BEARER, Caller, ForPrograms, Known
from cxify.web.api.approvals import ApprovalIn, ApprovalOut, ApprovalsOut
from cxify.web.context import Context, Here
from cxify.web.desk import approving
from cxify.web.routes.api import Id

router = APIRouter(
    prefix="/api/v1", route_class=ForPrograms, dependencies=[Security(BEARER)], responses=Known, tags=["approvals"]
)


@router.get("/approvals")
def listed(here: Here, person: Caller) -> ApprovalsOut:
    """List what others ask the person to approve, and how far the person's own documents are."""
    return ApprovalsOut.of(approving.awaiting(here, person), approving.own(here, person))


@router.get("/documents/{id}/approval")
def show(here: Here, person: Caller, id: Id) -> ApprovalOut:
    """Show how far the approval of a document is, one's own or one to be approved."""
    return _told(here, person, id)


@router.post("/documents/{id}/approval", status_code=201)
def decide(here: Here, person: Caller, id: Id, wanted: ApprovalIn) -> ApprovalOut:
    """Ask for approval of one's own document; approve somebody else's, or return it with a comment."""
    if wanted.verdict is Verdict.ASKED:
        approving.ask(here, person, id, wanted.comment)
    else:
        approving.answer(here, person, id, wanted.verdict, wanted.comment, wanted.seen)
    return _told(here, person, id)


def _told(here: Context, person: Person, id: str) -> ApprovalOut:
    paper = papers.visible(here.engine, person, id)
    return ApprovalOut.of(paper, approving.name_of(here, paper.owner), approving.standing(here, paper))
