"""A gold case: a source document, the edits that an expert expects, and what must survive. One YAML file a case."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from cxify.document import Block, Document
from cxify.evaluation import reading
from cxify.evaluation import source as sources
from cxify.evaluation.organisation import worded
from cxify.evaluation.source import Label, Paragraph, SourceTable, Strict
from cxify.framework import Framework, Relationship
from cxify.proposal import CompetencyAtLevel

__all__ = ["Case", "Expected", "Label", "Limits", "Paragraph", "SourceTable", "Untouchable", "load", "load_all"]

Op = Literal["replace", "append", "insert_after", "insert_row_after", "comment"]
Filled = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Expected(Strict):
    """An edit that an expert expects."""

    id: Filled
    """E1, E2 and so on."""
    at: Label
    """The best place."""
    also_at: tuple[Label, ...] = ()
    """Places that are as good."""
    op: Op
    """What the expert does there. Any edit of the text counts for another one; only a comment has to be a comment."""
    required: bool
    """Required edits carry 40 points, optional ones 10."""
    within: Literal["paragraph", "section", "document"] = "paragraph"
    """How far from its places an edit counts: paragraph and neighbours in the section, the section, anywhere."""
    replace: str = ""
    """With op: replace, the words that give way."""
    competencies: tuple[CompetencyAtLevel, ...] = ()
    """Competencies of the framework, each with its level; one of them is enough, one level off is allowed."""
    alternatives: tuple[str, ...] = ()
    """Competencies that other experts would have chosen, at the level of the case."""
    standards: tuple[str, ...] = ()
    """Service standards that the edit serves."""
    allow: tuple[str, ...] = ()
    """Rules whose terms the comment may quote."""
    must_convey: Filled
    """What the words have to say, for a reader who judges it."""
    must_not: str = ""
    """What the words must not say."""
    example: Filled
    """One good wording, and not the only one; cells of a row are divided by |."""


class Untouchable(Strict):
    """A paragraph or row, or words in it, that must be found unchanged in the result."""

    at: Label
    """The paragraph or row."""
    text: str = ""
    """Only these words of it, if the rest may change."""


class Limits(Strict):
    """How much may be new."""

    max_insert_share: float = Field(ge=0)
    """New words, as a share of the words of the source."""
    max_edits: int = Field(ge=0)
    """Number of edits, comments included."""


class Overrides(Strict):
    """What this organisation's framework has instead of the built-in one's."""

    customer_terms: dict[str, str] = Field(default={})
    """What the organisation calls the people it serves: external, external_plural, internal, internal_plural."""
    prohibited_customer_terms: tuple[str, ...] = ()
    """What it never calls them."""


class Case(Strict):
    """A document with the verdict of an expert."""

    id: Filled
    """Short name, the same as the file's."""
    title: Filled
    """What the document is, in one line."""
    kind: Filled
    """Kind of document as in cxify/kinds, or unknown."""
    family: Filled
    """Cases that probably succeed or fail together; statistics count families and not cases."""
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}-[A-Z]{2}$")]
    """Language and country, as in en-GB."""
    state: Literal["blank", "filled", "signed"] = "blank"
    """Whether somebody has filled in or signed the document."""
    look: Literal["bold", "styles"] = "bold"
    """How its headings are made: bold paragraphs, or Word's heading styles."""
    restraint: bool = False
    """Nothing in the text may change; a comment may."""
    framework: Overrides = Overrides()
    """What the organisation has of its own."""
    relationship: tuple[Relationship, ...] = ()
    """Whom the role serves."""
    level: int = Field(default=1, ge=1, le=4)
    """Level of the competencies that the document supports."""
    source: tuple[Paragraph | SourceTable, ...]
    """The document, from top to bottom."""
    expected: tuple[Expected, ...] = ()
    """What an expert would propose."""
    forbidden: tuple[str, ...] = ()
    """Patterns that no new text may contain; a comment may."""
    untouchable: tuple[Untouchable, ...] = ()
    """What must survive to the letter."""
    source_findings: tuple[str, ...] = ()
    """Rules that the source itself breaks: exactly these are to be reported."""
    limits: Limits
    """How much may be new."""

    @model_validator(mode="after")
    def _holds_together(self) -> "Case":
        if first := next(self._faults(), None):
            raise ValueError(f"{self.id}: {first}")
        return self

    def _faults(self) -> Iterator[str]:
        """Say where the case contradicts itself."""
        counts = Counter([*(item.id for item in self.source), *(expected.id for expected in self.expected)])
        yield from (f"{id} occurs twice" for id, count in counts.items() if count > 1)
        quotes = [(item.at, item.text) for item in self.untouchable]
        quotes += [(item.at, item.replace) for item in self.expected]
        labels = {at for at, _ in quotes} | {at for expected in self.expected for at in expected.also_at}
        yield from (f"no paragraph or row {label}" for label in sorted(labels - set(self.labels)))
        for label, words in quotes:
            if not any(words in text for text in self.labels.get(label, [words])):
                yield f"{label} does not say “{words}”"
        for pattern in self.forbidden:
            try:
                re.compile(pattern)
            except re.error as error:
                yield f"forbidden {pattern}: {error}"

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The texts behind each label: one of a paragraph, one for each cell of a row."""
        return sources.texts(self.source)

    @cached_property
    def sections(self) -> Mapping[str, int]:
        """The number of the section in which each label stands; a heading belongs to what it heads."""
        return sources.sections(self.source)

    def blocks(self, document: Document) -> dict[str, tuple[Block, ...]]:
        """Return the blocks of a document made from this case, by label. Raises ValueError for another document."""
        return sources.blocks(self.source, document)

    def applied_to(self, framework: Framework) -> Framework:
        """Return the framework as the case's organisation would have it."""
        own = self.framework
        return worded(framework, own.customer_terms, own.prohibited_customer_terms, self.locale[:2])


def load(path: Path) -> Case:
    """Read one case. Raises SettingsInvalid naming the file, the line and the field."""
    return reading.read(path, Case, "evals/README.md says what each field means.")


def load_all(folder: Path) -> tuple[Case, ...]:
    """Read all cases of a folder, in the order of their names."""
    return tuple(load(path) for path in sorted(folder.glob("*.yaml")))
