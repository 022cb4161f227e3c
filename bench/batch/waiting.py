"""How close a run comes to the ideal when a model takes two seconds, beside LangChain's own `batch()`."""

import logging
import math
import tempfile
import time
from pathlib import Path

from langchain_openai import ChatOpenAI

from bench.batch.documents import written
from cxify import batch, framework, kinds, pipeline, profile
from cxify.llm import Meter, ModelChat
from cxify.llm.pace import Pace
from cxify.writers.llm import LLMWriter
from tests.storm_endpoint import storm

LATENCY = 2.0
ROUNDS = {1: 4, 8: 5, 32: 5, 128: 3}


def report() -> None:
    """Print the share of the ideal for each number of documents at a time."""
    logging.disable(logging.WARNING)
    print(f"a model that takes {LATENCY:g} s: documents x latency / at once is the ideal")
    print("  at once   documents   ideal s   cxify s   of ideal   LangChain batch() s   of ideal")
    for at_once, rounds in ROUNDS.items():
        count = at_once * rounds
        ideal = math.ceil(count / at_once) * LATENCY
        ours, plain = _ours(count, at_once), _plain(count, at_once)
        print(
            f"  {at_once:7}   {count:9}   {ideal:7.1f}   {ours:7.1f}   {ideal / ours:8.0%}   {plain:19.1f}   "
            f"{ideal / plain:8.0%}",
            flush=True,
        )
    print()


def _ours(count: int, at_once: int) -> float:
    built, known = framework.load(None), kinds.load(None)
    options = pipeline.Options(date="2026-11-22T08:00:00Z")
    with tempfile.TemporaryDirectory() as folder, storm(0.0, latency=LATENCY) as endpoint:
        written(Path(folder, "in"), count)
        plan = batch.plan([Path(folder, "in")], Path(folder, "out"))
        batch.prepare(plan.out)
        chat = ModelChat("openai:storm-1", base_url=endpoint.base_url, pace=Pace(at_once), timeout=60)
        writer = LLMWriter(Meter(chat), path="structured")
        given = {"framework": built, "kinds": known, "options": options}
        begun = time.perf_counter()
        done = batch.run(
            plan,
            lambda source, shared: pipeline.rewrite(source, **given, writer=writer, shared=shared),
            settings="bench",
            concurrency=at_once,
            thread=batch.Thread(lambda source: pipeline.look(source, **given), lambda seen: profile.weave(seen, built)),
            keep_details=False,
        )
        seconds = time.perf_counter() - begun
    assert not done.count("failed"), [outcome.message for outcome in done.outcomes if outcome.status == "failed"][:1]
    return seconds


def _plain(count: int, at_once: int) -> float:
    """Only the calls, each with a request of the size of a document."""
    with storm(0.0, latency=LATENCY) as endpoint:
        model = ChatOpenAI(model="storm-1", base_url=endpoint.base_url, api_key="none", max_retries=0)  # type: ignore[arg-type]
        asked = [f"Document {number}\n" + "Keep the records complete. " * 200 for number in range(count)]
        begun = time.perf_counter()
        model.batch(asked, config={"max_concurrency": at_once}, return_exceptions=True)
        return time.perf_counter() - begun
