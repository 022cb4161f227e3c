"""How far a judge agrees with people: Cohen's kappa with quadratic weights, because 0 for 3 is worse than 2 for 3."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cxify.errors import SettingsInvalid
from cxify.evaluation.case import Case
from cxify.evaluation.evaluators import EVALUATORS, Verdict
from cxify.evaluation.judge.labels import Label, labelled
from cxify.evaluation.judge.rubric import HIGHEST
from cxify.evaluation.source import Strict
from cxify.evaluation.trial import Ground, Trial

Pair = tuple[int, int]
ALL = "all"
PROXIES = {"program": "cxify/evaluation/evaluators/rubric.py"}
ENOUGH = 10
"""Labels of a criterion; with fewer its kappa says nothing."""


class Agreement(Strict):
    """What was measured, and with what; it holds for this judge and for no other."""

    judge: dict[str, str]
    """Model, prompt and the prompt's hash; or the name of a program."""
    n: int
    kappa: float | None
    exact: float | None
    """Share of labels that were hit to the point."""
    silent: int
    """Labels on which the judge said nothing that could be used."""

    def may_gate(self, judge: Mapping[str, str], threshold: float) -> bool:
        """Tell whether this very judge has shown that it agrees with people."""
        enough = self.n >= ENOUGH and self.kappa is not None and self.kappa >= threshold
        return enough and dict(judge) == self.judge


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Return Cohen's kappa with quadratic weights; None when there is nothing that could disagree.

    Cohen, "Weighted kappa" (1968): 1 - observed over expected disagreement, both weighted by the squared distance.
    """
    if not pairs:
        return None
    observed = sum((a - b) ** 2 for a, b in pairs)
    firsts, seconds = zip(*pairs, strict=True)
    expected = sum((a - b) ** 2 for a in firsts for b in seconds) / len(pairs)
    return None if expected == 0 else 1 - observed / expected


def agreement(
    labels: Sequence[Label],
    cases: Mapping[str, Case],
    ground: Ground,
    judge: Callable[[str, Trial], Verdict],
    identity: dict[str, str],
) -> Agreement:
    """Let a judge score everything that people have labelled, and compare."""
    given: list[Pair] = []
    trials: dict[tuple[str, str], Trial] = {}
    for label in labels:
        key = label.case, label.proposal
        trials[key] = trials.get(key) or labelled(label, cases[label.case], ground)
        score = judge(label.criterion, trials[key]).score
        if score is not None:
            given.append((label.score, round(score * HIGHEST)))
    found = kappa(given)
    facts: dict[str, Any] = {
        "judge": identity,
        "n": len(given),
        "kappa": None if found is None else round(found, 4),
        "exact": round(sum(a == b for a, b in given) / len(given), 4) if given else None,
        "silent": len(labels) - len(given),
    }
    return Agreement.model_validate(facts)


def by_criterion(
    labels: Sequence[Label],
    cases: Mapping[str, Case],
    ground: Ground,
    judge: Callable[[str, Trial], Verdict],
    identity: dict[str, str],
) -> dict[str, Agreement]:
    """Return the agreement over all labels, and for each criterion; nothing is judged twice."""
    cache: dict[tuple[str, str, str], Verdict] = {}

    def once(criterion: str, trial: Trial) -> Verdict:
        key = criterion, trial.case.id, trial.made.model_dump_json()
        cache[key] = cache.get(key) or judge(criterion, trial)
        return cache[key]

    given: dict[str, list[Label]] = {ALL: list(labels)}
    for label in sorted(labels, key=lambda label: int(label.criterion[1:])):
        given.setdefault(label.criterion, []).append(label)
    return {id: agreement(some, cases, ground, once, identity) for id, some in given.items()}


def read(path: Path) -> dict[str, Agreement]:
    """Return what was measured, by criterion; nothing where no file is. Raises SettingsInvalid."""
    if not path.exists():
        return {}
    try:
        return TypeAdapter(dict[str, Agreement]).validate_json(path.read_bytes())
    except ValidationError:
        remedy = "Measure it anew: cxify eval agreement --judge provider:name -o FILE."
        raise SettingsInvalid(f"{path} is no agreement of a judge with people.", remedy) from None


def proxy(criterion: str, trial: Trial) -> Verdict:
    """Return what the deterministic proxy says, to be compared with people like any judge."""
    return EVALUATORS[f"rubric_{criterion.lower()}"](trial)
