"""Which competencies and standards follow from what a document shows."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from cxify.framework import Framework, Relationship
from cxify.kinds import Kind, has_word
from cxify.sieve import Sifted

_NUMBER_OF_COMPETENCIES = (2, 4)
_NUMBER_OF_STANDARDS = 2


_MOST_VOICE = 30
"""Points that counted themes can give: as many as the relationship gives the competency that suits it best."""
_A_THEME = 10
_ALWAYS = 40
"""Points of a competency that every document of the kind holds."""


def competencies_of(points: Mapping[str, int], kind: Kind, framework: Framework) -> tuple[str, ...]:
    """Return as many competencies as a document of the kind gets, strongest first."""
    least, most = _how_many(kind, framework)
    return ranked(points, max(least, most))


def competencies_of_all(
    points: Mapping[str, int], kind: str, kinds: Collection[str], framework: Framework
) -> tuple[str, ...]:
    """Return what documents of several kinds share: `points` were given for `kind`, and each kind has its own needs."""
    more = Counter(points)
    for competency in framework.competencies:
        if competency.id in points and kind not in competency.always_in:
            more[competency.id] += _ALWAYS * bool(set(competency.always_in) & set(kinds))
    return ranked(more, _NUMBER_OF_COMPETENCIES[1])


def ranked(points: Mapping[str, int], most: int) -> tuple[str, ...]:
    """Return the competencies with most points; among equals the first."""
    return tuple(id for id, _ in sorted(points.items(), key=lambda item: -item[1])[:most])


def points_of(text: Sifted, kind: Kind, relationship: Sequence[Relationship], framework: Framework) -> dict[str, int]:
    """Weigh what the kind always holds, what suits the relationship, what the text shows, and what people said."""
    points: Counter[str] = Counter()
    for share, name in zip((1.0, 0.5), relationship, strict=False):
        for place, id in enumerate(getattr(framework.customer_relationships, name).first):
            points[id] += round(share * max(3.0 - 0.6 * place, 0.2) * 10)
    for competency in framework.competencies:
        if not set(competency.relationships) & set(relationship):
            points.pop(competency.id, None)
            continue
        points[competency.id] += _ALWAYS * (kind.id in competency.always_in)
        points[competency.id] += 4 * min(sum(has_word(cue.casefold(), text) for cue in competency.cues), 5)
        points[competency.id] += _themes(competency.id, framework)
    return dict(points)


def _themes(id: str, framework: Framework) -> int:
    """Weigh what people complain of: counted themes against the most frequent within a bound, others alike.

    The bound lets numbers reorder what suits the role and not overrule it; a theme without a number is HR's own word.
    Praise says what works already and moves nothing.
    """
    voice = framework.voice
    complaints = [theme for theme in (*voice.customer_themes, *voice.employee_themes) if theme.tone == "complaint"]
    counted = [theme for theme in complaints if theme.mentions]
    by_share = all(theme.share is not None for theme in counted)
    spoken: dict[str, float] = {}
    for theme in counted:
        weight = theme.share or 0.0 if by_share else float(theme.mentions)
        for place, related in enumerate(theme.related):
            spoken[related] = spoken.get(related, 0.0) + weight / (1 + bool(place))
    measured = round(_MOST_VOICE * spoken.get(id, 0.0) / max(spoken.values())) if spoken else 0
    uncounted = _A_THEME * sum(id in theme.related for theme in complaints if not theme.mentions)
    return measured + uncounted


def _how_many(kind: Kind, framework: Framework) -> tuple[int, int]:
    least, most = _NUMBER_OF_COMPETENCIES
    chosen = framework.selection.get(kind.id)
    return (max(least, chosen.min), min(most, max(least, chosen.max))) if chosen else (least, least)


def standards_of(
    competencies: Sequence[str], kind: str, relationship: Sequence[Relationship], framework: Framework
) -> tuple[str, ...]:
    """Take for each competency, in order, the standard that is most its own: the fewest others stand behind it."""
    suitable = [s for s in framework.service_standards if set(s.applies_to) & set(relationship)]
    found: dict[str, None] = {}
    for id in competencies:
        behind = [standard for standard in suitable if id in standard.behaviours and standard.id not in found]
        if behind:
            found.setdefault(min(behind, key=lambda standard: len(standard.behaviours)).id)
    chosen = framework.selection.get(kind)
    return tuple(found)[: max(_NUMBER_OF_STANDARDS, chosen.standards_min if chosen else 0)]
