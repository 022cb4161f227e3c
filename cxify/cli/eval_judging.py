"""From --judge to a judge, to its agreement with people, and to what it may gate."""

from pathlib import Path

from cxify import framework, kinds, rules, settings
from cxify.cli.writer import chat_for
from cxify.errors import SettingsInvalid
from cxify.evaluation import gate_settings
from cxify.evaluation.judge import Agreement, Judge, labels, rubric
from cxify.evaluation.judge.agreement import ALL, PROXIES, by_criterion, proxy
from cxify.evaluation.judge.agreement import read as agreements
from cxify.evaluation.run import selection
from cxify.evaluation.run.own import OwnFunction
from cxify.evaluation.trial import Ground

AGREEMENT = Path("evals/labels/judge.json")


def judge_for(model: str, base_url: str | None) -> Judge:
    """Return the judge that --judge names."""
    chosen = settings.load(base_url=base_url)
    return Judge(chat_for(model, chosen, None), rubric(), chosen.prompts)


def measured(
    model: str | None, base_url: str | None, folder: Path | None, cases_dir: Path | None
) -> dict[str, Agreement]:
    """Return how far a judge, or without one the proxies, agree with people."""
    given = labels(folder)
    if not given:
        raise SettingsInvalid("There are no labels.", "docs/evals.md says how people give some.")
    cases = {case.id: case for case in selection.load(selection.folder(cases_dir))}
    if missing := sorted({label.case for label in given} - set(cases)):
        raise SettingsInvalid(f"The labels name cases that are not there: {', '.join(missing)}.", "Mend the names.")
    ground = Ground(framework.load(), kinds.load(), rules.load())
    if model is None:
        return by_criterion(given, cases, ground, proxy, PROXIES)
    judge = judge_for(model, base_url)
    criteria = {criterion.id: criterion for criterion in judge.rubric.criteria}
    return by_criterion(given, cases, ground, lambda id, trial: judge.judge(criteria[id], trial), judge.identity)


def may_gate(judge: Judge, file: Path = AGREEMENT) -> tuple[str, ...]:
    """Return the criteria in which this very judge, its prompt and its model, has agreed with people often enough."""
    threshold = gate_settings.load(None).judge_agreement
    shown = agreements(file)
    return tuple(id for id, one in shown.items() if id != ALL and one.may_gate(judge.identity, threshold))


def own_evaluators(judge: Judge, gating: tuple[str, ...]) -> tuple[OwnFunction, ...]:
    """Return the judge as evaluators of a run."""
    return tuple(OwnFunction(name, function) for name, function in judge.evaluators(gating).items())
