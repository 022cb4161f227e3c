"""cxify verify: the proof that a redlined document is faithful to its original."""

from dataclasses import asdict
from pathlib import Path

import click

from cxify.cli import shell


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
    from cxify import batch, word
    from cxify.errors import UnfaithfulRedline

    report = word.verify(batch.read(original), batch.read(redlined))
    if as_json:
        shell.show_json({"original": str(original), "redlined": str(redlined), **asdict(report)})
    else:
        for check in report.checks:
            shell.show(
                f"{'holds ' if check.ok else 'BROKEN'}  {check.name}{f': {check.detail}' if check.detail else ''}"
            )
        shell.show("Faithful." if report.ok else "Not faithful: do not use the redlined file.")
    if not report.ok:
        ctx.exit(UnfaithfulRedline.exit_code)
