"""cxify voice: what customers and employees say, before it is used."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.framework import Framework
    from cxify.voice import Digest, Group, LeftOut, Theme, Trend

_WIDTH = 4


@click.command(cls=shell.Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--voice-column", "column", help="The column that holds the comments, when it is not found by itself.")
@click.option("--framework", type=click.Path(path_type=Path), help="Your framework.  [default: the built-in template]")
@click.option(
    "--voice-minimum", type=click.IntRange(3, 1000), help="The smallest group that is cited or quoted.  [default: 5]"
)
@shell.common
def command(file: Path, column: str | None, as_json: bool, **given: Any) -> None:
    """Show what the comments of customers or employees speak of, by competency.

    FILE is CSV or Excel with one comment a row, or ready themes (theme, count). Columns for date, unit, role and stage
    are used when there are any. Personal data is masked, small groups are left out, and nothing leaves this machine.

    \b
    Examples:
      cxify voice comments.csv
      cxify voice survey.xlsx --voice-column "What could we do better?"
      cxify rewrite jobs/ -o out --voice comments.csv
    """
    from cxify import files, framework, settings, voice

    chosen = settings.load(**given)
    known = framework.load(chosen.framework)
    with shell.naming(file):
        digest = voice.read(files.read(file), known, minimum=chosen.voice_minimum, column=column)
    if as_json:
        shell.show_json(as_data(digest))
    else:
        shell.show("\n".join(_lines(digest, known)))


def as_data(digest: "Digest") -> dict[str, Any]:
    """Return the digest as JSON."""
    return {
        "sha256": digest.sha256,
        "rows": digest.rows,
        "comments": digest.whole.total,
        "periods": [period.label for period in digest.whole.periods],
        "minimum": digest.whole.minimum,
        "columns": dict(digest.columns),
        "themes": [_theme(theme) for theme in digest.themes],
        "units": {group.name: [_theme(theme) for theme in group.themes] for group in digest.units()},
        "masked": dict(digest.masked),
        "left_out": [{"what": one.what, "number": one.number, "why": one.why} for one in digest.left_out],
    }


def _theme(theme: "Theme") -> dict[str, Any]:
    return {
        "id": theme.topic.id,
        "tone": "praise" if theme.praise else "complaint",
        "theme": theme.label,
        "competencies": list(theme.topic.related),
        "mentions": theme.mentions,
        "total": theme.total,
        "share": None if theme.share is None else round(theme.share, 3),
        "period": theme.period,
        "stage": theme.stage,
        "trend": [{"period": one.period, "mentions": one.mentions, "total": one.total} for one in theme.trend],
        "quotes": list(theme.quotes),
    }


def _lines(digest: "Digest", framework: "Framework") -> list[str]:
    read = ", ".join(f"{role} in “{header}”" for role, header in digest.columns.items())
    head = f"{digest.rows} rows, {_of(digest.whole)}; columns: {read}"
    lines = [head, *_by_competency(digest, framework)]
    if units := digest.units():
        lines += ["", "With numbers of their own:", *(f"  {group.name}: {_of(group)}" for group in units)]
    if digest.masked:
        lines += ["", "Masked: " + ", ".join(f"{number} {kind}" for kind, number in digest.masked.items())]
    if digest.left_out:
        lines += ["", "Left out:", *map(_left_out, digest.left_out)]
    return lines


def _left_out(one: "LeftOut") -> str:
    number = "" if one.number is None else f"{one.number} "
    return f"  {number}{one.what}: {one.why}"


def _of(group: "Group") -> str:
    counted = "total unknown" if group.total is None else f"{group.total} comments read"
    themes = len(group.themes)
    return f"{counted}, {themes} {'theme' if themes == 1 else 'themes'}"


def _by_competency(digest: "Digest", framework: "Framework") -> list[str]:
    """List each theme once, under the competency that it calls for most."""
    lines: list[str] = []
    for competency in framework.competencies:
        lines += _section(f"{competency.name} ({competency.id})", digest, competency.id)
    return lines + _section("No competency", digest, None)


def _section(title: str, digest: "Digest", id: str | None) -> list[str]:
    themes = [theme for theme in digest.themes if next(iter(theme.topic.related), None) == id]
    return ["", title, *(line for theme in themes for line in _shown(theme))] if themes else []


def _shown(theme: "Theme") -> list[str]:
    share = "" if theme.share is None else f" of {theme.total} ({theme.share:.0%})"
    period = f", {theme.period}" if theme.period else ""
    stage = f", mostly: {theme.stage}" if theme.stage else ""
    tone = "praise: " if theme.praise else ""
    lines = [f"  {theme.mentions:>{_WIDTH}}{share}{period}  {tone}{theme.label}{stage}"]
    if theme.trend:
        lines.append("        " + "  ".join(map(_point, theme.trend)))
    return [*lines, *(f"        “{quote}”" for quote in theme.quotes)]


def _point(one: "Trend") -> str:
    number = "too few" if one.mentions is None else str(one.mentions)
    return f"{one.period}: {number}" + (f" of {one.total}" if one.total else "")
