"""Print what a run of 200 documents takes: `python -m bench.storm` from the top of the checkout.

The endpoint is a local server that takes its time before each answer and, in bad weather, fails in every known way
(tests/storm_endpoint.py). The issue's ideal is documents x latency / concurrency; where that is no whole number of
rounds, nobody can come below the rounds x latency.
"""

import argparse
import logging
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench.storm.loaded import loaded
from cxify import batch, framework, kinds, pipeline
from cxify.batch import Done, Making
from cxify.cli.local import How, Order
from cxify.errors import AnswerAwaited
from cxify.llm import Meter, ModelChat
from cxify.llm.pace import Pace
from cxify.settings import Settings
from cxify.writers.llm import LLMWriter
from tests.storm_endpoint import HOPELESS, Ledger, storm_apart
from tests.test_storm import written

SAMPLES = Path(__file__).parents[2] / "samples"
DATE = "2026-11-22T08:00:00Z"


@dataclass(frozen=True)
class Run:
    """What one run was and took."""

    name: str
    done: Done
    ledger: Ledger
    meter: Meter
    seconds: float
    before: float
    """Seconds from the beginning to the first request."""
    slowest: int


def main() -> None:
    """Run in good and in bad weather and print the figures."""
    options = _options()
    logging.disable(logging.WARNING)
    loaded()
    rounds = math.ceil(options.documents / options.concurrency) * options.latency
    ideal = options.documents * options.latency / options.concurrency
    print(f"{options.documents} documents, {options.latency:g} s latency, {options.concurrency} at once")
    print(f"ideal: {ideal:.1f} s; in whole rounds, which nobody can beat: {rounds:.1f} s")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
    with tempfile.TemporaryDirectory() as folder:
        inbox = _inbox(Path(folder), options.documents)
        for name, share in _weathers(options):
            _print(_run(name, inbox, Path(folder) / name, share, options), options.documents, ideal, rounds)
        if "command" in options.only:
            _print_command(inbox, Path(folder) / "command", options, ideal, rounds)
    _print_tokens_by_kind()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.storm", description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--latency", type=float, default=2.0, help="seconds before each answer")
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--share", type=float, default=0.5, help="of requests that meet a fault in bad weather")
    parser.add_argument("--only", choices=["good", "bad", "command"], nargs="+", default=["good", "bad", "command"])
    parser.add_argument("--jobs", type=int, help="child processes")
    parser.add_argument("--isolate", action=argparse.BooleanOptionalAction, help="in child processes, or in this one")
    return parser.parse_args()


def _weathers(options: argparse.Namespace) -> Iterator[tuple[str, float]]:
    if "good" in options.only:
        yield "good weather", 0.0
    if "bad" in options.only:
        yield "bad weather", options.share


def _inbox(folder: Path, documents: int) -> Path:
    inbox = folder / "in"
    inbox.mkdir()
    words = dict(enumerate(HOPELESS, 5))
    for number in range(documents):
        written(inbox, number, words.get(number, ""))
    return inbox


def _run(name: str, inbox: Path, out: Path, share: float, options: argparse.Namespace) -> Run:
    plan = batch.plan([inbox], out)
    batch.prepare(out)
    with storm_apart(share, latency=options.latency) as weather:
        pace = Pace(options.concurrency)
        meter = Meter(ModelChat("openai:storm-1", base_url=weather.base_url, pace=pace, timeout=60))
        writer = LLMWriter(meter, path="structured")
        order, how = Order(Settings(), None, DATE, out, write=True), How(options.jobs, options.isolate)
        by = Making.of(Settings(), writer, kind=None, date=DATE)
        begun = time.monotonic()
        done = batch.run(
            plan,
            by.rewrite,
            settings=by.fingerprint,
            concurrency=options.concurrency,
            thread=batch.Thread(by.look, by.weave, by.glance),
            pages=by.sheet,
            book=by.book,
            apart=how.apart(order, writer, len(plan.jobs), options.concurrency),
        )
        seconds = time.monotonic() - begun
    return Run(name, done, weather.ledger, meter, seconds, weather.ledger.first - begun, pace.slowest)


def _print(run: Run, documents: int, ideal: float, rounds: float) -> None:
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
    print(f"  from the plan to the report {run.seconds:.1f} s, of which before the first request {run.before:.1f} s")
    print(f"  time over the ideal: {run.seconds / ideal:.2f}x, over the rounds {run.seconds / rounds:.2f}x", end=" ")
    print(f"(fewest at once: {run.slowest or 'never fewer'})\n", flush=True)


def _print_command(inbox: Path, out: Path, options: argparse.Namespace, ideal: float, rounds: float) -> None:
    """Time the command as a user gives it, with the start of Python and the loading of all libraries."""
    with storm_apart(0.0, latency=options.latency) as weather:
        # By this address it is no model of this machine, which would be asked for single sentences.
        address = weather.base_url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104  nothing is bound
        model = ("--model", "openai:storm-1", "--base-url", address, "--concurrency", str(options.concurrency))
        command = [sys.executable, "-m", "cxify", "rewrite", str(inbox), "-o", str(out), *model]
        begun = time.monotonic()
        subprocess.run(command, check=False, capture_output=True, env=os.environ | {"CXIFY_API_KEY": "none"})
        seconds = time.monotonic() - begun
    print("the whole command, in good weather")
    print(f"  {seconds:.1f} s, of which before the first request {weather.ledger.first - begun:.1f} s")
    print(f"  time over the ideal: {seconds / ideal:.2f}x, over the rounds {seconds / rounds:.2f}x\n", flush=True)


def _print_tokens_by_kind() -> None:
    """Say what one document costs, by kind, over the samples; nothing is sent."""
    from cxify.llm.unsent import Unsent

    built, known, settings = framework.load(None), kinds.load(None), pipeline.Options(DATE)
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
