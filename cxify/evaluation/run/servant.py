"""Trials made and scored in child processes, so that all cores work while a model is waited for."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from cxify.evaluation.case import Case
from cxify.evaluation.failures import INTERNAL
from cxify.evaluation.run.attempt import attempt
from cxify.evaluation.run.scored import Scored, Scores, scored
from cxify.evaluation.run.subject import Subject
from cxify.evaluation.trial import Failure, Ground, Made, Trial
from cxify.llm import relay
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
class Servant:
    """What a child process does."""

    subject: Subject

    def result(self, case: Case) -> Result:
        """Make and score a trial. Raises CostLimit."""
        told = scored(attempt(case, self.subject))
        trial = told.trial
        return Result(trial.made, trial.output, trial.usage, trial.cost_usd, trial.seconds, trial.failure, told.scores)


def servant(subject: Subject, parent: Parent) -> Servant:
    """Return what a child process does; its writer leaves the model to the parent."""
    writer = subject.writer
    if isinstance(writer, LLMWriter):
        asking = relay.Relay(writer.chat.model, writer.chat.local, parent.ask)
        return Servant(replace(subject, writer=replace(writer, chat=asking)))
    return Servant(subject)


def travelling(writer: Writer) -> Writer:
    """Return a writer on its way to a child process: a key, a limit or a tape stays where it is."""
    return replace(writer, chat=relay.travelling(writer.chat)) if isinstance(writer, LLMWriter) else writer


def given_up(case: Case, ground: Ground, reason: str) -> Scored:
    """Return the result of a case whose child process ended; a run that is resumed does it again."""
    failure = Failure(exit_code=INTERNAL, message=f"The case was given up: {reason}.", type="Stopped")
    return scored(Trial(case, ground, failure=failure))
