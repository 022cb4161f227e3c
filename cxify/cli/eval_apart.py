"""Child processes for a large evaluation run: they make, prove and score documents, the run asks the model."""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial

from cxify import batch, framework, kinds, pipeline, rules
from cxify.cli.eval_start import MOST, WARM
from cxify.evaluation.run import Planned, Subject
from cxify.evaluation.run.scored import Scored
from cxify.evaluation.run.servant import Result, Servant, given_up, servant, timed, travelling
from cxify.evaluation.trial import Ground
from cxify.forking import WARM_MODEL, start_server
from cxify.llm.loading import preload
from cxify.llm.relay import COMPLETE, completing
from cxify.machine import cores
from cxify.settings import Settings
from cxify.writers import Writer
from cxify.writers.llm import LLMWriter


def under_way(at_once: int) -> int:
    """Return how many cases are begun, so that one is read when a place at the model is free, and others are scored."""
    return max(at_once, min(2 * at_once, MOST))


def ground(chosen: Settings) -> Ground:
    """Load framework, kinds and rules."""
    return Ground(framework.load(chosen.framework), kinds.load(chosen.kinds), rules.load(chosen.rules))


def child(chosen: Settings, writer: Writer, options: pipeline.Options, parent: batch.Parent) -> Servant:
    """Return what a child process does; it loads what the settings name for itself."""
    return servant(Subject(writer, ground(chosen), options), parent)


@contextmanager
def apart(subject: Subject, chosen: Settings, at_once: int) -> Iterator[Callable[[Planned], Scored]]:
    """Yield what makes and scores a trial in a child process; of so many `under_way`, `at_once` are at the model."""
    writer, jobs = subject.writer, min(cores(), at_once)
    give = {COMPLETE: timed(completing(writer.chat))} if isinstance(writer, LLMWriter) else {}
    make = partial(child, chosen, travelling(writer), subject.options)
    start_server(WARM, *((WARM_MODEL,) if give else ()))
    if give:
        threading.Thread(target=preload, daemon=True).start()
    answers, limits = batch.Answers(give, at_once), batch.Limits(nice=batch.STANDS_BACK)
    seats = math.ceil(under_way(at_once) / jobs)
    with closing(batch.Children(make, jobs, seats, limits, answers)) as children:

        def made(one: Planned) -> Scored:
            try:
                result: Result = children.ask("result", one.case)
            except batch.Stopped as reason:
                return given_up(one.case, subject.ground, str(reason))
            return result.scored(one.case, subject.ground)

        yield made
