"""GET /healthz: whether the page and its database answer; for machines that watch."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from cxify import store
from cxify.web.context import Here

router = APIRouter()


@router.get("/healthz")
def healthz(here: Here) -> PlainTextResponse:
    """Say that all is well. Raises StoreUnavailable."""
    store.answers(here.engine)
    return PlainTextResponse("ok\n")
