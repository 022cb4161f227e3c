"""GET /: a person's documents, what each waits for, search by name and state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cxify.store import lists, papers, progress
from cxify.store.lists import DONE, Brief, Those
from cxify.store.papers import Paper, Standing
from cxify.store.progress import Progress
from cxify.web.context import Context, Here
from cxify.web.desk import following
from cxify.web.preferences import Preferences
from cxify.web.render import page
from cxify.web.routes.batches import kind_names
from cxify.web.signed_in import Person

router = APIRouter()
ON_A_PAGE: Final = 50
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
    counts = lists.counts(here.engine, Those(owner=person.id))
    language = Preferences.of(request, here).language
    names, say = kind_names(here, language), here.texts.translate(language)
    those = Those(owner=person.id, words=_words(state))
    first = max(page_number - 1, 0) * ON_A_PAGE
    found, shown = _searched(here, those, q, names, first) if q.strip() else _listed(here, those, counts, first)
    return page(
        request,
        "overview.html",
        total=counts.total(),
        waiting=sum(counts[each] for each in _FOR_THE_PERSON),
        found=found,
        papers=_entries(here, shown, names),
        q=q,
        chosen=state if state in STATES else "",
        states=[(each, say(f"state.{each}")) for each in STATES],
        previous=_address(q, state, page_number - 1) if first else None,
        next=_address(q, state, page_number + 1) if found > first + ON_A_PAGE else None,
    )


def _words(state: str) -> tuple[str, ...]:
    """Return where papers stand of which the list says this."""
    if state == str(Standing.UPLOADED):
        return state, lists.READING
    return (state,) if state else ()


def _listed(here: Context, those: Those, counts: Mapping[str, int], first: int) -> tuple[int, list[Brief]]:
    number = sum(counts[word] for word in those.words or counts)
    return number, lists.found(here.engine, those, first=first, most=ON_A_PAGE)


def _searched(here: Context, those: Those, q: str, names: Mapping[str, str], first: int) -> tuple[int, list[Brief]]:
    # Here and not in the database: SQLite tells upper from lower case in English only.
    matches = _matching(q, names)
    found = [each for each in lists.found(here.engine, those) if matches(each)]
    return len(found), found[first : first + ON_A_PAGE]


def _entries(here: Context, shown: Sequence[Brief], names: Mapping[str, str]) -> list[Entry]:
    states = {each.id: each.word.replace(lists.READING, str(Standing.UPLOADED)) for each in shown}
    whole = papers.some(here.engine, list(states))
    far = progress.of(here.engine, [paper.id for paper in whole if paper.standing is Standing.READY])
    return [_entry(paper, states[paper.id], far.get(paper.id), names) for paper in whole]


def _entry(paper: Paper, state: str, own: Progress | None, names: Mapping[str, str]) -> Entry:
    kind = str(paper.kind or paper.looked.get("kind", ""))
    ready = paper.standing is Standing.READY
    return Entry(
        href=f"/documents/{paper.id}" if ready else following.address(paper),
        name=paper.name,
        folder=paper.folder,
        kind=names.get(kind, kind),
        state=state,
        message=str((paper.error or {}).get("message", "")),
        decided=own.decided if own else 0,
        total=own.total if own else None,
        created=paper.created,
    )


def _matching(q: str, names: Mapping[str, str]) -> Callable[[Brief], bool]:
    """Return what says whether all words that are looked for stand in a document's name, folder or kind."""
    words = q.casefold().split()

    def matches(paper: Brief) -> bool:
        kind = paper.taken_for or ""
        said = f"{paper.folder} {paper.name} {names.get(kind, kind)}".casefold()
        said = f"{said} {said.translate(_PUNCTUATION)}"
        return all(word in said for word in words)

    return matches


def _address(q: str, state: str, number: int) -> str:
    chosen: Sequence[tuple[str, str | int]] = (("q", q), ("state", state), ("page_number", number))
    return "/?" + urlencode([(name, value) for name, value in chosen if value not in ("", 1)])
