"""An upload from the first look to the last result: what each file is, what was chosen, start, progress, stop."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel

from cxify import kinds
from cxify.llm import ModelChat
from cxify.llm.usage import about, known
from cxify.store import batches
from cxify.store.corrections import Corrected
from cxify.web.context import Context, Here
from cxify.web.desk import choices, deleting, estimating, following, languages, listening, looking, starting
from cxify.web.desk.choices import Choices
from cxify.web.desk.estimating import Estimate
from cxify.web.desk.following import PaperState, Part
from cxify.web.errors import Unreadable
from cxify.web.preferences import Preferences
from cxify.web.render import page, speaker
from cxify.web.signed_in import Person
from cxify.web.texts import ENGLISH
from cxify.writers.choice import LIBRARY

router = APIRouter()
KEPT: Final = "keep"
"""Chosen for all documents of an upload: each stays what it is taken for."""
GUESSED: Final = "guess"
"""Chosen for all: each is what cxify takes it for. An empty field would be one that was left out."""


class Shown(BaseModel, frozen=True):
    """Which files of an upload are shown, as the address says."""

    page: int = 1
    state: str = ""
    at: str = ""

    @property
    def wanted(self) -> Part:
        """The part of the upload that it is."""
        return Part(self.page, self.state, self.at)

    def address(self, path: str, *, page: int) -> str:
        """Return an address of another page of the same files."""
        chosen = {"page": page if page > 1 else "", "state": self.state}
        words = urlencode({name: value for name, value in chosen.items() if value})
        return f"{path}?{words}" if words else path


@router.get("/batches/{batch_id}")
def show(request: Request, here: Here, person: Person, batch_id: str, part: Annotated[Shown, Query()]) -> Response:
    """Show an upload, a page of its files at a time."""
    state = following.state(here, person, batch_id, part.wanted)
    estimate = None if state.started else estimating.estimate(here, person, batch_id)
    names = kind_names(here, Preferences.of(request, here).language)
    return page(
        request,
        "batch.html",
        batch=state,
        files=[_file(request, here, each, names) for each in state.papers],
        counts={"done": state.done, "total": state.total},
        finished=state.started and state.finished,
        reading=state.reading,
        part=part,
        follow=part.address(f"/batches/{batch_id}/state", page=state.page),
        only=_only(here, request, batch_id, state.counts),
        previous=part.address(f"/batches/{batch_id}", page=state.page - 1) if state.page > 1 else None,
        next=part.address(f"/batches/{batch_id}", page=state.page + 1) if state.page < state.pages else None,
        kinds=sorted(names.items(), key=lambda pair: pair[1]),
        languages=[(tag, _language(request, here, tag)) for tag in languages.known()],
        choices=state.choices,
        frameworks=_frameworks(here, state.choices),
        voices=listening.kept(here, person),
        own_voice=here.settings.voice is not None,
        writers=[_writer(here, writer) for writer in choices.writers(here)],
        estimate=estimate and _shown(estimate),
        estimating=estimate is None and not state.started and state.choices.writer != LIBRARY,
    )


@router.get("/batches/{batch_id}/state")
def state(request: Request, here: Here, person: Person, batch_id: str, part: Annotated[Shown, Query()]) -> JSONResponse:
    """Tell the script how far an upload is, with each state of a page of its files in words."""
    told = following.state(here, person, batch_id, part.wanted).as_data()
    say, spoken = here.texts.translate(Preferences.of(request, here).language), speaker(request)
    for file in told["files"]:
        words = {name: spoken.plain(file[name]) for name in ("message", "remedy")}
        file |= {"label": say(f"state.{file['state']}"), **words}
    return JSONResponse(told)


@router.post("/documents/{paper_id}/kind")
def correct(here: Here, person: Person, paper_id: str, kind: Annotated[str, Form()] = "") -> Response:
    """Take a document for another kind."""
    paper = looking.relook(here, person, paper_id, kind=_known_kind(here, kind))
    return RedirectResponse(following.address(paper), 303)


@router.post("/documents/{paper_id}/language")
def read_as(here: Here, person: Person, paper_id: str, language: Annotated[str, Form()] = "") -> Response:
    """Read a document in another language."""
    paper = looking.relook(here, person, paper_id, language=languages.checked(language) if language else None)
    return RedirectResponse(following.address(paper), 303)


@router.post("/batches/{batch_id}/correction")
def correct_all(
    here: Here,
    person: Person,
    batch_id: str,
    kind: Annotated[str, Form()] = KEPT,
    language: Annotated[str, Form()] = KEPT,
) -> Response:
    """Take all documents of an upload for another kind, or read them in another language."""
    corrected: Corrected = {}
    if kind != KEPT:
        corrected["kind"] = None if kind == GUESSED else _known_kind(here, kind)
    if language != KEPT:
        corrected["language"] = None if language == GUESSED else languages.checked(language)
    looking.relook_all(here, person, batch_id, **corrected)
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.post("/batches/{batch_id}/choices")
def choose(
    here: Here,
    person: Person,
    batch_id: str,
    framework: Annotated[str, Form()] = choices.IN_USE,
    intensity: Annotated[str, Form()] = "standard",
    writer: Annotated[str, Form()] = LIBRARY,
    voice: Annotated[str, Form()] = choices.IN_USE,
) -> Response:
    """Choose framework, how much is proposed, who writes, and whose voice is heard."""
    wanted = {"framework": framework, "intensity": intensity, "writer": writer, "voice": voice}
    choices.choose(here, person, batch_id, Choices.of(wanted))
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.post("/batches/{batch_id}/start")
def start(
    here: Here,
    person: Person,
    batch_id: str,
    confirmed: Annotated[str, Form()] = "",
    framework: Annotated[str | None, Form()] = None,
    intensity: Annotated[str | None, Form()] = None,
    writer: Annotated[str | None, Form()] = None,
    voice: Annotated[str | None, Form()] = None,
) -> Response:
    """Begin with what is chosen in the same form; a model needs the confirmation of its estimate, which is shown."""
    given = {"framework": framework, "intensity": intensity, "writer": writer, "voice": voice}
    before = Choices.of(batches.mine(here.engine, person, batch_id).choices)
    wanted = Choices.of(asdict(before) | {name: value for name, value in given.items() if value is not None})
    if wanted != before:
        choices.choose(here, person, batch_id, wanted)
        if wanted.writer != LIBRARY:
            return RedirectResponse(f"/batches/{batch_id}#estimate", 303)
    starting.start(here, person, batch_id, confirmed=confirmed)
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.post("/batches/{batch_id}/cancel")
def cancel(here: Here, person: Person, batch_id: str) -> Response:
    """Stop what has not begun."""
    following.cancel(here, person, batch_id)
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.post("/batches/{batch_id}/delete")
def delete(here: Here, person: Person, batch_id: str, sure: Annotated[bool, Form()] = False) -> Response:
    """Delete an upload with all its documents and everything that was made of them."""
    batches.mine(here.engine, person, batch_id)
    if not sure:
        raise Unreadable("You have not said that you are sure.", "Go back, tick the box, and delete again.")
    deleting.delete_batch(here, person, batch_id)
    return RedirectResponse("/", 303)


def _known_kind(here: Context, kind: str) -> str | None:
    """Return a kind that was chosen, or None where it is to be guessed again. Raises Unreadable."""
    if kind and kind not in kinds.load(here.settings.kinds):
        raise Unreadable("There is no such kind of document.", "Choose one of the list.")
    return kind or None


def kind_names(here: Context, language: str) -> dict[str, str]:
    """Return the kinds of documents by id, in a person's language where they have such a name."""
    found = kinds.load(here.settings.kinds)
    names = {id: kind.name.get(language) or kind.name.get(ENGLISH) or id for id, kind in found.items()}
    return {id: name[:1].upper() + name[1:] for id, name in names.items()}


def _only(here: Context, request: Request, batch_id: str, counts: Mapping[str, int]) -> list[tuple[str, str, str, int]]:
    """Return for each state that files have: its name, address, word and number; for a choice among them."""
    say = here.texts.translate(Preferences.of(request, here).language)
    known = [each for each in following.STATES if each in counts]
    return [(each, f"/batches/{batch_id}?state={each}", say(f"state.{each}"), counts[each]) for each in known]


def _file(request: Request, here: Context, paper: PaperState, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a file as its line shows it: kind and language in words, and the languages that can be chosen."""
    offered = [(tag, _language(request, here, tag)) for tag in languages.offered(paper)]
    shown = {"kind_name": names.get(paper.kind, paper.kind), "language_name": _language(request, here, paper.language)}
    # What cannot be told is nothing to choose: choosing it is to guess again.
    told = {"languages": [("" if tag == following.UNKNOWN else tag, name) for tag, name in offered]}
    return asdict(paper) | shown | told


def _language(request: Request, here: Context, tag: str) -> str:
    """Return what a language is called; a variety without a name of its own has its tag beside the language's."""
    say = here.texts.translate(Preferences.of(request, here).language)
    if here.texts.has(f"languages.{tag}"):
        return say(f"languages.{tag}")
    base = tag.partition("-")[0]
    return f"{say(f'languages.{base}' if here.texts.has(f'languages.{base}') else 'languages.other')} ({tag})"


def _frameworks(here: Context, chosen: Choices) -> list[tuple[str, str, str]]:
    """Return what can be chosen, the one in use first; it is not offered again by its number."""
    in_use, *others = choices.offers(here)
    same = (in_use.name, in_use.version)
    kept = [each for each in others if (each.name, each.version) != same or each.id == chosen.framework]
    return [(each.id, each.name, each.version) for each in (in_use, *kept)]


def _writer(here: Context, writer: str) -> tuple[str, str, bool, str]:
    """Return id, name, whether text leaves for elsewhere, and the price in words."""
    if writer == LIBRARY:
        return writer, writer, False, ""
    model, facts = ModelChat(writer, base_url=here.settings.base_url), about(writer)
    priced = facts.input is not None and facts.output is not None
    price = f"{facts.input} / {facts.output} {known().currency} / 1M tokens" if priced else writer
    return writer, writer, not model.local, price


def _shown(estimate: Estimate) -> dict[str, Any]:
    """Return an estimate as people read it; numbers are rounded, because it is one."""
    cost = "?" if estimate.usd is None else f"{float(estimate.usd):.2f}"
    tokens = {"input": _rounded(estimate.input_tokens), "output": _rounded(estimate.output_tokens)}
    written = {"writer": f"{estimate.model} ({estimate.endpoint})", "cost": cost, "currency": known().currency}
    return {"key": estimate.key, **tokens, **written}


def _rounded(tokens: int) -> str:
    return f"{round(tokens, -2 if tokens >= 1000 else -1):,}"
