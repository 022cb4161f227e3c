"""An upload from the first look to the last result: what each file is, what was chosen, start, progress, stop."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from cxify import kinds
from cxify.llm import ModelChat
from cxify.llm.usage import about, known
from cxify.web.context import Context, Here
from cxify.web.desk import choices, estimating, following, looking, starting
from cxify.web.desk.choices import Choices
from cxify.web.desk.estimating import Estimate
from cxify.web.desk.following import PaperState
from cxify.web.errors import Unreadable
from cxify.web.preferences import Preferences
from cxify.web.render import page, speaker
from cxify.web.signed_in import Person
from cxify.web.texts import ENGLISH
from cxify.writers.choice import LIBRARY

router = APIRouter()


@router.get("/batches/{batch_id}")
def show(request: Request, here: Here, person: Person, batch_id: str) -> Response:
    """Show an upload."""
    state = following.state(here, person, batch_id)
    estimate = None if state.started else estimating.estimate(here, person, batch_id)
    names = kind_names(here, Preferences.of(request, here).language)
    return page(
        request,
        "batch.html",
        batch=state,
        files=[_file(here, each, names) for each in state.papers],
        counts={"done": state.done, "total": state.total},
        finished=state.started and state.finished,
        reading=any(each.state == following.READING for each in state.papers),
        kinds=sorted(names.items(), key=lambda pair: pair[1]),
        choices=state.choices,
        frameworks=_frameworks(here, state.choices),
        writers=[_writer(here, writer) for writer in choices.writers(here)],
        estimate=estimate and _shown(estimate),
        estimating=estimate is None and not state.started and state.choices.writer != LIBRARY,
    )


@router.get("/batches/{batch_id}/state")
def state(request: Request, here: Here, person: Person, batch_id: str) -> JSONResponse:
    """Tell the script how far an upload is, with each state in words."""
    told = following.state(here, person, batch_id).as_data()
    say, spoken = here.texts.translate(Preferences.of(request, here).language), speaker(request)
    for file in told["files"]:
        words = {name: spoken.plain(file[name]) for name in ("message", "remedy")}
        file |= {"label": say(f"state.{file['state']}"), **words}
    return JSONResponse(told)


@router.post("/documents/{paper_id}/kind")
def correct(here: Here, person: Person, paper_id: str, kind: Annotated[str, Form()] = "") -> Response:
    """Take a document for another kind."""
    if kind and kind not in kinds.load(here.settings.kinds):
        raise Unreadable("There is no such kind of document.", "Choose one of the list.")
    paper = looking.relook(here, person, paper_id, kind or None)
    return RedirectResponse(f"/batches/{paper.batch_id}#f{paper_id}", 303)


@router.post("/batches/{batch_id}/choices")
def choose(
    here: Here,
    person: Person,
    batch_id: str,
    framework: Annotated[str, Form()] = choices.IN_USE,
    intensity: Annotated[str, Form()] = "standard",
    writer: Annotated[str, Form()] = LIBRARY,
) -> Response:
    """Choose framework, how much is proposed, and who writes."""
    wanted = {"framework": framework, "intensity": intensity, "writer": writer}
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
) -> Response:
    """Begin with what is chosen in the same form; a model needs the confirmation of its estimate, which is shown."""
    given = {"framework": framework, "intensity": intensity, "writer": writer}
    before = following.state(here, person, batch_id).choices
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


def kind_names(here: Context, language: str) -> dict[str, str]:
    """Return the kinds of documents by id, in a person's language where they have such a name."""
    found = kinds.load(here.settings.kinds)
    return {id: kind.name.get(language) or kind.name.get(ENGLISH) or id for id, kind in found.items()}


def _file(here: Context, paper: PaperState, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a file as its line shows it: kind in words, language by the part that the texts name."""
    language = paper.language.partition("-")[0]
    language = language if here.texts.has(f"languages.{language}") else "other"
    shown = {"kind_name": names.get(paper.kind, paper.kind), "language": language}
    return asdict(paper) | shown


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
