"""A paper opened for review: its source as HR reads it, and the record that its suggestions come from."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from cxify import pipeline, profile, rules, word
from cxify.document import Document, Finding
from cxify.errors import BadEdits, InputError
from cxify.framework import Framework
from cxify.kinds import Kind, Kinds
from cxify.profile import RoleProfile
from cxify.provenance import Record
from cxify.rules import RuleBook

T = TypeVar("T")
Source = bytes | word.Package


@dataclass(frozen=True)
class Reading:
    """A source with its record, and the framework, kinds and rules by which it is judged."""

    package: word.Package
    record: Record
    framework: Framework
    kinds: Kinds
    book: RuleBook

    @cached_property
    def document(self) -> Document:
        """The source as HR reads it, of the kind that the suggestions were made for."""
        kind = self.record.document.get("kind")
        known = kind if kind in set(self.kinds) else None
        return self._kept("document", known, lambda: self._classified(known))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What HR should know about the source."""
        given = (self.document.kind, self.book.sha256)
        return self._kept(
            "findings", given, lambda: rules.source(self.document, self.kind, self.framework, book=self.book)
        )

    def _classified(self, kind: str | None) -> Document:
        return pipeline.classified(word.read(self.package), self.framework, self.kinds, kind)

    def _kept(self, name: str, given: Hashable, made: Callable[[], T]) -> T:
        """Return what was made of this package before with the same framework and kinds: who keeps it waits once."""
        key = f"review {name} {self.framework.sha256} {self.kinds.sha256} {given}"
        if key not in self.package.derived:
            self.package.derived[key] = made()
        kept: T = self.package.derived[key]
        return kept

    @property
    def kind(self) -> Kind:
        """The kind of the document."""
        return self.kinds[self.document.kind]

    @cached_property
    def spoken(self) -> Framework | None:
        """The framework in the document's language; None when the suggestions were made with another one."""
        same = self.record.framework.get("id", self.framework.framework.id) == self.framework.framework.id
        return self.framework.localised(self.language) if same else None

    @property
    def language(self) -> str:
        """The document's language as the suggestions were made for it."""
        return self.record.document.get("language", "und")

    @cached_property
    def role(self) -> RoleProfile:
        """The profile of the role as recorded: all that the rules ask for."""
        told = self.record.role
        if told is None:
            return profile.of(self.document, self.kind, self.framework)
        return RoleProfile(
            role=told.title,
            relationship=(),
            level=told.level,
            level_evidence="",
            competencies=told.competencies,
            standards=told.standards,
            served=told.served,
            shared_with=told.shared_with,
        )

    @cached_property
    def whole_role(self) -> RoleProfile:
        """The same with what a writer asks for besides, read from the document once more."""
        own = profile.of(self.document, self.kind, self.framework)
        return replace(self.role, relationship=own.relationship, level_evidence=own.level_evidence)

    def known(self, number: int) -> int:
        """Return the number of a suggestion. Raises BadEdits when there is no such suggestion."""
        if 0 <= number < len(self.record.edits):
            return number
        raise BadEdits(f"The document has no suggestion {number}.", "Reload the page and decide again.")


def read(source: Source, record: Record, framework: Framework, kinds: Kinds, book: RuleBook | None) -> Reading:
    """Open a source for review. Raises InputError when the record belongs to another file."""
    return Reading(opened(source, record), record, framework, kinds, book or rules.load())


def opened(source: Source, record: Record) -> word.Package:
    """Return the source's package. Raises InputError when the record belongs to another file."""
    package = source if isinstance(source, word.Package) else word.open_package(source)
    if sha256(package.data).hexdigest() != record.source_sha256:
        raise InputError(
            "The suggestions belong to another file than this one.", "Upload the document that they were made for."
        )
    return package
