"""Cues as people write them, and where they stand in a sentence.

    waiting … call/ring back    a word, one of several words, up to five words between
    call* *antrag*              any ending, any beginning
    (a) reply                   a word that may be missing
    nobody/no-one rang          two words in place of one

Case and the form of apostrophes and hyphens make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

GAP = "…"
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,;:]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\S)|\n+|[.!?…]+$")
_KEY = 3
"""So many first letters of a word find the cues that may stand in a sentence."""
_MOST_BETWEEN = 5


@dataclass(frozen=True)
class Cue:
    """One cue, ready to be looked for; `keys` are beginnings of a word that it cannot do without, or none."""

    pattern: re.Pattern[str]
    keys: frozenset[str]


@dataclass(frozen=True)
class Place:
    """Where a cue stands: the words before it, nearest last, and the words that its gaps hold."""

    before: tuple[str, ...]
    between: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """Split a comment into its sentences, as they stand."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def spoken(sentence: str) -> str:
    """Return the words of a sentence between single spaces, as cues are compared with them."""
    plain = unicodedata.normalize("NFC", sentence).replace("’", "'").replace("-", " ").casefold()
    return f" {' '.join(_WORD.findall(plain))} "


def keys_of(words: str) -> frozenset[str]:
    """Return the keys under which cues for these words are kept."""
    return frozenset(word[:_KEY] for word in words.split())


@lru_cache(maxsize=8192)
def cue(text: str) -> Cue:
    """Read a cue as it is written in a framework or a language file."""
    tokens = unicodedata.normalize("NFC", text).replace("’", "'").casefold().split()
    return Cue(re.compile(" " + "".join(_part(token) for token in tokens)), _keys(tokens))


def places(found: Cue, words: str) -> Iterator[Place]:
    """Yield every place of a cue in a sentence that `spoken` made."""
    for match in found.pattern.finditer(words):
        between = tuple(word for gap in match.groups() if gap for word in gap.split())
        yield Place(tuple(words[: match.start()].split()), between)


def _part(token: str) -> str:
    if token == GAP:
        return rf"((?:[^ ]+ ){{0,{_MOST_BETWEEN}}}?)"
    if token.startswith("(") and token.endswith(")"):
        return f"(?:{_choice(token[1:-1])} )?"
    return f"{_choice(token)} "


def _choice(token: str) -> str:
    words = [re.escape(word.replace("-", " ")).replace(r"\*", "[^ ]*") for word in token.split("/")]
    return f"(?:{'|'.join(words)})"


def _keys(tokens: list[str]) -> frozenset[str]:
    """Take the longest word that must be there; a word with an open beginning has no key."""
    needed = [token.split("/") for token in tokens if token != GAP and not token.startswith("(")]
    usable = [words for words in needed if all(_has_key(word) for word in words)]
    best = max(usable, key=lambda words: min(len(word) for word in words), default=[])
    return frozenset(word.partition("-")[0].rstrip("*")[:_KEY] for word in best)


def _has_key(word: str) -> bool:
    return not word.startswith("*") and (not word.endswith("*") or len(word) > _KEY)
