"""Print what a run of 200 documents takes: `python -m bench.storm` from the top of the checkout.

The endpoint is a local server that takes its time before each answer and, in bad weather, fails in every known way
(tests/storm_endpoint.py). The ideal is documents x latency / concurrency: what nobody can beat.
"""

import argparse
import logging
import math
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from cxify import batch, framework, kinds, pipeline, profile
from cxify.batch import Done
from cxify.errors import AnswerAwaited
from cxify.llm import Meter, ModelChat
from cxify.llm.pace import Pace
from cxify.writers.llm import LLMWriter
from tests.storm_endpoint import HOPELESS, Ledger, storm_apart
from tests.test_storm import written

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True)
class Run:
    """What one run was and took."""

    name: str
    done: Done
    ledger: Ledger
    meter: Meter
    seconds: float
    ideal: float
    slowest: int


def main() -> None:
    """Run in good and in bad weather and print the figures."""
    options = _options()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "in"
        inbox.mkdir()
        words = dict(enumerate(HOPELESS, 5))
        for number in range(options.documents):
            written(inbox, number, words.get(number, ""))
        runs = [
            _run(name, inbox, Path(folder) / name, share, options)
            for name, share in (("good weather", 0.0), ("bad weather", options.share))
        ]
    print(f"{options.documents} documents, {options.latency} s latency, {options.concurrency} at once\n")
    for run in runs:
        _print(run, options.documents)
    _print_tokens_by_kind()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.storm", description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--latency", type=float, default=2.0, help="seconds before each answer")
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--share", type=float, default=0.5, help="of requests that meet a fault in bad weather")
    return parser.parse_args()


def _run(name: str, inbox: Path, out: Path, share: float, options: argparse.Namespace) -> Run:
    built, known = framework.load(None), kinds.load(None)
    settings = pipeline.Options(
        kind=None, intensity="standard", author="cxify", user="bench", date="2026-11-22T08:00:00Z", tool_version="1"
    )
    plan = batch.plan([inbox], out)
    batch.prepare(out)
    with storm_apart(share, latency=options.latency) as weather:
        pace = Pace(options.concurrency)
        meter = Meter(ModelChat("openai:storm-1", base_url=weather.base_url, pace=pace, timeout=60))
        writer = LLMWriter(meter, path="structured")
        begun = time.perf_counter()
        done = batch.run(
            plan,
            lambda source, shared: pipeline.rewrite(
                source, framework=built, kinds=known, writer=writer, options=settings, shared=shared
            ),
            settings=name,
            concurrency=options.concurrency,
            thread=batch.Thread(
                lambda source: pipeline.look(source, framework=built, kinds=known, options=settings),
                lambda seen: profile.weave(seen, built),
            ),
        )
        seconds = time.perf_counter() - begun
    ideal = math.ceil(len(plan.jobs) / options.concurrency) * options.latency
    return Run(name, done, weather.ledger, meter, seconds, ideal, pace.slowest)


def _print(run: Run, documents: int) -> None:
    written_ = sum(outcome.status in ("rewritten", "unchanged") for outcome in run.done.outcomes)
    failed = run.done.count("failed")
    usages = [outcome.details["usage"] for outcome in run.done.outcomes if "calls" in outcome.details.get("usage", {})]
    repairs = sum(usage["repairs"] for usage in usages)
    twice = sum(count - 1 for count in run.ledger.answered.values())
    exact = (run.meter.tokens.input, run.meter.tokens.output) == (
        run.ledger.prompt_tokens,
        run.ledger.completion_tokens,
    )
    print(run.name)
    print(f"  done {written_} of {documents}, reported with its reason {failed}, lost {documents - written_ - failed}")
    print(f"  requests {run.ledger.requests}, of which faults {run.ledger.requests - run.ledger.faults['none']}")
    print(f"  answers that had to be mended: {repairs} of {sum(usage['calls'] for usage in usages)} calls")
    print(f"  answered and yet sent again: {twice}; bill right to the token: {'yes' if exact else 'NO'}")
    print(f"  time over the ideal: {run.seconds / run.ideal:.2f}x (fewest at once: {run.slowest or 'never fewer'})\n")


def _print_tokens_by_kind() -> None:
    """Say what one document costs, by kind, over the samples; nothing is sent."""
    from cxify.llm.unsent import Unsent

    built, known = framework.load(None), kinds.load(None)
    settings = pipeline.Options(
        kind=None, intensity="standard", author="cxify", user="bench", date="2026-11-22T08:00:00Z", tool_version="1"
    )
    found: dict[str, list[int]] = defaultdict(list)
    for path in sorted(SAMPLES.glob("*.docx")):
        chat = Unsent(ModelChat("openai:gpt-6-luna"))
        seen = pipeline.look(path.read_bytes(), framework=built, kinds=known, options=settings)
        with suppress(AnswerAwaited):
            pipeline.rewrite(
                path.read_bytes(),
                framework=built,
                kinds=known,
                writer=LLMWriter(chat, path="structured"),
                options=settings,
            )
        if chat.requests:
            found[seen.kind].append(chat.tokens.input)
    print("tokens read for one document (characters / 4), by kind of the samples")
    for kind, tokens in sorted(found.items()):
        print(f"  {kind:24}{mean(tokens):8.0f}   ({len(tokens)})")


if __name__ == "__main__":
    main()
