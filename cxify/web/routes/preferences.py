"""POST /preferences: language, colours and keys, kept in cookies of this browser."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from cxify.web.context import Here
from cxify.web.preferences import keep
from cxify.web.security.redirects import inside

router = APIRouter()


@router.post("/preferences")
def choose(
    here: Here,
    next: Annotated[str, Form()] = "/",
    language: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
    keys: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Remember what was chosen and go back."""
    response = RedirectResponse(inside(next), 303)
    for name, value in {"language": language, "theme": theme, "keys": keys}.items():
        if value:
            keep(response, here, name, value)
    return response
