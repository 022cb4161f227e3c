"""Pair expected edits with proposed ones: same place or its neighbour, the same competency, a level at most one off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cxify.document import Block
from cxify.evaluation.case import Case, Expected
from cxify.proposal import Comment, InsertRowAfter, Proposed, Question, Replace
from cxify.rules.plain import stem, words

_SMALL = 4  # letters; shorter words carry little of what a sentence says
_SAID = 0.15  # of the content words: where the place of a comment says nothing, its words have to


@dataclass(frozen=True, slots=True)
class Matched:
    """An expected edit, the index of the edit that meets it (None for a question), and what that one says."""

    expected: Expected
    edit: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Offer:
    """One thing that the writer says at one place: an edit of the text, or a comment, perhaps both from one edit."""

    edit: int | None
    label: str | None
    is_comment: bool
    competencies: tuple[str, ...]
    text: str


def matched(
    case: Case,
    blocks: Mapping[str, tuple[Block, ...]],
    accepted: Sequence[Proposed],
    questions: Sequence[Question] = (),
) -> list[Matched]:
    """Return as many pairs as possible, required edits first; nothing is counted twice."""
    labels = {block.id: label for label, members in blocks.items() for block in members}
    offers = [*_offers(accepted, labels), *(_asked(question, labels) for question in questions)]
    taken: dict[int, int] = {}
    for index in sorted(range(len(case.expected)), key=lambda index: not case.expected[index].required):
        _assign(index, case, offers, taken, set())
    pairs = sorted((expected, offer) for offer, expected in taken.items())
    return [Matched(case.expected[expected], offers[offer].edit, offers[offer].text) for expected, offer in pairs]


def _assign(index: int, case: Case, offers: list[_Offer], taken: dict[int, int], tried: set[int]) -> bool:
    """Find an offer for an expected edit; one that is taken is given up when its owner finds another (Kuhn, 1955)."""
    expected = case.expected[index]
    fitting = [number for number, offer in enumerate(offers) if _fits(expected, offer, case)]
    for number in sorted(fitting, key=lambda number: _rank(expected, offers[number])):
        if number in tried:
            continue
        tried.add(number)
        if number not in taken or _assign(taken[number], case, offers, taken, tried):
            taken[number] = index
            return True
    return False


def _rank(expected: Expected, offer: _Offer) -> tuple[bool, float]:
    """The best offer first: at the very place, then the one that says more of what is wanted."""
    return offer.label != expected.at, -conveyed(expected, offer.text)


def conveyed(expected: Expected, text: str) -> float:
    """Return the share of the content words of what is to be said, or of the example, that the text has."""
    return max(_shared(expected.must_convey, text), _shared(expected.example, text))


@lru_cache(4096)
def _shared(wanted: str, text: str) -> float:
    stems = {stem(word) for word in words(wanted) if len(word) >= _SMALL}
    said = {stem(word) for word in words(text)}
    return len(stems & said) / len(stems) if stems else 1.0


def _offers(accepted: Sequence[Proposed], labels: Mapping[str, str]) -> Iterator[_Offer]:
    for number, proposed in enumerate(accepted):
        operation = proposed.operation
        label = labels.get(operation.block)
        if not isinstance(operation, Comment):
            yield _Offer(number, label, False, proposed.competencies, _says(proposed))
        if operation.comment:
            yield _Offer(number, label, True, proposed.competencies, operation.comment)


def _says(proposed: Proposed) -> str:
    operation = proposed.operation
    if isinstance(operation, InsertRowAfter):
        return " | ".join(operation.cells)
    return operation.new if isinstance(operation, Replace) else proposed.inserted


def _asked(question: Question, labels: Mapping[str, str]) -> _Offer:
    return _Offer(None, labels.get(question.block or ""), True, (), question.text)


def _fits(expected: Expected, offer: _Offer, case: Case) -> bool:
    if offer.is_comment != (expected.op == "comment") or not near(expected, offer.label, case):
        return False
    if offer.is_comment:
        return expected.within != "document" or conveyed(expected, offer.text) >= _SAID
    return not expected.competencies or _serves(expected, offer.competencies, case.level)


def _serves(expected: Expected, offered: Sequence[str], level: int) -> bool:
    wanted = {id.partition("@")[0]: int(id.partition("@")[2]) for id in expected.competencies}
    wanted |= {id: level for id in expected.alternatives if id not in wanted}
    given = [(id.partition("@")[0], int(id.partition("@")[2])) for id in offered]
    return any(name in wanted and abs(number - wanted[name]) <= 1 for name, number in given)


def near(expected: Expected, label: str | None, case: Case) -> bool:
    """Tell whether an edit at the label stands where the expert looks for it."""
    if expected.within == "document":
        return True
    if label is None:
        return False
    return any(_beside(place, label, expected.within, case) for place in (expected.at, *expected.also_at))


def _beside(place: str, label: str, within: str, case: Case) -> bool:
    if case.sections[label] != case.sections[place]:
        return False
    order = list(case.labels)
    return within == "section" or abs(order.index(label) - order.index(place)) <= 1
