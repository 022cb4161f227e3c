"""Guess the kind of a document from its title, headings, labels and tables, and say what the guess rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cxify.document import Document
from cxify.kinds.model import Kind, Kinds, Phrases, Prose
from cxify.kinds.outline import Outline
from cxify.kinds.words import words_in
from cxify.sieve import Sifted

_ENOUGH = 3.5
"""Below this sum the kind stays unknown: HR is asked instead."""
_TITLE_LINES = 6
_MAX_TITLE_WORDS = 14
_MAX_PHRASES = 3
_AT_MOST = {"sections": 12.0, "labels": 2.5, "columns": 5.0}
"""Facts such as a name and a date stand in every form, so labels alone never decide."""
_SHORT = 40
"""In a text of fewer words a title that is no certain sign ("procedure") decides nothing alone."""
_CERTAIN_TITLE = 6.0
_FIRST_PARTS = ("purpose", "duties")
_LONGER_TITLE = 0.5
"""Each further word makes a title phrase more telling: "social media policy" beats "policy"."""


_JOINING = ("de", "nl")
_LONG = 9
"""Letters of a title that may end a longer word: the "richtlinie" of "Urlaubsrichtlinie"."""


@dataclass(frozen=True)
class Seen:
    """What of a document speaks for its kind: title lines, text, and its words for each role it has."""

    title_lines: tuple[str, ...]
    text: Sifted
    sections: Mapping[str, str]
    labels: Mapping[str, str]
    columns: Mapping[str, str]
    language: str

    @property
    def is_short(self) -> bool:
        """Tell whether there is hardly any text; writing without spaces is counted by its characters."""
        return words_in(self.text.text) < _SHORT and len(self.text.text) < _SHORT * 8


@dataclass(frozen=True)
class _Score:
    kind: str
    points: float
    evidence: str
    only_weak_title: bool


def see(
    document: Document, outline: Outline, sections: Mapping[str, str], columns: Mapping[str, str], language: str
) -> Seen:
    """Collect what speaks for a kind; `sections` and `columns` give the document's words for each role it has."""
    filled = [block.text.strip() for block in document.body if block.text.strip()]
    top = [block.text.strip() for block in document.body if block.text.strip() and block.type != "list_item"]
    above = _until_first_part(top[:_TITLE_LINES], sections)
    lines = [_plain(line) for line in (document.title, *above) if _may_be_title(line)]
    labels = {role: document.by_id[id].text for id, role in outline.facts.items()}
    return Seen(tuple(lines), Sifted(_plain("\n".join(filled))), sections, labels, columns, language)


def _until_first_part(lines: Sequence[str], sections: Mapping[str, str]) -> Sequence[str]:
    """Leave out what follows the first part of a description: it names parts and not the document."""
    parts = {sections[role].strip(" :") for role in _FIRST_PARTS if role in sections}
    first = next((index for index, line in enumerate(lines) if line.strip(" :") in parts), len(lines))
    return lines[: first + 1]


def _plain(text: str) -> str:
    """Typographic apostrophes are those of the phrases: “offre d’emploi”."""
    return text.casefold().replace("\u2019", "'")


def _may_be_title(line: str) -> bool:
    return 0 < words_in(line) <= _MAX_TITLE_WORDS and not line.endswith(".")


def recognise(seen: Seen, kinds: Kinds) -> tuple[str, str]:
    """Return the id of the most likely kind and the evidence in words; "unknown" when too little speaks for any."""
    scores = sorted((_score(seen, kind) for kind in kinds.values()), key=lambda score: -score.points)
    best = scores[0]
    if best.points < _ENOUGH or (best.only_weak_title and seen.is_short):
        for kind in kinds.values():
            if said := _said_in_prose(seen, kind.recognise.prose):
                return kind.id, "; ".join(_quote("words", said))
        nearest = f"; nearest is {best.kind} ({best.evidence})" if best.evidence else ""
        return "unknown", f"too little speaks for any kind{nearest}"
    return best.kind, best.evidence


def says(prose: Prose, sign: str, text: str, language: str) -> int:
    """Count the phrases of a sign that stand in a text."""
    plain = _plain(text)
    return sum(phrase in plain for phrase in _in_language(prose.signs.get(sign, {}), language))


def _said_in_prose(seen: Seen, prose: Prose | None) -> tuple[str, ...]:
    """Return a phrase for each sign of a kind that is written without headings; nothing where it is something else."""
    if prose is None or words_in(seen.text.text) > prose.longest:
        return ()
    if any(map(seen.text.holds, _in_language(prose.unless, seen.language))):
        return ()
    found = {
        sign: next((phrase for phrase in _in_language(phrases, seen.language) if seen.text.holds(phrase)), "")
        for sign, phrases in prose.signs.items()
    }
    said = tuple(phrase for phrase in found.values() if phrase)
    return said if all(found[sign] for sign in prose.needed) and len(said) >= prose.enough else ()


def _score(seen: Seen, kind: Kind) -> _Score:
    rules = kind.recognise
    if any(map(seen.text.holds, _in_language(rules.unless, seen.language))):
        return _Score(kind.id, 0.0, "", only_weak_title=False)
    title, title_points = _title(seen, rules.titles, rules.title_weight)
    phrases = [phrase for phrase in _in_language(rules.phrases, seen.language) if seen.text.holds(phrase)][
        :_MAX_PHRASES
    ]
    points = title_points + rules.phrase_weight * len(phrases)
    parts = [f"title “{title}”"] if title else []
    for name, weights, found in (
        ("sections", rules.sections, seen.sections),
        ("labels", rules.labels, seen.labels),
        ("columns", rules.columns, seen.columns),
    ):
        hits = {role: weight for role, weight in weights.items() if role in found}
        points += min(sum(hits.values()), _AT_MOST[name])
        parts += _quote(name, (found[role] for role, weight in hits.items() if weight > 0))
    parts += _quote("words", phrases)
    return _Score(kind.id, points, "; ".join(parts), len(parts) == 1 and 0 < title_points < _CERTAIN_TITLE)


def _title(seen: Seen, titles: Phrases, weight: float) -> tuple[str, float]:
    best, points = "", 0.0
    for phrase in _in_language(titles, seen.language):
        for number, line in enumerate(seen.title_lines):
            if phrase in line and _is_word(phrase, line, joined=seen.language.partition("-")[0] in _JOINING):
                early = 1.0 if number < 3 else 0.6
                compound = line[: line.find(phrase)][
                    -1:
                ].isalnum()  # “Bekleidungsrichtlinie” says more than “Richtlinie”
                worth = early * (weight + _LONGER_TITLE * (words_in(phrase) - 1 + compound))
                if worth > points:
                    best, points = phrase, worth
    return best, points


def _is_word(phrase: str, line: str, *, joined: bool) -> bool:
    """Tell whether a line has the phrase as a word of its own, or in German and Dutch at the end of a longer one."""
    if phrase[0] >= "\u3040":
        return True  # no spaces between words
    start = line.find(phrase)
    before = line[start - 1 : start] if start else ""
    after = line[start + len(phrase) : start + len(phrase) + 1]
    ends_word = joined and len(phrase) >= _LONG and " " not in phrase and before.isalpha()
    return (ends_word or not before.isalnum()) and not after.isalnum()


def _in_language(phrases: Phrases, language: str) -> Iterable[str]:
    """English words count in every language: HR documents borrow them."""
    base = language.partition("-")[0]
    if base in phrases:
        return phrases[base] if base == "en" else (*phrases[base], *phrases.get("en", ()))
    return [phrase for texts in phrases.values() for phrase in texts]


def _quote(name: str, words: Iterable[str]) -> list[str]:
    found = [" ".join(word.split()).rstrip(":")[:60] for word in words]
    return [f"{name}: {', '.join(found[:5])}"] if found else []
