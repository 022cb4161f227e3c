"""How close runs come to the ideal when a model takes its time."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.evals import costs
from cxify.evaluation.run import Planned, RunFolder, attempt
from cxify.evaluation.run.dataset import evaluate
from cxify.evaluation.trial import Failure, Trial
from cxify.proposal import Proposal
from cxify.writers import Task, Written
from cxify.writers.library import LibraryWriter


class Slow(LibraryWriter):
    """The built-in writer behind a model's time."""

    def __init__(self, latency: float) -> None:
        super().__init__()
        self.latency = latency

    def write(self, task: Task, previous: Proposal | None = None, findings: Any = ()) -> Written:
        """Wait as for a model, and propose."""
        time.sleep(self.latency)
        return super().write(task, previous, findings)


def runner(folder: Path, count: int, at_once: int, latency: float) -> float:
    """Run and store cases that wait and have nothing to score: what the runner itself adds."""
    ground, nothing = costs.subject().ground, Failure(exit_code=12, message="no answer", type="ProposalInvalid")

    def waited(one: Planned) -> Trial:
        time.sleep(latency)
        return Trial(one.case, ground, failure=nothing)

    return _run(folder, count, at_once, waited)


def everything(folder: Path, count: int, at_once: int, latency: float) -> float:
    """Run, rewrite, verify, score and store."""
    ours = costs.subject()
    slow = replace(ours, writer=Slow(latency))
    return _run(folder, count, at_once, lambda one: attempt(one.case, slow))


def _run(folder: Path, count: int, at_once: int, task: Callable[[Planned], Trial]) -> float:
    cases, run = costs.gold(count), RunFolder(folder)
    run.begin({"id": folder.name}, resume=False)
    begun = time.perf_counter()
    left = evaluate([Planned(case) for case in cases], task, run, concurrency=at_once)
    seconds = time.perf_counter() - begun
    assert not left
    assert len(list(run.lines())) == count
    return seconds


def pydantic_evals(count: int, at_once: int, latency: float) -> float:
    """Do the waiting in pydantic-evals, with one check that looks at nothing."""
    from pydantic_evals import Case, Dataset
    from pydantic_evals.evaluators import Equals

    async def waited(number: int) -> int:
        await asyncio.sleep(latency)
        return number

    dataset = Dataset[int, int, None](
        name="waiting", cases=[Case(name=str(n), inputs=n) for n in range(count)], evaluators=[Equals(value=1)]
    )
    begun = time.perf_counter()
    dataset.evaluate_sync(waited, max_concurrency=at_once, progress=False)
    return time.perf_counter() - begun
