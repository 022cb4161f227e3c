"""cxify queue: what runs are under way on which edition, how far they are, and how to end them."""

from typing import TYPE_CHECKING, Any

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.store import Database, Standing

_QUEUE = click.option("--queue", help="The database: postgresql://user@host/database.  [default: CXIFY_QUEUE]")


@click.group(cls=shell.Group)
def command() -> None:
    """Show, cancel or delete runs that were handed over with `cxify rewrite --queue`, from any machine.

    \b
    Examples:
      cxify queue status
      cxify queue cancel 1122-0a1b2c3d
    """


@command.command()
@click.argument("run", required=False)
@_QUEUE
@shell.common
def status(run: str | None, queue: str | None, as_json: bool) -> None:
    """Show how far RUN is, or all runs."""
    from cxify import store

    engine = _connected(queue)
    with store.told(engine):
        standings = [store.runs.known(engine, run)] if run else store.runs.all_of(engine)
    if as_json:
        shell.show_json({"runs": [_data(each) for each in standings]})
    else:
        shell.show("\n".join(map(_line, standings)) or "No run was handed over.")


@command.command()
@click.argument("run")
@_QUEUE
@shell.common
def cancel(run: str, queue: str | None, as_json: bool) -> None:
    """Stop RUN: what is in work is finished, nothing new is begun."""
    from cxify import store

    engine = _connected(queue)
    with store.told(engine), engine.begin() as connection:
        store.runs.known(engine, run)
        number = store.documents.cancel(connection, run)
    if as_json:
        shell.show_json({"run": run, "cancelled": number})
    else:
        shell.show(f"Run {run}: {say.count(number, 'document')} cancelled. What is in work is finished.")


@command.command()
@click.argument("run")
@_QUEUE
@shell.common
def delete(run: str, queue: str | None, as_json: bool) -> None:
    """Delete RUN with its documents and results from the database; files that were fetched stay."""
    from cxify import store

    engine = _connected(queue)
    with store.told(engine), engine.begin() as connection:
        store.runs.known(engine, run)
        store.runs.forget(connection, run)
    if as_json:
        shell.show_json({"run": run, "deleted": True})
    else:
        shell.show(f"Run {run} is deleted.")


def _connected(queue: str | None) -> "Database":
    from cxify import queue as queue_
    from cxify import settings
    from cxify.cli.queued import address

    return queue_.connect(address(settings.load(queue=queue)))


def _line(of: "Standing") -> str:
    counts = ", ".join(f"{number} {state}" for state, number in sorted(of.counts.items())) or "no documents"
    ended = ", cancelled" if of.cancelled else "" if of.open else ", ended"
    total = say.count(of.total, "document")
    return f"{of.id}  {of.created:%Y-%m-%d %H:%M}  {total}: {counts}{ended}  (cxify {of.edition})"


def _data(of: "Standing") -> dict[str, Any]:
    told = {"run": of.id, "edition": of.edition, "created": of.created, "changed": of.changed}
    numbers = {"documents": of.total, "open": of.open, "states": dict(of.counts)}
    return (
        told
        | numbers
        | {"cancelled": of.cancelled, "model": of.settings["model"], "user": of.settings["settings"]["user"]}
    )
