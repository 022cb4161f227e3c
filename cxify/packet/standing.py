"""How each recorded operation stands in a file that people have worked on: open, accepted, reworded or gone.

The file is read as it would be if every open change of the record's author were accepted, and as if they were rejected.
What stands in both was accepted, what stands in the first only is open, and what stands in neither was rejected, or was
reworded when most of its words still stand together.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from cxify import word
from cxify.document import Document
from cxify.errors import InputError
from cxify.packet.facts import Change, Standing
from cxify.proposal import Append, Comment, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import Record, RecordedEdit, from_json

_KEPT: Final = 0.6
"""Share of a text's words that must still stand in order for it to count as reworded and not as gone."""
_FEWEST: Final = 5
"""Shorter texts are too common for a likeness to mean anything."""


def read_back(data: bytes) -> tuple[Record, tuple[Change, ...]] | None:
    """Return the record that a file carries and how each of its operations stands; None without a whole record."""
    told = word.provenance_of(data)
    record = _record(told)
    if record is None:
        return None
    here = _File.of(data, record.author)
    return record, tuple(here.change(edit) for edit in record.edits)


def _record(told: Mapping[str, object] | None) -> Record | None:
    return from_json(json.dumps(told)) if told and "source_sha256" in told and isinstance(told["edits"], list) else None


@dataclass(frozen=True)
class _Text:
    """The paragraphs of one reading, and the heading above each."""

    lines: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, document: Document) -> "_Text":
        return cls(tuple((_squeezed(block.text), block.section or "") for block in document.blocks if block.text))

    def section(self, text: str) -> str | None:
        """Return the heading above the first paragraph that holds the text, or None when none does."""
        wanted = _squeezed(text)
        return next((section for line, section in self.lines if wanted in line), None)

    def like(self, text: str) -> str | None:
        """Return the heading above the paragraph that holds most of the text's words in order, or None."""
        words = _squeezed(text).casefold().split()
        if len(words) < _FEWEST:
            return None
        scored = ((_kept(words, line.casefold().split()), section) for line, section in self.lines)
        best, section = max(scored, default=(0.0, ""))
        return section if best >= _KEPT else None


@dataclass(frozen=True)
class _File:
    accepted: _Text
    rejected: _Text
    comments: frozenset[str]

    @classmethod
    def of(cls, data: bytes, author: str) -> "_File":
        comments = (_squeezed(each.text) for each in word.remarks_of(data) if not each.resolved)
        read = {accept: _Text.of(word.read(_resolved(data, author, accept=accept))) for accept in (True, False)}
        return cls(read[True], read[False], frozenset(comments))

    def change(self, edit: RecordedEdit) -> Change:
        operation = edit.operation
        if isinstance(operation, Comment):
            return Change(edit, "open" if _squeezed(operation.comment) in self.comments else "gone")
        standing, section = self._standing(operation)
        return Change(edit, standing, section)

    def _standing(self, operation: Operation) -> tuple[Standing, str]:
        after, before = _place(operation, self.accepted), _place(operation, self.rejected)
        if after is not None:
            if isinstance(operation, Replace) and not operation.new.strip():
                after = self.rejected.section(operation.old) or ""
            return ("open" if before is None else "accepted"), after
        alike = next((found for text in _texts(operation) if (found := self.accepted.like(text)) is not None), None)
        untouched = isinstance(operation, Replace) and self.accepted.section(operation.old) is not None
        return ("gone", "") if alike is None or untouched else ("reworded", alike)


def _place(operation: Operation, text: _Text) -> str | None:
    """Return the heading under which the operation's result stands, or None where it does not."""
    if isinstance(operation, Replace):
        old, new = _squeezed(operation.old), _squeezed(operation.new)
        if new in old:  # words were taken out: what is left always stands in what there was
            return text.section(new) if text.section(old) is None else None
    places = [text.section(each) for each in _texts(operation)]
    return None if None in places or not places else places[0]


def _texts(operation: Operation) -> tuple[str, ...]:
    match operation:
        case Replace(new=text):
            return (text,)
        case Append(text=text) | InsertAfter(text=text):
            return tuple(line for line in text.splitlines() if line.strip())
        case InsertRowAfter(cells=cells):
            return tuple(cell for cell in cells if cell.strip())
        case _:
            return ()


def _resolved(data: bytes, author: str, *, accept: bool) -> bytes:
    try:
        return word.resolve(data, accept=accept, author=author)
    except InputError:  # nothing of this author's is open any more
        return data


def _kept(words: list[str], line: Iterable[str]) -> float:
    matcher = SequenceMatcher(None, words, list(line), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(words)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
