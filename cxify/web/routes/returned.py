"""POST /documents/{id}/returned: a file that was worked on in Word, whose decisions are read."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from cxify.review import standings
from cxify.review.suggestion import worded
from cxify.web.context import Context, Here
from cxify.web.desk import opening, returning
from cxify.web.desk.returning import Returned
from cxify.web.errors import Unreadable
from cxify.web.render import page
from cxify.web.security.bodies import form
from cxify.web.signed_in import Person

router = APIRouter()


@router.post("/documents/{paper_id}/returned")
async def receive(request: Request, here: Here, person: Person, paper_id: str) -> Response:
    """Read the decisions of a file and show them."""
    given = (await form(request, here.config)).get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        raise Unreadable("No file was sent.", "Choose the Word file that was worked on.")
    read = await run_in_threadpool(returning.returned, here, person, paper_id, given.file)
    return await run_in_threadpool(_shown, request, here, person, paper_id, read)


def _shown(request: Request, here: Context, person: Person, paper_id: str, read: Returned) -> Response:
    found = opening.opened(here, person, paper_id)
    record = found.read.record
    how = standings(record, found.decisions)
    numbers = sorted({each.suggestion for each in read.decisions})
    lines: list[dict[str, Any]] = [
        {
            "n": number,
            "standing": how[number].state,
            "text": worded(how[number].operation).strip(),
            "reason": record.edits[number].reason,
        }
        for number in numbers
    ]
    language = record.document.get("language", "und")
    spoken = "" if language == "und" else language
    return page(request, "returned.html", paper=found.paper, read=lines, warnings=read.told, spoken=spoken)
