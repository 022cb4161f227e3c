"""cxify resolve: accept or reject tracked changes, all of them or one author's."""

from pathlib import Path

import click

from cxify.cli import shell


@click.command(cls=shell.Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--accept/--reject", "accept", default=None, help="What becomes of the tracked changes.  [required]")
@click.option("--author", help="Only the changes of this author.  [default: everybody's]")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The resolved file; - is stdout.")
@shell.common
def command(file: Path, accept: bool | None, author: str | None, out: Path, as_json: bool) -> None:
    """Accept or reject the tracked changes of FILE.

    \b
    Examples:
      cxify resolve nurse.docx --accept --author cxify -o nurse-final.docx
      cxify resolve nurse.docx --reject -o nurse-as-it-was.docx
    """
    from cxify import files, word

    if accept is None:
        raise click.UsageError("Say what becomes of the changes: --accept or --reject.")
    with shell.naming(file):
        resolved = word.resolve(files.read(file), accept=accept, author=author)
    shell.deliver(resolved, out, source=file)
    if as_json and out != shell.STDOUT:
        shell.show_json({"file": str(file), "output": str(out), "accepted": accept, "author": author})
    else:
        whose = f"{author}'s changes" if author else "all changes"
        shell.say(f"{'Accepted' if accept else 'Rejected'} {whose}: {out}.")
