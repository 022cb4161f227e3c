"""GET /help: how it works, and the keys."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cxify.web.render import page
from cxify.web.signed_in import Person

router = APIRouter()


@router.get("/help")
def help_page(request: Request, person: Person) -> HTMLResponse:  # noqa: ARG001  only for who is signed in
    """Show how to get from a Word file to one that a person stands behind."""
    return page(request, "help.html")
