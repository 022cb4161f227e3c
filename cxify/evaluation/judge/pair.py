"""Which of two versions an expert would rather sign: asked in both orders, because judges favour a place."""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from cxify import prompts
from cxify.evaluation.judge import paper
from cxify.evaluation.judge.criterion import NOT_THERE
from cxify.evaluation.source import Strict
from cxify.evaluation.trial import Trial
from cxify.llm import Chat, ask

PROMPT: Final = "judge_pair"
Choice = Literal["first", "second", "neither"]


class Chosen(BaseModel):
    """What the model returns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    quote: Annotated[str, StringConstraints(min_length=2, max_length=400)]
    why: Annotated[str, StringConstraints(min_length=2, max_length=400)]
    choice: Choice


class Preference(Strict):
    """The outcome over both orders."""

    better: Literal["a", "b", "neither"]
    consistent: bool
    """False when the judge preferred a place and not a version; the outcome is then neither."""
    reasons: tuple[str, ...]


def prefer(chat: Chat, a: Trial, b: Trial, *, root: Path | None = None, version: str | None = None) -> Preference:
    """Return which version is better, if the judge says so in both orders. Raises ModelError."""
    forward, why = _chosen(chat, a, b, root, version)
    backward, why_too = _chosen(chat, b, a, root, version)
    said = {"first": "a", "second": "b", "neither": "neither"}[forward]
    said_too = {"first": "b", "second": "a", "neither": "neither"}[backward]
    better = said if said == said_too else "neither"
    return Preference.model_validate(
        {"better": better, "consistent": said == said_too, "reasons": (why, why_too)}, strict=False
    )


def _chosen(chat: Chat, first: Trial, second: Trial, root: Path | None, version: str | None) -> tuple[Choice, str]:
    prompt = prompts.find(PROMPT, version, root)
    messages = prompt.render(
        framework=paper.framework(first),
        source=paper.source(first),
        first=paper.changes(first),
        second=paper.changes(second),
    )
    asked = ask(
        chat,
        messages,
        Chosen,
        prompt.front.model,
        lambda found: () if paper.stands(found.quote, first, second) else (NOT_THERE,),
    )
    if asked.problems:
        return "neither", asked.problems[0]
    return asked.value.choice, f"“{asked.value.quote}”: {asked.value.why}"
