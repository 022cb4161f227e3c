"""cxify what-changed: the page for manager and employee, from a file that people may have worked on."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.packet import Change


@click.command(cls=shell.Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", default=shell.STDOUT, type=click.Path(path_type=Path), help="The page.  [default: stdout]")
@click.option(
    "--framework", type=click.Path(path_type=Path), help="Your framework, for names.  [default: the template]"
)
@shell.common
def command(file: Path, out: Path, framework: Path | None, as_json: bool) -> None:
    """Write the page for manager and employee from FILE as it stands now.

    Only changes that are still in the file are listed, each with whether it is accepted or still to be decided.

    \b
    Examples:
      cxify what-changed redlined/nurse.docx
      cxify what-changed redlined/nurse.docx -o nurse.what-changed.md
    """
    from cxify import files, packet, settings
    from cxify.framework import load

    chosen = settings.load(framework=framework)
    sheet = packet.Sheet(load(chosen.framework), packet.load(chosen.what_changed_texts))
    with shell.naming(file):
        data = files.read(file)
        facts = sheet.facts_of(file.name, data)
    text = sheet.page(facts)
    if out != shell.STDOUT:
        shell.deliver(text.encode(), out, source=file)
        shell.say(f"Wrote {out}.")
    if as_json:
        shell.show_json({"file": str(file), "page": text, "changes": [_as_data(each) for each in facts.changes]})
    elif out == shell.STDOUT:
        shell.show(text.rstrip())


def _as_data(change: "Change") -> dict[str, Any]:
    told = change.edit.model_dump(mode="json")
    return {"standing": change.standing, "section": change.section, **told}
