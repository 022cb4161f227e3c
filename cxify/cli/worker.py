"""cxify worker: process documents that were handed over with rewrite --queue."""

import json

import click

from cxify.cli import shell


@click.command(cls=shell.Command)
@click.option("--queue", help="The database: postgresql://user@host/database.  [default: CXIFY_QUEUE]")
@click.option("--concurrency", type=int, help="Documents of batches in work at the same time.  [default: 4]")
@shell.common
def command(queue: str | None, concurrency: int | None, as_json: bool) -> None:
    """Process documents that were handed over with `cxify rewrite --queue`, until it is stopped.

    Start as many workers on as many machines as you like. One place more than --concurrency is kept free for single
    documents that a person waits for. A model's key stands in the worker's environment; it is never in the database,
    and no other address than the worker's own CXIFY_BASE_URL is given it. SIGTERM and Ctrl-C let the documents in work
    finish. What a dead worker had in hand is taken over by the others.

    \b
    Examples:
      CXIFY_QUEUE=postgresql://cxify@db.example/cxify cxify worker
      cxify worker --queue postgresql://cxify@db.example/cxify --concurrency 16
    """
    from cxify import queue as queue_
    from cxify import settings, store
    from cxify.cli.queued import address
    from cxify.worker import Desk, Service

    chosen = settings.load(queue=queue, concurrency=concurrency)
    at_once = chosen.concurrency or 4
    engine = queue_.connect(address(chosen), at_once=at_once + 3)
    place, edition = store.place(engine.url), queue_.edition()

    def tell(text: str) -> None:
        if as_json:
            shell.show(json.dumps({"worker": text}, ensure_ascii=False))
        else:
            shell.say(text)

    tell(f"Worker of cxify {edition} on {place}: {at_once} documents at a time, and one place for uploads.")
    Service(engine, Desk(engine, chosen, tell), at_once).run()
    tell("Stopped; everything in work is finished.")
