"""Write the entries as an annotated framework file, with everything that was not taken over at its end."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import yaml

from cxify.framework_import.entries import Entries, Entry, Section

_WIDTH: Final = 116
_LOCALES: Final = {"en": "en-GB", "de": "de-DE", "fr": "fr-FR", "nl": "nl-NL", "es": "es-ES"}
_HEADS: Final[dict[Section, str]] = {
    "service_standards": "Service standards. A target is printed in documents only when its status is agreed.",
    "competencies": "Competencies. A level that stands here replaces that level of the built-in framework as a whole.",
}


class _Dumper(yaml.SafeDumper):
    """Indents list entries below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def framework_file(entries: Entries, *, source: str, id: str, language: str, extends: str) -> str:
    """Return the YAML text of a framework that extends the built-in one."""
    parts = [*_head(source, id, language, extends)]
    for section in _HEADS:
        parts += _section(section, [entry for entry in entries.entries if entry.section == section])
    if entries.notes:
        parts += ["", "# ---- not taken over, or to be looked at ----", ""]
        parts += [line for note in entries.notes for line in _comment(f"{note.place}: “{note.text}” {note.why}")]
    return "\n".join(parts) + "\n"


def _head(source: str, id: str, language: str, extends: str) -> Iterator[str]:
    yield from _comment(f"Imported from {source}. Read it once, correct it, then run: cxify framework check FILE")
    yield from _comment("Everything that is not written here stays as it is in the built-in framework.")
    yield 'schema_version: "1.0"'
    yield f"extends: {extends}"
    yield ""
    identity = {"id": id, "name": source, "version": "0.1.0", "status": "draft", "locale": _LOCALES[language]}
    yield _dumped({"framework": {**identity, "owners": {"hr": "", "cx": ""}, "approved_by": [], "consulted": []}})
    yield from _comment("status: draft, until an owner in HR and one in customer experience have approved it.")


def _section(section: Section, entries: Sequence[Entry]) -> Iterator[str]:
    usable = [entry for entry in entries if not entry.missing]
    waiting = [entry for entry in entries if entry.missing]
    if entries:
        yield ""
        yield from _comment(_HEADS[section])
        yield f"{section}:" if usable else f"# {section}:"
    for entry in usable:
        yield f"  # {'changes the built-in entry' if entry.known else 'new'}; from {entry.place}"
        yield from _entry(entry)
    for entry in waiting:
        yield f"  # NOT IN USE, from {entry.place}; missing: {', '.join(entry.missing)}."
        yield "  # Add what is missing and remove the leading “# ”."
        yield from (f"  # {line[2:]}" for line in _entry(entry))


def _entry(entry: Entry) -> list[str]:
    return [f"  {line}" for line in _dumped([entry.data]).splitlines()]


def _dumped(data: Any) -> str:
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.rstrip("\n")


def _comment(text: str) -> Iterator[str]:
    line = "#"
    for word in text.split():
        if len(line) + len(word) > _WIDTH and line != "#":
            yield line
            line = "#  "
        line = f"{line} {word}"
    yield line
