"""GET /login and POST /logout: where people sign in and out."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from cxify.web.context import Here
from cxify.web.render import page
from cxify.web.security import sessions

router = APIRouter()


@router.get("/login")
def login(request: Request) -> Response:
    """Show how to sign in."""
    return page(request, "login.html", provider=None, message=None)


@router.post("/logout")
def logout(request: Request, here: Here) -> Response:
    """End the session, on the server too."""
    response = RedirectResponse("/login", 303)
    sessions.sign_out(request, response, here)
    return response
