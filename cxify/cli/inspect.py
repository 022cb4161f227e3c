"""cxify inspect: what cxify sees in a document."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.pipeline import Inspection


@click.command(cls=shell.Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", help="Take the document for this kind instead of guessing.")
@click.option("--language", help="Take it for this language instead of guessing: de, en-US, …")
@click.option("--framework", type=click.Path(path_type=Path), help="Your framework.  [default: the built-in template]")
@shell.common
def command(file: Path, kind: str | None, language: str | None, framework: Path | None, as_json: bool) -> None:
    """Show a document's kind, language, sections, what is locked and why, and what deserves attention.

    \b
    Examples:
      cxify inspect nurse.docx
      cxify inspect nurse.docx --json      every block with its id, for EDITS.json
    """
    from cxify import files
    from cxify.agents import told

    with shell.naming(file):
        source = files.read(file)
        inspection = inspected(source, kind, framework, language)
    if as_json:
        shell.show_json(told.seen(str(file), source, inspection))
    else:
        shell.show("\n".join(as_text(file, inspection)))


def inspected(source: bytes, kind: str | None, framework: Path | None, language: str | None = None) -> "Inspection":
    """Inspect a document with the settings of this place."""
    from cxify import framework as frameworks
    from cxify import kinds, pipeline, rules, settings

    chosen = settings.load(framework=framework, language=language)
    return pipeline.inspect(
        source,
        kinds=kinds.load(chosen.kinds),
        framework=frameworks.load(chosen.framework),
        kind=kind,
        language=chosen.language,
        book=rules.load(chosen.rules),
    )


def as_text(file: Path, inspection: "Inspection") -> Iterator[str]:
    """Yield the lines for a reader."""
    document = inspection.document
    locked = [block for block in document.blocks if block.lock]
    yield str(file)
    yield f"  {say.kind(document.kind)}, language {document.language}, {document.state}"
    if document.kind_evidence:
        yield f"  taken for this kind because of: {document.kind_evidence}"
    yield f"  {say.count(len(document.blocks), 'block')}, {len(locked)} of them locked"
    if document.sections:
        yield "Sections"
        yield from (
            f"  {'  ' * max(each.level - 1, 0)}{each.title or '(before the first heading)'}"
            for each in document.sections
        )
    if locked:
        yield "Locked"
        yield from (f"  {block.id}: {block.lock}: {say.shortened(block.text)}" for block in locked)
    if document.notices:
        yield "Notices"
        yield from (f"  {notice.message}" for notice in document.notices)
    if inspection.findings:
        yield "Worth a look"
        yield from (say.finding(asdict(each)) for each in inspection.findings)
    if inspection.provenance:
        yield "This file was written by cxify; --json shows its provenance."
