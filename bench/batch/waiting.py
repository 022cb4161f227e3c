"""How close a run comes to the ideal when a model takes two seconds, beside LangChain's own `batch()`."""

import logging
import math
import tempfile
import time
from pathlib import Path
from typing import Any

from langchain_openai import ChatOpenAI

from bench.batch.documents import written
from bench.storm.loaded import loaded
from cxify import batch
from cxify.batch import Making
from cxify.cli.local import How, Order
from cxify.llm import Meter, ModelChat
from cxify.llm.pace import Pace
from cxify.settings import Settings
from cxify.writers.llm import LLMWriter
from tests.storm_endpoint import storm_apart

DATE = "2026-11-22T08:00:00Z"
ROUNDS = {1: 4, 8: 5, 32: 10, 128: 5}
"""Rounds of so many calls: a run begins with a glance at each document and with as many first requests, once."""


def report(latency: float, at_once: list[int]) -> None:
    """Print the share of the ideal for each number of requests at a time."""
    logging.disable(logging.WARNING)
    loaded()
    print(f"a model that takes {latency:g} s: documents x latency / at once is the ideal; all libraries are loaded")
    print("  at once   documents   ideal s   cxify s   of ideal   LangChain batch() s   of ideal")
    for number in at_once:
        count = number * ROUNDS.get(number, 4)
        ideal = math.ceil(count / number) * latency
        ours, plain = _ours(count, number, latency), _plain(count, number, latency)
        print(
            f"  {number:7}   {count:9}   {ideal:7.1f}   {ours:7.1f}   {ideal / ours:8.0%}   {plain:19.1f}   "
            f"{ideal / plain:8.0%}",
            flush=True,
        )
    print()


def _ours(count: int, at_once: int, latency: float) -> float:
    with tempfile.TemporaryDirectory() as folder, storm_apart(0.0, latency=latency) as endpoint:
        written(Path(folder, "in"), count)
        plan = batch.plan([Path(folder, "in")], Path(folder, "out"))
        batch.prepare(plan.out)
        chat = ModelChat("openai:storm-1", base_url=endpoint.base_url, pace=Pace(at_once), timeout=60)
        writer = LLMWriter(Meter(chat), path="structured")
        by = Making.of(Settings(), writer, kind=None, date=DATE)
        order = Order(Settings(), None, DATE, plan.out, write=True)
        fingerprint = by.fingerprint  # the command reads the prompts while the server of the children loads
        begun = time.perf_counter()
        done = batch.run(
            plan,
            by.rewrite,
            settings=fingerprint,
            concurrency=at_once,
            thread=batch.Thread(by.look, by.weave, by.glance),
            pages=by.sheet,
            book=by.book,
            apart=How().apart(order, writer, count, at_once),
            keep_details=False,
        )
        seconds = time.perf_counter() - begun
    assert not done.count("failed"), [outcome.message for outcome in done.outcomes if outcome.status == "failed"][:1]
    return seconds


def _plain(count: int, at_once: int, latency: float) -> float:
    """Only the calls, each with a request of the size of a document."""
    with storm_apart(0.0, latency=latency) as endpoint:
        model = ChatOpenAI(model="storm-1", base_url=endpoint.base_url, api_key="none", max_retries=0)
        asked: list[Any] = [f"Document {number}\n" + "Keep the records complete. " * 200 for number in range(count)]
        begun = time.perf_counter()
        model.batch(asked, config={"max_concurrency": at_once}, return_exceptions=True)
        return time.perf_counter() - begun
