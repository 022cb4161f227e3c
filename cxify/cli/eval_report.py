"""cxify eval report: one page of a run or of two, and what CI servers and pull requests show."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.evaluation.case import Case
    from cxify.evaluation.comparison import Comparison
    from cxify.evaluation.gate_settings import GateSettings
    from cxify.evaluation.report import Gate, Report

PATH = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False)
PAGE = Path("report.html")
PAIR = ("baseline", "candidate")
"""What `cxify eval run --against` makes in its folder."""


@click.command(cls=shell.Command)
@click.argument("runs", nargs=-1, type=PATH, metavar="[BASELINE] RUN")
@click.option("--compare", "stored", type=FILE, help="Show what `cxify eval compare --json` has printed into a file.")
@click.option("-o", "--output", type=FILE, help="Where the page goes.  [default: report.html in RUN]")
@click.option("--markdown", type=FILE, help="Write a summary for a pull request too.")
@click.option("--junit", type=FILE, help="Write JUnit XML for a CI server too.")
@click.option("--cases-dir", type=PATH, help="The gold cases of the run.  [default: evals/cases]")
@click.option("--settings", type=FILE, help="What has to be shown.  [default: evals/gate.yaml, if there]")
@click.option("--force", is_flag=True, help="Compare also runs on other cases' contents, framework or rules.")
@shell.common
def report(
    runs: tuple[Path, ...],
    stored: Path | None,
    output: Path | None,
    markdown: Path | None,
    junit: Path | None,
    cases_dir: Path | None,
    settings: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write one page of a run, or of what a run changed against a baseline: worst cases first, with their redlines.

    The page is one file without script or request. Nothing is run again and no model is called.

    \b
    Examples:
      cxify eval report evals/runs/A
      cxify eval report evals/runs/A evals/runs/B -o report.html
      cxify eval report evals/runs/C        (of `cxify eval run --against`: its baseline and its candidate)
      cxify eval report evals/runs/A evals/runs/B --markdown summary.md --junit junit.xml
    """
    from cxify import files
    from cxify.evaluation import report as reports

    made, folder = _made(runs, stored, cases_dir, settings, force)
    output = output or folder / PAGE
    written = {output: reports.page(made).encode("utf-8")}
    written |= {markdown: reports.markdown(made).encode("utf-8")} if markdown else {}
    written |= {junit: reports.junit(made)} if junit else {}
    files.write_together(written)
    if as_json:
        shell.show_json(
            {"headline": made.headline, "verdict": made.verdict, "written": [str(file) for file in written]}
        )
        return
    shell.show(made.headline)
    for file in written:
        shell.show(f"-> {file}")


def _made(
    folders: tuple[Path, ...], stored: Path | None, cases_dir: Path | None, settings_file: Path | None, force: bool
) -> "tuple[Report, Path]":
    """Read what is asked for and return its report, and the folder of the run it is about."""
    from cxify.evaluation import compare as comparisons
    from cxify.evaluation import gate_settings, runs
    from cxify.evaluation import report as reports

    kept = _stored(stored) if stored else None
    home = folders[-1] if folders else Path()
    folders = _folders(folders, kept)
    read = [runs.load(folder) for folder in folders]
    known = _cases(cases_dir)
    if len(read) == 1:
        return reports.alone(read[0], known), home
    settings = gate_settings.load(settings_file)
    comparison = kept or comparisons.compare(read[0], read[1], force=force, settings=settings)
    return reports.compared(comparison, (read[0], read[1]), known, _gate(comparison, settings)), home


def _folders(given: tuple[Path, ...], kept: "Comparison | None") -> tuple[Path, ...]:
    """Return one or two run folders; a stored comparison names those that are not given. Raises a usage error."""
    if kept:
        named = (Path(kept.a.folder), Path(kept.b.folder))
        return {0: named, 1: (named[0], *given), 2: given}.get(len(given)) or _usage()
    if len(given) == 1 and (given[0] / PAIR[0]).is_dir() and (given[0] / PAIR[1]).is_dir():
        return tuple(given[0] / name for name in PAIR)
    return given if len(given) in (1, 2) else _usage()


def _usage() -> tuple[Path, ...]:
    raise click.UsageError("Name one run, or a baseline and a run, as folders of `cxify eval run`.")


def _stored(file: Path) -> "Comparison":
    """Read a stored comparison. Raises InputError."""
    from pydantic import ValidationError

    from cxify import files
    from cxify.errors import InputError
    from cxify.evaluation.comparison import Comparison

    try:
        return Comparison.model_validate_json(files.read(file))
    except ValidationError as error:
        message = f"{file} is no comparison: {error.errors()[0]['msg']}."
        raise InputError(message, "Write it with `cxify eval compare A B --json`.") from None


def _cases(folder: Path | None) -> "dict[str, Case]":
    """Return the gold cases by id; without the folder the page shows less of each case."""
    from cxify.errors import InputError
    from cxify.evaluation import home, load_all

    folder = folder or home.found("cases")
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder.", "Name the folder with the cases of the run.")
    return {case.id: case for case in load_all(folder)}


def _gate(comparison: "Comparison", settings: "GateSettings") -> "Gate | None":
    """Return what a release would be told; None where the runs cannot be judged."""
    from cxify.errors import InputError
    from cxify.evaluation import gate as gates
    from cxify.evaluation.report import Gate

    try:
        verdict = gates.gate(comparison, settings)
    except InputError:
        return None
    return Gate(verdict.exit_code, tuple((one.metric, one.exit_code, one.text) for one in verdict.reasons))
