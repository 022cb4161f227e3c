"""GET and POST /people: who has signed in, and what each may do; for those who look after cxify."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from cxify import store
from cxify.errors import NotFound
from cxify.store import journal, people, sessions, tokens
from cxify.store.people import Role
from cxify.web.context import Here
from cxify.web.errors import NotAllowed
from cxify.web.render import page
from cxify.web.signed_in import Admin

router = APIRouter()


@router.get("/people")
def everybody(request: Request, here: Here, person: Admin) -> Response:  # noqa: ARG001  only admins may
    """Show everybody with their roles."""
    return page(request, "people.html", people=people.all_of(here.engine), roles=list(Role))


@router.post("/people")
def change(
    here: Here,
    admin: Admin,
    person: Annotated[str, Form(max_length=22)],
    role: Annotated[Role | None, Form()] = None,
    end: Annotated[bool, Form()] = False,
) -> Response:
    """Give somebody a role, until their groups give another at their next sign-in; or end their sessions and tokens."""
    if person == admin.id:
        raise NotAllowed("Nobody changes their own role.", "Ask another administrator.")
    with store.writing(here.engine) as connection:
        if people.find(connection, person) is None:
            raise NotFound("There is no such person.", "Look for them on the page People.")
        if end:
            told = {"sessions": sessions.end_all(connection, person), "tokens": tokens.revoke_all(connection, person)}
            journal.append(connection, admin.id, "access ended", person, told)
        elif role:
            people.appoint(connection, person, role)
            journal.append(connection, admin.id, "role given", person, {"role": str(role)})
    return RedirectResponse("/people", 303)
