"""/voice: comments of customers or employees, as a table; what they come to, and to which upload they go."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from cxify.web.context import Here
from cxify.web.desk import listening
from cxify.web.errors import Unreadable
from cxify.web.render import page
from cxify.web.security import bodies
from cxify.web.signed_in import Person

router = APIRouter()


@router.get("/voice")
def show(request: Request, here: Here, person: Person, batch: Annotated[str, Query(max_length=22)] = "") -> Response:
    """Show the comments that the person has uploaded, and where others are added."""
    kept = listening.kept(here, person)
    values = {"days": here.config.serve.retention_days, "own": here.settings.voice is not None}
    return page(request, "voice.html", kept=kept, batch=batch, suffixes=",".join(listening.SUFFIXES), **values)


@router.post("/voice")
async def receive(request: Request, here: Here, person: Person) -> Response:
    """Take a table of comments; `batch` is the upload that it is for."""
    sent = await bodies.form(request, here.config)
    file, batch = sent.get("file"), str(sent.get("batch") or "")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Unreadable("No file was sent.", "Choose the CSV or Excel file that holds the comments.")
    bodies.within(file, here.config)
    data = await file.read()
    await run_in_threadpool(listening.keep, here, person, file.filename, data, batch or None)
    return RedirectResponse(f"/batches/{batch}#voice" if batch else "/voice", 303)


@router.post("/voice/{voice_id}/delete")
def delete(here: Here, person: Person, voice_id: str) -> Response:
    """Delete a table of comments."""
    listening.delete(here, person, voice_id)
    return RedirectResponse("/voice", 303)
