"""GET /start: the address that `cxify serve` prints in local mode; it signs the one person of this machine in, once."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from cxify import store
from cxify.store import people
from cxify.store.people import Identity, Person, Role
from cxify.web.context import Context, Here
from cxify.web.render import page
from cxify.web.security import sessions

router = APIRouter()


@router.get("/start")
def start(request: Request, here: Here, token: str = "") -> Response:
    """Sign in with the token; a used or wrong one is told how to get a new one."""
    if here.config.mode != "local" or not here.start.use(token):
        return page(request, "start.html", status=403)
    response = RedirectResponse("/", 303)
    sessions.sign_in(request, response, here, _person(here))
    return response


def _person(here: Context) -> Person:
    identity = Identity(people.LOCAL, people.LOCAL, here.settings.user)
    with store.writing(here.engine) as connection:
        return people.welcome(connection, identity, Role.ADMIN)
