"""GET /journal and /journal.jsonl: who did what, chained by hashes; POST /journal/check: whether that is so."""

import json
from collections.abc import Iterator
from concurrent.futures import wait
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from cxify import store
from cxify.store import journal, people
from cxify.store.journal import Entry
from cxify.web.context import Context, Here
from cxify.web.desk import proving
from cxify.web.render import page
from cxify.web.signed_in import Admin

router = APIRouter()
AT_ONCE: Final = 100
PATIENCE: Final = 10.0
"""Seconds for which a check of all entries is waited for."""


@dataclass(frozen=True)
class Shown:
    """An entry as a person reads it."""

    seq: int
    at: datetime
    person: str
    action: str
    object: str
    details: dict[str, Any]


@router.get("/journal")
def read(
    request: Request,
    here: Here,
    person: Admin,  # noqa: ARG001  only admins may
    before: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
) -> Response:
    """Show the latest entries, and what was checked when."""
    found = journal.latest(here.engine, AT_ONCE, before=before)
    names = {each.id: each.name for each in people.all_of(here.engine)}
    shown = [_shown(entry, names) for entry in found]
    older = f"/journal?before={found[-1].seq}" if len(found) == AT_ONCE else None
    return page(request, "journal.html", entries=shown, proof=proving.proof(here, found), next=older)


@router.post("/journal/check")
def check(here: Here, person: Admin) -> Response:  # noqa: ARG001  only admins may
    """Check all entries, from the first on; a long journal takes a while, and its page then says so."""
    wait([proving.begin(here)], timeout=PATIENCE)
    return RedirectResponse("/journal", 303)


@router.get("/journal.jsonl")
def export(here: Here, person: Admin) -> Response:
    """Hand out the whole journal, an entry a line, so that `cxify journal FILE` can check it anywhere."""
    with store.writing(here.engine) as connection:
        journal.append(connection, person.id, "journal exported", person.id)
    headers = {"Content-Disposition": 'attachment; filename="cxify-journal.jsonl"'}
    return StreamingResponse(_lines(here), media_type="application/x-ndjson", headers=headers)


def _lines(here: Context) -> Iterator[str]:
    for entry in journal.entries(here.engine):
        yield f"{json.dumps(entry.as_data(), ensure_ascii=False)}\n"


def _shown(entry: Entry, names: dict[str, str]) -> Shown:
    who = names.get(entry.person_id or "", entry.person_id or "cxify")
    return Shown(entry.seq, entry.at, who, entry.action, entry.object, dict(entry.details))
