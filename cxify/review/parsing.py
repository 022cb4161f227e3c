"""What became of the changes inside one paragraph, read from the words that stand there now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from rapidfuzz import fuzz

from cxify import word
from cxify.proposal import Append, Operation, Replace
from cxify.review.lines import plain

_LIKE: Final = 50.0
"""Per cent of letters in common from which words count as a suggestion in other words."""
_MOST_FORMS: Final = 6
"""Suggestions on one paragraph of which every combination is tried."""

Presence = Literal["absent", "present", "reworded", "lost"]


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a suggestion's words stand in a text; `text` are the words in their place when they are others."""

    presence: Presence
    text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a suggestion changes a paragraph: `old` at an offset of the source's text becomes `new`."""

    number: int
    start: int
    end: int
    old: str
    new: str


def slots(text: str, block: str, operations: Sequence[tuple[int, Operation]]) -> list[Slot]:
    """Return where operations change the text of a block, in order; additions at its end come last."""
    found = [_slot(number, text, block, o) for number, o in operations if isinstance(o, Replace)]
    found.sort(key=lambda slot: (slot.start, slot.end))
    ends = [(number, o) for number, o in operations if isinstance(o, Append)]
    return [*found, *(Slot(number, len(text), len(text), "", plain(o.text)) for number, o in ends)]


def _slot(number: int, text: str, block: str, operation: Replace) -> Slot:
    start, end, hunks = word.hunks_of(text, operation.old, operation.new, operation.occurrence, block)
    new = text[start:end]
    for hunk in reversed(hunks):
        new = new[: hunk.start - start] + plain(hunk.new) + new[hunk.end - start :]
    return Slot(number, start, end, text[start:end], new)


def forms(text: str, places: Sequence[Slot]) -> list[str]:
    """Return how a text reads with any of the changes, all of them last; of very many, only none and all."""
    choices = product((False, True), repeat=len(places)) if len(places) <= _MOST_FORMS else None
    chosen = choices or ((False,) * len(places), (True,) * len(places))
    return [_with(text, [slot for slot, taken in zip(places, which, strict=True) if taken]) for which in chosen]


def _with(text: str, places: Sequence[Slot]) -> str:
    for slot in reversed(places):
        text = text[: slot.start] + slot.new + text[slot.end :]
    return text


def parsed(text: str, places: Sequence[Slot], now: str) -> tuple[dict[int, Found], bool]:
    """Return what became of each change in a paragraph that says `now`, and whether it differs elsewhere, too."""
    exact = _exact(text, places).fullmatch(now)
    if exact is not None:
        groups = exact.groupdict()
        return {s.number: Found("present" if groups[f"n{s.number}"] is not None else "absent") for s in places}, False
    hunks = word.hunks_of(text, text, now, 1, "")[2] if text else []
    found = {slot.number: _judged(slot, _words_at(slot, text, now, hunks)) for slot in places}
    strange = any(each.presence == "absent" and each.text for each in found.values())
    return found, strange or _outside(places, hunks)


def _exact(text: str, places: Sequence[Slot]) -> re.Pattern[str]:
    position, parts = 0, []
    for slot in places:
        parts.append(re.escape(text[position : slot.start]))
        parts.append(f"(?:(?P<n{slot.number}>{re.escape(slot.new)})|{re.escape(slot.old)})")
        position = slot.end
    return re.compile("".join([*parts, re.escape(text[position:])]))


def _words_at(slot: Slot, text: str, now: str, hunks: Sequence[word.Hunk]) -> str:
    """Return the words that now stand where the slot was."""
    if not text:
        return now
    words, position = "", slot.start
    for hunk in hunks:
        if hunk.end < slot.start or hunk.start > slot.end:
            continue
        words += text[position : max(position, hunk.start)] + hunk.new
        position = max(position, hunk.end)
    return words + text[position : slot.end]


def _outside(places: Sequence[Slot], hunks: Sequence[word.Hunk]) -> bool:
    return any(all(hunk.end < slot.start or hunk.start > slot.end for slot in places) for hunk in hunks)


def _judged(slot: Slot, words: str) -> Found:
    if _squeezed(words) == _squeezed(slot.old):
        return Found("absent")
    if _squeezed(words) == _squeezed(slot.new):
        return Found("present")
    to_new, to_old = like(words, slot.new), like(words, slot.old)
    return Found("reworded", words) if to_new >= _LIKE and to_new >= to_old else Found("absent", words)


def like(one: str, other: str) -> float:
    """Return how much two texts have in common, in per cent of their letters."""
    return fuzz.ratio(_squeezed(one), _squeezed(other)) if one.strip() and other.strip() else 0.0


def is_reworded(one: str, other: str) -> bool:
    """Tell whether a text says the other in other words."""
    return like(one, other) >= _LIKE


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()
