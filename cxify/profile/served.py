"""Whom the work reaches, and who receives it, in the document's own words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cxify.framework import Framework, Relationship
from cxify.kinds import has_word
from cxify.profile.grammar import Grammar, grammar_of
from cxify.profile.people import count, forms, mentions
from cxify.profile.receivers import receivers
from cxify.profile.telling import Told
from cxify.sieve import LatePattern, Sifted

_ORDER: tuple[Relationship, ...] = ("external", "internal", "enabler")
_SECOND_SHARE = 0.35
"""A second relationship is kept when the document speaks for it at least so much as for the first."""
_MAX_SERVED = 2
_RECEIVES = 2
"""A sentence that says who receives the work tells as much as two mentions."""
_FEW = 2
"""People named less than half as often as the first are left out."""
_IMPLIED = 2
"""As many words of a sector a document needs before it implies whom the organisation serves."""


@dataclass(frozen=True)
class Served:
    """Who receives the work; `sure` when the document says so."""

    people: tuple[str, ...]
    sure: bool


def relationship(told: Told, framework: Framework, language: str = "und") -> tuple[Relationship, ...]:
    """The purpose says most clearly whom a role is for and counts twice; who is said to receive the work goes first."""
    texts = (told.of_work, told.of_purpose)
    weights = {name: sum(_weight(text, name, framework) for text in texts) for name in _ORDER}
    grammar = grammar_of(language.partition("-")[0])
    people = framework.customer_relationships.external.people if grammar else ()
    outside = tuple(word for word in people if grammar and word not in grammar.partners)
    received = len(_titled(told.title, outside, grammar)) if grammar else 0
    if grammar and weights["external"]:
        received += sum(_weighted(receivers(told.of_work, outside, grammar)).values())
    ranked = sorted(_ORDER, key=lambda name: -weights[name] - received * (name == "external"))
    first, second = ranked[:2]
    if received and not weights["external"]:
        weights["external"] = 1
    if not weights[first]:
        return ("internal",)
    return (first, second) if weights[second] >= _SECOND_SHARE * weights[first] else (first,)


def _weight(text: Sifted, name: Relationship, framework: Framework) -> float:
    """Cues show a relationship; people named in the text show it more the more often they are."""
    described = getattr(framework.customer_relationships, name)
    people = [word for word in described.people if name != "enabler" or word not in described.general]
    cues = sum(has_word(cue.casefold(), text) for cue in described.cues)
    return cues + sum(min(count, 3) for count in count(people, text).values())


def served(told: Told, reaches: Sequence[Relationship], framework: Framework, language: str) -> Served:
    """Name the people of the strongest relationship, then those of the second.

    Nobody is guessed: where the document names none, the people of its sector or nobody are returned, unsure.
    """
    grammar = grammar_of(language.partition("-")[0])
    found: list[str] = []
    for name in reaches:
        points = _points(told, name, framework, grammar)
        most = max(points.values(), default=0)
        often = [word for word in _ranked(points, name, framework) if points[word] * _FEW >= most][:_MAX_SERVED]
        found += [_in_own_words(word, name, framework) for word in _specific(often, name, framework, grammar)]
    if not found or reaches == ("internal",):
        found += _others_received(told, reaches, framework, grammar)
    people = tuple(dict.fromkeys(found))[: _MAX_SERVED + 1]
    named = bool(people) and (reaches[0] == "internal" or people != (_own(framework).internal_plural,))
    return Served(people if named else (*_implied(told, framework, grammar), *people), named)


def _specific(
    people: Sequence[str], name: Relationship, framework: Framework, grammar: Grammar | None
) -> Sequence[str]:
    """Leave out "customers" where the document names tenants or citizens as often."""
    general = (*getattr(framework.customer_relationships, name).general, *(grammar.vague if grammar else ()))
    return people if name == "internal" else [word for word in people if word not in general] or people


def _others_received(
    told: Told, reaches: Sequence[Relationship], framework: Framework, grammar: Grammar | None
) -> list[str]:
    """Name people of other relationships only where a sentence of the duties says that they receive the work."""
    for name in _ORDER if grammar else ():
        people = (*getattr(framework.customer_relationships, name).people, *_heads(name, grammar))
        names = tuple(dict.fromkeys(word for word in people if grammar and word not in grammar.partners))
        if name not in reaches and grammar and (received := receivers(told.of_work, names, grammar)):
            return [_in_own_words(word, name, framework) for word, _ in received.most_common(_MAX_SERVED)]
    return []


def _heads(name: Relationship, grammar: Grammar | None) -> tuple[str, ...]:
    if grammar is None:
        return ()
    return grammar.internal if name == "internal" else grammar.external


def own_terms(reaches: Sequence[Relationship], framework: Framework) -> tuple[str, ...]:
    """Return what the organisation calls those whom such work reaches."""
    terms = _own(framework)
    return (terms.internal_plural if reaches[0] == "internal" else terms.external_plural,)


def _own(framework: Framework) -> Any:
    return framework.organisation.customer_terms


def _points(told: Told, name: Relationship, framework: Framework, grammar: Grammar | None) -> Counter[str]:
    """Count mentions, and more the sentences that say who receives the work; people one works with need the latter."""
    people = getattr(framework.customer_relationships, name).people
    if grammar is None:
        return count(people, told.of_work)
    people = _who_are_people(people, told, grammar)
    partners = tuple(word for word in people if word in grammar.partners)
    others = tuple(word for word in people if word not in grammar.partners)
    # Managers and other trades inside are mentioned for many reasons; colleagues in general are not.
    mentioned = framework.customer_relationships.internal.general if name == "internal" else others
    points = Counter({word: min(number, 3) for word, number in count(mentioned, told.of_work).items()})
    points.update(_weighted(receivers(told.of_all, others, grammar)))
    points.update(_weighted(_titled(told.title, mentioned, grammar)))
    points.update(_weighted(receivers(told.of_work, partners, grammar, grammar.partners_served)))
    unlisted = tuple(word for word in _heads(name, grammar) if word not in people)
    points.update(receivers(told.of_all, unlisted, grammar))
    return points


def _titled(title: str, people: Sequence[str], grammar: Grammar) -> dict[str, int]:
    """Return whom a job title says the job is for: the visitors of “Visitor Services Assistant”."""
    if not grammar.titled:
        return {}
    return {word: _RECEIVES for word in people if _for_whom(word, grammar.titled).search(title)}


@lru_cache(maxsize=512)
def _for_whom(word: str, what: str) -> LatePattern:
    who = rf"(?:{forms(word)})"
    return LatePattern(what.replace("{who}", who) if "{who}" in what else rf"(?<!\w){who}(?:[’']s|[’'])? {what}")


def _who_are_people(names: Sequence[str], told: Told, grammar: Grammar) -> tuple[str, ...]:
    texts = (told.of_purpose, told.of_all)
    no_people = {
        name for name, cues in grammar.not_people.items() if any(mentions(text, cue) for cue in cues for text in texts)
    }
    return tuple(name for name in names if name not in no_people)


def _ranked(points: Counter[str], name: Relationship, framework: Framework) -> list[str]:
    """Sort by points; among equals in the order of the framework, then of the text."""
    order = {word: place for place, word in enumerate(getattr(framework.customer_relationships, name).people)}
    return sorted(points, key=lambda word: (-points[word], order.get(word, len(order))))


def _weighted(receivers: Mapping[str, int]) -> dict[str, int]:
    return {word: _RECEIVES * min(number, 2) for word, number in receivers.items()}


def _implied(told: Told, framework: Framework, grammar: Grammar | None) -> tuple[str, ...]:
    """Return whom an organisation of this sector serves; the organisation's own term is better than that."""
    if grammar is None:
        return ()
    text = told.of_all
    hits = {who: sum(mentions(text, cue) for cue in cues) for who, cues in grammar.implied.items()}
    best = max(hits, key=lambda who: hits[who])
    return (best,) if hits[best] >= _IMPLIED and _own(framework).external_plural in _general(framework) else ()


def _general(framework: Framework) -> tuple[str, ...]:
    return framework.customer_relationships.external.general


def _in_own_words(word: str, name: Relationship, framework: Framework) -> str:
    """Replace general words, and words the organisation does not want, by its own term; keep specific ones."""
    terms = _own(framework)
    unwanted = {term.casefold() for term in framework.organisation.prohibited_customer_terms}
    if name == "internal":
        return str(terms.internal_plural) if word in framework.customer_relationships.internal.general else word
    is_unwanted = any(word.startswith(term) for term in unwanted)
    return str(terms.external_plural) if is_unwanted or word in _general(framework) else word
