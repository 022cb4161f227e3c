"""One paragraph as pieces: its text with what may not change, other people's changes, and the suggestions in it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Protocol, TypeVar

from cxify import word
from cxify.document import Block
from cxify.errors import EditNotApplicable
from cxify.proposal import Append, Comment, Operation, Replace
from cxify.review.nodes import Piece
from cxify.word import Deletion, Shown, Stretch


class _Range(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_R = TypeVar("_R", bound=_Range)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a block that a suggestion replaces, or that a suggested comment is about."""

    start: int
    end: int
    number: int
    new: str = ""


def marks(text: str, block: str, suggested: Iterable[tuple[int, Operation]]) -> list[Mark]:
    """Return the changes that replacements make to a text, in order."""
    found: list[Mark] = []
    for number, operation in suggested:
        if isinstance(operation, Replace):
            hunks = word.hunks_of(text, operation.old, operation.new, operation.occurrence, block)[2]
            found += [Mark(hunk.start, hunk.end, number, plain(hunk.new)) for hunk in hunks]
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def quotes(text: str, block: str, suggested: Iterable[tuple[int, Operation]]) -> list[Mark]:
    """Return the words that comments quote; a comment without a quote that stands there is not among them."""
    found = []
    for number, operation in suggested:
        if isinstance(operation, Comment) and operation.quote:
            try:
                start, end, _ = word.hunks_of(text, operation.quote, "", 1, block)
            except EditNotApplicable:
                continue
            found.append(Mark(start, end, number))
    return found


def pieces(block: Block, shown: Shown, suggested: Sequence[tuple[int, Operation]]) -> tuple[Piece, ...]:
    """Return a block's text in pieces, with the suggestions in their places."""
    changes, cited = marks(block.text, block.id, suggested), quotes(block.text, block.id, suggested)
    appended = [
        Piece(plain(operation.text), "ins", number) for number, operation in suggested if isinstance(operation, Append)
    ]
    if not (changes or cited or shown.stretches or shown.deletions or block.spans or block.lock):
        return (*([Piece(block.text)] if block.text else []), *appended)
    return tuple(_joined([*_Cutter(block, shown, changes, cited).pieces(), *appended]))


def plain(text: str) -> str:
    """Return new text with the line breaks that Word will show."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class _Cutter:
    """Cuts a text at every place where it begins to look otherwise."""

    block: Block
    shown: Shown
    changes: list[Mark]
    cited: list[Mark]

    def pieces(self) -> Iterator[Piece]:
        stops = self._stops()
        lasts = [change.end for change in self.changes]
        for start, end in zip(stops, [*stops[1:], stops[-1]], strict=True):
            yield from self._between(start, lasts)
            if end > start:
                yield self._piece(start, end)

    def _stops(self) -> list[int]:
        ranges: list[_Range] = [*self.block.spans, *self.shown.stretches, *self.changes, *self.cited]
        edges = {edge for found in ranges for edge in (found.start, found.end)}
        return sorted({0, len(self.block.text), *edges, *(gone.at for gone in self.shown.deletions)})

    def _between(self, offset: int, lasts: list[int]) -> Iterator[Piece]:
        """Yield what has no place in the text itself: new words, and what others deleted."""
        for change in self.changes[bisect_right(lasts, offset - 1) : bisect_right(lasts, offset)]:
            if change.new:
                yield Piece(change.new, "ins", change.number)
        for gone in self._gone.get(offset, ()):
            yield Piece(gone.text, "their_del", author=gone.author)

    @cached_property
    def _gone(self) -> dict[int, list[Deletion]]:
        found: dict[int, list[Deletion]] = {}
        for gone in self.shown.deletions:
            found.setdefault(gone.at, []).append(gone)
        return found

    def _piece(self, start: int, end: int) -> Piece:
        text = self.block.text[start:end]
        stretch = _around(self.shown.stretches, start) or Stretch(start, end)
        span = _around(self.block.spans, start)
        reason = self.block.lock or (span.reason if span else "")
        comments = tuple(mark.number for mark in self.cited if mark.start <= start and end <= mark.end)
        piece = Piece(text, reason=reason, author=stretch.inserted_by or "", comments=comments, link=stretch.link)
        change = _around(self.changes, start)
        if change is not None:
            return replace(piece, sort="del", suggestion=change.number)
        if reason:
            return replace(piece, sort="locked")
        if stretch.inserted_by is not None:
            return replace(piece, sort="their_ins")
        return replace(piece, sort="control") if stretch.control else piece


def _around(ranges: Sequence[_R], offset: int) -> _R | None:
    """Return the range that holds the character at an offset; ranges are in order and do not overlap."""
    position = bisect_right(ranges, offset, key=lambda found: found.start)
    # An insertion at the same place has no width: what deletes stands before or behind it.
    for found in reversed(ranges[max(0, position - 2) : position]):
        if found.start <= offset < found.end:
            return found
    return None


def _joined(cut: list[Piece]) -> Iterator[Piece]:
    for _, alike in groupby(cut, key=lambda piece: replace(piece, text="")):
        same = list(alike)
        if text := "".join(piece.text for piece in same):
            yield replace(same[0], text=text)
