"""cxify eval compare and gate: what two runs say about each other, and whether a release may pass."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.evaluation.comparison import Comparison
    from cxify.evaluation.gate_settings import GateSettings

RUN = click.Path(path_type=Path)
_settings = click.option(
    "--settings", "settings_file", type=RUN, help="What has to be shown.  [default: evals/gate.yaml, if there]"
)


@click.command(cls=shell.Command)
@click.argument("baseline", type=RUN)
@click.argument("candidate", type=RUN)
@_settings
@click.option("--force", is_flag=True, help="Compare also runs that differ in cases, framework, rules or kinds.")
@click.option("--worst", type=click.IntRange(0), default=5, show_default=True, help="How many cases to show.")
@shell.common
def compare(
    baseline: Path, candidate: Path, settings_file: Path | None, force: bool, worst: int, as_json: bool
) -> None:
    """Say what got better and what got worse from one run to another, and how sure that is.

    \b
    Example:
      cxify eval compare evals/runs/A evals/runs/B

    docs/evals-statistics.md says which question each number answers.
    """
    from cxify.cli import say_comparison

    comparison, _ = _compared(baseline, candidate, settings_file, force=force)
    if as_json:
        shell.show_json(comparison.model_dump(mode="json"))
        return
    for line in say_comparison.lines(comparison, worst):
        shell.show(line)


@click.command(cls=shell.Command)
@click.argument("baseline", type=RUN)
@click.argument("candidate", type=RUN)
@_settings
@click.option("-o", "--output", type=RUN, help="Where the proof goes.  [default: gate.json in CANDIDATE]")
@shell.common
@click.pass_context
def gate(
    ctx: click.Context,
    baseline: Path,
    candidate: Path,
    settings_file: Path | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Let a release pass, or stop it for a proven loss.

    Ends with 0 when the candidate may pass, 1 when it has lost more than the margin in a gated metric, and 3 when there
    are too few cases to say, with how many are needed. The proof for `cxify prompts release` is written as gate.json.

    \b
    Example:
      cxify eval gate evals/runs/A evals/runs/B
    """
    from cxify import files
    from cxify.cli import say_comparison
    from cxify.evaluation import gate as gates

    comparison, settings = _compared(
        baseline, candidate, settings_file, force=True
    )  # the gate itself refuses what differs
    verdict = gates.gate(comparison, settings)
    record = gates.record(comparison, verdict, shell.now())
    files.write_atomically(output or candidate / gates.FILE, record.model_dump_json(indent=2).encode() + b"\n")
    if as_json:
        shell.show_json(record.model_dump(mode="json"))
    else:
        for line in say_comparison.verdict(comparison, verdict):
            shell.show(line)
    ctx.exit(verdict.exit_code)


def _compared(
    baseline: Path, candidate: Path, settings_file: Path | None, *, force: bool
) -> "tuple[Comparison, GateSettings]":
    """Read and compare both runs."""
    from cxify.evaluation import compare as comparisons
    from cxify.evaluation import gate_settings, runs

    settings = gate_settings.load(settings_file)
    a, b = runs.load(baseline), runs.load(candidate)
    return comparisons.compare(a, b, force=force, settings=settings), settings
