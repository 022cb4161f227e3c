"""GET /approvals and /documents/{id}/approval: what waits for a second person, who approves it or sends it back."""

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from cxify.review import standings
from cxify.store.approvals import Verdict
from cxify.web.context import Context, Here
from cxify.web.desk import approving, opening
from cxify.web.desk.approving import LONGEST, Approving
from cxify.web.preferences import Preferences
from cxify.web.render import page
from cxify.web.routes.batches import kind_names
from cxify.web.signed_in import Person

router = APIRouter()


@router.get("/approvals")
def listed(request: Request, here: Here, person: Person) -> Response:
    """Show what others ask the person to approve, and how far the person's own documents are."""
    names = kind_names(here, Preferences.of(request, here).language)
    return page(
        request,
        "approvals.html",
        awaiting=approving.awaiting(here, person),
        own=approving.own(here, person),
        kinds=[names.get(each, each) for each in here.config.serve.second_approver],
    )


@router.get("/documents/{paper_id}/approval")
def show(request: Request, here: Here, person: Person, paper_id: str) -> Response:
    """Show a document to who approves it: what was accepted, in words, and where to read all of it."""
    found = opening.opened(here, person, paper_id)
    view = opening.shown(here, found).view
    how = standings(found.read.record, found.decisions)
    counts = Counter(str(each.state) for each in how)
    stands = {number for number, each in enumerate(how) if each.stands}
    return page(
        request,
        "approval.html",
        paper=found.paper,
        approving=approving.standing(here, found.paper),
        mine=found.paper.owner == person.id,
        accepted=[each for each in view.suggestions if each.number in stands and each.sort == "edit"],
        counts={"accepted": counts["accepted"] + counts["edited"], "rejected": counts["rejected"]}
        | {"open": counts["open"]},
    )


@router.post("/documents/{paper_id}/approval")
def decide(
    here: Here,
    person: Person,
    paper_id: str,
    verdict: Annotated[Verdict, Form()] = Verdict.ASKED,
    comment: Annotated[str, Form(max_length=LONGEST)] = "",
    seen: Annotated[int, Form()] = 0,
) -> Response:
    """Ask for approval, approve, or send back with a comment."""
    if verdict is Verdict.ASKED:
        approving.ask(here, person, paper_id, comment)
        return RedirectResponse(f"/documents/{paper_id}/download", 303)
    approving.answer(here, person, paper_id, verdict, comment, seen)
    return RedirectResponse("/approvals", 303)


def told(request: Request, here: Context, found: Approving | None) -> dict[str, Any] | None:
    """Return an approval as the download page says it."""
    if found is None:
        return None
    say = here.texts.translate(Preferences.of(request, here).language)
    when = say("time", at=found.at) if found.at else ""
    return {"state": str(found.state), "who": found.who, "when": when, "comment": found.comment, "open": found.open}
