"""GET /: a person's documents, what each waits for, search by name and state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cxify.store import papers, progress
from cxify.store.papers import Paper, Standing
from cxify.store.progress import Progress
from cxify.web.context import Here
from cxify.web.preferences import Preferences
from cxify.web.render import page
from cxify.web.routes.batches import kind_names
from cxify.web.signed_in import Person

router = APIRouter()
ON_A_PAGE: Final = 50
DONE: Final = "done"
STATES: Final = ("uploaded", "waiting", "working", "ready", DONE, "failed", "refused", "cancelled")
_FOR_THE_PERSON: Final = ("uploaded", "ready", "failed")
_PUNCTUATION: Final = str.maketrans("_-.", "   ")


@dataclass(frozen=True)
class Entry:
    """One document in the list."""

    href: str
    name: str
    folder: str
    kind: str
    state: str
    message: str
    decided: int
    total: int | None
    created: datetime


@router.get("/")
def overview(
    request: Request, here: Here, person: Person, q: str = "", state: str = "", page_number: int = 1
) -> HTMLResponse:
    """List the person's documents, the latest first."""
    owned = papers.owned(here.engine, person.id)
    far = progress.of(here.engine, [paper.id for paper in owned if paper.standing is Standing.READY])
    names = kind_names(here, Preferences.of(request, here).language)
    entries = [_entry(paper, far, names) for paper in owned]
    found = [each for each in entries if _matches(each, q) and state in ("", each.state)]
    first = max(page_number - 1, 0) * ON_A_PAGE
    say = here.texts.translate(Preferences.of(request, here).language)
    return page(
        request,
        "overview.html",
        total=len(entries),
        waiting=sum(each.state in _FOR_THE_PERSON for each in entries),
        papers=found[first : first + ON_A_PAGE],
        q=q,
        chosen=state if state in STATES else "",
        states=[(each, say(f"state.{each}")) for each in STATES],
        previous=_address(q, state, page_number - 1) if first else None,
        next=_address(q, state, page_number + 1) if len(found) > first + ON_A_PAGE else None,
    )


def _entry(paper: Paper, far: Mapping[str, Progress], names: Mapping[str, str]) -> Entry:
    own = far.get(paper.id)
    state = DONE if own and own.total and own.finished else str(paper.standing)
    kind = str(paper.kind or paper.looked.get("kind", ""))
    ready = paper.standing is Standing.READY
    return Entry(
        href=f"/documents/{paper.id}" if ready else f"/batches/{paper.batch_id}#f{paper.id}",
        name=paper.name,
        folder=paper.folder,
        kind=names.get(kind, kind),
        state=state,
        message=str((paper.error or {}).get("message", "")),
        decided=own.decided if own else 0,
        total=own.total if own else None,
        created=paper.created,
    )


def _matches(entry: Entry, q: str) -> bool:
    """Return whether all words that are looked for stand in the name, the folder or the kind."""
    said = f"{entry.folder} {entry.name} {entry.kind}".casefold()
    said = f"{said} {said.translate(_PUNCTUATION)}"
    return all(word in said for word in q.casefold().split())


def _address(q: str, state: str, number: int) -> str:
    chosen: Sequence[tuple[str, str | int]] = (("q", q), ("state", state), ("page_number", number))
    return "/?" + urlencode([(name, value) for name, value in chosen if value not in ("", 1)])
