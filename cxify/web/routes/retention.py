"""/retention: how long documents are kept, what goes when; people delete what is theirs, admins what is due."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from cxify.store.people import Person as Somebody
from cxify.store.retention import Purged
from cxify.web.context import Context, Here
from cxify.web.desk import deleting, retaining
from cxify.web.errors import Unreadable
from cxify.web.render import page
from cxify.web.signed_in import Admin, Person

router = APIRouter()


@router.get("/retention")
def show(request: Request, here: Here, person: Person) -> Response:
    """Show when each document of the person goes, and to an admin how many of all go on each day."""
    return _shown(request, here, person)


@router.post("/retention")
def delete_all(request: Request, here: Here, person: Person, sure: Annotated[bool, Form()] = False) -> Response:
    """Delete every document of the person now."""
    if not sure:
        raise Unreadable("You have not said that you are sure.", "Go back, tick the box, and delete again.")
    return _shown(request, here, person, deleted=deleting.delete_all(here, person))


@router.post("/retention/purge")
def purge(request: Request, here: Here, person: Admin) -> Response:
    """Delete now what is due."""
    return _shown(request, here, person, purged=retaining.purge(here, person))


def _shown(
    request: Request, here: Context, person: Somebody, *, deleted: int | None = None, purged: Purged | None = None
) -> Response:
    mine, total = retaining.mine(here, person)
    return page(
        request,
        "retention.html",
        days=here.config.serve.retention_days,
        mine=mine,
        total=total,
        coming=retaining.coming(here) if person.is_admin else [],
        deleted=deleted,
        purged=purged,
    )
