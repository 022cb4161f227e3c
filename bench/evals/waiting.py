"""How close runs come to the ideal when a model takes its time."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from bench.evals import costs, endpoint, processor
from cxify import settings
from cxify.batch import Children, Parent, Stopped
from cxify.cli.eval_apart import apart, under_way
from cxify.cli.eval_start import WARM
from cxify.evaluation import Case, load_all
from cxify.evaluation.run import Planned, RunFolder, Subject
from cxify.evaluation.run.dataset import Task, evaluate
from cxify.evaluation.trial import Failure, Trial
from cxify.forking import WARM_MODEL, start_server
from cxify.llm import Answer, ModelChat, Tokens
from cxify.llm.loading import preload
from cxify.llm.pace import Pace
from cxify.llm.rehearsal import Request
from cxify.llm.relay import completing
from cxify.machine import cores
from cxify.prompts import Options
from cxify.writers.llm import LLMWriter

_NOTHING = Request((), None, Options(max_output_tokens=16))


@dataclass(frozen=True)
class Waiting:
    """So many cases, so many at a time, and how long the model takes for each."""

    count: int
    at_once: int
    latency: float

    @property
    def ideal(self) -> float:
        """Seconds that nobody can be below."""
        return self.count / self.at_once * self.latency


def runner(folder: Path, waiting: Waiting) -> float:
    """Run and store cases that wait and have nothing to score: what the runner itself adds."""
    ground, nothing = costs.subject().ground, Failure(exit_code=12, message="no answer", type="ProposalInvalid")

    def waited(one: Planned) -> Trial:
        time.sleep(waiting.latency)
        return Trial(one.case, ground, failure=nothing)

    return _timed(folder, costs.gold(waiting.count), waited, waiting.at_once)


@dataclass(frozen=True)
class Everything:
    """Seconds of the whole work, and of less."""

    loaded: float
    """What a user has done, all libraries and children being there."""
    processor: float
    """Seconds of processor that this took in all processes."""
    calls: float
    """The same calls in pydantic-evals alone."""
    typed: float
    """The command, which begins with nothing."""


def everything(folder: Path, waiting: Waiting) -> Everything:
    """Time real runs.

    Real cases, a language model's writer, an endpoint that takes its time, documents made, proved, scored and stored.
    """
    library = costs.subject()
    asked, answers = endpoint.prepared(load_all(costs.GOLD), library)
    with endpoint.slow(answers, waiting.latency) as model:
        chat = ModelChat("openai:bench", base_url=model.base_url, pace=Pace(waiting.at_once))
        asking = replace(library, writer=LLMWriter(chat, path="structured"))
        loaded()
        cases = _named([case for case, _ in asked], waiting.count)
        ours, spent = _everything(folder, cases, asking, waiting.at_once, model.process)
        alone = pydantic_evals([request for _, request in asked], waiting, completing(chat))
        typed = _command(folder, [case.id for case, _ in asked], waiting, model.base_url)
        return Everything(ours, spent, alone, typed)


def _command(folder: Path, ids: Sequence[str], waiting: Waiting, base_url: str) -> float:
    """Return the seconds of `cxify eval run` as it is typed, on as many trials."""
    repeat = waiting.count // 40
    chosen = ",".join(ids[: waiting.count // repeat])
    options = f"--cases {chosen} --repeat {repeat} --path structured --model openai:bench --base-url {base_url}"
    command = [sys.executable, "-m", "cxify", "eval", "run", *options.split(), "--concurrency", str(waiting.at_once)]
    begun = time.perf_counter()
    subprocess.run([*command, "-o", str(folder / "command")], check=True, capture_output=True)
    return time.perf_counter() - begun


def pydantic_evals(requests: Sequence[Request], waiting: Waiting, ask: Callable[[Request], Answer]) -> float:
    """Make the same calls in pydantic-evals, with one check that looks at nothing."""
    from pydantic_evals import Case as EvalsCase
    from pydantic_evals import Dataset
    from pydantic_evals.evaluators import Equals

    def called(request: Request) -> str:
        return ask(request).text

    chosen = enumerate(islice(cycle(requests), waiting.count))
    cases = [EvalsCase(name=str(number), inputs=request) for number, request in chosen]
    dataset = Dataset[Request, str, None](name="waiting", cases=cases, evaluators=[Equals(value="")])
    begun = time.perf_counter()
    dataset.evaluate_sync(called, max_concurrency=waiting.at_once, progress=False)
    return time.perf_counter() - begun


def only_waiting(waiting: Waiting) -> float:
    """Let pydantic-evals wait without any call."""
    return pydantic_evals([_NOTHING], waiting, lambda _: _waited(waiting.latency))


def _waited(latency: float) -> Answer:
    time.sleep(latency)
    return Answer("", "stop", "bench", Tokens())


def _everything(folder: Path, cases: Sequence[Case], asking: Subject, at_once: int, model: int) -> tuple[float, float]:
    with apart(asking, settings.load(), at_once) as task:
        for case in cases[: 2 * cores()]:
            task(Planned(case))  # children that are still starting are no cost of a case
        before = processor.seconds(model)
        wall = _timed(folder, cases, task, under_way(at_once), answered=True)
        return wall, processor.seconds(model) - before


def loaded() -> None:
    """Load what a run takes before it is timed: the model's library here, and what children are forked from."""
    start_server(WARM, WARM_MODEL)
    with closing(Children(_idle)) as children:
        preload()
        with suppress(Stopped):  # it can do nothing, and says so when it is loaded
            children.ask("nothing", None)


def _idle(_: Parent) -> None:
    """Make a servant that can do nothing."""


def _named(cases: Sequence[Case], count: int) -> tuple[Case, ...]:
    every = enumerate(islice(cycle(cases), count))
    return tuple(case.model_copy(update={"id": f"{case.id}x{number}"}) for number, case in every)


def _timed(folder: Path, cases: Sequence[Case], task: Task, at_once: int, *, answered: bool = False) -> float:
    run = RunFolder(folder)
    run.begin({"id": folder.name}, resume=False)
    begun = time.perf_counter()
    left = evaluate([Planned(case) for case in cases], task, run, concurrency=at_once)
    seconds = time.perf_counter() - begun
    lines = list(run.lines())
    assert not left
    assert len(lines) == len(cases)
    assert not answered or all(line["output"] and line["usage"]["calls"] == 1 for line in lines)
    return seconds
