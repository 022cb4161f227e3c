"""/api/v1: documents for programs with a token. The same functions as the pages, as JSON."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Path, Query, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from cxify import kinds
from cxify.review import standings
from cxify.store import batches, lists, papers
from cxify.store.corrections import Corrected
from cxify.store.lists import Those
from cxify.web.api.access import BEARER, Caller, ForPrograms, Known
from cxify.web.api.documents import (
    DocumentOut,
    DocumentsOut,
    EstimateOut,
    KindIn,
    KindOut,
    LanguageIn,
    MeOut,
    StartIn,
    UploadOut,
)
from cxify.web.api.problems import Problem
from cxify.web.api.suggestions import DecidedOut, DecisionIn, SuggestionOut, SuggestionsOut
from cxify.web.context import Context, Here
from cxify.web.desk import (
    choices,
    deciding,
    deleting,
    downloading,
    estimating,
    following,
    languages,
    looking,
    opening,
    starting,
    uploading,
)
from cxify.web.desk.choices import Choices
from cxify.web.desk.downloading import MEDIA_TYPES, Form
from cxify.web.desk.uploading import Received
from cxify.web.errors import Unreadable
from cxify.web.routes.attachment import attachment
from cxify.web.security.bodies import form

router = APIRouter(
    prefix="/api/v1", route_class=ForPrograms, dependencies=[Security(BEARER)], responses=Known, tags=["documents"]
)
Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{22}$", description="The document's id.")]
TOO_LARGE: Final[dict[int | str, dict[str, Any]]] = {413: {"model": Problem, "description": "Too much at once."}}
BAD_GATEWAY: Final[dict[int | str, dict[str, Any]]] = {502: {"model": Problem, "description": "The model is away."}}
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file, which was checked before it left.",
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA_TYPES},
    },
}
_FILES: Final = {
    "type": "object",
    "required": ["files"],
    "properties": {
        "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
        "framework": {"type": "string", "description": "Number of a version, `template`, or empty: the one in use."},
        "intensity": {"type": "string", "enum": ["light", "standard", "full"]},
        "writer": {"type": "string", "description": "`library`, or a language model that the operator allows."},
        "voice": {
            "type": "string",
            "description": "Id of comments that the person has uploaded on the page, `none`, or empty: the operator's.",
        },
        "kind": {"type": "string", "description": "What all these files are taken for: one of GET /api/v1/kinds."},
        "language": {"type": "string", "description": "The language that all these files are read in, as BCP 47."},
    },
}
_UPLOAD: Final = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILES}}}}


@router.get("/me")
def me(person: Caller) -> MeOut:
    """Say whom the token speaks for."""
    return MeOut(id=person.id, name=person.name, email=person.email, role=person.role.value)


@router.get("/kinds")
def known_kinds(here: Here) -> list[KindOut]:
    """List the kinds of document that cxify knows."""
    return [KindOut(id=id, name=dict(kind.name)) for id, kind in kinds.load(here.settings.kinds).items()]


@router.post("/documents", status_code=201, openapi_extra=_UPLOAD, responses=TOO_LARGE)
async def upload(request: Request, here: Here, person: Caller) -> UploadOut:
    """Send Word files. A refused one says why; the others are read, which takes a moment: ask for their state."""
    given = await form(request, here.config)
    files = [
        Received(each.filename, each.file)
        for each in given.getlist("files")
        if isinstance(each, UploadFile) and each.filename
    ]
    told = {name: str(given[name]) for name in ("framework", "intensity", "writer", "voice") if given.get(name)}
    corrected: Corrected = {}
    if kind := str(given.get("kind") or ""):
        corrected["kind"] = _known_kind(here, kind)
    if language := str(given.get("language") or ""):
        corrected["language"] = languages.checked(language)
    return await run_in_threadpool(_uploaded, here, person, files, told, corrected)


@router.get("/documents")
def documents(
    here: Here,
    person: Caller,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> DocumentsOut:
    """List your documents, the latest first."""
    those = Those(owner=person.id)
    listed = lists.found(here.engine, those, first=offset, most=limit)
    found = papers.some(here.engine, [each.id for each in listed])
    return DocumentsOut(documents=_shown(here, person, found), total=lists.counts(here.engine, those).total())


@router.get("/documents/{id}")
def document(here: Here, person: Caller, id: Id) -> DocumentOut:
    """Show one document and its state."""
    (shown,) = _shown(here, person, [papers.mine(here.engine, person, id)])
    return shown


@router.delete("/documents/{id}", status_code=204)
def delete(here: Here, person: Caller, id: Id) -> Response:
    """Delete a document with everything that was made of it, now."""
    deleting.delete_paper(here, person, id)
    return Response(status_code=204)


@router.put("/documents/{id}/kind")
def take_for(here: Here, person: Caller, id: Id, wanted: KindIn) -> DocumentOut:
    """Take a document for another kind than the one that was guessed, before it is started."""
    kind = None if wanted.kind is None else _known_kind(here, wanted.kind)
    (shown,) = _shown(here, person, [looking.relook(here, person, id, kind=kind)])
    return shown


@router.put("/documents/{id}/language")
def read_as(here: Here, person: Caller, id: Id, wanted: LanguageIn) -> DocumentOut:
    """Read a document in another language than the one that was guessed, before it is started."""
    (shown,) = _shown(here, person, [looking.relook(here, person, id, language=wanted.language)])
    return shown


@router.get("/documents/{id}/estimate")
def estimate(here: Here, person: Caller, id: Id) -> EstimateOut:
    """Say what a language model would cost for everything uploaded together; the built-in writer costs nothing."""
    batch = batches.mine(here.engine, person, papers.mine(here.engine, person, id).batch_id)
    return EstimateOut.of(estimating.estimate(here, person, batch.id), free=not estimating.wanted(batch))


@router.post("/documents/{id}/start", status_code=202)
def start(here: Here, person: Caller, id: Id, wanted: Annotated[StartIn | None, Body()] = None) -> DocumentOut:
    """Begin the work on everything that was uploaded together. Asking twice is the same as once."""
    starting.start(
        here, person, papers.mine(here.engine, person, id).batch_id, confirmed=wanted.confirmed if wanted else ""
    )
    return document(here, person, id)


@router.get("/documents/{id}/suggestions", responses=BAD_GATEWAY)
def suggestions(here: Here, person: Caller, id: Id) -> SuggestionsOut:
    """Show what is proposed for a document that is ready, and how each suggestion stands.

    Also of somebody else's that the person is asked to approve.
    """
    view = opening.shown(here, opening.opened(here, person, id)).view
    return SuggestionsOut(suggestions=[SuggestionOut.of(each) for each in view.suggestions])


@router.post("/documents/{id}/decisions", status_code=201)
def decide(here: Here, person: Caller, id: Id, wanted: DecisionIn) -> DecidedOut:
    """Write down what the person decides about one suggestion. A wording of their own passes the same rules."""
    papers.mine(here.engine, person, id)
    found = deciding.decide(here, person, opening.opened(here, person, id), wanted.decision)
    standing = standings(found.read.record, found.decisions)
    decided = sum(each.state != "open" for each in standing)
    state = standing[wanted.suggestion].state
    return DecidedOut(suggestion=wanted.suggestion, standing=state, decided=decided, total=len(standing))


@router.get("/documents/{id}/download/{form}", response_class=Response, responses=FILE)
def download(
    here: Here,
    person: Caller,
    id: Id,
    form: Form,
    open: Annotated[bool, Query(description="With the suggestions that nobody has decided on.")] = False,
) -> Response:
    """Take a document: `tracked` changes, the `clean` copy, `comments`, the page `what-changed`, the `original`.

    `what-changed-text` is that page as Markdown.
    """
    return attachment(downloading.download(here, person, id, form, open_too=open))


def _known_kind(here: Context, kind: str) -> str:
    if kind not in kinds.load(here.settings.kinds):
        raise Unreadable("There is no such kind of document.", "Choose one of GET /api/v1/kinds.")
    return kind


def _uploaded(
    here: Context, person: Caller, files: list[Received], told: dict[str, str], corrected: Corrected
) -> UploadOut:
    chosen = Choices.of(vars(choices.first(here)) | told)
    choices.check(here, person, chosen)
    done = uploading.upload(here, person, files)
    if told:
        choices.choose(here, person, done.batch, chosen)
    if corrected:
        looking.relook_all(here, person, done.batch, **corrected)
    shown = _shown(here, person, [papers.mine(here.engine, person, id) for id in done.papers])
    return UploadOut(upload=done.batch, documents=shown, notes=list(done.told))


def _shown(here: Context, person: Caller, found: list[papers.Paper]) -> list[DocumentOut]:
    known = {id: batches.mine(here.engine, person, id) for id in {each.batch_id for each in found}}
    return [DocumentOut.of(each, following.of_paper(known[each.batch_id], each)) for each in found]
