"""What all kinds share: headings, columns, labels, protected patterns, languages. Read once, compiled once."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cxify import yamlfile
from cxify.kinds.words import Vocabulary
from cxify.sieve import LatePattern, Sifted

_FOLDER = Path(__file__).parent
_BY_PART = ("signature", "person")
"""Roles of labels such as "Signature of the post holder", of which there is no end."""


@dataclass(frozen=True)
class Protected:
    """A compiled protected pattern; `whole` locks the block, otherwise only what matches."""

    id: str
    reason: str
    whole: bool
    search: LatePattern
    only_if: tuple[str, ...]

    @property
    def lock(self) -> str:
        """The reason as the reader of a lock sees it: "pay (P-PAY)"."""
        return f"{self.reason} ({self.id})"


@dataclass(frozen=True)
class Labels:
    """Labels of facts, and the reason that a lock on each gives."""

    words: Vocabulary
    reasons: Mapping[str, str]

    def role(self, text: str, language: str) -> str | None:
        """Return what a label means. Only people's names and signatures are known by a part of the label."""
        found = self.words.find(text, language)
        if found is None and " / " in text:  # "Stelle / Poste" in a paper of two languages
            found = self.words.find(text.partition(" / ")[0])
        return found.role if found and (found.exact or found.role in _BY_PART) else None


@cache
def sections() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the headings of every section role, by language."""
    return _phrases("sections.yaml")


@cache
def columns() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the headers of every column role, by language."""
    return _phrases("columns.yaml")


@cache
def section_words() -> Vocabulary:
    """Return the vocabulary of section headings."""
    return Vocabulary.of(sections())


@cache
def column_words() -> Vocabulary:
    """Return the vocabulary of column headers."""
    return Vocabulary.of(columns())


@cache
def labels() -> Labels:
    """Return the labels of facts about a post, a person or a form."""
    data = dict(_read("labels.yaml"))
    reasons = {role: entry.pop("reason") for role, entry in data.items()}
    return Labels(Vocabulary.of(data), reasons)


@cache
def protected() -> tuple[Protected, ...]:
    """Return the protected patterns."""
    return tuple(_protected(entry) for entry in _read("protected.yaml")["patterns"])


@cache
def language_data() -> dict[str, Any]:
    """Return stop words and spellings."""
    return _read("language.yaml")


@cache
def content_hash() -> str:
    """Return the hash of everything that all kinds share."""
    files = sorted(_FOLDER.glob("*.yaml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _protected(entry: dict[str, Any]) -> Protected:
    flags = 0 if entry.get("case") else re.IGNORECASE
    pattern = LatePattern("|".join(f"(?:{one})" for one in entry["any"]), flags)
    only_if = tuple(str(word).casefold() for word in entry.get("only_if", ()))
    return Protected(entry["id"], entry["reason"], entry["whole"], pattern, only_if)


def _phrases(name: str) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        role: {language: tuple(str(text) for text in texts) for language, texts in phrases.items()}
        for role, phrases in _read(name).items()
    }


def _read(name: str) -> dict[str, Any]:
    marked = yamlfile.read(_FOLDER / name)
    assert not marked.problems, marked.problems  # noqa: S101  shipped data, proved by tests
    return dict(marked.data)


def has_word(word: str, text: str | Sifted, *, whole: bool = False) -> bool:
    """Say whether a casefolded text holds a word or phrase.

    A word also finds longer words that begin with it ("koordin" finds "koordinieren"), unless it has three letters or
    less or `whole` is asked for.
    """
    if isinstance(text, Sifted):
        if not text.holds(word):
            return False
        text = text.text
    whole = whole or len(word) <= 3
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        begins = start == 0 or not text[start - 1].isalnum()
        if begins and not (whole and text[end : end + 1].isalnum()):
            return True
        start = text.find(word, start + 1)
    return False
