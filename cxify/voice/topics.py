"""What a comment speaks of: topics as complaint or praise, told by cues and negation."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from cxify.framework import Framework, Heard
from cxify.voice.cues import Cue, Place, cue, keys_of, places, sentences, spoken
from cxify.voice.packs import built_in_topics, languages, pack, pack_for

_REACH = 3
"""So many words before a cue a negation reaches."""


class Said(NamedTuple):
    """One topic and whether it is praise."""

    topic: str
    praise: bool


@dataclass(frozen=True)
class Topic:
    """A topic with its competencies, its names by language, and the cues by language."""

    id: str
    related: tuple[str, ...]
    heard: Mapping[bool, Mapping[str, Heard]]
    """By praise (True) or complaint (False), then by language."""

    def label(self, praise: bool, language: str) -> str:
        """Return the topic's name in a language, else in English, else in any that it has."""
        named = self.heard[praise] or self.heard[not praise]
        base = language.partition("-")[0]
        heard = named.get(base) or named.get("en") or next(iter(named.values()), None)
        return heard.label if heard else self.id.replace("_", " ")


@dataclass(frozen=True)
class Topics:
    """All topics that the organisation listens for, with the cues of each language ready when first used."""

    by_id: Mapping[str, Topic]
    _indexes: dict[str, "_Index"] = field(default_factory=dict, repr=False, compare=False)

    def in_comment(self, text: str, language: str) -> dict[Said, str]:
        """Return what a comment speaks of, each with the sentence that says so."""
        index = self._index(language)
        found: dict[Said, str] = {}
        for sentence in sentences(text):
            for said in index.in_sentence(sentence):
                found.setdefault(said, sentence)
        return found

    def _index(self, language: str) -> "_Index":
        if language not in self._indexes:
            self._indexes[language] = _Index.of(self.by_id.values(), language)
        return self._indexes[language]


def topics_of(framework: Framework) -> Topics:
    """Return the built-in topics with those that the framework adds, extends or relates otherwise."""
    found = {id: _built_in(id, related) for id, related in built_in_topics().items()}
    for own in framework.voice.topics:
        known = found.get(own.id, Topic(own.id, (), {False: {}, True: {}}))
        heard = {
            False: _extended(known.heard[False], own.complaint),
            True: _extended(known.heard[True], own.praise),
        }
        found[own.id] = Topic(own.id, own.related or known.related, heard)
    return Topics({id: _within(topic, framework) for id, topic in found.items()})


def _within(topic: Topic, framework: Framework) -> Topic:
    """Leave out competencies that the organisation's framework does not have."""
    known = {competency.id for competency in framework.competencies}
    return Topic(topic.id, tuple(id for id in topic.related if id in known), topic.heard)


def addresses_a_machine(text: str, language: str) -> bool:
    """Tell whether a comment holds instructions to an AI. English ones are looked for in every language."""
    packs = {id(one): one for one in (pack_for(language), pack("en"))}.values()
    words = [spoken(sentence) for sentence in sentences(text)]
    return any(next(places(cue(one), said), None) for used in packs for one in used.to_machines for said in words)


def _built_in(id: str, related: tuple[str, ...]) -> Topic:
    worded = {language: pack(language).topics[id] for language in languages() if id in pack(language).topics}
    return Topic(
        id,
        related,
        {
            False: {language: wording.complaint for language, wording in worded.items()},
            True: {language: wording.praise for language, wording in worded.items()},
        },
    )


def _extended(known: Mapping[str, Heard], own: Mapping[str, Heard]) -> dict[str, Heard]:
    """Add the organisation's cues; its name for the topic replaces the built-in one."""
    cues = {language: (*known[language].cues, *heard.cues) for language, heard in own.items() if language in known}
    added = {language: Heard(label=heard.label, cues=cues.get(language, heard.cues)) for language, heard in own.items()}
    return {**known, **added}


class _Entry(NamedTuple):
    said: Said
    cue: Cue


@dataclass(frozen=True)
class _Index:
    """The cues of one language by the words that they cannot do without."""

    keyed: Mapping[str, Sequence[_Entry]]
    always: Sequence[_Entry]
    negator: re.Pattern[str]
    wish: re.Pattern[str]
    breaks: frozenset[str]
    set_phrases: tuple[Cue, ...]

    @classmethod
    def of(cls, topics: Iterable[Topic], language: str) -> "_Index":
        """Read every topic's cues in a language."""
        keyed: defaultdict[str, list[_Entry]] = defaultdict(list)
        always: list[_Entry] = []
        for entry in _entries(topics, language):
            for key in entry.cue.keys:
                keyed[key].append(entry)
            if not entry.cue.keys:
                always.append(entry)
        used = pack_for(language)
        phrases = tuple(cue(text) for text in used.set_phrases)
        breaks = frozenset(used.breaks)
        return cls(dict(keyed), always, any_of(used.negators), any_of(used.wishes), breaks, phrases)

    def in_sentence(self, sentence: str) -> Iterator[Said]:
        """Yield what a sentence speaks of; between complaint and praise, what is said outright counts."""
        outright: set[Said] = set()
        turned: set[Said] = set()
        for said, place in self._places(sentence):
            if self._is_turned(said.praise, place):
                turned.add(Said(said.topic, not said.praise))
            else:
                outright.add(said)
        clear = {said for said in turned if Said(said.topic, not said.praise) not in outright}
        yield from sorted(outright | clear)

    def _places(self, sentence: str) -> Iterator[tuple[Said, Place]]:
        words = spoken(sentence)
        for phrase in self.set_phrases:
            words = phrase.pattern.sub(" ", words)
        keyed = (entry for key in sorted(keys_of(words)) for entry in self.keyed.get(key, ()))
        for said, one in (*self.always, *keyed):
            for place in places(one, words):
                yield said, place

    def _is_turned(self, praise: bool, place: Place) -> bool:
        """A negation before a cue turns it round; inside, or as a wish, it turns praise only."""
        near = list(takewhile(lambda word: word not in self.breaks, reversed(place.before)))
        if any(self.negator.fullmatch(word) for word in near[:_REACH]):
            return True
        inside = any(self.negator.fullmatch(word) for word in place.between)
        return praise and (inside or any(self.wish.fullmatch(word) for word in near[: _REACH + 1]))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a list of words, * being any ending or beginning."""
    return re.compile("|".join(re.escape(word.casefold()).replace(r"\*", r"\S*") for word in words))


def _entries(topics: Iterable[Topic], language: str) -> Iterator[_Entry]:
    for topic in topics:
        for praise, heard in topic.heard.items():
            for text in heard[language].cues if language in heard else ():
                yield _Entry(Said(topic.id, praise), cue(text))
