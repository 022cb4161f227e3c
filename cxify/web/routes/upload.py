"""GET and POST /upload: files arrive, from a form, dropped, or one by one from the script."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from cxify.store import batches, papers
from cxify.web.context import Context, Here
from cxify.web.desk import following, uploading
from cxify.web.desk.uploading import Received, Uploaded
from cxify.web.render import page, speaker, wants_json
from cxify.web.said import Speaker
from cxify.web.security.bodies import form
from cxify.web.signed_in import Person

router = APIRouter()


@router.get("/upload")
def ask(request: Request, here: Here, person: Person, batch: str = "") -> Response:  # noqa: ARG001  only people may
    """Show where files are chosen."""
    limits = {"files": here.config.serve.most_documents, "megabytes": here.config.serve.largest_file}
    return page(request, "upload.html", limits=limits, refused=(), batch=batch)


@router.post("/upload")
async def receive(request: Request, here: Here, person: Person) -> Response:
    """Take files; `batch` adds them to an upload that was not started."""
    given = await form(request, here.config)
    files = [
        Received(each.filename or "", each.file)
        for each in given.getlist("files")
        if isinstance(each, UploadFile) and each.filename
    ]
    batch = str(given.get("batch") or "") or None
    done = await run_in_threadpool(uploading.upload, here, person, files, batch)
    if wants_json(request):
        return JSONResponse(await run_in_threadpool(_told, here, person, done, speaker(request)), 201)
    return RedirectResponse(f"/batches/{done.batch}", 303)


def _told(here: Context, person: Person, done: Uploaded, spoken: Speaker) -> dict[str, Any]:
    """Return what the script shows of the files it has just sent."""
    batch = batches.mine(here.engine, person, done.batch)
    files = [asdict(each) for each in following.of_papers(here, batch, papers.some(here.engine, done.papers))]
    first = files[0] if len(files) == 1 else {}
    words = {name: spoken.plain(first.get(name, "")) for name in ("message", "remedy")}
    told = [spoken.plain(each) for each in done.told]
    return {"batch": done.batch, "told": told, "files": files, "state": first.get("state", ""), **words}
