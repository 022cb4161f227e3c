"""Which words differ: a word-level alignment that reads well as tracked changes.

Tokens are words, single CJK characters, runs of white space and single other characters. The alignment keeps the
heaviest common tokens (weight = length) and charges each change for being opened, so that a stray common "a" or comma
does not shred a rewritten phrase (Gotoh's affine gaps on a word sequence).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import LCSseq

_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f"
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d\ufe00-\ufe0f"
)
_TOKEN: Final = re.compile(
    rf"\s+|[{_CJK}][{_MARKS}]*"
    rf"|(?:(?![{_CJK}])[\w{_MARKS}])+(?:['’‑\-\u00ad](?![{_CJK}])\w[\w{_MARKS}]*)*"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|[^\w\s](?:\u200d[^\w\s]|[{_MARKS}\U0001f3fb-\U0001f3ff])*",
)
_OPEN_COST: Final = 0.9
"""A change must be worth more than this many characters of kept text to be split in two."""
_SPACE_WEIGHT: Final = 0.3
_CONFETTI_SHARE: Final = 0.08
"""So much more text may be marked, at most, for a rewritten phrase to read as one change."""
_REWRITTEN: Final = 0.25
_REWRITTEN_SHARE: Final = 0.15
"""Where less than a quarter of a passage stays, the passage is a new one: so much more may be marked then."""
_EXACT_LIMIT: Final = 160_000
"""Cells of the alignment table beyond which the plain longest common subsequence is taken instead."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """`old[start:end]` becomes `new`; an insertion has start == end."""

    start: int
    end: int
    new: str

    def moved(self, offset: int) -> "Hunk":
        """Return the same change further to the right."""
        return Hunk(self.start + offset, self.end + offset, self.new)


def tokens(text: str) -> list[str]:
    """Split text into tokens; their concatenation is the text."""
    return _TOKEN.findall(text)


def diff(old: str, new: str, key: Callable[[str], str] | None = None) -> list[Hunk]:
    """Return the changes that turn `old` into `new`, in order, not overlapping.

    Tokens that have the same `key` count as equal; the old one is kept then.
    """
    a, b = tokens(old), tokens(new)
    if key is not None:
        b = _adopted(a, b, key)
    head = _common_prefix(a, b)
    tail = _common_prefix(a[head:][::-1], b[head:][::-1])
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    offset = sum(map(len, a[:head]))
    hunks = _hunks(middle_a, middle_b, _align(middle_a, middle_b), offset)
    return [_slid(hunk, old) for hunk in _without_confetti(_joined(hunks, old), old)]


def _adopted(a: list[str], b: list[str], key: Callable[[str], str]) -> list[str]:
    """Give tokens of `b` the spelling that their counterpart has in `a`."""
    keyed_a, keyed_b = [key(token) for token in a], [key(token) for token in b]
    adopted = list(b)
    for i, j in _align(keyed_a, keyed_b):
        adopted[j] = a[i]
    return adopted


def _common_prefix(a: list[str], b: list[str]) -> int:
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        count += 1
    return count


def _align(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    if not a or not b:
        return []
    if len(a) * len(b) > _EXACT_LIMIT:
        blocks = LCSseq.opcodes(a, b)
        return [
            (o.src_start + k, o.dest_start + k)
            for o in blocks
            if o.tag == "equal"
            for k in range(o.src_end - o.src_start)
        ]
    return _heaviest(a, b)


def _weight(token: str) -> float:
    return _SPACE_WEIGHT if token.isspace() else float(len(token))


def _heaviest(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Return index pairs of kept tokens, maximising kept weight minus opening costs.

    keep[i][j]: best value for a[i:], b[j:] when the previous pair was kept; gap[i][j]: when a change is already open.
    """
    rows, columns = len(a), len(b)
    gap = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    keep = [[-_OPEN_COST] * (columns + 1) for _ in range(rows + 1)]
    keep[rows][columns] = 0.0
    weights = [_weight(token) for token in a]
    for i in range(rows - 1, -1, -1):
        gap_i, gap_below, keep_i, keep_below, token = gap[i], gap[i + 1], keep[i], keep[i + 1], a[i]
        for j in range(columns - 1, -1, -1):
            best = gap_below[j] if gap_below[j] >= gap_i[j + 1] else gap_i[j + 1]
            opened = best - _OPEN_COST
            if token == b[j]:
                matched = weights[i] + keep_below[j + 1]
                best = max(matched, best)
                opened = max(matched, opened)
            gap_i[j], keep_i[j] = best, opened
    return _trace(a, b, gap, keep)


def _trace(a: list[str], b: list[str], gap: list[list[float]], keep: list[list[float]]) -> list[tuple[int, int]]:
    pairs, i, j, table = [], 0, 0, keep
    while i < len(a) and j < len(b):
        matched = _weight(a[i]) + keep[i + 1][j + 1] if a[i] == b[j] else float("-inf")
        if matched >= table[i][j] - 1e-9:
            pairs.append((i, j))
            i, j, table = i + 1, j + 1, keep
        elif gap[i + 1][j] >= gap[i][j + 1]:
            i, table = i + 1, gap
        else:
            j, table = j + 1, gap
    return pairs


def _hunks(a: list[str], b: list[str], pairs: list[tuple[int, int]], offset: int) -> list[Hunk]:
    hunks, i, j, position = [], 0, 0, offset
    for next_i, next_j in [*pairs, (len(a), len(b))]:
        removed, added = "".join(a[i:next_i]), "".join(b[j:next_j])
        if removed or added:
            hunks.append(Hunk(position, position + len(removed), added))
        position += len(removed) + (len(a[next_i]) if next_i < len(a) else 0)
        i, j = next_i + 1, next_j + 1
    return hunks


def _joined(hunks: list[Hunk], old: str) -> list[Hunk]:
    """Join neighbouring replacements that only white space separates: a phrase replaced reads as one change."""
    joined: list[Hunk] = []
    for hunk in hunks:
        last = joined[-1] if joined else None
        if last and _is_replacement(last) and _is_replacement(hunk):
            between = old[last.end : hunk.start]
            if between.isspace() and _is_one_line(between):
                joined[-1] = Hunk(last.start, hunk.end, last.new + between + hunk.new)
                continue
        joined.append(hunk)
    return joined


def _without_confetti(hunks: list[Hunk], old: str) -> list[Hunk]:
    """Join changes around short kept words, shortest first, while that marks hardly more text."""
    removed = sum(hunk.end - hunk.start for hunk in hunks)
    rewritten = bool(hunks) and removed > (1 - _REWRITTEN) * (hunks[-1].end - hunks[0].start)
    share = _REWRITTEN_SHARE if rewritten else _CONFETTI_SHARE
    budget = share * (removed + sum(len(hunk.new) for hunk in hunks))
    while True:
        gaps = [
            (right.start - left.end, index)
            for index, (left, right) in enumerate(pairwise(hunks))
            if (rewritten or (_is_replacement(left) and _is_replacement(right)))
            and _is_one_line(old[left.end : right.start])
        ]
        length, index = min(gaps, default=(0, -1))
        if index < 0 or 2 * length > budget:
            return hunks
        budget -= 2 * length
        left, right = hunks[index], hunks[index + 1]
        hunks = [
            *hunks[:index],
            Hunk(left.start, right.end, left.new + old[left.end : right.start] + right.new),
            *hunks[index + 2 :],
        ]


def _is_one_line(text: str) -> bool:
    return "\n" not in text and "\t" not in text


def _is_replacement(hunk: Hunk) -> bool:
    return hunk.start < hunk.end and bool(hunk.new)


def _slid(hunk: Hunk, old: str) -> Hunk:
    """Move a pure insertion or deletion so that it begins with a word and takes the space behind that."""
    moving = hunk.new or old[hunk.start : hunk.end]
    if _is_replacement(hunk) or not moving[:1].isspace() or moving[-1:].isspace():
        return hunk
    space = moving[: len(moving) - len(moving.lstrip())]
    if (
        hunk.new
        and old.startswith(space, hunk.start)
        and old[hunk.start + len(space) : hunk.start + len(space) + 1].strip()
    ):
        return Hunk(hunk.start + len(space), hunk.end + len(space), moving[len(space) :] + space)
    if not hunk.new and old.startswith(space, hunk.end) and hunk.end + len(space) < len(old):
        return Hunk(hunk.start + len(space), hunk.end + len(space), "")
    return hunk
