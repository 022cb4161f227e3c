"""Child processes for a large evaluation run: they make, prove and score documents, the run asks the model."""

import math
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Final

from cxify import batch, framework, kinds, pipeline, rules
from cxify.batch.server import start_server
from cxify.evaluation.run import Planned, Subject
from cxify.evaluation.run.scored import Scored
from cxify.evaluation.run.servant import Result, Servant, given_up, servant, travelling
from cxify.evaluation.trial import Ground
from cxify.llm.loading import preload
from cxify.llm.relay import COMPLETE, completing
from cxify.settings import Settings
from cxify.writers import Writer
from cxify.writers.llm import LLMWriter

WARM: Final = "cxify.evaluation.run.warm"
MANY: Final = 20
"""Trials from which on child processes pay for their start."""


def cores() -> int:
    """Return how many child processes can compute at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ground(chosen: Settings) -> Ground:
    """Load framework, kinds and rules."""
    return Ground(framework.load(chosen.framework), kinds.load(chosen.kinds), rules.load(chosen.rules))


def child(chosen: Settings, writer: Writer, options: pipeline.Options, parent: batch.Parent) -> Servant:
    """Return what a child process does; it loads what the settings name for itself."""
    return servant(Subject(writer, ground(chosen), options), parent)


@contextmanager
def apart(subject: Subject, chosen: Settings, at_once: int) -> Iterator[Callable[[Planned], Scored]]:
    """Yield what makes and scores a trial in a child process."""
    writer, jobs = subject.writer, min(cores(), at_once)
    give = {COMPLETE: completing(writer.chat)} if isinstance(writer, LLMWriter) else {}
    make = partial(child, chosen, travelling(writer), subject.options)
    start_server(WARM, *((batch.WARM_MODEL,) if give else ()))
    if give:
        threading.Thread(target=preload, daemon=True).start()
    answers = batch.Answers(give, at_once)
    with closing(batch.Children(make, jobs, math.ceil(at_once / jobs), answers=answers)) as children:

        def made(one: Planned) -> Scored:
            try:
                result: Result = children.ask("result", one.case)
            except batch.Stopped as reason:
                return given_up(one.case, subject.ground, str(reason))
            return result.scored(one.case, subject.ground)

        yield made
