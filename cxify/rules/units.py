"""Which names mean the same department: "Finance Dept.", "the Finance team", "Finanzabteilung"."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from cxify import yamlfile
from cxify.rules.plain import plain

_WORD = re.compile(r"[\w&'+-]+", re.UNICODE)
_PART = re.compile(r"\s*(?:[–—/|:;,]|\s-\s|\(|\))\s*")
_LONGEST = 5
_ACRONYM = 3
_COMPOUND = re.compile(r"(?<=\w{3})s?abteilung$")


@dataclass(frozen=True)
class Names:
    """The known departments: the generic words of their names, and which spelling means which of them."""

    generic: frozenset[str]
    articles: frozenset[str]
    ambiguous: frozenset[str]
    shown: dict[str, str]
    """Key to the name that is shown when no document says it otherwise."""
    spellings: dict[str, str]
    """Every known spelling, compared as `key` does, to the key of its unit."""


class Mention(NamedTuple):
    """A department that a text names: its key, and the words as they stand there."""

    key: str
    words: str
    start: int


@cache
def names() -> Names:
    """Return the departments of units.yaml."""
    data = yamlfile.read(Path(__file__).with_name("units.yaml")).data
    generic = frozenset(plain(word) for words in data["generic"].values() for word in words)
    articles = frozenset(plain(word) for word in data["articles"])
    ambiguous = frozenset(plain(word) for word in data["ambiguous"])
    spellings: dict[str, str] = {}
    shown: dict[str, str] = {}
    for row in data["units"]:
        own = _bare(str(row[0]), generic, articles)
        shown[own] = str(row[0])
        spellings |= {_bare(str(name), generic, articles): own for name in row}
    return Names(generic, articles, ambiguous, shown, spellings)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """Return what two spellings of one department have in common; "" when the name says nothing."""
    known = names()
    bare = _bare(name, known.generic, known.articles)
    return known.spellings.get(bare) or known.spellings.get(_COMPOUND.sub("", bare), bare)


@lru_cache(maxsize=4096)
def keys(name: str) -> frozenset[str]:
    """Return the keys under which a department may be meant: "Finance – Shared Services" is also Finance."""
    parts = [part for part in _PART.split(name) if part.strip()]
    return frozenset(found for part in (name, *parts) if (found := key(part)))


def looks_like_a_unit(words: str) -> bool:
    """Tell whether a name is known, or carries a word such as "department" beside a word of its own."""
    known = names()
    parts = _WORD.findall(plain(words))
    own = key(words)
    return bool(own) and (own in known.shown or any(part in known.generic or _COMPOUND.search(part) for part in parts))


def mentioned(text: str, further: Collection[str] = ()) -> Iterator[Mention]:
    """Yield the departments that a text names; at each place the longest name counts.

    `further` are keys beside those of units.yaml, such as the units of this run. A word in small letters counts when it
    is all that the text says, or beside a generic word: "people" is nobody's department.
    """
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        for length in range(min(_LONGEST, len(words) - index), 0, -1):
            found = words[index : index + length]
            own = _named([match.group() for match in found], further)
            if own and _is_name(words, index, length, text):
                yield Mention(own, text[found[0].start() : found[-1].end()], found[0].start())
                index += length - 1
                break
        index += 1


def _named(words: list[str], further: Collection[str]) -> str:
    """Return the key of a phrase that begins and ends with words of the name itself."""
    known = names()
    if plain(words[0]) in known.articles or plain(words[-1]) in known.articles | {"and", "und", "&"}:
        return ""
    own = key(" ".join(words))
    return own if own in known.shown or own in further else ""


def _is_name(words: list[re.Match[str]], index: int, length: int, text: str) -> bool:
    known = names()
    found = [match.group() for match in words[index : index + length]]
    own = [word for word in found if plain(word) not in known.generic]
    around = [words[place].group() for place in (index - 1, index + length) if 0 <= place < len(words)]
    if any(plain(word) in known.generic for word in (*found, *around)):
        return True
    if plain(" ".join(own)) in known.ambiguous:
        return False
    if len(own) == 1 and len(own[0]) <= _ACRONYM:
        return own[0].isupper()
    first = all(plain(word.group()) in known.articles for word in words[:index])
    ends = not text[words[index + length - 1].end() :].lstrip()[:1].isalpha()
    return own[0][0].isupper() or (first and ends)


@lru_cache(maxsize=8192)
def _bare(name: str, generic: frozenset[str], articles: frozenset[str]) -> str:
    words = _WORD.findall(plain(name).replace("&", " & "))
    kept = [word.removesuffix("'s") for word in words if word not in articles]
    own = [word for word in kept if word not in generic] or kept
    return " ".join(word for word in own if word not in ("&", "and", "und"))
