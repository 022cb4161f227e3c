"""Writers turn a document into a proposal: `library` without a model, `llm` with one. Both see the same Task."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from cxify.document import Document, Finding
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.profile import RoleProfile
from cxify.proposal import Proposal

Intensity = Literal["light", "standard", "full"]


@dataclass(frozen=True)
class Task:
    """Everything a writer may know about the one document it writes for."""

    document: Document
    kind: Kind
    profile: RoleProfile
    framework: Framework
    intensity: Intensity = "standard"


@dataclass(frozen=True)
class Usage:
    """What the calls for one document took; zero for a writer without a model."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    repairs: int = 0
    """How many calls were made only because an earlier answer could not be used."""
    sentences: int = 0
    """How many single sentences a small model was asked for."""
    reworded: int = 0
    """How many of them took the place of approved ones."""

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.repairs + other.repairs,
            self.sentences + other.sentences,
            self.reworded + other.reworded,
        )


@dataclass(frozen=True)
class Written:
    """A proposal and what it took to get it."""

    proposal: Proposal
    usage: Usage = field(default_factory=Usage)


class Writer(Protocol):
    """Anything that can propose edits for a Task. Must be thread-safe."""

    @property
    def identity(self) -> dict[str, str]:
        """What provenance records: name, version, and for a model its id, prompt, prompt version and hash."""
        ...

    @property
    def revises(self) -> bool:
        """True when `write` can use findings on its previous proposal; otherwise blocked edits are dropped at once."""
        ...

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Propose edits; `findings` say what was blocked in `previous` (Finding.edit is the index into its edits)."""
        ...
