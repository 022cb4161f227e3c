"""Placeholders for what is personal: they go to the model, the originals stay on this machine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cxify import kinds
from cxify.document import Document

WITHHELD = "[withheld]"
"""Stands for a whole text that never leaves the machine; parts of a text get [withheld 1], [withheld 2] and so on."""
HIDDEN = WITHHELD[:-1]
"""How every placeholder begins."""
_PLACEHOLDER = re.compile(r"\[withheld (\d+)\]")
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]*\w"  # mail address
    r"|\+?\d[\d \u00a0\u202f\u2011()/.-]{7,}\d"  # telephone or account number
    r"|[$£€]\s?\d[\d.,]*(?:\s?[kK])?|\b(?:EUR|USD|GBP|CHF)\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:€|EUR|USD|GBP|CHF)\b"  # money
    r"|\b(?:Mrs?|Ms|Mx|Dr|Prof|Herrn?|Frau|Mme|Mevr|Dhr|Sra?|Dña)\.?(?:\s(?:Dr|Prof)\.?)?(?:\s[A-ZÀ-Þ][\w’'-]+){1,3}"
)
_ADDRESS = re.compile(r"@|\d[\d \u00a0\u202f\u2011()/.-]{7,}\d")
_ASKED = re.compile(
    r"\b(?:[Cc]all|[Cc]ontact|[Rr]ing|[Ee]-?mail|[Aa]sk for|(?:[Ss]peak|[Tt]alk|[Ww]rite) (?:to|with)|[Aa]n|[Bb]ei|"
    r"[Mm]it|[Cc]ontactez|[Aa]uprès de|[Ee]scriba a|[Ll]lame a|[Bb]el|[Mm]ail)"
    r"\s+((?:[A-ZÀ-Þ][\w’'-]+\s?){1,3}?)(?=\s(?:[a-zà-þ]|\+?\d|\()|[,.;:]|$)"
)
"""A name beside a way to reach somebody: “Call Bethan in the People team on …”."""
_WHOSE = frozenset({"person", "reviewer", "reports_to", "signature"})
"""Labels whose values may be names of people."""
_EXACT = frozenset({"code", "pay"})
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:van|von|de|der|den|di|da|del|la|le|zu)\s)*[A-ZÀ-Þ][\w’'.-]*){0,3}")
_JOB_WORDS = re.compile(
    r"\b(?:head|manager|director|lead(?:er)?|officer|chief|team|department|division|unit|supervisor|executive|"
    r"coordinator|assistant|specialist|board|office|human|resources|hr|leit\w+|abteilung\w*|team\w*|führungs\w+|"
    r"vorstand|geschäfts\w+|responsable|directeur|directrice|chef\w*|service|direction|hoofd|afdeling|directeur|"
    r"jefe|jefa|director\w*|departamento|manag\w+|nurse|engineer|teacher|clerk)\b",
    re.IGNORECASE,
)
_SHORTEST = 3


@dataclass
class Masks:
    """The placeholders of one document, numbered in the order in which they are first needed."""

    names: re.Pattern[str] | None = None
    _numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> "Masks":
        """Find the names and numbers that the document's own header, fields and signature lines give."""
        found = {word for role, value in kinds.stated_in(document) for word in _secrets(role, value.strip())}
        longest_first = sorted(found, key=lambda word: (-len(word), word))
        joined = "|".join(re.escape(word) for word in longest_first)
        masks = cls(re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if found else None)
        for block in document.body:
            masks.hide(block.text)  # numbers follow the document, whatever part of it is looked at first
        return masks

    def hide(self, text: str) -> str:
        """Return the text with placeholders."""
        if self.names:
            text = self.names.sub(self._placeholder, text)
        if _ADDRESS.search(text):
            text = _ASKED.sub(self._asked, text)
        return _PERSONAL.sub(self._placeholder, text)

    def show(self, text: str, within: str | None = None) -> str:
        """Return the text with the originals, or with those that stand in `within`; an unknown placeholder stays."""
        originals = {n: original for original, n in self._numbers.items() if within is None or original in within}
        return _PLACEHOLDER.sub(lambda found: originals.get(int(found[1]), found[0]), text)

    def _asked(self, found: re.Match[str]) -> str:
        name = found[1].strip()
        if _JOB_WORDS.search(name):
            return found[0]
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        return found[0].replace(name, f"[withheld {number}]")

    def _placeholder(self, found: re.Match[str]) -> str:
        number = self._numbers.setdefault(found[0], len(self._numbers) + 1)
        return f"[withheld {number}]"


def _secrets(role: str, value: str) -> Iterator[str]:
    if role in _EXACT and len(value) >= _SHORTEST and re.search(r"\d", value):
        yield value
    if role in _WHOSE and not _JOB_WORDS.search(value) and (name := _NAME.match(value)):
        yield name[0]
        if role == "person" or " " in name[0]:
            yield from (part for part in name[0].split() if len(part) >= _SHORTEST and part[0].isupper())
