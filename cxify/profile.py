"""What HR knows about the role in a document: whom it serves, at which level, and what follows from that.

One role has one profile, shared by all of its documents; only so do a job description, its advert and its review form
say the same. Everything rests on words of the document and on the framework's cues; what neither tells becomes a
question.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cxify import kinds
from cxify.document import Document
from cxify.framework import Framework, Level, Relationship
from cxify.kinds import Kind, has_word

_ORDER: tuple[Relationship, ...] = ("external", "internal", "enabler")
_SORTED_OUT = re.compile(
    r"\b(?:non[- ]?)?(?:customer|client|public|patient|guest)[- ](?:facing|interfacing)\b|\bkunden(?:kontakt|fern)\w*",
    re.IGNORECASE,
)
"""Labels that sort jobs by contact say nothing about whom this one serves."""
_TELLING = ("purpose", "duties", "essential_functions", "competencies", "behaviours", "measures", "objectives")
_SUFFIX = re.compile(r"\s*\(\s*(?:[mwfdxivh]\s?[/|]\s?){1,3}[mwfdxivh]\s*\)|\s*\(all genders\)", re.IGNORECASE)
_SECOND_SHARE = 0.35
"""A second relationship is kept when the document speaks for it at least so much as for the first."""
_MAX_SERVED = 2
_NUMBER_OF_COMPETENCIES = (2, 4)
_NUMBER_OF_STANDARDS = 2


@dataclass(frozen=True)
class RoleProfile:
    """One role's customer-experience profile, shared by all of the role's documents."""

    role: str
    """The job title as the document gives it, or ""."""
    relationship: tuple[Relationship, ...]
    """How the work reaches people, strongest first. Metadata: never printed."""
    level: int
    """1 to 4: the highest level whose scope the document shows."""
    level_evidence: str
    """The words of the document that show the level, verbatim; "" when the level is the cautious default."""
    competencies: tuple[str, ...]
    """Two to four competencies with the level, strongest first: "CX-HANDOFF@2"."""
    standards: tuple[str, ...]
    """Ids of the service standards to name, best first."""
    served: tuple[str, ...]
    """Who receives the work, in the document's or the organisation's own plural term: ("vendors", "colleagues")."""
    questions: tuple[str, ...] = ()
    """What only the organisation can answer, in the document's language where the framework has it."""


def of(document: Document, kind: Kind, framework: Framework) -> RoleProfile:
    """Derive the role's profile from a classified document; what the document does not say becomes a question."""
    local = framework.localised(document.language)
    sections = kinds.roles_of(document, kind)
    role = _role(document, kind)
    others = {**kind.addressees, "title": (role.partition(",")[0],) if role else ()}
    telling = _without(others, _telling_text(document, sections))
    purpose = _without(kind.addressees, _purpose_text(document, sections, role))
    relationship = _relationship(telling, purpose, local)
    level, evidence, sure = _level(document, kind, role, sections, local)
    competencies = _competencies(telling, kind, relationship, local)
    served = _served(telling, relationship, local)
    about_work = bool(kind.slots) and kind.describes != "organisation"
    asked = (
        ("role", about_work and kind.describes == "role" and not role),
        ("level", about_work and not sure),
        ("served", bool(kind.slots) and not served),
    )
    return RoleProfile(
        role=role,
        relationship=relationship,
        level=level,
        level_evidence=evidence,
        competencies=tuple(f"{id}@{level}" for id in competencies),
        standards=_standards(competencies, kind, relationship, local),
        served=served or _own_terms(relationship, local),
        questions=tuple(text for key, open_ in asked if open_ and (text := _question(local, key))),
    )


# ---- the text that tells ----


def _telling_text(document: Document, roles: Mapping[str, str]) -> str:
    """Purpose and duties tell most about a role; in other documents the whole text does."""
    told = [block.text for block in document.body if roles.get(block.id) in _TELLING]
    texts = told if sum(len(text) for text in told) > 80 else [block.text for block in document.body]
    return _SORTED_OUT.sub(" ", "\n".join(texts)).casefold()


def _purpose_text(document: Document, roles: Mapping[str, str], role: str) -> str:
    """The purpose, and before it what names the role: title, job and team."""
    told = [block.text for block in document.body if roles.get(block.id) == "purpose"]
    named = (document.title, role, kinds.facts(document).get("unit", ""))
    return _SORTED_OUT.sub(" ", "\n".join((*named, *told))).casefold()


def _without(people: Mapping[str, Iterable[str]], text: str) -> str:
    """Leave out those whom the document speaks to, such as the candidates in an interview guide."""
    for words in people.values():
        for word in words:
            text = _people(word).sub(" ", text)
    return text


def _hits(cues: Iterable[str], text: str) -> list[str]:
    return [cue for cue in cues if has_word(cue.casefold(), text)]


# ---- the job title ----


def _role(document: Document, kind: Kind) -> str:
    stated = kinds.facts(document).get("job_title", "")
    marked = (block.text for block in document.body if _SUFFIX.search(block.text) and len(block.text.split()) <= 12)
    return _SUFFIX.split(stated or next(marked, "") or _role_in_title(document, kind))[0].strip()


def _role_in_title(document: Document, kind: Kind) -> str:
    """Find the job in "Position Description: Accounts Payable Specialist", or in a title that is only the job."""
    if kind.describes != "role" or not document.title:
        return ""
    title = document.title.strip()
    names = sorted((name for texts in kind.recognise.titles.values() for name in texts), key=len, reverse=True)
    name = next((name for name in names if has_word(name, title.casefold())), None)
    if name is None:
        return title if len(title.split()) <= 8 else ""
    start = title.casefold().find(name)
    rest = title[start + len(name) :].strip(" :-–—|\t")
    named = 0 < len(rest.split()) <= 8 and not rest[0].islower() and not rest.casefold().startswith(("and ", "form"))
    return rest if named else ""


# ---- whom the work reaches ----


def _relationship(text: str, purpose: str, framework: Framework) -> tuple[Relationship, ...]:
    """The purpose says most clearly whom a role is for, so it counts twice."""
    weights = {name: _weight(text, name, framework) + _weight(purpose, name, framework) for name in _ORDER}
    ranked = sorted(_ORDER, key=lambda name: -weights[name])
    first, second = ranked[:2]
    if not weights[first]:
        return ("internal",)
    return (first, second) if weights[second] >= _SECOND_SHARE * weights[first] else (first,)


def _weight(text: str, name: Relationship, framework: Framework) -> float:
    """Cues show a relationship; people named in the text show it more the more often they are."""
    relationship = getattr(framework.customer_relationships, name)
    people = [word for word in relationship.people if name != "enabler" or word not in relationship.general]
    return len(_hits(relationship.cues, text)) + sum(min(count, 3) for count in _count(people, text).values())


def _count(words: Iterable[str], text: str) -> Counter[str]:
    """Count each word, also in the singular; a longer name hides the shorter ones inside it."""
    counts: Counter[str] = Counter()
    for word in sorted(words, key=len, reverse=True):
        text, number = _people(word).subn(" ", text)
        if number:
            counts[word] = number
    return counts


@lru_cache(maxsize=1024)
def _people(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word.casefold().removesuffix('s'))}[sn]?(?!\w)")


def _served(text: str, relationship: Sequence[Relationship], framework: Framework) -> tuple[str, ...]:
    """Name the people of the strongest relationship, then those of the second, in the organisation's own words."""
    found: list[str] = []
    for name in relationship:
        named = _count(getattr(framework.customer_relationships, name).people, text)
        most = max(named.values(), default=0)
        often = [word for word, number in named.most_common(_MAX_SERVED) if number * 2 >= most]
        if not named and name != "internal" and name == relationship[0]:
            often = [framework.organisation.customer_terms.external_plural]
        found += [_in_own_words(word, name, framework) for word in often]
    return tuple(dict.fromkeys(found))[: _MAX_SERVED + 1]


def _in_own_words(word: str, name: Relationship, framework: Framework) -> str:
    """Replace general words, and words the organisation does not want, by its own term; keep specific ones."""
    terms = framework.organisation.customer_terms
    unwanted = {term.casefold() for term in framework.organisation.prohibited_customer_terms}
    general = framework.customer_relationships.external.general, framework.customer_relationships.internal.general
    if name == "internal":
        return terms.internal_plural if word in general[1] else word
    is_unwanted = any(word.startswith(term) for term in unwanted)
    return terms.external_plural if is_unwanted or word in general[0] else word


def _own_terms(relationship: Sequence[Relationship], framework: Framework) -> tuple[str, ...]:
    terms = framework.organisation.customer_terms
    return (terms.internal_plural if relationship[0] == "internal" else terms.external_plural,)


# ---- the level ----


def _level(
    document: Document, kind: Kind, role: str, sections: Mapping[str, str], framework: Framework
) -> tuple[int, str, bool]:
    """Return the level, the words that show it, and whether HR need not be asked.

    The title names a candidate; levels 3 and 4 count only when duties, reports or budget show their scope.
    """
    if kind.describes == "organisation":
        return 1, "", True
    text = _scope_text(document, sections)
    shown = {int(level.id): _quote(level, text) for level in framework.levels}
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


def _quote(level: Level, text: str) -> list[str]:
    lower = text.casefold()
    return [_verbatim(cue, text) for cue in level.evidence if has_word(cue.casefold(), lower)]


def _verbatim(cue: str, text: str) -> str:
    start = text.casefold().find(cue.casefold())
    return text[start : start + len(cue)] if start >= 0 else cue


# ---- what follows ----


def _competencies(text: str, kind: Kind, relationship: Sequence[Relationship], framework: Framework) -> tuple[str, ...]:
    """Rank by what the kind always holds, what suits the relationship, what the text shows, and what people said."""
    points: Counter[str] = Counter()
    for share, name in zip((1.0, 0.5), relationship, strict=False):
        for place, id in enumerate(getattr(framework.customer_relationships, name).first):
            points[id] += round(share * max(3.0 - 0.6 * place, 0.2) * 10)
    for competency in framework.competencies:
        if not set(competency.relationships) & set(relationship):
            points.pop(competency.id, None)
            continue
        points[competency.id] += 40 * (kind.id in competency.always_in)
        points[competency.id] += 4 * min(len(_hits(competency.cues, text)), 5)
        points[competency.id] += 10 * _themes(competency.id, framework)
    least, most = _how_many(kind, framework)
    ranked = sorted(points.items(), key=lambda item: -item[1])
    return tuple(id for id, _ in ranked[: max(least, most)])


def _themes(id: str, framework: Framework) -> int:
    voice = framework.voice
    return sum(id in theme.related for theme in (*voice.customer_themes, *voice.employee_themes))


def _how_many(kind: Kind, framework: Framework) -> tuple[int, int]:
    least, most = _NUMBER_OF_COMPETENCIES
    chosen = framework.selection.get(kind.id)
    return (max(least, chosen.min), min(most, max(least, chosen.max))) if chosen else (least, least)


def _standards(
    competencies: Sequence[str], kind: Kind, relationship: Sequence[Relationship], framework: Framework
) -> tuple[str, ...]:
    """Take for each competency, in order, the standard that is most its own: the fewest others stand behind it."""
    suitable = [s for s in framework.service_standards if set(s.applies_to) & set(relationship)]
    found: dict[str, None] = {}
    for id in competencies:
        behind = [standard for standard in suitable if id in standard.behaviours and standard.id not in found]
        if behind:
            found.setdefault(min(behind, key=lambda standard: len(standard.behaviours)).id)
    chosen = framework.selection.get(kind.id)
    return tuple(found)[: max(_NUMBER_OF_STANDARDS, chosen.standards_min if chosen else 0)]


def _question(framework: Framework, key: str) -> str:
    return {str(name): text for name, text in framework.questions.items()}.get(key, "")
