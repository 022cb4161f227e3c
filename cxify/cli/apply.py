"""cxify apply: given edits become tracked changes, without any model."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from pydantic import ValidationError

    from cxify.proposal import Edits


@click.command(cls=shell.Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("edits", metavar="EDITS.json", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The redlined file; - is stdout.")
@click.option("--author", help="The name beside the tracked changes.  [default: cxify]")
@shell.common
def command(file: Path, edits: Path, out: Path, author: str | None, as_json: bool) -> None:
    """Write the edits of EDITS.json into FILE as tracked changes: all of them, or none.

    Block ids (b1, b2, …) come from `cxify inspect FILE --json`.

    \b
    EDITS.json:
      {"edits": [
        {"op": "replace", "block": "b7", "old": "exact words", "new": "…", "occurrence": 1, "comment": "…"},
        {"op": "append", "block": "b7", "text": " …"},
        {"op": "insert_after", "block": "b7", "text": "…"},
        {"op": "insert_row_after", "block": "b31", "cells": ["…", "…"]},
        {"op": "comment", "block": "b7", "quote": "…", "comment": "…"}
      ]}

    \b
    Example:
      cxify apply nurse.docx edits.json -o nurse-redlined.docx
    """
    written = write_edits(file, edits, out, author)
    told = {"file": str(file), "output": str(out), "edits": written}
    if as_json and out != shell.STDOUT:
        shell.show_json(told)
    else:
        shell.say(f"Wrote {say.count(written, 'edit')} to {out}.")


def write_edits(file: Path, edits: Path, out: Path, author: str | None) -> int:
    """Apply an edits file and return how many operations it holds."""
    from cxify import files, settings, word

    operations = parse(files.read(edits), str(edits)).edits
    name = settings.load(author=author).author
    with shell.naming(file):
        redlined = word.apply(files.read(file), operations, author=name, date=shell.now())
    shell.deliver(redlined, out, source=file)
    return len(operations)


def parse(data: bytes, name: str) -> "Edits":
    """Read an edits file. Raises BadEdits naming the entry that is wrong."""
    import json

    from pydantic import ValidationError

    from cxify.errors import BadEdits
    from cxify.proposal import Edits

    try:
        content = json.loads(data.decode("utf-8-sig"))
        return Edits.model_validate_json(json.dumps(content))
    except ValidationError as error:
        raise BadEdits(f"{name}: {_first(error)}.", "`cxify apply --help` shows what an edit looks like.") from None
    except ValueError as error:
        raise BadEdits(f"{name} is not valid JSON: {error}.", "Check quotes, commas and brackets.") from None


def _first(error: "ValidationError") -> str:
    """Return the first mistake with its place as people write it: edits[2].old."""
    first = error.errors(include_url=False)[0]
    # Pydantic puts the operation's name into the path of a discriminated union; the file has no such level.
    place = [part for index, part in enumerate(first["loc"]) if not (index == 2 and isinstance(part, str))]
    place = place if first["type"] != "union_tag_invalid" else list(first["loc"])
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    return f"{path or 'the file'}: {first['msg']}"
