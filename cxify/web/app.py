"""The page put together: what protects it, who answers what. Read from top to bottom, a request goes the same way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from cxify import __version__
from cxify.errors import CxifyError, NotFound
from cxify.web import keeping
from cxify.web.config import Config
from cxify.web.context import Context
from cxify.web.desk import resuming
from cxify.web.errors import NotAllowed, Unreadable
from cxify.web.render import failure
from cxify.web.routes import (
    api,
    api_approvals,
    approvals,
    audit,
    batches,
    download,
    framework,
    health,
    help,
    journal,
    login,
    overview,
    people,
    preferences,
    prompts,
    retention,
    returned,
    review,
    start,
    tokens,
    upload,
    voice,
)
from cxify.web.security.access_log import AccessLog
from cxify.web.security.answers import Answers
from cxify.web.security.bodies import Bodies
from cxify.web.security.headers import SafeHeaders
from cxify.web.security.hosts import Hosts
from cxify.web.security.origins import Origins
from cxify.web.security.rates import AddressRates

STATIC: Final = Path(__file__).with_name("static")
PROTECTION: Final = (AccessLog, SafeHeaders, Answers, Hosts, AddressRates, Origins, Bodies)
"""What every request passes, in this order."""
PAGES: Final[tuple[APIRouter, ...]] = (
    health.router,
    start.router,
    login.router,
    preferences.router,
    overview.router,
    review.router,
    help.router,
    upload.router,
    batches.router,
    voice.router,
    download.router,
    returned.router,
    tokens.router,
    journal.router,
    people.router,
    audit.router,
    framework.router,
    approvals.router,
    prompts.router,
    retention.router,
)
"""One router a topic; they stay out of the API's description."""
API: Final[tuple[APIRouter, ...]] = (api.router, api_approvals.router)
"""What programs may ask, described at /api/v1/openapi.json."""


def create_app(config: Config) -> FastAPI:
    """Return the page, ready to be served. Raises SetupError."""
    app = FastAPI(
        title="cxify",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_life,
        middleware=[Middleware(each) for each in PROTECTION],
    )
    app.state.context = Context.of(config)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    for router in API:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_exception_handler(CxifyError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    """Run what goes on beside the requests, and let everything go at the end."""
    here: Context = app.state.context
    here.processing.start()
    await asyncio.to_thread(resuming.resume, here)
    keeping_house = asyncio.create_task(keeping.keep(here))
    try:
        yield
    finally:
        keeping_house.cancel()
        with suppress(asyncio.CancelledError):
            await keeping_house
        await asyncio.to_thread(here.close)


async def _refused(request: Request, error: Exception) -> Response:
    return failure(request, _as_ours(error))


def _as_ours(error: Exception) -> CxifyError:
    """Return what FastAPI says in our words."""
    for each in (error, error.__cause__):
        if isinstance(each, CxifyError):
            return each
    if isinstance(error, RequestValidationError):
        # Without what was sent: it may be a document's text.
        fields = ", ".join(sorted({".".join(str(part) for part in each["loc"][1:]) for each in error.errors()}))
        return Unreadable(
            f"What was sent cannot be used: {fields or 'the whole'}.", "Go back, correct it, send it again."
        )
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status == 404:
        return NotFound("There is nothing at this address.", "Go to your documents and start from there.")
    if status == 405:
        return NotAllowed("This address cannot be used in this way.", "Go to your documents and start from there.")
    return Unreadable("What was sent cannot be read.", "Go back and send it again.")
