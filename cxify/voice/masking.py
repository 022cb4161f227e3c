"""Take personal data out of a comment before anybody, or anything, sees it.

Masking goes rather too far than not far enough: a word too many costs a nicer quote, a name too many costs trust.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from cxify.voice.packs import languages, pack

PERSON: Final = "name"
_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČ][\w'’-]*"
_PARTICLES: Final = r"(?:(?:von|van|de|der|den|da|di|del|la|le|ter|zu|y)\s+){0,3}"
_SURE_TITLES: Final = "mr|mrs|ms|mme|mlle|dhr|mevr|srta?|sra"
"""Abbreviations behind which a name stands even when it is written small: mr smith."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = r"[#:]?\s*(?:no\.?|nr\.?|number|nummer|numéro|n°|número|núm\.?|is|ist|est|es|:|#)*\s*"
_ON_NETWORKS_AND_DATES: Final = (
    ("e-mail", re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")),
    ("web address", re.compile(r"\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)),
    ("account on a network", re.compile(r"(?<!\w)@\w{2,}")),
    ("date", re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b")),
)
_ACCOUNTS: Final = (
    ("bank account", re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b")),
    ("telephone", re.compile(r"(?<![\w-])(?:\+|00|\(0|0)[\d ()/.-]{6,}\d(?!\w)|\b\d{3}[ .-]\d{3,4}[ .-]\d{3,4}\b")),
)
_CODES: Final = (
    ("address", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b\d{4}\s?[A-Z]{2}\b")),
    # Every repetition is bounded: a comment of nothing but "1-1-1-" must not take seconds.
    (
        "number",
        re.compile(
            r"\b(?=[A-Z0-9-]{0,20}\d[A-Z0-9-]{0,20}\d)(?=[A-Z0-9-]{0,20}[A-Z])[A-Z0-9]{1,30}(?:-[A-Z0-9]{1,30}){0,6}\b(?<=\w{5})"
        ),
    ),
    ("number", re.compile(r"\b\d(?:[ -]?\d){4,}\b")),
)


@dataclass(frozen=True)
class Masking:
    """Masks comments; `people` are names that the file itself lists in a column of its own."""

    people: frozenset[str] = frozenset()

    def masked(self, text: str) -> tuple[str, Counter[str]]:
        """Return the text with [name], [e-mail] and so on, and how often each was put in."""
        counts: Counter[str] = Counter()
        named = not given_names().isdisjoint(_LETTERS.findall(text))
        for kind, pattern in (*_patterns(), *(_given() if named else ()), *_of_people(self.people)):
            text = pattern.sub(_replacing(kind, counts), text)
        return text, counts


def names_in(values: Iterable[str]) -> frozenset[str]:
    """Return the parts of people's names in a column, such as "Okafor, Grace"; initials are no use."""
    parts = (part for value in values for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", value))
    return frozenset(part for part in parts if len(part) > 2 and not part.islower())


def _replacing(kind: str, counts: Counter[str]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        before = match.groupdict().get("before") or ""
        counts[kind] += 1
        return f"{before}[{kind}]"

    return replace


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    numbers = _either(word for language in languages() for word in pack(language).number_words)
    numbered = re.compile(rf"(?P<before>(?i:\b(?:{numbers})){_NUMBER})(?=[\w/-]*\d)[\w/-]{{3,}}")
    births = _either(word for language in languages() for word in pack(language).birth)
    # A date of birth in words: born on 3 May 1961.
    born = re.compile(rf"(?P<before>(?i:\b(?:{births}))\.?:?\s)[^,;!?\n]{{0,24}}?\b(?:19|20)\d\d\b")
    return (
        *_ON_NETWORKS_AND_DATES,
        ("date of birth", born),
        *_ACCOUNTS,
        *_addresses(),
        ("number", numbered),
        *_CODES,
        *_people(),
    )


def _addresses() -> Iterable[tuple[str, re.Pattern[str]]]:
    last = _either(word for name in languages() if not (p := pack(name)).streets_come_first for word in p.streets)
    first = [word for name in languages() if (p := pack(name)).streets_come_first for word in p.streets]
    ending = _either(word.removeprefix("*") for word in first if word.startswith("*"))
    alone = _either(word for word in first if not word.startswith("*"))
    yield "address", re.compile(rf"\b\d{{1,4}}[a-zA-Z]?,?\s+(?:{_CAPITAL}\s+){{1,3}}(?i:{last})\b")
    yield (
        "address",
        re.compile(rf"(?i:\b[\w-]{{0,30}}(?:{ending})\.?)\s+\d{{1,4}}\s?[a-zA-Z]?\b(?:,?\s+\d{{4,5}}\s+{_CAPITAL})?"),
    )
    yield (
        "address",
        re.compile(
            rf"(?:\b\d{{1,4}},?\s+)?(?i:\b(?:{alone}))\s+(?:(?:de|del|la|las|los|le|les|du|des)\s+)*{_CAPITAL}(?:\s+\d{{1,4}})?\b"
        ),
    )
    yield "address", re.compile(rf"\b\d{{5}}\s+{_CAPITAL}")


def _people() -> Iterable[tuple[str, re.Pattern[str]]]:
    titles = _titles()
    title = rf"(?:{titles})\b\.?\s+"
    # Behind a title stands a name of one or two words, of which none is a title itself: "Sr. López y Sra. Ruiz".
    one = rf"(?!(?:{titles})\b){_CAPITAL}"
    name = rf"{_PARTICLES}{one}(?:\s+{_PARTICLES}{one})?"
    yield PERSON, re.compile(rf"(?P<before>\b(?:{title}){{1,4}}){name}")
    yield (
        PERSON,
        re.compile(rf"(?P<before>\b(?i:{_SURE_TITLES})\b\.?\s+)(?!\[)(?!(?:{titles}|and|et|en|y)\b)[^\W\d_][\w'’-]*"),
    )
    before = _either(word for language in languages() for word in pack(language).introductions)
    yield PERSON, re.compile(rf"(?P<before>\b(?i:{before}),?\s+){name}")


def _titles() -> str:
    """Return titles as people write them; "HR Business Partner" is no Herr, so short ones do not count in capitals."""
    written = [word for language in languages() for word in pack(language).titles]
    loud = [word.upper() for word in written if len(word) > 2 or word in ("mr", "ms", "dr")]
    return _either([*written, *(word.capitalize() for word in written), *loud, "med", "Med"])


@cache
def _given() -> tuple[tuple[str, re.Pattern[str]], ...]:
    given = _either(given_names())
    return ((PERSON, re.compile(rf"\b(?:{given})\b(?:\s+{_PARTICLES}{_CAPITAL})?")),)


@cache
def given_names() -> frozenset[str]:
    """Return first names that are no ordinary words, as the data beside this module lists them."""
    from pathlib import Path

    from cxify import yamlfile

    data = yamlfile.read(Path(__file__).with_name("given_names.yaml")).data
    return frozenset(name for names in data.values() for name in names)


def _of_people(people: frozenset[str]) -> Iterable[tuple[str, re.Pattern[str]]]:
    if people:
        yield PERSON, _listed(people)


@cache
def _listed(people: frozenset[str]) -> re.Pattern[str]:
    """Listed names are masked in any case: "thanks to okafor" too; a genitive s belongs to the name."""
    return re.compile(rf"(?<![\w\[])(?:{_either(people)})(?:['’]?s)?(?![\w\]])", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
