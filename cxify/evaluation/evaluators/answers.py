"""What came back from the model and what went out as a file."""

from cxify.evaluation.evaluators.verdict import NOT_ASKED, Verdict, yes
from cxify.evaluation.trial import Trial


def schema_first_try(trial: Trial) -> Verdict:
    """Return the share of questions whose first answer could be used."""
    usage = trial.usage
    questions = usage.calls - usage.repairs
    if questions <= 0:
        return NOT_ASKED
    said = (f"{usage.repairs} of {usage.calls} calls asked again",) if usage.repairs else ()
    return Verdict(max(0.0, 1 - usage.repairs / questions), said)


def sentences_used(trial: Trial) -> Verdict:
    """Return the share of a small model's sentences that took the place of approved ones; whole proposals have none."""
    asked, used = trial.usage.sentences, trial.usage.reworded
    if not asked:
        return NOT_ASKED
    said = (f"{asked - used} of {asked} places kept the approved sentence",) if used < asked else ()
    return Verdict(used / asked, said)


def reject_accept(trial: Trial) -> Verdict:
    """Return whether rejecting gives back the source, and accepting exactly what was meant."""
    return yes(check.detail for check in trial.proof.checks if check.ok is False)
