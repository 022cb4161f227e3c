"""Cases and evaluators as pydantic-evals knows them: its Dataset runs them, ours and an organisation's own alike."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic_evals import Case as EvalsCase
from pydantic_evals import Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext
from pydantic_evals.lifecycle import CaseLifecycle
from pydantic_evals.reporting import ReportCase, ReportCaseFailure

from cxify.document import Finding
from cxify.errors import CxifyError
from cxify.evaluation.case import Case
from cxify.evaluation.evaluators import Verdict
from cxify.evaluation.metrics import SCORES
from cxify.evaluation.run.folder import Line, RunFolder, line_of
from cxify.evaluation.run.planned import Planned
from cxify.evaluation.run.scored import Scored, Scores, scored, scores_of
from cxify.evaluation.trial import Trial

Told = Callable[[Line], None]
Context = EvaluatorContext[Planned, Trial, None]
Own = Evaluator[Planned, Trial, None]


Task = Callable[[Planned], Trial | Scored]
"""Makes a trial; one that has its scores already is not scored again."""

Known = dict[tuple[str, int], Scores]
"""Scores that were computed where the trial was made, by case and repeat, until its line is written."""


@dataclass(frozen=True)
class Attempts:
    """The task as pydantic-evals calls it, in a thread; the scores are computed there and not between all others."""

    task: Task
    known: Known

    def __call__(self, one: Planned) -> Trial:
        """Return a trial, and remember its scores."""
        made = self.task(one)
        told = made if isinstance(made, Scored) else scored(made)
        if told.scores is not None:
            self.known[one.key] = told.scores
        return told.trial


@dataclass(repr=False)
class BuiltIn(Evaluator[Planned, Trial, None]):
    """Every metric of cxify, and the checks."""

    known: Known

    def evaluate(self, ctx: Context) -> Mapping[str, bool | EvaluationReason]:
        """Return scores with their reasons; what is not asked is left out."""
        found = self.known.get(ctx.inputs.key) or scores_of(ctx.output)
        scores = {
            id: EvaluationReason(v.score, "\n".join(v.reasons))
            for id, v in found.verdicts.items()
            if v.score is not None
        }
        return {**scores, **found.checks}

    def build_serialization_arguments(self) -> dict[str, Any]:
        """Return what pydantic-evals notes beside every score: nothing."""
        return {}


@dataclass
class Keeper(CaseLifecycle[Planned, Trial, None]):
    """Stores each result as it ends."""

    planned: EvalsCase[Planned, Trial, None]
    folder: RunFolder
    tell: Told
    known: Known
    unfinished: list[str] = field(default_factory=list)

    async def teardown(
        self, result: ReportCase[Planned, Trial, None] | ReportCaseFailure[Planned, Trial, None] | None
    ) -> None:
        """Write the document and the line of a case; a case without a result stays to be done."""
        if isinstance(result, ReportCase):
            # In a thread: a disk that takes its time holds up no other case.
            self.tell(await asyncio.to_thread(self._kept, result))
        elif result is not None:
            self.unfinished.append(result.error_message)

    def _kept(self, result: ReportCase[Planned, Trial, None]) -> Line:
        one = self.planned.inputs
        line = _line(result, one.repeat, self.folder.keep(result.output, one.repeat), self.known.pop(one.key, None))
        self.folder.add(line)
        return line


def evaluate(
    planned: Sequence[Planned],
    task: Task,
    folder: RunFolder,
    *,
    own: Sequence[Own] = (),
    concurrency: int = 1,
    tell: Told = lambda _: None,
) -> tuple[str, ...]:
    """Run and score all that is planned; return why some of it has no result."""
    unfinished: list[str] = []
    known: Known = {}
    if planned:
        dataset: Dataset[Planned, Trial, None] = Dataset(
            name="gold cases",
            cases=[EvalsCase(name=f"{one.case.id}/{one.repeat}", inputs=one) for one in planned],
            evaluators=[BuiltIn(known), *own],
        )
        with _first_fault():
            dataset.evaluate_sync(
                Attempts(task, known),
                max_concurrency=concurrency,
                progress=False,
                lifecycle=lambda case: Keeper(case, folder, tell, known, unfinished),
            )
    return tuple(unfinished)


@contextmanager
def _first_fault() -> Iterator[None]:
    """Raise what ended the run, such as a result that cannot be stored, and not the group that asyncio makes of it."""
    try:
        yield
    except BaseExceptionGroup as group:
        raise next(_faults(group), group) from None


def _faults(error: BaseException) -> Iterator[CxifyError]:
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _faults(each)
    elif isinstance(error, CxifyError):
        yield error


def rescore(
    folder: RunFolder, cases: Mapping[str, Case], read: Callable[[Line, Case], Trial], own: Sequence[Own] = ()
) -> int:
    """Score the stored results anew and exchange them; return how many. What has no case any more stays as it is."""
    lines = {(line["case"], line["repeat"]): line for line in folder.lines()}
    scored: dict[tuple[str, int], Line] = dict(lines)
    known = [Planned(cases[id], repeat) for id, repeat in lines if id in cases]

    def again(one: Planned) -> Trial:
        return read(lines[one.case.id, one.repeat], one.case)

    kept = _Kept(folder.path, scored=scored, before=lines)
    evaluate(known, again, kept, own=own)
    folder.replace(list(scored.values()))
    return len(known)


@dataclass
class _Kept(RunFolder):
    """Collects lines instead of adding them; the documents stay as they are."""

    scored: dict[tuple[str, int], Line] = field(default_factory=dict)
    before: Mapping[tuple[str, int], Line] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Exchange the line of a case."""
        self.scored[line["case"], line["repeat"]] = line

    def keep(self, trial: Trial, repeat: int) -> str | None:
        """Return the name of the document that is there."""
        output: str | None = self.before[trial.case.id, repeat]["output"]
        return output


def _line(result: ReportCase[Planned, Trial, None], repeat: int, output: str | None, scores: Scores | None) -> Line:
    found: dict[str, Verdict] = {metric.id: Verdict(None) for metric in SCORES}
    found |= {id: _verdict(one.value, one.reason) for id, one in result.scores.items()}
    failed = {failure.name: Verdict(None, (failure.error_message,)) for failure in result.evaluator_failures}
    passed: dict[str, Any] = {id: bool(one.value) for id, one in result.assertions.items()}
    findings = scores.findings if scores else _findings(result.output)
    return line_of(result.output, repeat, output, found | failed, passed, findings)


def _findings(trial: Trial) -> tuple[Finding, ...]:
    return trial.findings if trial.failure is None else ()


def _verdict(value: float, reason: str | None) -> Verdict:
    return Verdict(float(value), tuple(reason.splitlines()) if reason else ())
