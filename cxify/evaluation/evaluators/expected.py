"""How near a proposal comes to what the expert expects."""

import re
from collections.abc import Iterator

from cxify.evaluation import gold
from cxify.evaluation.case import Expected
from cxify.evaluation.evaluators.verdict import NOT_ASKED, Verdict, share
from cxify.evaluation.matching import conveyed, near
from cxify.evaluation.trial import Trial
from cxify.proposal import Comment


def points(trial: Trial) -> Verdict:
    """Return 0 to 100, as gold.py counts them."""
    score = trial.score
    missed = [f"{id} is missing" for id in score.missed]
    surplus = [f"{score.unexpected} edits that no expert expects"] if score.unexpected else []
    return Verdict(score.total, (*score.failures, *missed, *surplus))


def conveys(trial: Trial) -> Verdict:
    """Return how much of what has to be said the matched edits say."""
    if not trial.pairs:
        return NOT_ASKED
    shares = [(pair, conveyed(pair.expected, pair.text)) for pair in trial.pairs]
    weak = [f"{pair.expected.id} says little of “{pair.expected.must_convey}”" for pair, said in shares if said < 0.3]
    return Verdict(sum(said for _, said in shares) / len(shares), tuple(weak))


def required_found(trial: Trial) -> Verdict:
    """Return the share of the required edits that somebody proposed."""
    required = [expected for expected in trial.case.expected if expected.required]
    met = {pair.expected.id for pair in trial.pairs}
    return share(len(required), (f"{one.id} at {one.at} is missing" for one in required if one.id not in met))


def locks_kept(trial: Trial) -> Verdict:
    """Return the share of untouchable lines that are found in the result."""
    return share(len(trial.case.untouchable), gold.lost(trial.case, trial.result))


def forbidden_free(trial: Trial) -> Verdict:
    """Return the share of forbidden patterns that no new text holds."""
    added = "\n".join(edit.added for edit in trial.edits)
    found = (re.search(pattern, added, re.IGNORECASE) for pattern in trial.case.forbidden)
    return share(len(trial.case.forbidden), (f"“{hit.group()}” is forbidden here" for hit in found if hit))


def right_competency(trial: Trial) -> Verdict:
    """Return the share of the places that were hit where one of the expert's competencies is served."""
    faults, hit = [], 0
    for expected, offered in _hits(trial):
        hit += 1
        wanted = {*_levels(expected, trial.case.level)}
        if not wanted & {id.partition("@")[0] for id in offered}:
            faults.append(f"{expected.at}: {', '.join(sorted(offered)) or 'none'} for {', '.join(sorted(wanted))}")
    return share(hit, faults)


def right_level(trial: Trial) -> Verdict:
    """Return how often the competency stands at the expert's level; one level off is half."""
    distances = []
    for expected, offered in _hits(trial):
        wanted = _levels(expected, trial.case.level)
        steps = [abs(int(level) - wanted[id]) for id, _, level in (o.partition("@") for o in offered) if id in wanted]
        distances += [(expected, min(steps))] if steps else []
    if not distances:
        return NOT_ASKED
    reasons = tuple(f"{expected.at}: {steps} level(s) off" for expected, steps in distances if steps)
    return Verdict(sum(max(0.0, 1 - steps / 2) for _, steps in distances) / len(distances), reasons)


def _hits(trial: Trial) -> Iterator[tuple[Expected, set[str]]]:
    """Yield each expected edit of the text that has an edit near it, with the competencies offered there."""
    for expected in trial.case.expected:
        if expected.op == "comment" or not expected.competencies:
            continue
        there = [
            edit
            for edit in trial.accepted
            if not isinstance(edit.operation, Comment)
            and near(expected, trial.labels.get(edit.operation.block), trial.case)
        ]
        if there:
            yield expected, {id for edit in there for id in edit.competencies}


def _levels(expected: Expected, level: int) -> dict[str, int]:
    wanted = dict.fromkeys(expected.alternatives, level)
    return wanted | {id: int(at) for id, _, at in (one.partition("@") for one in expected.competencies)}
