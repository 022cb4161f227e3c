"""cxify mcp: inspect, propose, apply and verify as tools for programs that work on a person's behalf."""

from decimal import Decimal
from pathlib import Path

import click

from cxify.cli import shell


@click.command(cls=shell.Command)
@click.option(
    "--root",
    "roots",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder that is open to the program; may be given several times.  [default: the current folder]",
)
@click.option("--model", default="library", show_default=True, help="The writer of proposals; library sends nothing.")
@click.option("--base-url", help="Where an OpenAI-compatible model answers.")
@click.option("--max-cost", type=Decimal, help="Stop proposing when the model has cost so many US dollars.")
@click.option("--framework", type=click.Path(path_type=Path), help="Your framework.  [default: the built-in template]")
@click.option("--author", help="The name beside the tracked changes.  [default: cxify]")
@shell.common
def command(
    roots: tuple[Path, ...],
    model: str,
    base_url: str | None,
    max_cost: Decimal | None,
    framework: Path | None,
    author: str | None,
    as_json: bool,  # noqa: ARG001  stdout belongs to the protocol; only an error before it starts is printed as JSON
) -> None:
    """Serve inspect, propose, apply and verify to an MCP client over stdin and stdout, until the client closes it.

    The client sees Word files in the folders of --root and no others. It writes new files beside them and never over
    one. Proposals come from the built-in writer unless you name a model here; a client cannot choose one.

    \b
    Examples:
      cxify mcp --root job-descriptions/
      cxify mcp --root jobs/ --framework our-framework.yaml
      cxify mcp --root jobs/ --model openai:NAME --max-cost 5
    """
    from cxify import settings
    from cxify.agents.desk import Desk
    from cxify.agents.folders import Folders
    from cxify.agents.server import server
    from cxify.cli.writer import LIBRARY, writer_for

    chosen = settings.load(base_url=base_url, framework=framework, author=author)
    desk = Desk.of(Folders.of(roots or _here()), chosen, writer_for(model, chosen, max_cost), shell.now)
    server(desk, model=model != LIBRARY).run()


def _here() -> tuple[Path, ...]:
    """Return the current folder. Raises SettingsInvalid where that would open everything."""
    from cxify.errors import SettingsInvalid

    here = Path.cwd()
    if here in (Path(here.anchor), Path.home()):
        # Clients often start servers there, and nobody means to open all of it.
        raise SettingsInvalid(f"cxify mcp was started in {here}.", "Name the folders to open with --root.")
    return (here,)
