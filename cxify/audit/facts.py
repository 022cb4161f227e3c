"""What the audit keeps of a document: small and frozen, so that a thousand of them are as light as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cxify.document import DocumentState, Finding
from cxify.framework import Relationship
from cxify.rules.handovers import Exchange

Pillar = Literal["standards", "measures", "behaviours"]
PILLARS: tuple[Pillar, ...] = ("standards", "measures", "behaviours")
Holds = Literal["held", "mentioned", "none"]
"""Whether a document says something about customer experience, only mentions customers, or neither."""
CUSTOMER_FACING = "CXL-101"
SURVEY_SCORE = "CXL-201"
DOUBTFUL = (SURVEY_SCORE, "CXL-203", "CXL-204")
"""Rules that object to a measure; a line they object to is no evidence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the document that show something: the framework's id, "" where it has none, and the words."""

    id: str
    block: str
    quote: str
    by_cxify: bool = False
    """The words are an edit of cxify, accepted or waiting for a decision."""


@dataclass(frozen=True, slots=True)
class Held:
    """The customer experience that a document holds already, by the three pillars."""

    standards: tuple[Evidence, ...] = ()
    measures: tuple[Evidence, ...] = ()
    behaviours: tuple[Evidence, ...] = ()
    whys: tuple[Evidence, ...] = ()
    """Reasons that name those for whom the work matters; they belong to the behaviours."""
    mentions: tuple[Evidence, ...] = ()
    """General words, such as "customer service", that nobody can act on."""

    def pillar(self, pillar: Pillar) -> tuple[Evidence, ...]:
        """Return the evidence of one pillar."""
        return {"standards": self.standards, "measures": self.measures, "behaviours": self.behaviours}[pillar]

    @property
    def status(self) -> Holds:
        """Whether anything is held, or customers are only mentioned."""
        if any(self.pillar(pillar) for pillar in PILLARS):
            return "held"
        return "mentioned" if self.mentions or self.whys else "none"

    @property
    def competencies(self) -> tuple[str, ...]:
        """Ids of the competencies of which a behaviour was found."""
        return tuple(dict.fromkeys(one.id for one in self.behaviours if one.id))

    def all(self) -> Iterator[Evidence]:
        """Iterate over everything but the mentions."""
        yield from (*self.standards, *self.measures, *self.behaviours, *self.whys)


@dataclass(frozen=True, slots=True)
class Facts:
    """One document that was read."""

    file: str
    kind: str
    language: str
    state: DocumentState
    role: str
    unit: str
    unit_stated: bool
    """The document names its unit; otherwise it is the name of its folder."""
    reaches: Relationship
    """Whom the work reaches first. It orders the plan and is never printed as a label."""
    concerns: bool
    """Customer experience belongs into documents of this kind."""
    personal: bool
    """A form about a person that has been filled in: nothing of what people wrote is read or kept."""
    readable: bool
    """Its language has signs or is the framework's own; of any other nothing can be said."""
    needs: tuple[Pillar, ...]
    """The pillars that documents of this kind are expected to hold."""
    held: Held
    findings: tuple[Finding, ...]
    exchange: Exchange
    sha256: str
    written: tuple[str, ...] = ()
    """Competencies with their level that edits of cxify in the document serve: "CX-OWN@2"."""

    @property
    def assessed(self) -> bool:
        """Whether the audit says anything about customer experience in the document."""
        return self.concerns and self.readable and not self.personal

    @property
    def missing(self) -> tuple[Pillar, ...]:
        """The expected pillars of which nothing was found."""
        return tuple(pillar for pillar in self.needs if not self.held.pillar(pillar))

    def found(self, rule: str) -> tuple[Finding, ...]:
        """Return the findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == rule)


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read, with what to do about it."""

    file: str
    message: str
    remedy: str
    exit_code: int
