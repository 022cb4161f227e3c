"""Sentences of the core on the page: what cxify says in English is told in the person's language, where it is known.

The core has one language for messages, remedies, findings and locks; `texts/said/{language}.yaml` knows them by
pattern.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from markupsafe import Markup

from cxify import yamlfile
from cxify.pages import visible
from cxify.web.texts import ENGLISH, FOLDER

SPOKEN: Final = "said"
"""Values whose names begin so are sentences of cxify themselves; all others are shown as they are."""
_AND: Final = " and "
_ENDS: Final = re.compile(r"(?<=[.?!]) (?=\S)")
_MOST_SENTENCES: Final = 8
_LONGEST: Final = 4000
"""Nothing that cxify says is longer; a quotation may be."""


@dataclass(frozen=True)
class Pattern:
    """A sentence of the core with names for its values, and the same in another language."""

    english: str
    other: str

    @cached_property
    def parts(self) -> list[tuple[str, str | None]]:
        """The words before each value with its name; the last has none."""
        return [(words, name) for words, name, _, _ in string.Formatter().parse(self.english)]

    @cached_property
    def names(self) -> list[str]:
        """The names of its values."""
        return [name for _, name in self.parts if name is not None]

    @cached_property
    def words(self) -> int:
        """How much of it is said whatever the values are: the pattern that says more goes first."""
        return sum(len(words) for words, _ in self.parts)

    @cached_property
    def _search(self) -> re.Pattern[str]:
        found = (re.escape(words) + (f"(?P<{name}>.+?)" if name else "") for words, name in self.parts)
        return re.compile("".join(found), re.DOTALL)

    @cached_property
    def _ends(self) -> tuple[str, str]:
        last, name = self.parts[-1]
        return self.parts[0][0], "" if name else last

    def values(self, sentence: str) -> Mapping[str, str] | None:
        """Return the values of a sentence of this pattern, or None for another."""
        begins, ends = self._ends
        if not (sentence.startswith(begins) and sentence.endswith(ends)):
            return None
        found = self._search.fullmatch(sentence)
        return found.groupdict() if found else None


@dataclass(frozen=True)
class Sayings:
    """What the core says, in one other language."""

    language: str
    whole: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()

    @classmethod
    def of(cls, language: str, pairs: Iterable[tuple[str, str]]) -> "Sayings":
        """Sort sentences and patterns: the one that leaves least open is tried first."""
        known = [Pattern(english, other) for english, other in pairs]
        with_values = sorted((each for each in known if each.names), key=lambda each: -each.words)
        return cls(language, {each.english: each.other for each in known if not each.names}, tuple(with_values))

    def said(self, text: str) -> str | None:
        """Return a text of the core, one sentence or several, in this language; None when a part of it is unknown."""
        return self._remembered(text) if len(text) <= _LONGEST else None

    @cached_property
    def _remembered(self) -> Callable[[str], str | None]:
        return lru_cache(maxsize=4096)(self._found)

    def _found(self, text: str) -> str | None:
        one = self.whole.get(text) or self._by_pattern(text)
        return one if one is not None else self._several(text)

    def _by_pattern(self, sentence: str) -> str | None:
        found = (self._filled(pattern, sentence) for pattern in self.patterns)
        return next((each for each in found if each is not None), None)

    def _filled(self, pattern: Pattern, sentence: str) -> str | None:
        values = pattern.values(sentence)
        if values is None:
            return None
        told = {name: self._value(name, value) for name, value in values.items()}
        # A sentence that is half in another language helps nobody: then another pattern fits, or none.
        return None if None in told.values() else pattern.other.format(**told)

    def _value(self, name: str, value: str) -> str | None:
        if not name.startswith(SPOKEN):
            return value
        if (whole := self._found(value)) is not None or _AND not in value:
            return whole
        parts = [self._found(part) for part in value.split(_AND)]
        return None if None in parts else self._and.join(part or "" for part in parts)

    @property
    def _and(self) -> str:
        return self.whole.get(_AND, _AND)

    def _several(self, text: str) -> str | None:
        for end in islice(_ENDS.finditer(text), _MOST_SENTENCES):
            first = self._one(text[: end.start()])
            if first is not None and (rest := self.said(text[end.end() :])) is not None:
                return f"{first} {rest}"
        return None

    def _one(self, sentence: str) -> str | None:
        return self.whole.get(sentence) or self._by_pattern(sentence)


@dataclass(frozen=True)
class Speaker:
    """Tells what the core says to one person."""

    language: str
    sayings: Sayings | None = None

    def __call__(self, text: str, otherwise: str = ENGLISH) -> Markup:
        """Return a text for a page; one that is not in the person's language is marked as what it is.

        `otherwise` is the language of what the core did not say itself.
        """
        known = self.sayings.said(text) if self.sayings else None
        shown = visible(known or text)
        if known is not None or not text or self.language == otherwise or not otherwise:
            return Markup.escape(shown)
        return Markup('<span lang="{}">{}</span>').format(otherwise, shown)

    def plain(self, text: str) -> str:
        """Return a text for where no language can be marked: an attribute, or an answer to the script."""
        return (self.sayings.said(text) if self.sayings else None) or text


def load(folder: Path = FOLDER / SPOKEN) -> dict[str, Sayings]:
    """Return what the core says, by language. Read it once: patterns are compiled when they are first needed."""
    return {file.stem: Sayings.of(file.stem, pairs(file)) for file in sorted(folder.glob("*.yaml"))}


def pairs(file: Path) -> Iterator[tuple[str, str]]:
    """Yield each sentence of a file in English and in its language."""
    for group in yamlfile.read(file).data.values():
        yield from group.items()
