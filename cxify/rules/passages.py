"""What an edit adds and removes: the text as it would stand, and which stretches of it are new."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from cxify.document import Block
from cxify.proposal import Append, Comment, InsertAfter, InsertRowAfter, Proposed, Replace
from cxify.rules.phrases import sifted
from cxify.rules.plain import WORD, alike, plain, sentences, squeezed
from cxify.sieve import Sifted

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")  # "[target to be agreed]" may stand in every row
Stretch = tuple[int, int]
_KEPT = 256
"""Passages: an edit is judged when it is proposed and again when it is scored, and its words are looked at once."""


@dataclass(frozen=True)
class Passage:
    """A text as it would stand in the document, and the stretches of it that the edit brings in."""

    text: str
    new: tuple[Stretch, ...]

    @cached_property
    def sifted(self) -> Sifted:
        """The text, ready to be asked for many phrases."""
        return sifted(self.text)

    def adds(self, start: int, end: int) -> bool:
        """Tell whether any new word stands between the two offsets."""
        return any(
            not self.text[max(first, start) : min(last, end)].isspace()
            for first, last in self.new
            if first < end and start < last
        )

    @cached_property
    def new_sentences(self) -> tuple[str, ...]:
        """The sentences of which at least half of the words are new."""
        return tuple(self._new_sentences())

    def _new_sentences(self) -> Iterator[str]:
        position = 0
        for sentence in sentences(self.text):
            position = self.text.index(sentence, position)
            spans = [match.span() for match in WORD.finditer(sentence)]
            added = sum(self.adds(position + start, position + end) for start, end in spans)
            if spans and added * 2 >= len(spans):
                yield sentence


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a block's text (empty for a pure insertion) and the words that take its place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Edit:
    """A proposed edit at its place in the document."""

    index: int
    proposed: Proposed
    block: Block | None

    @property
    def changes_text(self) -> bool:
        """Tell whether accepting the edit changes the document; a comment does not."""
        return not isinstance(self.proposed.operation, Comment)

    @cached_property
    def start(self) -> int | None:
        """Where the words to be replaced begin in the block; a curly quote is as good as a straight one."""
        operation = self.proposed.operation
        if self.block is None or not isinstance(operation, Replace):
            return None
        exact = _nth(self.block.text, operation.old, operation.occurrence)
        if exact is not None or operation.old in self.block.text:
            return exact
        return _nth(alike(self.block.text), alike(operation.old), operation.occurrence)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What differs word by word; an append is a change at the end of its block."""
        operation, block = self.proposed.operation, self.block
        if block and isinstance(operation, Append):
            return (Change(len(block.text), len(block.text), operation.text),)
        if isinstance(operation, Replace) and self.start is not None:
            found = block.text[self.start : self.start + len(operation.old)] if block else operation.old
            return _differences(found, operation.new, self.start)
        return ()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The texts that would stand in the document: the changed block, or the new paragraph or cells."""
        operation = self.proposed.operation
        if isinstance(operation, InsertAfter):
            return (_all_new(operation.text),)
        if isinstance(operation, InsertRowAfter):
            return tuple(_all_new(cell) for cell in operation.cells if cell)
        return (_applied(self.block.text, self.changes),) if self.block and self.changes else ()

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that would be new, or new for the most part."""
        return tuple(sentence for passage in self.passages for sentence in passage.new_sentences)

    @cached_property
    def judged(self) -> tuple[str, ...]:
        """Of these, in plain letters, those that are compared with others: long enough, and no placeholder."""
        sentences = (squeezed(sentence) for sentence in self.sentences if sentence.count(" ") > 2)
        return tuple(sentence for sentence in sentences if not _PLACEHOLDER.fullmatch(sentence))

    @cached_property
    def added(self) -> str:
        """Only the new words, one line a stretch."""
        return "\n".join(passage.text[start:end] for passage in self.passages for start, end in passage.new)


def _nth(text: str, words: str, occurrence: int) -> int | None:
    position = -1
    for _ in range(occurrence):
        position = text.find(words, position + 1)
        if position < 0:
            return None
    return position


@lru_cache(_KEPT)
def _all_new(text: str) -> Passage:
    return Passage(text, ((0, len(text)),))


@lru_cache(_KEPT)
def _differences(old: str, new: str, offset: int) -> tuple[Change, ...]:
    return tuple(_changed(old, new, offset))


def _changed(old: str, new: str, offset: int) -> Iterator[Change]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(
        None, [plain(token) for token in before], [plain(token) for token in after], autojunk=False
    )
    starts = [0]
    for token in before:
        starts.append(starts[-1] + len(token))
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            yield Change(offset + starts[first], offset + starts[last], "".join(after[new_first:new_last]))


@lru_cache(_KEPT)
def _applied(text: str, changes: tuple[Change, ...]) -> Passage:
    parts: list[str] = []
    new: list[Stretch] = []
    position = length = 0
    for change in changes:
        kept = text[position : change.start]
        length += len(kept)
        if change.new:
            new.append((length, length + len(change.new)))
        parts += [kept, change.new]
        length += len(change.new)
        position = change.end
    return Passage("".join([*parts, text[position:]]), tuple(new))
