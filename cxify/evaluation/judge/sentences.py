"""What people said of single sentences: evals/labels/statements/*.yaml."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from cxify.evaluation import home
from cxify.evaluation.judge.labels import sheet
from cxify.evaluation.source import Strict

FOLDER = "statements"
Id = Annotated[str, StringConstraints(pattern=r"^R[0-9]+$")]


class Sentence(Strict):
    """A sentence, and what one person answered to the questions of some criteria."""

    document: str
    """What the document is: a job, or the kind of document."""
    origin: str = Field(alias="from")
    """Who wrote it."""
    text: str
    holds: dict[Id, bool]
    """The answers; a question that the person would not have sworn on is left out."""


class Sheet(Strict):
    """The answers of one person, given on one day."""

    author: str
    date: date
    labels: tuple[Sentence, ...]


def labelled_sentences(folder: Path | None = None) -> Iterator[Sentence]:
    """Yield all labelled sentences. Raises SettingsInvalid naming the file and the entry."""
    stands = (folder or home.found("labels")) / FOLDER
    for path in sorted(stands.glob("*.yaml")):
        yield from sheet(path, Sheet).labels
