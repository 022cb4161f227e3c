"""Load the document kinds: the built-in ones, and those an organisation adds or changes."""

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxify import yamlfile
from cxify.errors import FrameworkInvalid, SettingsInvalid
from cxify.kinds import common
from cxify.kinds.model import Kind, Kinds
from cxify.yamlfile import Key, Marked

_FOLDER = Path(__file__).parent


def load(extra: Path | None = None) -> Kinds:
    """Return all kinds; YAML files in the folder `extra` add kinds or replace one with the same id.

    Raises FrameworkInvalid naming the file, the line and the remedy.
    """
    if extra is None:
        return _built_in()
    return Kinds({**_built_in().by_id, **_read_folder(extra)})


@cache
def _built_in() -> Kinds:
    return Kinds(_read_folder(_FOLDER))


def _read_folder(folder: Path) -> dict[str, Kind]:
    if not folder.is_dir():
        raise FrameworkInvalid(f"{folder} is no folder.", "Name the folder that holds your document kinds (*.yaml).")
    kinds = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    return {kind.id: kind for kind in kinds}


def _read(path: Path) -> Kind:
    try:
        marked = yamlfile.read(path)
    except (OSError, UnicodeDecodeError) as error:
        raise FrameworkInvalid(f"{path} cannot be read: {error}.", "Save the file as UTF-8 text.") from error
    for problem in marked.problems:
        raise FrameworkInvalid(f"{path}:{problem.line}: {problem.message}", problem.remedy)
    data = dict(marked.data) if isinstance(marked.data, dict) else {}
    try:
        kind = Kind.model_validate(data)
    except ValidationError as error:
        raise _invalid(path, marked, error) from error
    for key, message, remedy in _mistakes(kind):
        raise FrameworkInvalid(f"{path}:{marked.line(key)}: {message}", remedy)
    return kind


def _invalid(path: Path, marked: Marked, error: ValidationError) -> FrameworkInvalid:
    first: Any = error.errors()[0]
    key: Key = tuple(first["loc"])
    message = f"{path}:{marked.line(key)}: {yamlfile.dotted(key)}: {first['msg']}."
    return FrameworkInvalid(message, "Compare with a kind that comes with cxify (`cxify/kinds/*.yaml`).")


def _mistakes(kind: Kind) -> Iterator[tuple[Key, str, str]]:
    """Find references to roles that do not exist, and ids that occur twice."""
    sections = {*kind.sections, *common.sections()}
    columns = {*kind.columns, *common.columns()}
    labels = common.labels().reasons
    for key, used, known, what in (
        *((("slots", i, "sections"), slot.sections, sections, "section role") for i, slot in enumerate(kind.slots)),
        *((("slots", i, "columns"), slot.columns, columns, "column role") for i, slot in enumerate(kind.slots)),
        (("locks", "closed_sections"), kind.locks.closed_sections, sections, "section role"),
        (("locks", "closed_throughout"), kind.locks.closed_throughout, sections, "section role"),
        (("locks", "locked_sections"), kind.locks.locked_sections, sections, "section role"),
        (("locks", "closed_tables"), kind.locks.closed_tables, sections, "section role"),
        (("locks", "closed_columns"), kind.locks.closed_columns, columns, "column role"),
        (("locks", "locked_columns"), kind.locks.locked_columns, columns, "column role"),
        (("entries", "columns"), kind.entries.columns, columns, "column role"),
        (("entries", "sections"), kind.entries.sections, sections, "section role"),
        (("entries", "labels"), kind.entries.labels, labels, "label"),
        (("recognise", "sections"), tuple(kind.recognise.sections), sections, "section role"),
        (("recognise", "columns"), tuple(kind.recognise.columns), columns, "column role"),
        (("recognise", "labels"), tuple(kind.recognise.labels), labels, "label"),
    ):
        for name in used:
            if name not in known:
                yield key, f"“{name}” is no {what}.", f"Use one of: {', '.join(sorted(known))}."
    ids = [slot.id for slot in kind.slots]
    for index, id in enumerate(ids):
        if id in ids[:index]:
            yield ("slots", index), f"The slot id “{id}” occurs twice.", "Give every slot an id of its own."


def check_named(kind: str | None, known: Collection[str]) -> None:
    """Raise SettingsInvalid before the first document when --kind names a kind that does not exist."""
    if kind is not None and kind not in known:
        listed = ", ".join(sorted(known))
        raise SettingsInvalid(f"There is no kind of document named {kind}.", f"--kind may be: {listed}.")
