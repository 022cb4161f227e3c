"""Whom the work reaches, and who receives it, in the document's own words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from cxify import sieve, yamlfile
from cxify.framework import Framework, Relationship
from cxify.kinds import has_word
from cxify.profile.telling import Told
from cxify.sieve import LatePattern, Literals, Sifted

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


@dataclass(frozen=True)
class Served:
    """Who receives the work; `sure` when the document says so."""

    people: tuple[str, ...]
    sure: bool


@dataclass(frozen=True)
class _Grammar:
    """The words around the people served, in one language."""

    word: str
    receiving: tuple[str, ...]
    external: tuple[str, ...]
    internal: tuple[str, ...]
    partners: tuple[str, ...]
    partners_served: tuple[str, ...]
    implied: Mapping[str, tuple[str, ...]]
    not_people: Mapping[str, tuple[str, ...]]
    """Names that mean somebody else beside such words: the patients of a veterinary practice."""
    vague: tuple[str, ...]
    """Names that say less than others do: "users" beside students."""
    titled: str
    """What follows people in a title that names them as those whom the job is for; "" in a language without it."""


def relationship(told: Told, framework: Framework, language: str = "und") -> tuple[Relationship, ...]:
    """The purpose says most clearly whom a role is for and counts twice; who is said to receive the work goes first."""
    texts = (told.of_work, told.of_purpose)
    weights = {name: sum(_weight(text, name, framework) for text in texts) for name in _ORDER}
    grammar = _grammar(language.partition("-")[0])
    people = framework.customer_relationships.external.people if grammar and weights["external"] else ()
    outside = tuple(word for word in people if grammar and word not in grammar.partners)
    received = sum(_weighted(_receivers(told.of_work, outside, grammar)).values()) if grammar and outside else 0
    ranked = sorted(_ORDER, key=lambda name: -weights[name] - received * (name == "external"))
    first, second = ranked[:2]
    if not weights[first]:
        return ("internal",)
    return (first, second) if weights[second] >= _SECOND_SHARE * weights[first] else (first,)


def _weight(text: Sifted, name: Relationship, framework: Framework) -> float:
    """Cues show a relationship; people named in the text show it more the more often they are."""
    described = getattr(framework.customer_relationships, name)
    people = [word for word in described.people if name != "enabler" or word not in described.general]
    cues = sum(has_word(cue.casefold(), text) for cue in described.cues)
    return cues + sum(min(count, 3) for count in _count(people, text).values())


def served(told: Told, reaches: Sequence[Relationship], framework: Framework, language: str) -> Served:
    """Name the people of the strongest relationship, then those of the second.

    Nobody is guessed: where the document names none, the people of its sector or nobody are returned, unsure.
    """
    grammar = _grammar(language.partition("-")[0])
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
    people: Sequence[str], name: Relationship, framework: Framework, grammar: _Grammar | None
) -> Sequence[str]:
    """Leave out "customers" where the document names tenants or citizens as often."""
    general = (*getattr(framework.customer_relationships, name).general, *(grammar.vague if grammar else ()))
    return people if name == "internal" else [word for word in people if word not in general] or people


def _others_received(
    told: Told, reaches: Sequence[Relationship], framework: Framework, grammar: _Grammar | None
) -> list[str]:
    """Name people of other relationships only where a sentence of the duties says that they receive the work."""
    for name in _ORDER if grammar else ():
        people = (*getattr(framework.customer_relationships, name).people, *_heads(name, grammar))
        names = tuple(dict.fromkeys(word for word in people if grammar and word not in grammar.partners))
        if name not in reaches and grammar and (received := _receivers(told.of_work, names, grammar)):
            return [_in_own_words(word, name, framework) for word, _ in received.most_common(_MAX_SERVED)]
    return []


def _heads(name: Relationship, grammar: _Grammar | None) -> tuple[str, ...]:
    if grammar is None:
        return ()
    return grammar.internal if name == "internal" else grammar.external


def own_terms(reaches: Sequence[Relationship], framework: Framework) -> tuple[str, ...]:
    """Return what the organisation calls those whom such work reaches."""
    terms = _own(framework)
    return (terms.internal_plural if reaches[0] == "internal" else terms.external_plural,)


def _own(framework: Framework) -> Any:
    return framework.organisation.customer_terms


def _points(told: Told, name: Relationship, framework: Framework, grammar: _Grammar | None) -> Counter[str]:
    """Count mentions, and more the sentences that say who receives the work; people one works with need the latter."""
    people = getattr(framework.customer_relationships, name).people
    if grammar is None:
        return _count(people, told.of_work)
    people = _who_are_people(people, told, grammar)
    partners = tuple(word for word in people if word in grammar.partners)
    others = tuple(word for word in people if word not in grammar.partners)
    # Managers and other trades inside are mentioned for many reasons; colleagues in general are not.
    mentioned = framework.customer_relationships.internal.general if name == "internal" else others
    points = Counter({word: min(number, 3) for word, number in _count(mentioned, told.of_work).items()})
    points.update(_weighted(_receivers(told.of_all, others, grammar)))
    points.update(_weighted(_titled(told.title, mentioned, grammar)))
    points.update(_weighted(_receivers(told.of_work, partners, grammar, grammar.partners_served)))
    unlisted = tuple(word for word in _heads(name, grammar) if word not in people)
    points.update(_receivers(told.of_all, unlisted, grammar))
    return points


def _titled(title: str, people: Sequence[str], grammar: _Grammar) -> dict[str, int]:
    """Return whom a job title says the job is for: the visitors of “Visitor Services Assistant”."""
    if not grammar.titled:
        return {}
    return {word: _RECEIVES for word in people if _for_whom(word, grammar.titled).search(title)}


@lru_cache(maxsize=512)
def _for_whom(word: str, what: str) -> LatePattern:
    return LatePattern(rf"(?<!\w)(?:{_forms(word)})(?:[’']s|[’'])? {what}")


def _who_are_people(names: Sequence[str], told: Told, grammar: _Grammar) -> tuple[str, ...]:
    texts = (told.of_purpose, told.of_all)
    no_people = {
        name for name, cues in grammar.not_people.items() if any(_mentions(text, cue) for cue in cues for text in texts)
    }
    return tuple(name for name in names if name not in no_people)


def _ranked(points: Counter[str], name: Relationship, framework: Framework) -> list[str]:
    """Sort by points; among equals in the order of the framework, then of the text."""
    order = {word: place for place, word in enumerate(getattr(framework.customer_relationships, name).people)}
    return sorted(points, key=lambda word: (-points[word], order.get(word, len(order))))


def _weighted(receivers: Mapping[str, int]) -> dict[str, int]:
    return {word: _RECEIVES * min(number, 2) for word, number in receivers.items()}


def _receivers(
    text: Sifted, names: tuple[str, ...], grammar: _Grammar, patterns: tuple[str, ...] | None = None
) -> Counter[str]:
    """Count the sentences in which a name stands where the receiver of the work stands, in the order of the text."""
    found: Counter[str] = Counter()
    lower = text.text
    named = tuple(name for name in names if text.holds(_stem(name)) and _people(name).search(lower))
    if not named:
        return found
    near = Sifted(_lines_with(named, lower))
    for receiving in _receiving(patterns or grammar.receiving, names, grammar.word):
        for match in receiving.matches(near):
            for name in filter(None, (match["who"], match["also"])):
                found.update(word for word in names if name.startswith(_stem(word)) and _people(word).fullmatch(name))
    return found


def _lines_with(names: tuple[str, ...], lower: str) -> str:
    """Leave out the lines that name none of them: no pattern reaches over the end of a line."""
    stems = tuple(map(_stem, names))
    return "\n".join(line for line in lower.split("\n") if any(stem in line for stem in stems))


@dataclass(frozen=True)
class _Receiving:
    """How a sentence says that somebody receives the work."""

    around: Literals
    """What stands beside the name: the pattern itself is long, and without these strings not tried."""
    pattern: LatePattern

    def matches(self, text: Sifted) -> Iterator[re.Match[str]]:
        if self.around.each and not text.holds_any(self.around):
            return iter(())
        return self.pattern.finditer(text.text)


@lru_cache(maxsize=128)
def _receiving(patterns: tuple[str, ...], names: tuple[str, ...], word: str) -> tuple[_Receiving, ...]:
    one = _any_of(tuple(sorted(names, key=len, reverse=True)))
    who = rf"(?P<who>{one})(?:,? (?:and|und|or|oder|sowie|&) (?:[\w-]+ )?(?P<also>{one}))?"
    between = {"{words}": f"(?:{word}){{0,3}}?", "{many}": f"(?:{word}){{0,7}}?"}
    return tuple(
        _Receiving(_filled(pattern, {"{who}": ""}).needed, _filled(pattern, {"{who}": who, **between}))
        for pattern in patterns
        if "{who}" in pattern
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> LatePattern:
    for slot in ("{who}", "{words}", "{many}"):
        pattern = pattern.replace(slot, parts.get(slot, ""))
    return LatePattern(pattern)


def _implied(told: Told, framework: Framework, grammar: _Grammar | None) -> tuple[str, ...]:
    """Return whom an organisation of this sector serves; the organisation's own term is better than that."""
    if grammar is None:
        return ()
    text = told.of_all
    hits = {who: sum(_mentions(text, cue) for cue in cues) for who, cues in grammar.implied.items()}
    best = max(hits, key=lambda who: hits[who])
    return (best,) if hits[best] >= _IMPLIED and _own(framework).external_plural in _general(framework) else ()


def _mentions(text: Sifted, cue: str) -> bool:
    return text.holds(cue.casefold()) and bool(_cue(cue).search(text.text))


@lru_cache(maxsize=512)
def _cue(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word.casefold())}(?:s|en|n)?\b")


def _general(framework: Framework) -> tuple[str, ...]:
    return framework.customer_relationships.external.general


def _count(words: Iterable[str], text: Sifted) -> Counter[str]:
    """Count each word, also in the singular; a longer name hides the shorter ones inside it."""
    counts: Counter[str] = Counter()
    left = text.text
    for word in sorted(words, key=len, reverse=True):
        if text.holds(_stem(word)):
            left, number = _people(word).subn(" ", left)
            counts.update({word: number} if number else {})
    return counts


@lru_cache(maxsize=2048)
def _stem(word: str) -> str:
    """Return what every form of a word begins with: a text without it need not be searched."""
    lower = word.casefold()
    return lower[:-3] if lower.endswith(("ies", "ren")) else lower.removesuffix("people").removesuffix("s")


@lru_cache(maxsize=2048)
def _people(word: str) -> re.Pattern[str]:
    return re.compile(_any_of((word,)))


def _any_of(words: tuple[str, ...]) -> str:
    """Return what finds people in the plural and the singular; "the public sector" is nobody.

    What all names share stands around them once: beside each name it would make a pattern of 60,000 letters.
    """
    return rf"(?<!\w)(?:{'|'.join(map(_forms, words))})(?!\w){_NO_PEOPLE}"


@lru_cache(maxsize=2048)
def _forms(word: str) -> str:
    """Return what finds a name in its forms.

    Organisations and trades are found in the plural only: "the hospital" is where somebody works.
    """
    lower = word.casefold()
    if word in _plural_only():
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
        named = _named(word)
        if sieve.passes(named, sifted):
            text = named.compiled.sub(_left_out, text)
            sifted = sieve.lowered(text)
    return text


def _left_out(found: re.Match[str]) -> str:
    return " " if _ARE_PEOPLE.match(found.string, found.end()) else found[0]


@lru_cache(maxsize=512)
def _named(word: str) -> LatePattern:
    """Return what finds a name in any case; each document has its own job title, so little is compiled for it."""
    return LatePattern(rf"(?<!\w)(?:{_forms(word)})(?!\w)", re.IGNORECASE)


def _in_own_words(word: str, name: Relationship, framework: Framework) -> str:
    """Replace general words, and words the organisation does not want, by its own term; keep specific ones."""
    terms = _own(framework)
    unwanted = {term.casefold() for term in framework.organisation.prohibited_customer_terms}
    if name == "internal":
        return str(terms.internal_plural) if word in framework.customer_relationships.internal.general else word
    is_unwanted = any(word.startswith(term) for term in unwanted)
    return str(terms.external_plural) if is_unwanted or word in _general(framework) else word


@cache
def _plural_only() -> frozenset[str]:
    known = filter(None, map(_grammar, _data()))
    return frozenset(word for grammar in known for word in (*grammar.external, *grammar.internal))


@cache
def _data() -> Mapping[str, Any]:
    return dict(yamlfile.read(Path(__file__).with_name("served.yaml")).data)


@cache
def _grammar(language: str) -> _Grammar | None:
    """Return the words around the people served; None for a language that has none yet."""
    entry = _data().get(language)
    if entry is None:
        return None
    return _Grammar(
        entry["word"],
        tuple(entry["receiving"]),
        tuple(entry["heads"]["external"]),
        tuple(entry["heads"]["internal"]),
        tuple(entry["partners"]),
        tuple(entry["partners_served"]),
        {who: tuple(cues) for who, cues in entry["implied"].items()},
        {who: tuple(cues) for who, cues in entry.get("not_people", {}).items()},
        tuple(entry.get("vague", ())),
        entry.get("titled", ""),
    )
