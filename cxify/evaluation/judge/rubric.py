"""The rubric as data: evals/rubric.yaml."""

from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from cxify.evaluation import home, reading
from cxify.evaluation.source import Strict

FILE = "rubric.yaml"
HIGHEST = 3


class Example(Strict):
    """A sentence with the answer to the question, from a document that nobody labels."""

    document: str
    sentence: str
    quote: str
    """The words that decide."""
    holds: bool


class Statement(Strict):
    """A question that each new sentence answers by itself, yes or no."""

    question: str
    when_yes: str
    when_no: str
    examples: Annotated[tuple[Example, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _quotations_stand_there(self) -> "Statement":
        if wrong := [each.quote for each in self.examples if each.quote not in each.sentence]:
            raise ValueError(f"“{wrong[0]}” does not stand in the sentence of its example")
        return self


class Criterion(Strict):
    """One question to a judge, and what the scores mean."""

    id: Annotated[str, Field(pattern=r"^R[0-9]+$")]
    name: str
    question: str
    weight: int = Field(ge=1)
    gate: bool = False
    anchors: dict[int, str]
    statement: Statement | None = None
    """Where a sentence shows the answer by itself, the judge reads no more than that."""

    @model_validator(mode="after")
    def _all_anchors(self) -> "Criterion":
        if set(self.anchors) != set(range(HIGHEST + 1)):
            raise ValueError(f"{self.id} needs an anchor for each of 0, 1, 2 and 3")
        return self


class Rubric(Strict):
    """All criteria."""

    version: str
    pass_mark: int
    criteria: tuple[Criterion, ...]

    @cached_property
    def sha256(self) -> str:
        """Hash of all that a judge is told of it."""
        return sha256(self.model_dump_json().encode()).hexdigest()


def rubric(path: Path | None = None) -> Rubric:
    """Read the rubric. Raises SettingsInvalid naming the file and the entry."""
    return reading.read(path or home.found(FILE), Rubric, "Compare it with the built-in one.")
