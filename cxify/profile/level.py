"""The level that the document shows."""

import re
from collections.abc import Mapping
from functools import cache

from cxify.document import Document
from cxify.framework import Framework, Level
from cxify.kinds import Kind, has_word
from cxify.profile.gender import first_gender
from cxify.profile.group import below, leading, leads, nobody_below
from cxify.sieve import Sifted

_WHOSE = re.compile(r"(?<=\w)\s+to\s+(?=the\b|our\b|[A-Z])")
"""What follows in "Assistant to the President" is somebody else's level."""
_DUTIES = frozenset(("duties", "essential_functions"))
_OWN_WORK = (1, 2)
"""Levels of a title at which the board is somebody whom the work is for."""
_MANY_DUTIES = 3
"""A document that lists so many duties, none of which leads anybody, is about work of one's own."""
_COMPOUNDING = ("de", "nl")
_LONG_CUE = 5
"""Letters of a cue that may be the last part of a compound: the "leitung" of "Stationsleitung"."""


def level_of(
    document: Document, kind: Kind, role: str, sections: Mapping[str, str], framework: Framework
) -> tuple[int, str, bool]:
    """Return the level, the words that show it, and whether HR need not be asked.

    The title names a candidate; levels 3 and 4 count only when duties, reports or budget show their scope. A document
    without duties shows none, so those whom it is about decide.
    """
    level, evidence = (0, "") if _has_duties(sections) else leads(document, role)
    if level or kind.describes == "organisation":
        return max(level, 1), evidence, True
    text = _scope_text(document, sections)
    lower = Sifted(text.casefold())
    shown = {int(level.id): _quote(level, text, lower) for level in framework.levels}
    shown[3] += below(document)
    shown[3] = shown[3] or leading(text, document.language.partition("-")[0])
    titled = _titled(role or document.title, framework, document.language.partition("-")[0])
    top = max(titled, default=0)
    if shown[4] and (top == 4 or (len(shown[4]) > 1 and shown[3] and top not in _OWN_WORK)):
        return 4, shown[4][0], True
    if shown[3] and (top >= 3 or len(shown[3]) > 1):
        return 3, shown[3][0], top <= 3
    if top >= 3:
        return (1 if 1 in titled else 2), titled.get(1) or titled.get(2) or "", False
    if 1 in titled:
        return 1, titled[1], True
    if 2 in titled:
        return 2, titled[2], True
    if shown[2]:
        return 2, shown[2][0], True
    return 1, shown[1][0] if shown[1] else "", bool(shown[1]) or _lists_its_work(document, sections)


def _lists_its_work(document: Document, sections: Mapping[str, str]) -> bool:
    duties = [id for id, role in sections.items() if role in _DUTIES and document.by_id[id].text.strip()]
    return len(duties) >= _MANY_DUTIES


def _has_duties(sections: Mapping[str, str]) -> bool:
    return not _DUTIES.isdisjoint(sections.values())


def _titled(title: str, framework: Framework, language: str) -> dict[int, str]:
    """Return the cue of each level that the job title holds; longer cues hide the shorter ones inside them."""
    lower = first_gender(_WHOSE.split(title, maxsplit=1)[0].casefold())
    cues = sorted(((cue, int(level.id)) for level in framework.levels for cue in level.cues), key=lambda c: -len(c[0]))
    found: dict[int, str] = {}
    for cue, level in cues:
        hidden = any(cue.casefold() in longer.casefold() for longer in found.values())
        if not hidden and (word := _named(cue.casefold(), lower, language)):
            found.setdefault(level, _verbatim(word, title))
    return found


def _named(cue: str, title: str, language: str) -> str:
    """Return the word of a title that is a cue, or ends in it in a language that joins its words; "" without one."""
    if has_word(cue, title, whole=True):
        return cue
    if language not in _COMPOUNDING or len(cue) < _LONG_CUE or cue not in title:
        return ""
    joined = _joined(cue).search(title)
    return joined[0] if joined else ""


@cache
def _joined(cue: str) -> re.Pattern[str]:
    return re.compile(rf"\w+{re.escape(cue)}(?!\w)")


def _scope_text(document: Document, roles: Mapping[str, str]) -> str:
    """Return what the role does and has, without what stands in every document of the organisation."""
    left_out = {"about_us", "apply", "legal", "eeo", "benefits", "sign_off", "scale"}
    language = document.language.partition("-")[0]
    texts = (block.text for block in document.body if roles.get(block.id) not in left_out)
    return "\n".join(text for text in texts if not nobody_below(text, language))


def _quote(level: Level, text: str, lower: Sifted) -> list[str]:
    return [_verbatim(cue, text) for cue in level.evidence if has_word(cue.casefold(), lower)]


def _verbatim(cue: str, text: str) -> str:
    start = text.casefold().find(cue.casefold())
    return text[start : start + len(cue)] if start >= 0 else cue
