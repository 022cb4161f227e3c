"""cxify journal: whether the web page's journal is as it was written, in its database or as an exported file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.store.journal import Entry, Verdict


@click.command(cls=shell.Command)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(), help="The folder of the database.  [default: CXIFY_WEB_DATA, or your own]")
@click.option("--queue", help="The database of an organisation: postgresql://user@host/database.")
@click.option("--noted", metavar="NUMBER:HASH", help="An entry that was noted down before, elsewhere.")
@shell.common
@click.pass_context
def command(
    ctx: click.Context, file: Path | None, data: str | None, queue: str | None, noted: str | None, as_json: bool
) -> None:
    """Check that no entry of the journal was changed, removed or put in between.

    The journal says who did what on the web page; every entry carries the hash of the one before. Without FILE the
    database of `cxify serve` is checked, with FILE a journal that was exported from the page. Note the last entry
    down somewhere else and give it with --noted: then a journal that was made anew is found too. Ends with exit code
    13 when something does not fit.

    \b
    Examples:
      cxify journal
      cxify journal cxify-journal.jsonl --noted 812:5f0c…
    """
    from cxify.errors import RedlineError
    from cxify.store import journal

    known = _known(noted)
    verdict = journal.chained(_entries(file), known) if file else _of_database(data, queue, known)
    if as_json:
        told = {"entries": verdict.entries, "last": verdict.last, "whole": verdict.whole, "fault": verdict.fault}
        shell.show_json(told)
    elif verdict.whole:
        shell.show(f"{verdict.entries} entries, nothing was changed. The last one: {verdict.entries}:{verdict.last}")
    else:
        shell.show(f"The journal is not as it was written: {verdict.fault}.")
    if not verdict.whole:
        ctx.exit(RedlineError.exit_code)


def _of_database(data: str | None, queue: str | None, known: tuple[int, str] | None) -> "Verdict":
    from cxify import settings, store
    from cxify.store import journal
    from cxify.web import config

    engine = store.connect(config.database(settings.load_serve(data=data), settings.load(queue=queue)))
    with store.told(engine):
        return journal.verify(engine, known)


def _entries(file: Path) -> Iterator["Entry"]:
    from cxify import files
    from cxify.errors import InputError
    from cxify.store.journal import Entry

    for number, line in enumerate(files.read(file).splitlines(), start=1):
        try:
            yield Entry.of(json.loads(line))
        except ValueError:
            message = f"{file}: line {number} is no entry of a journal."
            raise InputError(message, "Export the journal again, from its page.") from None


def _known(noted: str | None) -> tuple[int, str] | None:
    if noted is None:
        return None
    number, _, hash = noted.partition(":")
    if not number.isdecimal() or not hash:
        raise click.BadParameter("it is the entry's number, a colon and its hash", param_hint="--noted")
    return int(number), hash
