"""A trial with what every metric says of it, computed in the thread or process in which it was made."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from cxify.document import Finding
from cxify.evaluation.evaluators import Verdict, checks, measured
from cxify.evaluation.trial import Trial

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Scores:
    """What cxify's own evaluators and the rules say of a trial."""

    verdicts: Mapping[str, Verdict]
    checks: Mapping[str, bool]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Scored:
    """A trial and its scores; None where they could not be computed, which the run then tries and tells itself."""

    trial: Trial
    scores: Scores | None


def scores_of(trial: Trial) -> Scores:
    """Return the scores of a trial."""
    verdicts = measured(trial)
    return Scores(verdicts, checks(trial, verdicts), trial.findings if trial.failure is None else ())


def scored(trial: Trial) -> Scored:
    """Return a trial with its scores, and never fail: what was made, and perhaps paid for, is kept."""
    try:
        return Scored(trial, scores_of(trial))
    except Exception:
        log.debug("%s", trial.case.id, exc_info=True)
        return Scored(trial, None)
