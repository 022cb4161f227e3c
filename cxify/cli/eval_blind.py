"""cxify eval blind: read what two runs wrote, without knowing which is which."""

from pathlib import Path

import click

from cxify.cli import shell

PATH = click.Path(path_type=Path)


@click.command(cls=shell.Command)
@click.argument("baseline", type=PATH)
@click.argument("candidate", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder for page and sheet.  [default: CANDIDATE]")
@click.option("--seed", default=1, show_default=True, help="Another seed, another order.")
@click.option("--verdicts", type=PATH, help="The filled-in sheet: says which run was preferred how often.")
@shell.common
def blind(baseline: Path, candidate: Path, out: Path | None, seed: int, verdicts: Path | None, as_json: bool) -> None:
    """Write a page with the edits that two runs word differently, without names and in random order.

    Fill in the sheet beside it, then give it back with --verdicts and the same seed.

    \b
    Examples:
      cxify eval blind evals/runs/A evals/runs/B -o reading
      cxify eval blind evals/runs/A evals/runs/B --verdicts reading/blind.yaml
    """
    from cxify import files
    from cxify.errors import InputError
    from cxify.evaluation import blind as blinds
    from cxify.evaluation import runs

    found = blinds.pairs(runs.load(baseline), runs.load(candidate), seed)
    if not found:
        raise InputError("No edit stands in both runs in different words.", "There is nothing to read here.")
    if verdicts:
        _tell(blinds.counted(found, verdicts), as_json=as_json)
        return
    folder = out or candidate
    written = {folder / blinds.PAGE: blinds.page(found), folder / blinds.SHEET: blinds.sheet(found)}
    if (folder / blinds.SHEET).exists():
        raise InputError(f"{folder / blinds.SHEET} exists, and nothing is overwritten.", "Give another folder with -o.")
    folder.mkdir(parents=True, exist_ok=True)
    files.write_together({path: text.encode() for path, text in written.items()})
    if as_json:
        shell.show_json({"pairs": len(found), "written": [str(path) for path in written]})
        return
    shell.show(f"{len(found)} pairs to read.")
    for path in written:
        shell.show(f"-> {path}")


def _tell(count: dict[str, int], *, as_json: bool) -> None:
    from cxify.evaluation.statistics import mcnemar

    p = mcnemar(count["a"], count["b"])
    if as_json:
        shell.show_json({"baseline": count["a"], "candidate": count["b"], "neither": count["neither"], "p": p})
        return
    said = f"Baseline preferred {count['a']} times, candidate {count['b']}, neither {count['neither']}"
    shell.show(f"{said}; exact p {p:.3f} over pairs.")
