"""The front matter of a prompt file: read strictly, and changed entry by entry without touching the rest."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from cxify import yamlfile
from cxify.prompts.fault import Fault, Faults
from cxify.prompts.model import FrontMatter, numbers

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)


def read(path: Path, text: str) -> tuple[FrontMatter, int]:
    """Return the front matter and where the body begins. Raises Faults."""
    found = _FRONT.match(text)
    if not found:
        said = "The file must begin with front matter between two --- lines."
        raise Faults(Fault(path, 1, said, "Add it; `cxify prompts show` shows one."))
    marked = yamlfile.parse(found[1])
    if marked.problems:
        raise Faults(*(Fault(path, each.line + 1, each.message, each.remedy) for each in marked.problems))
    if not isinstance(marked.data, dict):
        raise Faults(Fault(path, 2, "The front matter holds no entries.", "Write one a line: name: job_description"))
    try:
        front = FrontMatter.model_validate(marked.data)
    except ValidationError as error:
        raise Faults(*_faults(path, marked, error)) from None
    if contradictions := tuple(_contradictions(path, marked, front)):
        raise Faults(*contradictions)
    return front, found.end()


def lines(text: str) -> str:
    """Return the front matter as written, without its --- lines."""
    found = _FRONT.match(text)
    return found[1] if found else ""


def line(text: str, *entry: str) -> int:
    """Return the line of an entry in the file."""
    return yamlfile.parse(lines(text)).line(entry) + 1


def changed(text: str, entries: Mapping[str, str | Sequence[str] | None]) -> str:
    """Return the file's text with other values for top-level entries; everything else stays as it was written."""
    body = lines(text)
    marked = yamlfile.parse(body)
    written = body.splitlines(keepends=True)
    starts = sorted(place for key, place in marked.lines.items() if len(key) == 1)
    for entry, value in sorted(entries.items(), key=lambda pair: -marked.line((pair[0],))):
        first = marked.line((entry,))
        after = next((start for start in starts if start > first), len(written) + 1)
        while after - 1 > first and re.match(r"#|\s*$", written[after - 2]):
            after -= 1  # a remark above the next entry is about that one
        written[first - 1 : after - 1] = [_entry(entry, value)]
    return text.replace(body, "".join(written), 1)


def _entry(name: str, value: str | Sequence[str] | None) -> str:
    """Return an entry as YAML; texts in quotes, which JSON and YAML write alike."""
    if value is None:
        return f"{name}: null\n"
    if isinstance(value, str):
        plain = re.fullmatch(r"[a-z0-9_][\w.@-]*", value)
        return f"{name}: {value if plain else json.dumps(value, ensure_ascii=False)}\n"
    return f"{name}:\n" + "".join(f"  - {json.dumps(item, ensure_ascii=False)}\n" for item in value)


def _faults(path: Path, marked: yamlfile.Marked, error: ValidationError) -> Iterator[Fault]:
    # A misspelt key also leaves the right one missing: the misspelling is what has to be mended, so it stands first.
    for one in sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden"):
        key = tuple(step for step in one["loc"] if step != "[key]")
        said = f"{yamlfile.dotted(key)}: {one['msg']}."
        yield Fault(path, marked.line(key) + 1, said, _remedy(one["type"], key))


def _remedy(kind: str, key: yamlfile.Key) -> str:
    if kind == "extra_forbidden" and len(key) == 1:
        known = ", ".join(field.alias or name for name, field in FrontMatter.model_fields.items())
        return f"Correct or remove the entry. There are: {known}."
    return "Add the entry." if kind == "missing" else "Correct or remove the entry."


def _contradictions(path: Path, marked: yamlfile.Marked, front: FrontMatter) -> Iterator[Fault]:
    if (front.name, front.version) != (path.parent.name, path.stem):
        said = f"It calls itself {front.name} {front.version}."
        yield Fault(path, marked.line(("name",)) + 1, said, "Folder, file name and front matter must agree.")
    name, _, version = (front.parent or "").partition("@")
    if name == front.name and numbers(version) >= numbers(front.version):
        said = f"Version {front.version} is not newer than its parent {front.parent}."
        yield Fault(path, marked.line(("parent",)) + 1, said, "Give it a higher version, or name the right parent.")
