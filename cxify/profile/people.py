"""How people are named in a text: in the plural and the singular, and not where their name is part of another."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cxify import sieve
from cxify.profile.grammar import plural_only
from cxify.sieve import LatePattern, Sifted

_NO_PEOPLE = (
    r"(?![- ](?:sector|body|bodies|purse|holidays?|relations|service|services|care (?:training|courses?)|"
    r"agenc(?:y|ies)|organi[sz]ations?|experience|focus|focused|"
    r"satisfaction|orientation|oriented|facing|centric|base|speakers?|lecturers?)\b)"
)
""""The public sector" and "customer service training" are nobody."""
_ARE_PEOPLE = re.compile(_NO_PEOPLE, re.IGNORECASE)


_NOT_A_MEMBER_OF = "".join(
    f"(?<!{of}[ -])"
    for of in ("team", "staff", "family", "board", "crew", "faculty", "council", "panel", "committee", "jury")
)


def count(words: Iterable[str], text: Sifted) -> Counter[str]:
    """Count each word, also in the singular; a longer name hides the shorter ones inside it."""
    counts: Counter[str] = Counter()
    left = text.text
    for word in sorted(words, key=len, reverse=True):
        if text.holds(stem(word)):
            left, number = finder(word).subn(" ", left)
            counts.update({word: number} if number else {})
    return counts


def mentions(text: Sifted, cue: str) -> bool:
    """Tell whether a word stands in a text in small letters, in whatever form."""
    return text.holds(cue.casefold()) and bool(_cue(cue).search(text.text))


@lru_cache(maxsize=512)
def _cue(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word.casefold())}(?:s|en|n)?\b")


@lru_cache(maxsize=2048)
def stem(word: str) -> str:
    """Return what every form of a word begins with: a text without it need not be searched."""
    lower = word.casefold()
    return lower[:-3] if lower.endswith(("ies", "ren")) else lower.removesuffix("people").removesuffix("s")


@lru_cache(maxsize=2048)
def finder(word: str) -> re.Pattern[str]:
    """Return what finds people by their name in a text in small letters."""
    return re.compile(any_of((word,)))


def any_of(words: tuple[str, ...]) -> str:
    """Return what finds people in the plural and the singular; "the public sector" is nobody.

    What all names share stands around them once: beside each name it would make a pattern of 60,000 letters.
    """
    return rf"(?<!\w)(?:{'|'.join(map(forms, words))})(?!\w){_NO_PEOPLE}"


@lru_cache(maxsize=2048)
def forms(word: str) -> str:
    """Return what finds a name in its forms.

    Organisations and trades are found in the plural only: "the hospital" is where somebody works.
    """
    lower = word.casefold()
    if word in plural_only():
        return f"{re.escape(lower)}n?"
    if lower == "members":
        return rf"{_NOT_A_MEMBER_OF}member[sn]?(?! of (?:the |our |its )?(?:staff|team|family|board|crew|department))"
    if lower == "visitors":
        return r"(?<!health )visitors?"
    if lower == "managers":
        return "managers"  # in the singular mostly one's own
    if lower == "users":
        return r"(?<!service )users?"
    if lower.endswith("ies"):
        return f"{re.escape(lower[:-3])}(?:y|ies)"
    if lower.endswith("children"):
        return f"{re.escape(lower.removesuffix('ren'))}(?:ren)?"
    if lower.endswith("people"):
        return f"{re.escape(lower.removesuffix('people'))}(?:people|person)"
    return f"{re.escape(lower.removesuffix('s'))}[sn]?"


def without(people: Mapping[str, Iterable[str]], text: str) -> str:
    """Leave out those whom the document speaks to, such as the candidates in an interview guide."""
    sifted = sieve.lowered(text)
    for word in (word for words in people.values() for word in words):
        named = _in_any_case(word)
        if sieve.passes(named, sifted):
            text = named.compiled.sub(_left_out, text)
            sifted = sieve.lowered(text)
    return text


def _left_out(found: re.Match[str]) -> str:
    return " " if _ARE_PEOPLE.match(found.string, found.end()) else found[0]


@lru_cache(maxsize=512)
def _in_any_case(word: str) -> LatePattern:
    """Return what finds a name in any case; each document has its own job title, so little is compiled for it."""
    return LatePattern(rf"(?<!\w)(?:{forms(word)})(?!\w)", re.IGNORECASE)
