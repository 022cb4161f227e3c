"""What is asked of every trial: small functions that give a score and say why it is not a full one."""

from typing import Final

from cxify.evaluation.evaluators import answers, expected, language, proposals, rubric
from cxify.evaluation.evaluators.verdict import NOT_ASKED, Evaluate, Verdict
from cxify.evaluation.metrics import BY_ID, SCORES
from cxify.evaluation.trial import Trial

__all__ = ["EVALUATORS", "NOT_ASKED", "Evaluate", "Verdict", "checks", "measured"]

EVALUATORS: Final[dict[str, Evaluate]] = {
    "points": expected.points,
    "conveys": expected.conveys,
    "schema_first_try": answers.schema_first_try,
    "sentences_used": answers.sentences_used,
    "locks_kept": expected.locks_kept,
    "reject_accept": answers.reject_accept,
    "required_found": expected.required_found,
    "right_competency": expected.right_competency,
    "right_level": expected.right_level,
    "forbidden_free": expected.forbidden_free,
    "rules_clean": proposals.rules_clean,
    "grounded": proposals.grounded,
    "observable": proposals.observable,
    "minimal": proposals.minimal,
    "no_duplicate": proposals.no_duplicate,
    "readability_kept": language.readability_kept,
    "language_kept": language.language_kept,
    "coding_kept": language.coding_kept,
    **{f"rubric_{id.lower()}": criterion for id, criterion in rubric.CRITERIA.items()},
}


def measured(trial: Trial) -> dict[str, Verdict]:
    """Return the verdict of every metric; a trial that failed has 0 in each."""
    if trial.failure is not None:
        said = (trial.failure.message,)
        return {metric.id: Verdict(0.0, said) for metric in SCORES}
    verdicts = {id: evaluate(trial) for id, evaluate in EVALUATORS.items()}
    return {id: _bounded(id, verdict) for id, verdict in verdicts.items()}


def checks(trial: Trial, verdicts: dict[str, Verdict]) -> dict[str, bool]:
    """Return what a trial passes or fails, whatever its points."""
    if trial.failure is not None:
        return dict.fromkeys(("untouched", "clean", "faithful"), False)
    score = trial.score
    return {
        "untouched": bool(score.untouched),
        "clean": bool(score.clean),
        "faithful": verdicts["reject_accept"].score == 1.0,
    }


def _bounded(id: str, verdict: Verdict) -> Verdict:
    if verdict.score is None:
        return verdict
    return Verdict(round(min(BY_ID[id].highest, max(0.0, verdict.score)), 6), verdict.reasons)
