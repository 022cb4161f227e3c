"""The level that the document shows."""

from collections.abc import Mapping

from cxify.document import Document
from cxify.framework import Framework, Level
from cxify.kinds import Kind, has_word
from cxify.profile.group import leads
from cxify.sieve import Sifted

_DUTIES = frozenset(("duties", "essential_functions"))


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
    titled = _titled(role or document.title, framework)
    top = max(titled, default=0)
    if shown[4] and (top == 4 or (len(shown[4]) > 1 and shown[3])):
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
    return 1, shown[1][0] if shown[1] else "", bool(shown[1])


def _has_duties(sections: Mapping[str, str]) -> bool:
    return not _DUTIES.isdisjoint(sections.values())


def _titled(title: str, framework: Framework) -> dict[int, str]:
    """Return the cue of each level that the job title holds; longer cues hide the shorter ones inside them."""
    lower = title.casefold()
    cues = sorted(((cue, int(level.id)) for level in framework.levels for cue in level.cues), key=lambda c: -len(c[0]))
    found: dict[int, str] = {}
    for cue, level in cues:
        if has_word(cue.casefold(), lower, whole=True) and not any(cue in longer for longer in found.values()):
            found.setdefault(level, _verbatim(cue, title))
    return found


def _scope_text(document: Document, roles: Mapping[str, str]) -> str:
    """Return what the role does and has, without what stands in every document of the organisation."""
    left_out = {"about_us", "apply", "legal", "eeo", "benefits", "sign_off", "scale"}
    return "\n".join(block.text for block in document.body if roles.get(block.id) not in left_out)


def _quote(level: Level, text: str, lower: Sifted) -> list[str]:
    return [_verbatim(cue, text) for cue in level.evidence if has_word(cue.casefold(), lower)]


def _verbatim(cue: str, text: str) -> str:
    start = text.casefold().find(cue.casefold())
    return text[start : start + len(cue)] if start >= 0 else cue
