"""Compare headings, column headers and labels the way a reader does: without numbering, case, colons or brackets."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_NUMBERING = re.compile(
    r"^(?:(?:section|part|abschnitt|teil|partie|deel|sección|parte)\s+[a-z0-9]{1,3}|[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)"
    r"(?:[.):]+(?!\d)\s*|\s*[\u2013-]\s+)|^\d(?:\.\d{1,2})*\s+(?=\D)",
    re.IGNORECASE,
)
_CJK_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）])\s*")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_OTHER = re.compile(r"[^\w/&+'% -]+")
_DASH = re.compile(r":\s|\s[\u2013\u2014-]\s")
_SPACES = re.compile(r"\s+")
_QUALIFIERS = frozenset(
    """
    the your our my main key core other general additional overall primary principal major specific required current
    ihre ihr deine dein unsere weitere sonstige allgemeine wesentlichen wesentliche besondere besonderen die der das
    vos votre nos notre tes ta ton les principales autres le la
    jouw je uw jullie onze ons belangrijkste de het sus su tus tu nuestros nuestras los las
    """.split()  # noqa: SIM905  a list of one word a line would fill two pages
)
_AND = frozenset(("and", "&", "/", "+", "und", "et", "en", "y"))
_CONNECTORS = frozenset(
    """
    of for in to at - der des die das für im de du pour van voor del para
    umfasst umfassen beinhaltet beinhalten sind insbesondere von bei serán son incluyen incluirán sont comprennent
    consistent omvatten omvat zijn bestaan van de la le les
    """.split()  # noqa: SIM905  as above
)


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Return the words of a heading: "A. MAIN DUTIES (80 %):" becomes "main duties"."""
    plain = unicodedata.normalize("NFC", text).replace("\u2019", "'").strip()
    if plain.replace(" ", "").isalpha():  # as most are: nothing to leave out
        return " ".join(plain.split()).casefold()
    shorter = _BRACKETS.sub("", _NUMBERING.sub("", _CJK_NUMBERING.sub("", plain))) or plain
    return _SPACES.sub(" ", _OTHER.sub(" ", shorter)).strip(" -").casefold()


def words_in(text: str) -> int:
    """Count the words of a text."""
    return len(text.split())


class Found(NamedTuple):
    """What a heading, column header or label means; `exact` when nothing had to be left out of it."""

    role: str
    exact: bool


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Roles by their phrases, for each language and for all languages together."""

    by_language: Mapping[str, Mapping[str, str]]
    together: Mapping[str, str]

    def __post_init__(self) -> None:
        """Remember recent answers: the same headings are looked up for kind, outline, locks and places."""
        object.__setattr__(self, "find", lru_cache(maxsize=4096)(self.find))

    @classmethod
    def of(cls, *sources: Mapping[str, Mapping[str, Iterable[str]]]) -> "Vocabulary":
        """Build from {role: {language: phrases}}; where a phrase means two things, the first one counts."""
        by_language: dict[str, dict[str, str]] = {}
        together: dict[str, str] = {}
        for source in sources:
            for role, phrases in source.items():
                for language, texts in phrases.items():
                    own = by_language.setdefault(language, {})
                    for words in map(normalise, texts):
                        own.setdefault(words, role)
                        together.setdefault(words, role)
        return cls(by_language, together)

    def find(self, text: str, language: str = "und") -> Found | None:
        """Return what the text means: whole, or less qualifiers ("Your main duties", "Purpose of the Nurse post")."""
        words = normalise(text)
        if not words:
            return None
        if role := self._exact(words, language):
            return Found(role, True)
        parts = words.split()
        if not 2 <= len(parts) <= 8:
            return None
        role = (
            self._before_dash(text, language)
            or self._without_qualifiers(parts, language)
            or self._beginning(parts, language)
        )
        return Found(role, False) if role else None

    def _exact(self, words: str, language: str) -> str | None:
        own = self.by_language.get(language.partition("-")[0], {})
        return own.get(words) or self.together.get(words)

    def _before_dash(self, text: str, language: str) -> str | None:
        """Understand "Week 1: Settling in" and "Aufgaben – Überblick"."""
        first = _DASH.split(text.strip(), maxsplit=1)[0]
        return self._exact(normalise(first), language) if first != text.strip() else None

    def _without_qualifiers(self, parts: list[str], language: str) -> str | None:
        for start in range(1, len(parts)):
            if parts[start - 1] not in _QUALIFIERS:
                return None
            if role := self._exact(" ".join(parts[start:]), language):
                return role
        return None

    def _beginning(self, parts: list[str], language: str) -> str | None:
        for end in range(len(parts) - 1, 0, -1):
            role = self._exact(" ".join(parts[:end]), language)
            if role and (parts[end] in _CONNECTORS or parts[end].isdigit()):
                return role
            if role and parts[end] in _AND and self._exact(" ".join(parts[end + 1 :]), language):
                return role  # "Safeguarding and confidentiality", yet not "Team and safety"
        return None
