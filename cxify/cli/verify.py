"""cxify verify: the proof that a redlined document is faithful to its original."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.word import VerifyReport

RESULTS = {True: "holds      ", False: "BROKEN     ", None: "not checked"}


@click.command(cls=shell.Command)
@click.argument("original", type=click.Path(path_type=Path))
@click.argument("redlined", type=click.Path(path_type=Path))
@shell.common
@click.pass_context
def command(ctx: click.Context, original: Path, redlined: Path, as_json: bool) -> None:
    """Prove that REDLINED is ORIGINAL plus tracked changes and nothing else.

    Rejecting the changes must give back the original, accepting them must give exactly the proposed text, and every
    part of the file that holds no change must be the same, byte for byte. Ends with exit code 13 when it is not so.

    \b
    Example:
      cxify verify nurse.docx redlined/nurse.docx
    """
    from cxify.errors import UnfaithfulRedline

    report = compared(original, redlined)
    if as_json:
        checks = [asdict(check) for check in report.checks]
        shell.show_json({"original": str(original), "redlined": str(redlined), "ok": report.ok, "checks": checks})
    else:
        for check in report.checks:
            shell.show(f"{RESULTS[check.ok]}  {check.name}: {check.detail}")
        shell.show("Faithful." if report.ok else "Not faithful: do not use the redlined file.")
    if not report.ok:
        ctx.exit(UnfaithfulRedline.exit_code)


def compared(original: Path, redlined: Path) -> "VerifyReport":
    """Verify two files. Raises InputError naming the one that cannot be read."""
    from cxify import files, word

    sources = []
    for path in (original, redlined):
        with shell.naming(path):
            sources.append(files.read(path))
            word.provenance_of(sources[-1])
    return word.verify(*sources)
