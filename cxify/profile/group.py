"""Whom a document is about that lists no duties: the title, the audience and a few sentences say it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from cxify import yamlfile
from cxify.document import Block, Document

_FIRST_LINES = 40
"""Whom a document is about stands near its beginning."""


@dataclass(frozen=True)
class _Words:
    """The words of one language: people who lead by level, and how a document says that it is about them."""

    leads: Mapping[int, re.Pattern[str]]
    about: Mapping[int, re.Pattern[str]]
    others: re.Pattern[str]
    audience: re.Pattern[str]
    below: re.Pattern[str]
    nobody: re.Pattern[str]
    leading: re.Pattern[str] | None


def leads(document: Document, title: str) -> tuple[int, str]:
    """Return the level of the people who lead and whom the document is about, with its words; 0 where it is not."""
    words = _words(document.language.partition("-")[0])
    if words is None:
        return 0, ""
    named = "\n".join((title, document.title, *_audience(document, words)))
    lines = "\n".join(block.text for block in islice(_filled(document), _FIRST_LINES))
    for patterns, text in ((words.leads, named), (words.about, lines)):
        for level in sorted(patterns, reverse=True):
            if found := patterns[level].search(words.others.sub(" – ", text)):
                return level, found[0].strip()
    return 0, ""


def below(document: Document) -> list[str]:
    """Return the line or row that names who works below the role, as a list; none where it says that nobody does."""
    words = _words(document.language.partition("-")[0])
    if words is None:
        return []
    for label, value in _labelled(document):
        if (
            words.below.fullmatch(label.strip(" :."))
            and value.strip()
            and not words.nobody.fullmatch(value.strip(" ."))
        ):
            return [f"{label.strip(' :')}: {value.strip()}"]
    return []


def leading(text: str, language: str) -> list[str]:
    """Return the words by which the duties say that the role directs a team, as a list; none where they do not."""
    words = _words(language)
    found = words.leading.finditer(text) if words and words.leading else ()
    return list({one[0].casefold(): one[0] for one in found}.values())


def nobody_below(line: str, language: str) -> bool:
    """Tell whether a line says that nobody works below the role."""
    words = _words(language)
    label, separator, value = line.partition(":" if ":" in line else "\t")
    if words is None or not separator or not words.below.fullmatch(label.strip()):
        return False
    return bool(words.nobody.fullmatch(value.strip(" .")))


def _labelled(document: Document) -> Iterator[tuple[str, str]]:
    for block in _filled(document):
        label, separator, value = block.text.partition(":" if ":" in block.text else "\t")
        if separator:
            yield label, value
    for table in document.tables:
        for row in table.rows:
            cells = [" ".join(document.by_id[id].text for id in cell.blocks) for cell in row.cells]
            yield from pairwise(cells)


def _filled(document: Document) -> Iterator[Block]:
    return (block for block in document.body if block.text.strip())


def _audience(document: Document, words: _Words) -> Iterator[str]:
    """Yield the lines whose label says whom the document is for, and the text below such a heading."""
    for section in document.sections:
        if words.audience.fullmatch(section.title.strip(" :")):
            yield from (document.by_id[id].text for id in section.blocks)
    for block in islice(_filled(document), _FIRST_LINES):
        for part in block.text.split("\t"):
            label, colon, value = part.partition(":")
            if colon and words.audience.fullmatch(label.strip()):
                yield value
    yield from _beside_labels(document, words)


def _beside_labels(document: Document, words: _Words) -> Iterator[str]:
    for table in document.tables:
        for row in table.rows:
            cells = [" ".join(document.by_id[id].text for id in cell.blocks) for cell in row.cells]
            if len(cells) > 1 and words.audience.fullmatch(cells[0].strip(" :")):
                yield cells[1]


@cache
def _words(language: str) -> _Words | None:
    """Return the words of a language; None for one that has none yet."""
    entry: Any = yamlfile.read(Path(__file__).with_name("group.yaml")).data.get(language)
    if entry is None:
        return None
    people = {level: "|".join(texts) for level, texts in entry["leads"].items()}
    about = {
        level: _any_of(text.replace("{}", f"(?:{people[level]})") for text in entry["about"] if "{}" in text)
        for level in people
    }
    plain = [text for text in entry["about"] if "{}" not in text]
    about[min(people)] = re.compile(f"{about[min(people)].pattern}|{_any_of(iter(plain)).pattern}", re.IGNORECASE)
    return _Words(
        {level: _any_of(iter((text,))) for level, text in people.items()},
        about,
        _any_of(iter(entry["others"])),
        re.compile(entry["audience"], re.IGNORECASE),
        re.compile(entry["below"], re.IGNORECASE),
        re.compile(entry["nobody"], re.IGNORECASE),
        _any_of(iter(entry["leading"])) if "leading" in entry else None,
    )


def _any_of(texts: Iterator[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(texts)})(?!\w)", re.IGNORECASE)
