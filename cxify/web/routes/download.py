"""GET /documents/{id}/download: what can be taken of a document, and each form of it; a whole upload as an archive."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from cxify import packet
from cxify.errors import CxifyError
from cxify.review import standings
from cxify.web.context import Context, Here
from cxify.web.desk import approving, deleting, downloading, opening
from cxify.web.desk.downloading import FORMS, Form
from cxify.web.desk.opening import Opened
from cxify.web.preferences import Preferences
from cxify.web.render import page
from cxify.web.routes import approvals
from cxify.web.routes.attachment import archive, attachment
from cxify.web.signed_in import Person

router = APIRouter()
_COUNTED = ("open", "rejected")


@router.get("/documents/{paper_id}/download")
def choose(request: Request, here: Here, person: Person, paper_id: str) -> Response:
    """Show which forms of a document can be taken."""
    found = opening.opened(here, person, paper_id)
    counts = Counter(str(each.state) for each in standings(found.read.record, found.decisions))
    return page(
        request,
        "download.html",
        paper=found.paper,
        counts={"accepted": counts["accepted"] + counts["edited"], **{name: counts[name] for name in _COUNTED}},
        forms=[(form, *_allowed(here, found, form)) for form in FORMS],
        approval=approvals.told(request, here, approving.standing(here, found.paper)),
        left_out=[{"message": said, "remedy": remedy} for _, said, remedy in downloading.left_out(here, found)],
    )


@router.get("/documents/{paper_id}/what-changed")
def what_changed(request: Request, here: Here, person: Person, paper_id: str) -> Response:
    """Show what changes, for manager and employee; to be read, printed or saved."""
    found = opening.opened(here, person, paper_id)
    downloading.check(here, found.paper, "what-changed")
    leaf = downloading.told(here, found)
    return page(request, "what_changed.html", paper=found.paper, leaf=packet.body(leaf), spoken=leaf.language)


@router.get("/documents/{paper_id}/download/{form}")
def take(here: Here, person: Person, paper_id: str, form: str, open: str = "") -> Response:
    """Send one form of a document; `open` adds suggestions that nobody has decided on."""
    return attachment(downloading.download(here, person, paper_id, downloading.form_of(form), open_too=bool(open)))


@router.get("/batches/{batch_id}/{form}.zip")
def take_all(request: Request, here: Here, person: Person, batch_id: str, form: str, open: str = "") -> Response:
    """Send an upload as an archive, with a list of what it holds in the person's language."""
    language, wanted = Preferences.of(request, here).language, downloading.form_of(form)
    parts = downloading.batch_zip(here, person, batch_id, wanted, language=language, open_too=bool(open))
    return archive(f"cxify-{form}.zip", parts)


@router.post("/documents/{paper_id}/delete")
def delete(here: Here, person: Person, paper_id: str) -> Response:
    """Delete a document with everything that was made of it."""
    deleting.delete_paper(here, person, paper_id)
    return RedirectResponse("/", 303)


def _allowed(here: Context, found: Opened, form: Form) -> tuple[bool, str]:
    try:
        downloading.check(here, found.paper, form)
    except CxifyError as error:
        return False, str(error)
    return True, ""
