"""A finished or interrupted run, read from its folder: what was run, and every case with its repeats averaged."""

import json
import math
import statistics
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from cxify.errors import InputError
from cxify.evaluation.failures import unproven
from cxify.evaluation.metrics import COSTS

RUN, RESULTS = "run.json", "results.jsonl"
_COSTS = frozenset(cost.id for cost in COSTS)


class Frozen(BaseModel):
    """Frozen; keys that a later version of cxify adds to a run are no mistake."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Failure(Frozen):
    """What stopped a case."""

    exit_code: int = 1
    message: str = ""
    type: str = ""


class Usage(Frozen):
    """What the model calls of a case took."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    repairs: int = 0
    cost_usd: float | None = None


class Result(Frozen):
    """One line of results.jsonl: a case, run once."""

    case: str
    family: str
    kind: str = "unknown"
    language: str = ""
    tags: tuple[str, ...] = ()
    repeat: int = 1
    scores: Mapping[str, float | None] = Field(default={})
    checks: Mapping[str, bool | None] = Field(default={})
    details: Mapping[str, tuple[str, ...]] = Field(default={})
    findings: tuple[Any, ...] = ()
    usage: Usage = Usage()
    seconds: float = 0.0
    error: Failure | None = None
    proposal: Mapping[str, Any] | None = None
    output: str | None = None

    @field_validator("scores")
    @classmethod
    def _numbers(cls, scores: Mapping[str, float | None]) -> Mapping[str, float | None]:
        return {id: None if score is None or not math.isfinite(score) else score for id, score in scores.items()}

    @property
    def passed(self) -> bool:
        """Tell whether nothing stopped the case and no check failed."""
        return self.error is None and False not in self.checks.values()

    @property
    def costs(self) -> dict[str, float | None]:
        """Return the costs by the ids of their metrics."""
        tokens = self.usage.input_tokens + self.usage.output_tokens
        known: dict[str, float | None] = {
            "cost_usd": self.usage.cost_usd,
            "tokens": tokens,
            "seconds": self.seconds,
            "repairs": self.usage.repairs,
        }
        return known | {id: score for id, score in self.scores.items() if id in _COSTS}


class Averaged(Frozen):
    """A case over all its repeats."""

    results: tuple[Result, ...]

    @property
    def family(self) -> str:
        """The family of the case."""
        return self.results[0].family

    @property
    def passed(self) -> bool:
        """Tell whether every repeat passed."""
        return all(result.passed for result in self.results)

    @property
    def error(self) -> str | None:
        """The first message of what stopped a repeat."""
        return next((result.error.message for result in self.results if result.error), None)

    @property
    def unreached(self) -> bool:
        """Tell whether network or machine failed, which says nothing of the prompt."""
        errors = (result.error for result in self.results if result.error)
        return any(unproven(error.type, error.exit_code) for error in errors)

    @property
    def checks(self) -> dict[str, bool]:
        """Return the checks that apply; one holds where it held in every repeat, and none held in an error."""
        ids = dict.fromkeys(id for result in self.results for id in result.checks)
        applies = {id: [one.checks.get(id) for one in self.results if not one.error] for id in ids}
        stopped = any(result.error for result in self.results)
        return {id: not stopped and False not in held for id, held in applies.items() if {True, False} & set(held)}

    def score(self, metric: str) -> float | None:
        """Return the mean over the repeats, an error counting as 0; None where the metric does not apply."""
        known = self._known(metric)
        return sum(known) / len(known) if known else None

    def noise(self, metric: str) -> float | None:
        """Return the variance of the mean that the repeats leave; None without repeats."""
        known = self._known(metric)
        return statistics.variance(known) / len(known) if len(known) > 1 else None

    def _known(self, metric: str) -> list[float]:
        """Return the scores of the repeats, an error being 0; none where the metric does not apply."""
        if metric in _COSTS:
            costs = [result.costs.get(metric) for result in self.results]
            return [cost for cost in costs if cost is not None]
        done = [result.scores.get(metric) for result in self.results if not result.error]
        known = [score for score in done if score is not None]
        return [] if done and not known else [*known, *(0.0 for result in self.results if result.error)]


class Run(Frozen):
    """What was run, with what, and what came out."""

    folder: Path = Path()
    id: str
    created: str = ""
    cxify: str = ""
    writer: Mapping[str, Any] = Field(default={})
    prompts: Mapping[str, str] = Field(default={})
    model: str | None = None
    path: str | None = None
    repeat: int = 1
    cases: tuple[str, ...] = ()
    cases_sha256: str = ""
    case_sha256: Mapping[str, str] = Field(default={})
    """The same of each case; runs of before this was noted have none."""
    framework_sha256: str = ""
    rules_sha256: str = ""
    kinds_sha256: str = ""
    intensity: str = ""
    complete: bool = False
    results: tuple[Result, ...] = ()

    @cached_property
    def by_case(self) -> Mapping[str, Averaged]:
        """Every case that has a result, in the order of the results."""
        grouped: dict[str, list[Result]] = defaultdict(list)
        for result in self.results:
            grouped[result.case].append(result)
        return {case: Averaged(results=tuple(results)) for case, results in grouped.items()}

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """The ids of everything that was scored."""
        return tuple(dict.fromkeys(id for result in self.results for id in result.scores))


def load(folder: Path) -> Run:
    """Read a run folder. Raises InputError naming the file and the line."""
    path = folder / RUN
    try:
        facts = json.loads(path.read_text("utf-8"))
        results = _results(folder / RESULTS)
        return Run.model_validate(facts | {"folder": folder, "results": results})
    except FileNotFoundError as error:
        message = f"{folder} is no run: it has no {Path(error.filename).name}."
        raise InputError(message, "Give the folder that `cxify eval run` has made.") from None
    except (ValueError, TypeError) as error:
        raise InputError(f"{path} cannot be read: {_first(error)}.", "Run the evaluation anew.") from None


def _results(path: Path) -> tuple[Result, ...]:
    """Read all results; a case that was done again counts once, with its last result."""
    lines = path.read_text("utf-8").split("\n")
    found: dict[tuple[str, int], Result] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            result = Result.model_validate_json(line)
        except ValidationError as error:
            if number == len(lines):
                break  # the run was killed while it wrote this line, and will write it again when it resumes
            message = f"{path}, line {number}: {_first(error)}."
            raise InputError(message, "Take the line out and run with --resume, or run the evaluation anew.") from None
        found[result.case, result.repeat] = result
    return tuple(found.values())


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
