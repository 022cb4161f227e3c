"""Know cheaply that a pattern cannot match: every match holds one of a few literal strings, and the text holds none.

Most patterns of a wording or a rule find nothing in most texts. Searching for a literal is a hundred times faster than
trying a pattern with many alternatives at every letter, and knowing that its letters do not stand together anywhere is
ten times faster than searching.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

# The parser of the standard library knows its own syntax better than a second one could; it has no public name.
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_SAME = (("ſ", "s"), ("ı", "i"), ("\u0307", ""))
"""Letters that a pattern for any case takes for others: they survive `lower`."""
_SHORTEST = 2
_LONG_WORD = 40
_LONG_TEXT = 1000
_MICRO = 0xB5
_LETTERS = tuple(chr(code).lower() if code != _MICRO and len(chr(code).lower()) == 1 else "" for code in range(0x100))
"""Latin letters that have no other form than their capital."""


class Sifted:
    """A text that is asked for many strings: it knows its sequences of three letters, so most need no search."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def grams(self) -> frozenset[str]:
        """All sequences of three letters in its words; no string with another one in it stands in the text."""
        return frozenset().union(*map(_grams_of_word, set(self.text.split())))

    def holds(self, literal: str) -> bool:
        """Say whether a string stands in the text."""
        return _grams(literal) <= self.grams and literal in self.text

    def holds_any(self, literals: "Literals") -> bool:
        """Say whether one of several strings stands in the text."""
        if literals.telling and self.grams.isdisjoint(literals.telling):
            return False
        for literal, grams in literals.each:  # noqa: SIM110  a generator costs more than the search
            if grams <= self.grams and literal in self.text:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Literals:
    """Strings that are looked for together."""

    each: tuple[tuple[str, frozenset[str]], ...]
    """The strings with their sequences of three letters."""
    telling: frozenset[str]
    """One sequence of each string; none when a string has none."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Literals":
        """Prepare strings, given as they stand in the texts."""
        each = tuple((text, _grams(text)) for text in texts)
        return cls(each, frozenset(min(grams) for _, grams in each) if all(grams for _, grams in each) else frozenset())

    def stand_in(self, text: str) -> bool:
        """Say whether one of them stands in a text that is asked once, which is not worth sifting."""
        return any(literal in text for literal, _ in self.each)


class LatePattern:
    """A pattern that is compiled when it is first tried: of a wording's patterns one document tries a third."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself. Raises re.error."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def needed(self) -> Literals:
        """Strings of which every match holds at least one."""
        return _sought(self.pattern, self.flags)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning."""
        return self.compiled.match(text)

    def findall(self, text: str) -> list[str]:
        """Return what all matches hold."""
        return self.compiled.findall(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches."""
        return self.compiled.finditer(text)

    def sub(self, instead: str, text: str) -> str:
        """Replace all matches."""
        return self.compiled.sub(instead, text)


def lowered(text: str) -> Sifted:
    """Return a text as `passes` wants it: in small letters. Paragraphs are asked about by many."""
    return _lowered(text) if len(text) < _LONG_TEXT else _lowered.__wrapped__(text)


@lru_cache(maxsize=256)
def _lowered(text: str) -> Sifted:
    lower = text.lower()
    for odd, plain in _SAME if not text.isascii() else ():
        lower = lower.replace(odd, plain)
    return Sifted(lower)


def passes(pattern: re.Pattern[str] | LatePattern, text: Sifted) -> bool:
    """Return False when the pattern matches nowhere in a text that was `lowered`."""
    needed = pattern.needed if isinstance(pattern, LatePattern) else _sought(pattern.pattern, pattern.flags)
    return not needed.each or text.holds_any(needed)


def literals(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return strings of which every match holds at least one, in small letters; none when that cannot be said."""
    return tuple(literal for literal, _ in _sought(pattern.pattern, pattern.flags).each)


@lru_cache(maxsize=4096)
def _sought(pattern: str, flags: int) -> Literals:
    """Kept by the words of the pattern: they know their hash, a compiled pattern computes its own at every question."""
    found = _needed(_parser.parse(pattern, flags & ~re.DEBUG))
    return Literals.of(sorted(found) if found and min(map(len, found)) >= _SHORTEST else ())


@lru_cache(maxsize=8192)
def _grams(text: str) -> frozenset[str]:
    """Return the sequences of three letters in the words of a text."""
    return frozenset(word[start : start + 3] for word in text.split() for start in range(len(word) - 2))


def _grams_of_word(word: str) -> frozenset[str]:
    """Documents share most of their words, which are short; what has no spaces is not worth keeping."""
    return _grams(word) if len(word) < _LONG_WORD else _grams.__wrapped__(word)


def _needed(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return the best set for a sequence: the one whose shortest string is longest."""
    sets: list[frozenset[str]] = []
    run = ""
    for operator, value in parsed:
        letter = _LETTERS[value] if operator is sre.LITERAL and value < len(_LETTERS) else ""
        if letter:
            run += letter
            continue
        sets += [frozenset((run,)), _inside(operator, value)]
        run = ""
    sets.append(frozenset((run,)))
    return max(sets, key=lambda one: (min(map(len, one), default=0), -len(one)))


def _inside(operator: Any, value: Any) -> frozenset[str]:
    if operator is sre.SUBPATTERN:
        return _needed(value[-1])
    if operator is sre.ATOMIC_GROUP:
        return _needed(value)
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _needed(value[2]) if value[0] else frozenset(("",))
    if operator is sre.BRANCH:
        return frozenset().union(*map(_needed, value[1]))
    return frozenset(("",))
