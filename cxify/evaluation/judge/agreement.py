"""How far a judge agrees with people, on documents by points and on sentences by yes and no."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from cxify.errors import SettingsInvalid
from cxify.evaluation.case import Case
from cxify.evaluation.evaluators import EVALUATORS, Verdict
from cxify.evaluation.judge.labels import Label, labelled
from cxify.evaluation.judge.rubric import HIGHEST
from cxify.evaluation.judge.sentences import Sentence
from cxify.evaluation.judge.statement import Reply
from cxify.evaluation.source import Strict
from cxify.evaluation.trial import Ground, Trial

Pair = tuple[int, int]
Identity = dict[str, str]
ALL = "all"
PROXIES = {"program": "cxify/evaluation/evaluators/rubric.py"}
ENOUGH = 10
"""Labels of a criterion; with fewer its kappa says nothing."""


class Agreement(Strict):
    """What was measured, and with what; it holds for this judge and for no other."""

    judge: Identity
    """Model, prompt and the prompt's hash; or the name of a program."""
    n: int
    kappa: float | None
    low: float | None = None
    high: float | None = None
    """The ends of kappa's 95 % interval; None where there is nothing that could disagree, or nothing disagreed."""
    unit: Literal["document", "sentence"] = "document"
    """What a label is about."""
    exact: float | None
    """Share of labels that were hit to the point."""
    silent: int
    """Labels on which the judge said nothing that could be used."""

    def may_gate(self, judge: Mapping[str, str], threshold: float) -> bool:
        """Tell whether this very judge has shown that it agrees with people, and not by chance."""
        enough = self.n >= ENOUGH and self.kappa is not None and self.kappa >= threshold
        by_chance = self.low is not None and self.low <= 0
        return enough and not by_chance and dict(judge) == self.judge


def agreement(
    labels: Sequence[Label],
    cases: Mapping[str, Case],
    ground: Ground,
    judge: Callable[[str, Trial], Verdict],
    identity: Identity,
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
    return _measured(given, len(labels) - len(given), identity, "document")


def on_sentences(
    criterion: str, labels: Iterable[Sentence], answer: Callable[[str, str], Reply | None], identity: Identity
) -> Agreement:
    """Let a judge answer for every sentence that people have labelled by a criterion, and compare."""
    asked = [(label, answer(label.document, label.text)) for label in labels if criterion in label.holds]
    given = [(int(label.holds[criterion]), int(reply.holds)) for label, reply in asked if reply is not None]
    return _measured(given, len(asked) - len(given), identity, "sentence")


def _measured(given: Sequence[Pair], silent: int, identity: Identity, unit: str) -> Agreement:
    from cxify.evaluation.statistics.kappa import kappa, kappa_interval

    ends = kappa_interval(given)
    facts: dict[str, Any] = {
        "judge": identity,
        "n": len(given),
        "kappa": _rounded(kappa(given)),
        "low": _rounded(ends[0]) if ends else None,
        "high": _rounded(ends[1]) if ends else None,
        "unit": unit,
        "exact": _rounded(sum(a == b for a, b in given) / len(given)) if given else None,
        "silent": silent,
    }
    return Agreement.model_validate(facts)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def by_criterion(
    labels: Sequence[Label],
    cases: Mapping[str, Case],
    ground: Ground,
    judge: Callable[[str, Trial], Verdict],
    identity: Identity,
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
