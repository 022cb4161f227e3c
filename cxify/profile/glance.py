"""What of a document is known at a glance: which roles it may be about, before anybody knows what it is.

A true look at each document costs several times as much, and most documents of a large run have nothing to do with each
other. Those whose glances have nothing in common cannot share a role, so nobody has to wait for the other.
"""

from array import array
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import Final, Generic, TypeVar

from cxify.document import Document
from cxify.kinds import Kind, Kinds, entitled, language_of, title_lines
from cxify.profile.derive import Seen
from cxify.profile.title import job_title, key, top_lines
from cxify.sieve import Literals, Sifted

File = TypeVar("File", bound=Hashable)
"""However the caller names its files."""
_NUMBER: Final = "I"
"""Four bytes; two keys of a hundred thousand may have the same."""
_BYTES_A_NUMBER = 2
"""Sixteen slots for each number: one in sixteen falls where another is."""
_LONGEST_LINE = 16
"""Words; no longer line is asked whether it names a job or a kind of document."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The roles that a document may be about, as numbers made of their keys: a run keeps this of each document."""

    numbers: bytes
    """Four bytes for each: what its job title may be, then lines that may name the job of another document."""
    titled: int
    """How many of them are of titles; lines count in a document that may state no job title."""

    @classmethod
    def of(cls, titles: Iterable[int], lines: Iterable[int] = ()) -> "Glance":
        """Return the glance with these numbers."""
        of_titles, of_lines = array(_NUMBER, titles), array(_NUMBER, lines)
        return cls((of_titles + of_lines).tobytes(), len(of_titles))

    @property
    def titles(self) -> Sequence[int]:
        """What its job title may be."""
        return self.all[: self.titled]

    @property
    def lines(self) -> Sequence[int]:
        """Lines that may name the job of another document."""
        return self.all[self.titled :]

    @property
    def all(self) -> Sequence[int]:
        """Titles and lines."""
        return memoryview(self.numbers).cast(_NUMBER)

    def agreed(self, seen: Seen) -> Seen:
        """Return what was seen without what the glance did not foresee: nobody has waited for that."""
        role = seen.profile.role
        if role and _number(key(role)) not in self.titles:
            seen = replace(seen, profile=replace(seen.profile, role=""), lines=())
        return replace(seen, lines=tuple(line for line in seen.lines if _number(line) in self.lines))


def glance(document: Document, kinds: Kinds, kind: str | None = None, language: str | None = None) -> Glance:
    """Take in a document as it was read: what each kind that it may be of would make of its title and first lines."""
    untitled = replace(document, language=language or language_of(document))
    # Which of its first lines a document has for titles depends on its kind.
    titled = [entitled(untitled, line) for line in title_lines(untitled)]
    titles: set[str] = set()
    named: set[str] = set()
    for each in _possible(document, kinds, kind):
        found = [job_title(seen, each) for seen in (untitled, *titled)]
        titles.update(map(key, found))
        if not all(found):
            named.update(top_lines(untitled, each))
            for seen in titled:
                if key(seen.title) not in named:
                    named.update(top_lines(seen, each))
    return Glance.of(_numbers(titles), _numbers(named))


def related(glances: Mapping[File, Glance]) -> list[tuple[File, ...]]:
    """Return the groups of files that may share a role, in the files' order; who shares with nobody is in none."""
    groups = _Groups[File]()
    first: dict[int, File] = {}
    often = _Often.of(glances.values())
    for file, one in glances.items():
        for title in filter(often.met, one.titles):
            groups.join(file, first.setdefault(title, file))
    for file, one in glances.items():
        for line in one.lines:
            if line in first:
                groups.join(file, first[line])
    return groups.of_several(glances)


@dataclass(frozen=True)
class _Often:
    """Numbers that were met more than once, and a few others: most are met once, and need not be kept to know that."""

    once: bytearray
    again: bytearray
    """A bit for each of many slots, into which the numbers fall by chance."""

    @classmethod
    def of(cls, glances: Collection[Glance]) -> "_Often":
        size = 1 + _BYTES_A_NUMBER * sum(len(one.all) for one in glances)
        met = cls(bytearray(size), bytearray(size))
        for one in glances:
            for number in one.all:
                met._meet(number)
        return met

    def met(self, number: int) -> bool:
        byte, bit = self._slot(number)
        return bool(self.again[byte] & bit)

    def _meet(self, number: int) -> None:
        byte, bit = self._slot(number)
        self.again[byte] |= self.once[byte] & bit
        self.once[byte] |= bit

    def _slot(self, number: int) -> tuple[int, int]:
        return (number >> 3) % len(self.once), 1 << (number & 7)


class _Groups(Generic[File]):
    """Files that belong together, each pointing to another of its group or to itself."""

    def __init__(self) -> None:
        self._to: dict[File, File] = {}

    def join(self, one: File, other: File) -> None:
        if one != other:
            self._to[self._head(one)] = self._head(other)

    def of_several(self, files: Iterable[File]) -> list[tuple[File, ...]]:
        found: dict[File, list[File]] = {}
        for file in files:
            if file in self._to:
                found.setdefault(self._head(file), []).append(file)
        return list(map(tuple, found.values()))

    def _head(self, file: File) -> File:
        while (other := self._to.setdefault(file, file)) != file:
            self._to[file] = file = self._to.setdefault(other, other)
        return file


def _possible(document: Document, kinds: Kinds, kind: str | None) -> Iterator[Kind]:
    """Yield the kinds whose names stand in a line, and one for all those that would see the same in the document."""
    if kind is not None:
        yield kinds[kind]
        return
    short = (block.text for block in document.body if len(block.text.split()) <= _LONGEST_LINE)
    text = Sifted("\n".join(short).casefold())
    others: dict[str, Kind] = {}
    for each in kinds.values():
        if text.holds_any(_names(each.recognise.names)):
            yield each
        else:
            others.setdefault(each.describes, each)
    yield from others.values()


@cache
def _names(names: tuple[str, ...]) -> Literals:
    return Literals.of(names)


def _numbers(keys: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(_number(key) for key in keys if key))


def _number(key: str) -> int:
    """Return the same number for the same words in every process; two keys of one number wait for each other."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest())
