"""cxify framework: start, check and show the organisation's customer-experience framework."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.framework import Framework
    from cxify.framework_import import Imported

NEW = Path("cx-framework.yaml")


@click.group(cls=shell.Group)
def command() -> None:
    """Start, check or show your customer-experience framework: the words that cxify may propose.

    \b
    Example:
      cxify framework init -o our-framework.yaml
      cxify framework import our-competencies.xlsx -o our-framework.yaml
      cxify framework check our-framework.yaml
      cxify rewrite jobs/ -o out --framework our-framework.yaml
    """


@command.command()
@click.option(
    "-o", "--out", default=NEW, show_default=True, type=click.Path(path_type=Path), help="The new file; - is stdout."
)
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True, help="Of the explanations.")
@shell.common
def init(out: Path, lang: str, as_json: bool) -> None:
    """Write a framework file with explanations, to be made your own."""
    from cxify import files, framework
    from cxify.errors import InputError

    if out == shell.STDOUT:
        shell.show(framework.template(lang))
        return
    if out.exists():
        raise InputError(f"{out} exists already.", "Give another name with -o; nothing is overwritten.")
    files.write_atomically(out, framework.template(lang).encode())
    if as_json:
        shell.show_json({"output": str(out)})
    else:
        shell.say(f"Wrote {out}. Make it your own, then run: cxify framework check {out}")


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", default=NEW, show_default=True, type=click.Path(path_type=Path), help="The new framework.")
@shell.common
def import_(file: Path, out: Path, as_json: bool) -> None:
    """Make a framework file from the tables of FILE, a Word document or an Excel workbook.

    What is not understood is listed with its sheet and cell, or table and row, and stands at the end of the new file.
    """
    from cxify import files, framework, framework_import
    from cxify.errors import InputError

    if out != shell.STDOUT and out.exists():
        raise InputError(f"{out} exists already.", "Give another name with -o; nothing is overwritten.")
    with shell.naming(file):
        made = framework_import.imported(files.read(file), file.name, framework.load())
    if out != shell.STDOUT:
        files.write_atomically(out, made.yaml.encode())
    if as_json and out != shell.STDOUT:
        told = {"file": str(file), "output": str(out), "language": made.language}
        shell.show_json(told | {"entries": list(map(asdict, made.entries)), "notes": list(map(asdict, made.notes))})
    else:
        shell.show(made.yaml if out == shell.STDOUT else "\n".join(_told(made, out)))


def _told(made: "Imported", out: Path) -> Iterator[str]:
    used = [entry for entry in made.entries if not entry.missing]
    known = sum(entry.known for entry in used)
    noun = "entry" if len(used) == 1 else "entries"
    yield f"{len(used)} {noun} in {out}: {known} changed, {len(used) - known} new."
    for entry in made.entries:
        if entry.missing:
            yield f"  Not in use yet: {entry.data['name']} ({entry.place}); missing: {', '.join(entry.missing)}."
    for note in made.notes:
        yield f"  {note.place}: “{say.shortened(note.text, 60)}” {note.why}"
    yield f"Read it, correct it, then run: cxify framework check {out}"


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@shell.common
@click.pass_context
def check(ctx: click.Context, file: Path, as_json: bool) -> None:
    """List every mistake in a framework file, with its line."""
    from cxify import files, framework
    from cxify.errors import FrameworkInvalid

    files.read(file)
    problems = framework.check(file)
    if as_json:
        shell.show_json({"file": str(file), "ok": not problems, "problems": [asdict(each) for each in problems]})
    else:
        for each in problems:
            shell.show(f"{each.file or file}:{each.line}: {_at(each.path)}{each.message} {each.remedy}")
        shell.show(f"{file}: {say.count(len(problems), 'mistake')}." if problems else f"{file} can be used.")
    if problems:
        ctx.exit(FrameworkInvalid.exit_code)


@command.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@shell.common
def show(file: Path | None, as_json: bool) -> None:
    """Show the competencies and service standards of a framework, or of the one in use."""
    from cxify import files, framework, settings

    if file is not None:
        files.read(file)
    loaded = framework.load(file or settings.load().framework)
    if as_json:
        shell.show_json(loaded.model_dump(mode="json") | {"sha256": loaded.sha256})
    else:
        shell.show(_text(loaded))


def _at(path: str) -> str:
    return f"{path}: " if path else ""


def _text(loaded: "Framework") -> str:
    head = loaded.framework
    return "\n".join(
        [
            f"{head.id} {head.version} ({head.status})",
            "Competencies",
            *(f"  {each.id}  {each.name}" for each in loaded.competencies),
            "Service standards",
            *(f"  {each.id}  {each.name}" for each in loaded.service_standards),
        ]
    )
