"""From records to entries of a framework file: ids by name, indicators one by one, targets only when agreed."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final, Literal

from cxify.framework import Framework
from cxify.framework_import.tables import Found, Note, Record, Said
from cxify.framework_import.vocabulary import is_agreed, plain

Section = Literal["competencies", "service_standards"]
SECTIONS: Final[dict[str, Section]] = {"competency": "competencies", "standard": "service_standards"}
LEVELS: Final = (1, 2, 3, 4)
_FEWEST: Final = 2
_ID: Final = re.compile(r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$")
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "&": " "})
_BULLET: Final = re.compile(r"^\s*(?:[•·▪◦‣*–—-]|\(?\d{1,2}[.)]|[a-h]\))\s+")
_SENTENCE: Final = re.compile(r"(?<=[.!])\s+(?=[A-ZÄÖÜÉÀ])")
_ALL: Final = ["external", "internal", "enabler"]


@dataclass(frozen=True)
class Entry:
    """One entry of the file. `missing` says why it cannot be used yet; it is then written as a comment."""

    section: Section
    data: dict[str, Any]
    place: str
    known: bool
    missing: tuple[str, ...] = ()


@dataclass
class Entries:
    """Everything that the tables came to."""

    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def made(found: Found, base: Framework) -> Entries:
    """Return the entries of a framework that extends `base`; the same tables always give the same ids."""
    result = Entries(notes=list(found.notes))
    maker = _Maker(base, result)
    for record in found.records:
        maker.add(record)
    return result


def slug(name: str) -> str:
    """Return a name as letters, digits and dashes: "Zuhören & verstehen" is ZUHOEREN-VERSTEHEN."""
    flat = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", flat))[:32].strip("-").upper()


def indicators(text: str) -> list[str]:
    """Return the single indicators of a cell: its lines, else what semicolons or full stops separate."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and not _BULLET.match(lines[0]):
        lines = lines[0].split(";") if ";" in lines[0] else _SENTENCE.split(lines[0])
    return [_sentence(_BULLET.sub("", line).strip()) for line in lines if line.strip(" .;")]


def _sentence(text: str) -> str:
    text = text.rstrip(" ;,")
    return f"{text[:1].upper()}{text[1:]}" + ("" if text[-1:] in ".!?…" else ".")


@dataclass
class _Maker:
    base: Framework
    result: Entries
    used: set[str] = field(default_factory=set)

    def add(self, record: Record) -> None:
        section = SECTIONS[record.kind]
        id, known = self._id(record, section)
        data = {"id": id, "name": record.name.text.replace("\n", " ")}
        data |= self._competency(record, known) if section == "competencies" else self._standard(record, known)
        missing = () if known else tuple(self._missing(data, section))
        levels = [f"level {n} (two indicators at least)" for n in self._thin(data)]
        self.result.entries.append(Entry(section, data, record.name.place, known, (*missing, *levels)))

    def _id(self, record: Record, section: Section) -> tuple[str, bool]:
        given = record.fields.pop("id", None)
        names = dict(self._names(section))
        known = names.get(plain(record.name.text))
        if given and _ID.match(given.text):
            chosen = given.text
        else:
            if given:
                self._note(given, f"“{given.text}” cannot be an id; letters, digits, “-”, “_” and “.” can.")
            chosen = known or f"ORG-{slug(record.name.text) or 'X'}"
            self._tell_alike(record, names, known)
        return self._free(chosen, record), chosen in names.values()

    def _free(self, id: str, record: Record) -> str:
        free, number = id, 1
        while free in self.used:
            number += 1
            free = f"{id}-{number}"
        if free != id:
            self._note(
                record.name, f"The id {id} is taken by an entry above; this one is {free}. Is it the same twice?"
            )
        self.used.add(free)
        return free

    def _names(self, section: Section) -> Iterator[tuple[str, str]]:
        for framework in (self.base, *(self.base.localised(language) for language in self.base.locales)):
            yield from ((plain(entry.name), entry.id) for entry in getattr(framework, section))
        yield from ((plain(entry.id), entry.id) for entry in getattr(self.base, section))

    def _tell_alike(self, record: Record, names: Mapping[str, str], known: str | None) -> None:
        alike = get_close_matches(plain(record.name.text), names, n=1, cutoff=0.75) if known is None else []
        if alike:
            why = f"It is a new entry. If it means “{alike[0]}”, give it the id {names[alike[0]]}."
            self._note(record.name, why)

    def _competency(self, record: Record, known: bool) -> dict[str, Any]:
        data = self._texts(record, {"short": "short", "definition": "definition", "interview": "interview"})
        if not known:
            data = {"short": data.pop("short", record.name.text.replace("\n", " ")), **data, "relationships": _ALL}
        levels: dict[int, list[str]] = {}
        for number, said in sorted(record.levels.items()):
            texts = list(dict.fromkeys(text for each in said for text in indicators(each.text)))
            if number in LEVELS:
                levels[number] = texts
            else:
                for each in said:
                    self._note(each, f"There are four levels; this is level {number}.")
        if "ineffective" in record.fields:
            data["ineffective"] = indicators(record.fields.pop("ineffective").text)
        self._left_over(record)
        return data | ({"levels": levels} if levels else {})

    def _standard(self, record: Record, known: bool) -> dict[str, Any]:
        data = self._texts(record, {"statement": "statement", "definition": "statement"})
        if not known:
            data["applies_to"] = _ALL
        measure = self._texts(record, {"measure": "what", "source": "source"})
        measure |= self._target(record)
        data |= self._texts(record, {"perverse_effect": "perverse_effect"})
        self._left_over(record)
        for number, said in record.levels.items():
            for each in said:
                self._note(each, f"A service standard has no levels; this was level {number}.")
        return data | ({"measure": measure} if measure else {})

    def _target(self, record: Record) -> dict[str, Any]:
        """Take a target over only where the table says that it is agreed."""
        target, status = record.fields.pop("target", None), record.fields.pop("target_status", None)
        if target is None:
            return {}
        inline = re.search(r"\s*[(\[]([^)\]]+)[)\]]\s*$", target.text)
        if (status and is_agreed(status.text)) or (inline and is_agreed(inline[1])):
            value = target.text[: inline.start()] if inline and is_agreed(inline[1]) else target.text
            return {"target": {"value": value, "status": "agreed"}}
        self._note(target, "The target is not marked as agreed; documents will say that it is to be agreed.")
        return {}

    def _texts(self, record: Record, keys: Mapping[str, str]) -> dict[str, Any]:
        taken: dict[str, Any] = {}
        for role, key in keys.items():
            if role in record.fields and key not in taken:
                taken[key] = " ".join(record.fields.pop(role).text.split())
        return taken

    def _left_over(self, record: Record) -> None:
        for role, said in record.fields.items():
            self._note(said, f"“{role}” has no place in this part of a framework.")

    def _missing(self, data: Mapping[str, Any], section: Section) -> Iterator[str]:
        if section == "competencies":
            yield from (key for key in ("definition",) if key not in data)
            levels = data.get("levels", {})
            yield from (f"level {number}" for number in LEVELS if number not in levels)
            return
        yield from (key for key in ("statement",) if key not in data)
        measure = data.get("measure", {})
        yield from (name for key, name in (("what", "measure"), ("source", "source")) if key not in measure)

    def _thin(self, data: Mapping[str, Any]) -> list[int]:
        return [number for number, texts in data.get("levels", {}).items() if len(texts) < _FEWEST]

    def _note(self, said: Said, why: str) -> None:
        self.result.notes.append(Note(said.place, said.text, why))
