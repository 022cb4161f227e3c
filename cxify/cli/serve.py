"""cxify serve: the web page, on this machine for one person or with sign-in for an organisation."""

import webbrowser
from typing import TYPE_CHECKING

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.web.config import Config


@click.command(cls=shell.Command)
@click.option("--host", help="The address to listen at.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 takes a free one.  [default: 8765]")
@click.option("--data", type=click.Path(), help="The folder of the database.  [default: CXIFY_WEB_DATA, or your own]")
@click.option(
    "--queue", help="PostgreSQL instead of a file: postgresql://user@host/database; workers do the documents."
)
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@shell.common
def command(
    host: str | None, port: int | None, data: str | None, queue: str | None, open_: bool, as_json: bool
) -> None:
    """Serve the web page on which people upload documents, go through the suggestions and download the result.

    On one machine nothing else is needed: the documents stay in a file of your own, only this machine can reach the
    page, and the address that is printed signs you in, once. With a sign-in service (oidc_issuer, oidc_client_id and
    public_url in the table [serve] of cxify.toml) the page is for an organisation, on any --host. No document is sent
    to a language model unless `models` in [serve] names it and a person chooses it. Ctrl-C stops the page; documents
    in work go on when it is started again.

    \b
    Examples:
      cxify serve --open
      cxify serve --port 0 --data ~/hr-documents
      cxify serve --queue postgresql://cxify@db.example/cxify --host 0.0.0.0
    """
    from cxify import settings
    from cxify.web.serving import serve

    def tell(config: "Config") -> None:
        _told(config, as_json=as_json)
        if open_:
            webbrowser.open(address(config))

    serve(settings.load_serve(host=host, port=port, data=data), settings.load(queue=queue), tell)
    shell.say("Stopped. What was not finished goes on when cxify serve is started again.")


def address(config: "Config") -> str:
    """Return the address that opens the page."""
    return f"{config.origin}/start?token={config.start_token}" if config.mode == "local" else config.origin


def _told(config: "Config", *, as_json: bool) -> None:
    if as_json:
        shell.show_json({"serve": {"address": address(config), "mode": config.mode, "port": config.port}})
        return
    shell.say(_ONCE if config.mode == "local" else "The page answers here:")
    shell.show(address(config))
    shell.say(f"Uploaded documents are deleted after {config.serve.retention_days} days. Ctrl-C stops the page.")


_ONCE = "Open this address in your browser. It signs you in and works once:"
