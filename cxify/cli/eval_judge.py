"""cxify eval agreement: how far a judge model, or the built-in proxies, agree with people's labels."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.evaluation.judge import Agreement

PATH = click.Path(path_type=Path)


@click.command(cls=shell.Command)
@click.option("--judge", help="provider:name of the judge.  [default: the deterministic proxies, without any model]")
@click.option("--judge-base-url", help="Address of an OpenAI-compatible server for --judge openai:NAME.")
@click.option("--criterion", multiple=True, help="R4: only this criterion; can be given again.  [default: all]")
@click.option(
    "--tape",
    type=(PATH, click.Choice(["record", "replay"])),
    help="FILE record | FILE replay: a recording of the judge.",
)
@click.option("--labels", type=PATH, help="Folder with the labels of people.  [default: evals/labels]")
@click.option("--cases-dir", type=PATH, help="Folder with your own cases.  [default: evals/cases]")
@click.option(
    "-o", "--out", type=PATH, help="Where the agreement goes: judge.json, which cxify eval run --judge reads."
)
@shell.common
def agreement(
    judge: str | None,
    judge_base_url: str | None,
    criterion: tuple[str, ...],
    tape: tuple[Path, str] | None,
    labels: Path | None,
    cases_dir: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Let a judge score what people have labelled, and say how far they agree (Cohen's kappa, quadratic weights).

    \b
    Examples:
      cxify eval agreement
      cxify eval agreement --judge openai:gpt-6.1-terra -o evals/labels/judge.json
      cxify eval agreement --judge openai:local --judge-base-url http://127.0.0.1:8080/v1 --criterion R4
    """
    from cxify import files
    from cxify.cli.eval_judging import judge_for, measured

    asked = judge_for(judge, judge_base_url, tape) if judge else None
    found = measured(asked, labels, cases_dir, criterion)
    data = {id: one.model_dump(mode="json") for id, one in found.items()}
    if out:
        files.write_atomically(out, (json.dumps(data, indent=1) + "\n").encode())
    if as_json:
        shell.show_json(data)
    else:
        shell.show(table(found))


def table(found: "dict[str, Agreement]") -> str:
    """Return the agreement, criterion by criterion."""
    rows = [f"{'criterion':10} {'labels':>6} {'of':9} {'kappa':>6} {'95 % interval':>16} {'exact':>6} {'silent':>6}"]
    return "\n".join([*rows, *(_row(id, one) for id, one in found.items())])


def _row(id: str, one: "Agreement") -> str:
    ends = "–" if one.low is None or one.high is None else f"{one.low:.2f} to {one.high:.2f}"
    return f"{id:10} {one.n:6} {one.unit:9} {_figure(one.kappa)} {ends:>16} {_figure(one.exact)} {one.silent:6}"


def _figure(value: float | None) -> str:
    return "     –" if value is None else f"{value:6.2f}"
