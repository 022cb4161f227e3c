"""Which paragraph of a file that people worked on is which paragraph of the source."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

_MOST_CELLS: Final = 4_000_000
"""A stretch without any line that stands once in both is compared up to this size (lines times lines)."""
_MOST_PAIRS: Final = 10_000
_ALIKE: Final = 55.0
"""Per cent of letters in common from which two paragraphs count as one that was changed."""


@dataclass(frozen=True)
class Alignment:
    """The places in the other file by those in the source; None for a paragraph that is no longer there."""

    places: tuple[int | None, ...]
    added: frozenset[int]
    """Places in the other file that no paragraph of the source has."""

    def zone(self, place: int, length: int) -> range:
        """Return the places behind one paragraph of the source up to the next that is still there."""
        before = next((at for at in reversed(self.places[: place + 1]) if at is not None), -1)
        behind = next((at for at in self.places[place + 1 :] if at is not None), length)
        return range(before + 1, behind)


def align(ours: Sequence[str], theirs: Sequence[str], suggested: Mapping[int, str]) -> Alignment:
    """Pair two sequences of lines in order: equal ones first, then those between them that are alike.

    `suggested` are lines of ours, by place, as they would read with the suggestions: these may be alike instead.
    """
    pairs = _equal(ours, theirs)
    pairs += _alike(ours, theirs, suggested, sorted(pairs))
    places = dict(pairs)
    return Alignment(
        tuple(places.get(index) for index in range(len(ours))), frozenset(range(len(theirs))) - set(places.values())
    )


def _equal(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of equal lines: lines that stand once in both hold the rest together."""
    anchors = _rising(_unique_pairs(ours, theirs))
    found: list[tuple[int, int]] = []
    start = (0, 0)
    for end in [*anchors, (len(ours), len(theirs))]:
        found += _between(ours, theirs, start, end)
        if end[0] < len(ours) and end[1] < len(theirs):
            found.append(end)
        start = (end[0] + 1, end[1] + 1)
    return found


def _unique_pairs(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    once = {line for line, count in Counter(ours).items() if count == 1}
    once &= {line for line, count in Counter(theirs).items() if count == 1}
    places = {line: place for place, line in enumerate(theirs)}
    return [(place, places[line]) for place, line in enumerate(ours) if line in once]


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest selection in which the second numbers rise, too (patience sorting)."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        position = bisect_left(tails, place)
        before.append(at[position - 1] if position else -1)
        if position == len(tails):
            tails.append(place)
            at.append(index)
        else:
            tails[position], at[position] = place, index
    chosen = []
    index = at[-1] if at else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _between(
    ours: Sequence[str], theirs: Sequence[str], start: tuple[int, int], end: tuple[int, int]
) -> list[tuple[int, int]]:
    a, b = ours[start[0] : end[0]], theirs[start[1] : end[1]]
    if not a or not b or len(a) * len(b) > _MOST_CELLS:
        return []
    return [
        (start[0] + block.a + step, start[1] + block.b + step)
        for block in LCSseq.opcodes(a, b).as_matching_blocks()
        for step in range(block.size)
    ]


def _alike(
    ours: Sequence[str], theirs: Sequence[str], suggested: Mapping[int, str], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = (0, 0)
    for end in [*pairs, (len(ours), len(theirs))]:
        found += _changed(ours, theirs, suggested, range(start[0], end[0]), range(start[1], end[1]))
        start = (end[0] + 1, end[1] + 1)
    return found


def _changed(
    ours: Sequence[str], theirs: Sequence[str], suggested: Mapping[int, str], left: range, right: range
) -> list[tuple[int, int]]:
    if len(left) * len(right) > _MOST_PAIRS:
        return []
    found: list[tuple[int, int]] = []
    first = right.start
    for one in left:
        forms = [form for form in (ours[one], suggested.get(one, "")) if form.strip()]
        scored = [(fuzz.ratio(form, theirs[other]), -other) for other in range(first, right.stop) for form in forms]
        score, other = max(scored, default=(0.0, 0))
        if score >= _ALIKE:
            found.append((one, -other))
            first = -other + 1
    return found
