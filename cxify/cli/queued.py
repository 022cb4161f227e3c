"""cxify rewrite --queue: hand documents over to workers and write what they make of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from cxify import batch, queue
from cxify.cli import say, shell
from cxify.cli.local import as_data
from cxify.cli.progress import progress
from cxify.errors import SettingsInvalid
from cxify.queue.client import Client
from cxify.queue.note import Handed, handed

if TYPE_CHECKING:
    from cxify.batch import Done, Plan
    from cxify.settings import Settings

_NOBODY = "No worker takes a document. Start one on any machine: CXIFY_QUEUE=… cxify worker (cxify {edition})"
_FOLLOW = (
    "Run {run} goes on by itself. The same command follows it and fetches what is done; `cxify queue cancel {run}`."
)


def address(settings: "Settings") -> str:
    """Return the database of the queue. Raises SettingsInvalid when none is named."""
    if settings.queue is None:
        raise SettingsInvalid("No queue is named.", "Give --queue postgresql://user@host/database, or set CXIFY_QUEUE.")
    return settings.queue.get_secret_value()


def rewrite_elsewhere(
    plan: "Plan",
    settings: "Settings",
    model: str,
    kind: str | None,
    refused: Mapping[str, bool],
    *,
    detach: bool,
    as_json: bool,
) -> int:
    """Hand the documents of a plan over, follow them unless detached, and return the exit code."""
    if given := [option for option, used in refused.items() if used]:
        raise click.UsageError(f"{given[0]} does not go with --queue.")
    order = queue.Order(settings, model, kind, shell.now())
    making = queue.making(order)
    engine = queue.connect(address(settings))
    batch.prepare(plan.out)
    run = handed(engine, plan.out, order, making)
    with progress(len(plan.jobs) + len(plan.skipped), as_json=as_json) as tell:
        client = Client(engine, plan, making, run, tell, hint=lambda: shell.say(_NOBODY.format(edition=run.edition)))
        client.hand_over()
        if client.pending:
            shell.say(_begun(run, len(client.pending)))
        done = client.concluded() if detach else client.follow()
    return _show(plan, done, run, open_=len(client.pending), as_json=as_json)


def _begun(run: Handed, number: int) -> str:
    documents = say.count(number, "document")
    return f"Run {run.run} goes on with {documents}." if run.went_on else f"Run {run.run}: {documents} handed over."


def _show(plan: "Plan", done: "Done", run: Handed, *, open_: int, as_json: bool) -> int:
    if as_json:
        shell.show_json(as_data(plan, done) | {"queue": {"run": run.run, "edition": run.edition, "open": open_}})
    else:
        shell.show(say.summary(done, plan))
        if open_:
            shell.show(_FOLLOW.format(run=run.run))
    return done.exit_code
