"""Two runs side by side without names: whoever reads does not know which version wrote which text."""

import datetime
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from cxify import yamlfile
from cxify.errors import InputError
from cxify.evaluation.runs import Result, Run
from cxify.evaluation.source import Strict
from cxify.evaluation.trial import Made
from cxify.proposal import Proposed

FIRST, SECOND, NEITHER = "first", "second", "neither"
PAGE, SHEET = "blind.md", "blind.yaml"
_Key = tuple[str, int, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same edit in both runs, in other words."""

    case: str
    passage: str
    a: str
    b: str
    swapped: bool
    """Whether the text of B stands first on the page."""

    @property
    def shown(self) -> tuple[str, str]:
        """The two texts in the order of the page."""
        return (self.b, self.a) if self.swapped else (self.a, self.b)

    def preferred(self, verdict: str) -> Literal["a", "b", "neither"]:
        """Return which run a verdict on the page is for."""
        if verdict == NEITHER:
            return "neither"
        return "b" if (verdict == FIRST) == self.swapped else "a"


class Sheet(Strict):
    """What a reader says of each pair."""

    reader: Annotated[str, Field(min_length=1)]
    date: datetime.date
    verdicts: Mapping[int, Literal["first", "second", "neither"]]


def pairs(a: Run, b: Run, seed: int) -> tuple[Pair, ...]:
    """Return the edits that both runs made in different words, shuffled. The same seed gives the same order."""
    left, right = dict(_edits(a)), dict(_edits(b))
    differing = [key for key in left if key in right and left[key].inserted != right[key].inserted]
    order = random.Random(seed)  # noqa: S311 - hides an order from a reader, and no secret
    order.shuffle(differing)
    return tuple(
        Pair(key[0], left[key].evidence, left[key].inserted.strip(), right[key].inserted.strip(), order.random() < 0.5)
        for key in differing
    )


def _edits(run: Run) -> Iterator[tuple[_Key, Proposed]]:
    for result in run.results:
        for edit in _made(result).accepted:
            operation = edit.operation
            yield (result.case, result.repeat, operation.op, operation.block, edit.competencies), edit


def _made(result: Result) -> Made:
    return Made.model_validate_json(json.dumps(result.proposal or {}))


def page(found: Sequence[Pair]) -> str:
    """Return what the reader gets to see."""
    parts = [
        f"## {number}\n\nPassage ({pair.case}): {pair.passage}\n\nfirst: {pair.shown[0]}\n\nsecond: {pair.shown[1]}\n"
        for number, pair in enumerate(found, 1)
    ]
    head = (
        "# Which text would you rather sign?\n\n"
        f"Write first, second or neither behind each number in {SHEET}, before anybody looks up which is which.\n"
    )
    return "\n".join([head, *parts])


def sheet(found: Sequence[Pair]) -> str:
    """Return the sheet to be filled in."""
    lines = [f"  {number}: {NEITHER}" for number in range(1, len(found) + 1)]
    return "\n".join(['reader: ""', "date: null", "verdicts:  # first, second or neither", *lines]) + "\n"


def counted(found: Sequence[Pair], path: Path) -> dict[str, int]:
    """Return how often each run was preferred. Raises InputError naming what the sheet lacks."""
    remedy = f"Fill in the sheet that was written beside {PAGE}: reader, date, and each number."
    try:
        filled = Sheet.model_validate(yamlfile.read(path).data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{path}: {where}: {first['msg']}.", remedy) from None
    numbers = set(range(1, len(found) + 1))
    if numbers != set(filled.verdicts):
        wrong = ", ".join(str(number) for number in sorted(numbers ^ set(filled.verdicts)))
        raise InputError(f"{path} does not fit these runs and this seed: {wrong}.", remedy)
    said = [pair.preferred(filled.verdicts[number]) for number, pair in enumerate(found, 1)]
    return {side: said.count(side) for side in ("a", "b", "neither")}
