"""cxify eval run and rescore: let a writer propose for the gold cases, and score what it proposes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxify.cli import shell
from cxify.cli.eval_start import MOST, start_early

if TYPE_CHECKING:
    from cxify.evaluation.runs import Run

SHOWN_WORST = 3
PATHS = click.Path(path_type=Path)


@click.command(cls=shell.Command)
@click.option("--prompt", help="NAME/VERSION: this version of a prompt, on the cases of its kind.")
@click.option("--model", default="library", show_default=True, help="library, or provider:name as for cxify rewrite.")
@click.option("--base-url", help="Address of an OpenAI-compatible server for --model openai:NAME.")
@click.option("--path", type=click.Choice(["auto", "structured", "sentence"]), help="What the model is asked for.")
@click.option("--against", help="Run a second version on the same cases: released, or NAME/VERSION.")
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1, 100), help="Runs of each case.")
@click.option("--cases", multiple=True, help="Names of cases: G1, J*, G1,G2 or quick.  [default: all]")
@click.option("--family", multiple=True, help="Only cases of this family.")
@click.option("-o", "--out", type=PATHS, help="Folder of the run.  [default: evals/runs/TIME-NAME]")
@click.option(
    "--resume", is_flag=True, help="Go on with the run in -o, and do again what network or machine made fail."
)
@click.option(
    "--tape", type=(PATHS, click.Choice(["record", "replay"])), help="FILE record | FILE replay: a recording."
)
@click.option("--prompts", type=PATHS, help="Folder with your own prompts.")
@click.option("--cases-dir", type=PATHS, help="Folder with your own cases.  [default: evals/cases]")
@click.option("--framework", type=PATHS, help="Your framework.  [default: the built-in template]")
@click.option("--evaluators", multiple=True, help="module:function, an evaluator of your own.")
@click.option("--judge", help="provider:name of a model that judges by the rubric, one call a criterion.")
@click.option("--judge-base-url", help="Address of an OpenAI-compatible server for --judge openai:NAME.")
@click.option(
    "--concurrency", type=click.IntRange(1, MOST), help="Cases at a time.  [default: 8; the cores without a model]"
)
@click.option("--max-cost", type=click.FloatRange(min=0), help="US dollars that the model may cost in this run.")
@shell.common
@click.pass_context
def run(ctx: click.Context, /, as_json: bool, **given: Any) -> None:
    """Run gold cases through the same steps as cxify rewrite, and score what comes out.

    An error is a result and counts as 0. A run that was interrupted goes on with --resume. Nothing is sent anywhere
    unless --model names a language model.

    \b
    Examples:
      cxify eval run
      cxify eval run --prompt review_form/2.0.0 --against released --model openai:gpt-6-luna --repeat 3
      cxify eval run --model openai:local --base-url http://127.0.0.1:8080/v1 --tape runs.json record
      cxify eval run --cases-dir our-cases --evaluators our_checks:tone
    """
    start_early(given)
    from cxify.cli.eval_order import order_of
    from cxify.evaluation import runs

    order = order_of(given)
    codes = [order.done(subject, folder) for subject, folder in order.subjects]
    told = [runs.load(folder.path) for _, folder in order.subjects]
    _show(told, as_json=as_json)
    if len(told) > 1 and not as_json:
        candidate, baseline = (run.folder for run in told)
        shell.show(f"\nNext: cxify eval compare {baseline} {candidate}")
    ctx.exit(max(codes))


@click.command(cls=shell.Command)
@click.argument("folder", metavar="RUN", type=PATHS)
@click.option("--cases-dir", type=PATHS, help="Folder with your own cases.  [default: evals/cases]")
@click.option("--framework", type=PATHS, help="Your framework.  [default: the built-in template]")
@click.option("--evaluators", multiple=True, help="module:function, an evaluator of your own.")
@shell.common
def rescore(
    folder: Path, cases_dir: Path | None, framework: Path | None, evaluators: tuple[str, ...], as_json: bool
) -> None:
    """Score a run anew from its stored proposals and documents, without any model.

    After an evaluator, a case's expectations or a rule has changed. RUN is the folder that `cxify eval run` has made.

    \b
    Example:
      cxify eval rescore evals/runs/20261122-101500-library
    """
    from cxify.cli.eval_order import scored_anew
    from cxify.evaluation import runs

    scored_anew(folder, cases_dir, framework, evaluators)
    _show([runs.load(folder)], as_json=as_json)


def _show(told: "list[Run]", *, as_json: bool) -> None:
    if as_json:
        data = [_data(run) for run in told]
        shell.show_json(data if len(data) > 1 else data[0])
        return
    for run in told:
        shell.show(_summary(run))


def _data(run: "Run") -> dict[str, Any]:
    facts = run.model_dump(mode="json", exclude={"results"})
    failed = [result.case for result in run.results if result.error]
    return facts | {"scores": _means(run), "results": len(run.results), "failed": failed}


def _means(run: "Run") -> dict[str, float]:
    """Return the mean of each metric over the cases it applies to."""
    from cxify.evaluation.metrics import METRICS

    ids = dict.fromkeys([*(one.id for one in METRICS if one.cost or one.id in run.metrics), *run.metrics])
    scores = {id: [case.score(id) for case in run.by_case.values()] for id in ids}
    given = {id: [score for score in found if score is not None] for id, found in scores.items()}
    return {id: round(sum(found) / len(found), 4) for id, found in given.items() if found}


def _summary(run: "Run") -> str:
    from cxify.evaluation.metrics import metric

    cases = run.by_case
    failed = sum(bool(result.error) for result in run.results)
    lines = [
        f"{run.folder}: {len(cases)} of {len(run.cases)} cases, {run.repeat} run(s) each, {failed} failed"
        + ("" if run.complete else "; not complete, --resume goes on with it")
    ]
    if failed == len(run.results):
        return lines[0]
    for id, mean in _means(run).items():
        lines.append(f"  {metric(id).title:28} {_figure(mean, metric(id).unit)}")
    points = sorted((case.score("points") or 0.0, id) for id, case in cases.items())
    lines.append("  worst: " + ", ".join(f"{id} {score:.0f}" for score, id in points[:SHOWN_WORST]))
    return "\n".join(lines)


def _figure(mean: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * mean:6.1f} %"
    return f"{mean:8.4f} $" if unit == "dollars" else f"{mean:6.1f}"
