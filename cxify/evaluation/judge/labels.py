"""What people said of proposals, criterion by criterion: evals/labels/*.yaml."""

from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field

from cxify.errors import SettingsInvalid
from cxify.evaluation import expert, home, reading, spoil
from cxify.evaluation.case import Case
from cxify.evaluation.judge.rubric import HIGHEST
from cxify.evaluation.source import Strict
from cxify.evaluation.trial import Ground, Made, Trial
from cxify.proposal import Proposed
from cxify.word import apply

EXPERT, NOTHING = "expert", "nothing"
_DATE = "2026-01-01T00:00:00Z"
Shape = TypeVar("Shape", bound=BaseModel)


class Label(Strict):
    """One person's score of one proposal by one criterion."""

    case: str
    proposal: str
    """expert, nothing, or the id of a fault of faults.yaml that spoils the expert's proposal."""
    criterion: Annotated[str, Field(pattern=r"^R[0-9]+$")]
    score: int = Field(ge=0, le=HIGHEST)
    why: str = ""


class Sheet(Strict):
    """The labels of one person, given on one day."""

    author: str
    date: date
    labels: tuple[Label, ...]


def labels(folder: Path | None = None) -> tuple[Label, ...]:
    """Read all labels. Raises SettingsInvalid naming the file and the entry."""
    stands = folder or home.found("labels")
    return tuple(label for path in sorted(stands.glob("*.yaml")) for label in sheet(path, Sheet).labels)


def sheet(path: Path, shape: type[Shape]) -> Shape:
    """Read one person's sheet. Raises SettingsInvalid naming the file and the entry."""
    return reading.read(path, shape, "docs/evals.md shows what a label is.")


def labelled(label: Label, case: Case, ground: Ground) -> Trial:
    """Return the trial that a label is about. Raises SettingsInvalid for a proposal that the case does not have."""
    empty = Trial(case, ground)
    edits = _edits(label, case, empty)
    data = (
        apply(empty.source, [edit.operation for edit in edits], author="cxify", date=_DATE) if edits else empty.source
    )
    return Trial(case, ground, Made(accepted=edits), data)


def _edits(label: Label, case: Case, trial: Trial) -> tuple[Proposed, ...]:
    if label.proposal == NOTHING:
        return ()
    if label.proposal == EXPERT:
        return expert.proposal(case, trial.document)
    for variant in spoil.variants(case, trial.document):
        if variant.fault.id == label.proposal:
            return variant.spoiled
    said = f"The label of {case.id} names a proposal “{label.proposal}” that does not exist."
    raise SettingsInvalid(said, "It may be expert, nothing, or the id of a fault that fits the case.")
