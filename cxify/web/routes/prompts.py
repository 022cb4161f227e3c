"""GET /prompts: what language models are told here, which models are allowed and what they cost, and what was used."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from cxify import prompts
from cxify.errors import PromptInvalid
from cxify.llm import ModelChat
from cxify.llm.usage import Tokens, about, cost, known
from cxify.prompts import Prompt
from cxify.store import lists, making
from cxify.store.lists import Brief, Those
from cxify.store.making import Making
from cxify.store.papers import Standing
from cxify.store.people import Person as Somebody
from cxify.web.context import Context, Here
from cxify.web.preferences import Preferences
from cxify.web.render import page
from cxify.web.routes.batches import kind_names
from cxify.web.signed_in import Person

router = APIRouter()
_LATEST: Final = 100
_PROPOSING: Final = ("proposal", "sentence")


@dataclass(frozen=True)
class Model:
    """A model that the operator allows."""

    name: str
    local: bool
    input: Decimal | None
    output: Decimal | None


@dataclass(frozen=True)
class Used:
    """What one document of the person was made with."""

    paper: Brief
    writer: str
    prompt: str
    framework: str
    usd: str


@router.get("/prompts")
def show(request: Request, here: Here, person: Person) -> Response:
    """Show prompts, models, and what the person's latest documents were made with."""
    return page(
        request,
        "prompts.html",
        prompts=_prompts(here.settings.prompts),
        names=kind_names(here, Preferences.of(request, here).language),
        models=[_model(here, name) for name in here.config.serve.models],
        as_of=known().as_of,
        currency=known().currency,
        used=list(_used(here, person)),
        latest=_LATEST,
    )


def _prompts(root: Path | None) -> list[dict[str, Any]]:
    """Return the prompts of a folder, read each time, or those that ship with cxify."""
    return _shipped() if root is None else list(_read(root))


@cache
def _shipped() -> list[dict[str, Any]]:
    # Reading and compiling them takes half a second, and they do not change while cxify runs.
    return list(_read(None))


def _read(root: Path | None) -> Iterator[dict[str, Any]]:
    """Yield each prompt that proposes text with its versions, the newest first, and the one that is used."""
    listed = [prompt for prompt in prompts.listing(root) if prompt.front.shape in _PROPOSING]
    for name, versions in groupby(listed, key=lambda prompt: prompt.name):
        active = _active(root, name)
        yield {"name": name, "active": active, "versions": sorted(versions, key=lambda each: each.order, reverse=True)}


def _active(root: Path | None, name: str) -> Prompt | None:
    try:
        return prompts.find(name, root=root)
    except PromptInvalid:
        return None  # only drafts


def _model(here: Context, name: str) -> Model:
    facts = about(name)
    return Model(name, ModelChat(name, base_url=here.settings.base_url).local, facts.input, facts.output)


def _used(here: Context, person: Somebody) -> Iterator[Used]:
    those = Those(owner=person.id, words=(str(Standing.READY), lists.DONE))
    ready = lists.found(here.engine, those, most=_LATEST)
    made = making.of(here.engine, [each.id for each in ready])
    yield from (_use(paper, made[paper.id]) for paper in ready if paper.id in made)


def _use(paper: Brief, made: Making) -> Used:
    writer, framework = made.writer, made.framework
    model = writer.get("model", "")
    spent = cost(model, Tokens(*(made.usage.get(f"{name}_tokens", 0) for name in ("input", "output", "cached"))))
    return Used(
        paper=paper,
        writer=model or writer.get("name", ""),
        prompt=_prompt(writer.get("prompts", ""), paper.taken_for or ""),
        framework=" ".join(filter(None, (framework.get("id", ""), framework.get("version", "")))),
        usd=f"{spent:.4f}" if model and spent is not None else "",
    )


def _prompt(listed: str, kind: str) -> str:
    """Return the prompt for a kind out of those that a writer had, or all of them."""
    return next((each for each in listed.split(", ") if each.startswith(f"{kind}@")), listed)
