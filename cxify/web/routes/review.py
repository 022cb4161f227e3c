"""GET /documents/{id} and POST …/decisions: the document on the table, and what people decide on each suggestion."""

from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel

from cxify.provenance import Record
from cxify.review import Alternative, Decision, View
from cxify.store import papers
from cxify.web.context import Context, Here
from cxify.web.desk import deciding, following, opening
from cxify.web.desk.deciding import WordingRefused
from cxify.web.desk.opening import NotReady, Opened
from cxify.web.preferences import Preferences
from cxify.web.render import fragment, page, speaker, wants_json
from cxify.web.reviewing import Desk, Refused, Wanted, competencies, each_once, findings, locks
from cxify.web.routes.batches import kind_names
from cxify.web.signed_in import Person
from cxify.web.texts import Translate

router = APIRouter()
STANDINGS: Final = ("open", "accepted", "edited", "rejected")
ANOTHER: Final = "another"
_SAID: Final = {"comment": "commented", ANOTHER: "reworded"}
_LANGUAGES: Final = ("en", "de", "fr", "nl", "es", "und")


class Given(BaseModel, frozen=True):
    """What a person sent about one suggestion."""

    suggestion: int
    action: str
    text: str = ""
    cells: list[str] = []

    @property
    def decision(self) -> Decision:
        """The decision that it is."""
        return Decision(self.suggestion, self.action, self.text, tuple(self.cells))  # type: ignore[arg-type]


class Chosen(BaseModel, frozen=True):
    """Which suggestions are shown, as the address says."""

    standing: str = ""
    competency: str = ""
    certainty: str = ""
    now: int | None = None
    """The suggestion that was just decided on: it stays in sight."""

    @property
    def wanted(self) -> Wanted:
        """The suggestions that are shown."""
        return Wanted(self.standing, self.competency, self.certainty)

    def address(self, paper_id: str, number: int) -> str:
        """Return the page with the same choice, at the suggestion that was decided on."""
        kept = {"standing": self.standing, "competency": self.competency, "certainty": self.certainty, "now": number}
        words = urlencode({name: value for name, value in kept.items() if value != ""})
        return f"/documents/{paper_id}?{words}#s{number}"


@router.get("/documents/{paper_id}")
def show(request: Request, here: Here, person: Person, paper_id: str, chosen: Annotated[Chosen, Query()]) -> Response:
    """Show a document with its suggestions; one that is not ready is shown where it stands."""
    try:
        found = opening.opened(here, person, paper_id)
    except NotReady as error:
        return RedirectResponse(following.address(error.paper), 303)
    return _shown(request, here, found, chosen)


@router.get("/documents/{paper_id}/decisions")
def back(here: Here, person: Person, paper_id: str) -> Response:
    """Lead back to the document who loads the answer to a decision again."""
    return RedirectResponse(f"/documents/{papers.visible(here.engine, person, paper_id).id}", 303)


@router.post("/documents/{paper_id}/decisions")
def decide(
    request: Request,
    here: Here,
    person: Person,
    paper_id: str,
    given: Annotated[Given, Form()],
    chosen: Annotated[Chosen, Query()],
) -> Response:
    """Write a decision down, and go back to its suggestion; other wordings are asked for and shown at once."""
    found = opening.opened(here, person, paper_id)
    refused, others = None, None
    if given.action == ANOTHER:
        others = deciding.reworded(here, person, found, given.suggestion)
    else:
        try:
            found = deciding.decide(here, person, found, given.decision)
        except WordingRefused as error:
            words = (given.suggestion, given.text, tuple(given.cells))
            refused = Refused(*words, error.message, error.remedy, tuple(each_once(error.findings)))
    if wants_json(request):
        return _told(request, here, found, chosen, given, others=others, refused=refused)
    if refused or others is not None:
        return _shown(request, here, found, chosen, at=given.suggestion, others=others, refused=refused)
    return RedirectResponse(chosen.address(paper_id, given.suggestion), 303)


Others = tuple[Alternative, ...] | None


def _desk(
    request: Request,
    here: Context,
    found: Opened,
    chosen: Chosen,
    *,
    at: int | None,
    others: Others = None,
    refused: Refused | None = None,
) -> tuple[Desk, Record]:
    shown = opening.shown(here, found, {at: others} if others and at is not None else None)
    desk = Desk(
        shown.view,
        found.decisions,
        f"/documents/{found.paper.id}/decisions" + (f"?{request.url.query}" if request.url.query else ""),
        Preferences.of(request, here).language,
        spoken=speaker(request),
        wanted=chosen.wanted,
        kept=[number for number in (at, chosen.now) if number is not None],
        refused=refused,
        mine=request.state.person.id == found.paper.owner,
        asked=at if others is not None else None,
    )
    return desk, shown.record


def _shown(
    request: Request,
    here: Context,
    found: Opened,
    chosen: Chosen,
    *,
    at: int | None = None,
    others: Others = None,
    refused: Refused | None = None,
) -> Response:
    desk, record = _desk(request, here, found, chosen, at=at, others=others, refused=refused)
    say = here.texts.translate(desk.interface)
    return page(
        request,
        "review.html",
        status=422 if refused else 200,
        paper=found.paper,
        desk=desk,
        view=desk.view,
        counts={"decided": desk.decided},
        questions=[each for each in desk.suggestions if each.sort == "question"],
        findings=findings(desk.view),
        locks=locks(desk.view),
        declined=tuple(dict.fromkeys(record.declined)),
        facts=_facts(desk.view, record, kind_names(here, desk.interface), say),
        chosen=chosen.wanted,
        choices=_choices(desk, say),
        hidden=desk.total - len(desk.shown),
        next_open=desk.next_open(),
        home=f"/documents/{found.paper.id}",
    )


def _told(
    request: Request,
    here: Context,
    found: Opened,
    chosen: Chosen,
    given: Given,
    *,
    others: Others,
    refused: Refused | None,
) -> Response:
    """Return what the script puts in place: the chunk of paper that the suggestion stands in, and the new numbers."""
    number = given.suggestion
    desk, _ = _desk(request, here, found, chosen, at=number, others=others, refused=refused)
    chunk, say = desk.chunk_of(number), here.texts.translate(desk.interface)
    standing = desk.state(number)
    said = "refused" if refused else _SAID.get(given.action, standing)
    answer: dict[str, Any] = {
        "suggestion": number,
        "standing": standing,
        "refused": bool(refused),
        "place": chunk.name if chunk else "",
        "html": fragment(request, "chunk.html", desk=desk, chunk=chunk) if chunk else "",
        "counts": {"decided": desk.decided, "total": desk.total},
        "decided": say("review.decided", done=desk.decided, total=desk.total),
        "next": desk.next_open(number),
        "said": say(f"said.{said}", n=desk.label[number]),
    }
    return JSONResponse(answer)


def _choices(desk: Desk, say: Translate) -> dict[str, list[tuple[str, str]]]:
    sure = {each.certainty: None for each in desk.suggestions if each.certainty}
    return {
        "standing": [(each, say(f"standing.{each}")) for each in STANDINGS],
        "competency": competencies(desk.view),
        "certainty": [(each, say(f"review.certainties.{each}")) for each in sure],
    }


def _facts(view: View, record: Record, kinds: dict[str, str], say: Translate) -> list[tuple[str, str]]:
    base = view.language.partition("-")[0]
    told = {
        "kind": kinds.get(view.kind, view.kind),
        "language": say(f"languages.{base if base in _LANGUAGES else 'other'}"),
        "role": record.role.title if record.role else "",
        "framework": " ".join(filter(None, (record.framework.get("id"), record.framework.get("version")))),
        "writer": record.writer.get("model") or say("writer.library.name"),
        "made": f"cxify {record.version}, {record.date[:10]}",
    }
    return [(say(f"review.{name}"), value) for name, value in told.items() if value]
