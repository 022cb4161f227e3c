"""From --judge to a judge, to its agreement with people, and to what it may gate."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cxify import framework, kinds, rules, settings
from cxify.cli.eval_chat import Recording, chat_of
from cxify.errors import SettingsInvalid
from cxify.evaluation import gate_settings
from cxify.evaluation.judge import Agreement, Criterion, Judge, Label, labelled_sentences, labels, rubric
from cxify.evaluation.judge.agreement import ALL, PROXIES, by_criterion, on_sentences, proxy
from cxify.evaluation.judge.agreement import read as agreements
from cxify.evaluation.judge.sentences import Sentence
from cxify.evaluation.run import selection
from cxify.evaluation.trial import Ground

if TYPE_CHECKING:
    from cxify.evaluation.run.own import OwnFunction

Agreements = dict[str, Agreement]
AGREEMENT = Path("evals/labels/judge.json")


def judge_for(model: str, base_url: str | None, tape: Recording | None = None) -> Judge:
    """Return the judge that --judge names."""
    chosen = settings.load(base_url=base_url)
    return Judge(chat_of(model, tape, chosen), rubric(), chosen.prompts)


def measured(judge: Judge | None, folder: Path | None, cases_dir: Path | None, only: Sequence[str] = ()) -> Agreements:
    """Return how far a judge, or without one the proxies, agree with people, criterion by criterion."""
    sentences = tuple(labelled_sentences(folder)) if judge else ()
    singly = _singly(judge) if judge else {}
    given = [label for label in labels(folder) if label.criterion not in singly]
    known = {label.criterion for label in given} | {id for one in sentences for id in one.holds if id in singly}
    if missing := sorted(set(only) - known):
        raise SettingsInvalid(
            f"There are no labels of {', '.join(missing)}.", f"There are some of {', '.join(sorted(known))}."
        )
    if not known:
        raise SettingsInvalid("There are no labels.", "docs/evals.md says how people give some.")
    found = _on_documents(judge, [label for label in given if not only or label.criterion in only], cases_dir)
    asked = [id for id in singly if not only or id in only]
    return found | {id: _on_sentences(judge, singly[id], sentences) for id in asked if judge}


def _singly(judge: Judge) -> dict[str, Criterion]:
    """Return the criteria that are judged sentence by sentence."""
    return {criterion.id: criterion for criterion in judge.rubric.criteria if criterion.statement}


def _on_sentences(judge: Judge, criterion: Criterion, sentences: Iterable[Sentence]) -> Agreement:
    return on_sentences(criterion.id, sentences, partial(judge.answer, criterion), judge.identity)


def _on_documents(judge: Judge | None, given: Sequence[Label], cases_dir: Path | None) -> Agreements:
    if not given:
        return {}
    cases = {case.id: case for case in selection.load(selection.folder(cases_dir))}
    if missing := sorted({label.case for label in given} - set(cases)):
        raise SettingsInvalid(f"The labels name cases that are not there: {', '.join(missing)}.", "Mend the names.")
    ground = Ground(framework.load(), kinds.load(), rules.load())
    if judge is None:
        return by_criterion(given, cases, ground, proxy, PROXIES)
    criteria = {criterion.id: criterion for criterion in judge.rubric.criteria}
    return by_criterion(given, cases, ground, lambda id, trial: judge.judge(criteria[id], trial), judge.identity)


def may_gate(judge: Judge, file: Path = AGREEMENT) -> tuple[str, ...]:
    """Return the criteria in which this very judge, its prompt and its model, has agreed with people often enough."""
    threshold = gate_settings.load(None).judge_agreement
    shown = agreements(file)
    return tuple(id for id, one in shown.items() if id != ALL and one.may_gate(judge.identity, threshold))


def own_evaluators(judge: Judge, gating: tuple[str, ...]) -> "tuple[OwnFunction, ...]":
    """Return the judge as evaluators of a run."""
    from cxify.evaluation.run.own import OwnFunction

    return tuple(OwnFunction(name, function) for name, function in judge.evaluators(gating).items())
