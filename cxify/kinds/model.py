"""A document kind as data: how HR recognises it, where customer experience belongs, and what is locked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cxify.kinds import common
from cxify.kinds.words import Vocabulary

Filled = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Phrases = dict[str, tuple[Filled, ...]]
"""Phrases by language: {en: [...], de: [...]}."""
SlotOp = Literal["append", "replace", "insert_after", "insert_row_after", "comment"]
Intensity = Literal["light", "standard", "full"]


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Prose(Strict):
    """What a document of the kind says where it is written as plain paragraphs, without a heading or a table."""

    signs: dict[str, Phrases]
    """Words anywhere in the text by what they do: seek somebody, offer something, say how to apply."""
    needed: tuple[Filled, ...]
    """Signs without which it is something else."""
    enough: int = Field(default=4, ge=1)
    """So many signs, the needed ones among them."""
    longest: int = Field(default=500, ge=1)
    """Words of the text; what is longer has headings, or is something else."""
    unless: Phrases = {}
    """Words of a letter, a contract or a call for tenders that sounds alike."""


class Recognition(Strict):
    """What tells HR that a document is of this kind. Weights add up; the kind with the highest sum wins."""

    titles: Phrases = {}
    """Words of the title or the first lines: "job description"."""
    phrases: Phrases = {}
    """Words anywhere in the text that speak for the kind."""
    sections: dict[str, float] = {}
    """Section roles that speak for the kind, with their weight; negative weights speak against it."""
    labels: dict[str, float] = {}
    """Labels of facts ("Reports to: …") that speak for the kind."""
    columns: dict[str, float] = {}
    """Column roles of tables that speak for the kind."""
    unless: Phrases = {}
    """Words of a document that only looks like this kind: an exit interview asks, but chooses nobody."""
    prose: Prose | None = None
    """How the kind is known when nothing above speaks for any kind."""
    title_weight: float = 6
    phrase_weight: float = 1

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words of titles in all languages, longest first."""
        return tuple(sorted((name for texts in self.titles.values() for name in texts), key=len, reverse=True))


class Slot(Strict):
    """A place in the document where customer experience belongs."""

    id: Filled
    sections: tuple[str, ...] = ()
    """Roles of the sections it may stand in, best first; empty = anywhere (or chosen by `columns`)."""
    columns: tuple[str, ...] = ()
    """Roles of the table columns whose cells it concerns."""
    cues: Phrases = {}
    """Words of a block that make it the right one; empty = every block of the section."""
    ops: tuple[SlotOp, ...]
    at: Literal["first", "last", "any"] = "any"
    """Which block of the section: the first, the last, or any."""
    competencies: tuple[str, ...] = ()
    """Which competencies belong here, best first; empty = those of the role's profile."""
    standards: tuple[str, ...] = ()
    max: int = Field(default=1, ge=1)
    intensity: Intensity = "light"
    """The lowest intensity at which the slot is used."""
    note: str = ""
    """What an expert writes here, for the reader of this file and for the writer's prompt."""


class Locks(Strict):
    """What may not change in documents of this kind."""

    closed_sections: tuple[str, ...] = ()
    """Section roles whose text may not change and into which nothing may be inserted."""
    closed_throughout: tuple[str, ...] = ("essential_functions",)
    """Closed section roles that also close sections below them which have a role of their own."""
    locked_sections: tuple[str, ...] = ()
    """Section roles whose text may not change, while something may be inserted between its paragraphs."""
    closed_columns: tuple[str, ...] = ()
    """Table columns whose cells are for people to fill in, or hold weights, scores and dates."""
    locked_columns: tuple[str, ...] = ()
    """Table columns whose text may not change, such as the name of a criterion."""
    closed_tables: tuple[str, ...] = ()
    """Section roles whose tables take no new row (their weights add up) and keep every cell."""
    open_patterns: tuple[str, ...] = ()
    """Ids of protected patterns that do not apply to this kind."""


class EntryRules(Strict):
    """How to see that a form has been filled in."""

    columns: tuple[str, ...] = ()
    """Column roles that people fill in; text in one of them means that the form is filled."""
    labels: tuple[str, ...] = ()
    """Label roles whose value people fill in: "Employee name: ______"."""
    sections: tuple[str, ...] = ()
    """Section roles that people fill in with free text."""


class Label(Strict):
    """A label of a fact, and what a lock on it says."""

    reason: Filled
    phrases: Phrases


class Kind(Strict):
    """One kind of HR document."""

    id: Filled
    name: dict[str, Filled]
    """What people call it, by language."""
    like: str = ""
    """The built-in kind whose wording the library takes for this one; empty = that of the slots' sections."""
    describes: Literal["role", "person", "organisation"] = "role"
    """Whom the document is about: a role, one person's work, or everyone."""
    addressees: Phrases = {}
    """People such a document speaks to or about, who are not those that the role serves."""
    recognise: Recognition = Recognition()
    sections: dict[str, Phrases] = {}
    """Headings with the section role they mean in this kind, before those of common/sections.yaml."""
    columns: dict[str, Phrases] = {}
    """Column headers with the role they mean in this kind, before those of common/columns.yaml."""
    slots: tuple[Slot, ...] = ()
    locks: Locks = Locks()
    entries: EntryRules = EntryRules()
    rules: tuple[str, ...] = ()
    """Ids of the rules that matter most for this kind."""

    def role_of(self, title: str, language: str = "und") -> str | None:
        """Return what a section title means ("duties"), or None. An unknown language tries all of them."""
        found = self.section_words.find(title, language)
        return found.role if found else None

    def column_of(self, header: str, language: str = "und") -> str | None:
        """Return what a column header means ("weight"), or None."""
        found = self.column_words.find(header, language)
        return found.role if found else None

    def slot(self, id: str) -> Slot:
        """Return the slot with this id. Raises KeyError."""
        return {slot.id: slot for slot in self.slots}[id]

    @cached_property
    def section_words(self) -> Vocabulary:
        """Section roles by heading."""
        return Vocabulary.of(self.sections, common.sections()) if self.sections else common.section_words()

    @cached_property
    def column_words(self) -> Vocabulary:
        """Column roles by header."""
        return Vocabulary.of(self.columns, common.columns()) if self.columns else common.column_words()


@dataclass(frozen=True)
class Kinds(Mapping[str, Kind]):
    """All document kinds by id."""

    by_id: Mapping[str, Kind]

    def __getitem__(self, id: str) -> Kind:
        return self.by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)

    @cached_property
    def sha256(self) -> str:
        """Hash of everything the kinds say, for provenance and for knowing whether a result is up to date."""
        own = (kind.model_dump_json() for kind in self.by_id.values())
        return sha256("\n".join((common.content_hash(), *own)).encode()).hexdigest()
