"""Where the processor's time of a case goes, and how large a report gets."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

from cxify import framework, kinds, pipeline, rules
from cxify.evaluation import Case, load_all, runs
from cxify.evaluation import compare as comparisons
from cxify.evaluation import report as reports
from cxify.evaluation.run import Planned, RunFolder, Subject, attempt
from cxify.evaluation.run.dataset import evaluate
from cxify.evaluation.run.scored import scored
from cxify.evaluation.trial import Ground
from cxify.evaluation.wordfile import made, word_file
from cxify.writers.library import LibraryWriter

GOLD = Path(__file__).parents[2] / "evals" / "cases"
DATE = "2026-11-22T08:00:00Z"
EACH = 4
"""Every so many gold cases are run; a report then shows each so many times, under names of their own."""
T = TypeVar("T")


@dataclass(frozen=True)
class Costs:
    """Milliseconds of processor per case."""

    cases: int
    source: float
    rewrite: float
    scoring: float
    runner: float


def subject() -> Subject:
    """Return the built-in writer on the built-in ground."""
    ground = Ground(framework.load(), kinds.load(), rules.load())
    return Subject(LibraryWriter(), ground, pipeline.Options(date=DATE))


def gold(count: int) -> tuple[Case, ...]:
    """Return so many cases, the gold cases again and again under names of their own."""
    every = enumerate(islice(cycle(load_all(GOLD)), count))
    return tuple(case.model_copy(update={"id": f"{case.id}x{number}"}) for number, case in every)


def per_case(folder: Path) -> Costs:
    """Measure each step alone; the runner is what is left of a run over results that are there already."""
    cases, ours = load_all(GOLD)[::EACH], subject()
    for case in cases:
        scored(attempt(case, ours))  # what is built once, such as patterns and Word files, is no cost of a case
    made.cache_clear()
    source, _ = _taken(lambda: [word_file(case) for case in cases])
    both, trials = _taken(lambda: [attempt(case, ours) for case in cases])
    scoring, _ = _taken(lambda: [scored(trial) for trial in trials])
    run = RunFolder(folder)
    run.begin({"id": "costs", **ours.facts(cases)}, resume=False)
    known = {trial.case.id: scored(trial) for trial in trials}
    runner, _ = _taken(lambda: evaluate([Planned(case) for case in cases], lambda one: known[one.case.id], run))
    number = len(cases)
    return Costs(number, source / number, both / number, scoring / number, runner / number)


def _taken(step: Callable[[], T]) -> tuple[float, T]:
    begun = time.process_time()
    result = step()
    return 1000 * (time.process_time() - begun), result


def report_sizes(folder: Path, count: int) -> tuple[int, int]:
    """Return the bytes of a page on one run of so many cases, and of one that compares two."""
    ours, cases = subject(), load_all(GOLD)[: count // EACH]
    a = _run(folder / "a", cases, ours)
    b = _run(folder / "b", cases, replace(ours, options=replace(ours.options, intensity="light")))
    known = {f"{case.id}x{n}": case.model_copy(update={"id": f"{case.id}x{n}"}) for case in cases for n in range(EACH)}
    comparison = comparisons.compare(a, b, force=True)
    alone, both = reports.alone(a, known), reports.compared(comparison, (a, b), known, None)
    return len(reports.page(alone).encode()), len(reports.page(both).encode())


def _run(folder: Path, cases: Sequence[Case], ours: Subject) -> runs.Run:
    run = RunFolder(folder)
    run.begin({"id": folder.name, "created": DATE, **ours.facts(cases), "repeat": 1}, resume=False)
    evaluate([Planned(case) for case in cases], lambda one: attempt(one.case, ours), run)
    run.replace([line | {"case": f"{line['case']}x{n}"} for line in run.lines() for n in range(EACH)])
    run.end(complete=True)
    return runs.load(folder)
