"""Trials made and scored in child processes, so that all cores work while a model is waited for."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from cxify.evaluation.case import Case
from cxify.evaluation.failures import INTERNAL
from cxify.evaluation.run.attempt import attempt
from cxify.evaluation.run.scored import Scored, Scores, scored
from cxify.evaluation.run.subject import Subject
from cxify.evaluation.trial import Failure, Ground, Made, Trial
from cxify.llm import Answer, relay
from cxify.llm.rehearsal import Request
from cxify.writers import Usage, Writer
from cxify.writers.llm import LLMWriter


class Parent(Protocol):
    """Who owns the model: its key, its limits, its tape."""

    def ask(self, what: str, payload: Any, key: str) -> Any:
        """Return the answer. Raises the CxifyError that the parent met."""
        ...


@dataclass(frozen=True)
class Result:
    """What travels back of a trial: all that its run does not have already."""

    made: Made
    output: bytes | None
    usage: Usage
    cost_usd: float | None
    seconds: float
    failure: Failure | None
    scores: Scores | None

    def scored(self, case: Case, ground: Ground) -> Scored:
        """Return the trial as if it had been made here."""
        trial = Trial(
            case,
            ground,
            made=self.made,
            output=self.output,
            usage=self.usage,
            cost_usd=self.cost_usd,
            seconds=self.seconds,
            failure=self.failure,
        )
        return Scored(trial, self.scores)


@dataclass(frozen=True)
class Timed:
    """An answer of the model, and the seconds that it took."""

    answer: Answer
    seconds: float


def timed(complete: Callable[[Request], Answer]) -> Callable[[Request], Timed]:
    """Return what makes relayed requests and tells how long the model took, without the wait for a place at it."""

    def asked(request: Request) -> Timed:
        begun = time.monotonic()
        return Timed(complete(request), time.monotonic() - begun)

    return asked


class _Clock(threading.local):
    """The seconds for which a trial, which keeps to its thread, has waited for others."""

    waited: float = 0.0


@dataclass(frozen=True)
class _Asking:
    """Asks the parent, and notes what of the wait was not the model's."""

    parent: Parent
    clock: _Clock

    def __call__(self, what: str, payload: Any, key: str) -> Answer:
        begun = time.monotonic()
        told: Timed = self.parent.ask(what, payload, key)
        self.clock.waited += time.monotonic() - begun - told.seconds
        return told.answer


@dataclass(frozen=True)
class Servant:
    """What a child process does."""

    subject: Subject
    clock: _Clock = field(default_factory=_Clock)

    def result(self, case: Case) -> Result:
        """Make and score a trial; its seconds are its own and the model's. Raises CostLimit."""
        self.clock.waited = 0.0
        told = scored(attempt(case, self.subject))
        trial = told.trial
        seconds = max(0.0, round(trial.seconds - self.clock.waited, 3))
        return Result(trial.made, trial.output, trial.usage, trial.cost_usd, seconds, trial.failure, told.scores)


def servant(subject: Subject, parent: Parent) -> Servant:
    """Return what a child process does; its writer leaves the model to the parent."""
    writer = subject.writer
    if isinstance(writer, LLMWriter):
        clock = _Clock()
        asking = relay.Relay(writer.chat.model, writer.chat.local, _Asking(parent, clock))
        return Servant(replace(subject, writer=replace(writer, chat=asking)), clock)
    return Servant(subject)


def travelling(writer: Writer) -> Writer:
    """Return a writer on its way to a child process: a key, a limit or a tape stays where it is."""
    return replace(writer, chat=relay.travelling(writer.chat)) if isinstance(writer, LLMWriter) else writer


def given_up(case: Case, ground: Ground, reason: str) -> Scored:
    """Return the result of a case whose child process ended; a run that is resumed does it again."""
    failure = Failure(exit_code=INTERNAL, message=f"The case was given up: {reason}.", type="Stopped")
    return scored(Trial(case, ground, failure=failure))
