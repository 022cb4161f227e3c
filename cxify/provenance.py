"""What cxify writes into every output about how it came to be, and reads back.

The record answers: which source, by which tool, prompt, model, framework and rules, each edit with its reason and ids.
It survives acceptance in Word and LibreOffice, so `cxify inspect` also tells later that a text was prepared with AI.
"""

import json
from typing import Any, Final, Literal

from pydantic import Field, ValidationError

from cxify import __version__
from cxify.proposal import Certainty, Operation, Proposed, Strict

PURPOSE: Final = (
    "edits the text of HR documents for human approval; never scores, ranks, filters, monitors or evaluates people"
)
NAMESPACE: Final = "urn:cxify:provenance:1"
PROPERTY: Final = "cxify"
_NOT_IN_SUMMARY: Final = {"edits", "decisions", "role", "declined", "earlier", "purpose", "usage"}


class RecordedEdit(Strict):
    """One written operation with its reasons; the reasons are empty for edits that a person gave to `cxify apply`."""

    operation: Operation
    reason: str = ""
    competencies: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    evidence: str = ""
    evidence_block: str | None = None
    certainty: Certainty | None = None
    # Left out where nobody has decided yet, so that a record stays what it was.
    suggestion: int | None = Field(default=None, exclude_if=lambda number: number is None)
    """Its place among the edits as they were first suggested."""
    by: str = Field(default="", exclude_if=lambda by: not by)
    """The person whose words these are, where they are not cxify's."""
    at: str = Field(default="", exclude_if=lambda at: not at)
    """When that person wrote them."""

    @classmethod
    def of(cls, proposed: Proposed) -> "RecordedEdit":
        """Record an accepted proposal."""
        return cls(
            operation=proposed.operation,
            reason=proposed.reason,
            competencies=proposed.competencies,
            standards=proposed.standards,
            evidence=proposed.evidence,
            evidence_block=proposed.evidence_block,
            certainty=proposed.certainty,
        )


class RecordedRole(Strict):
    """The role's profile that the document was written for, and the files that shared it in the same run."""

    title: str = ""
    level: int = 1
    competencies: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    shared_with: tuple[str, ...] = ()


class RecordedVoice(Strict):
    """The comments of customers or employees that ranked the competencies and are cited."""

    sha256: str
    """Of the voice file."""
    scope: str = ""
    """The unit or role whose numbers were used; "" is the whole organisation."""
    themes: tuple[str, ...] = ()
    """As they are cited, most frequent first."""
    competencies_without: tuple[str, ...] = ()
    """What the role would have been given without the voice; empty when the profile is shared by several documents."""


class RecordedDecision(Strict):
    """Who decided what on a suggestion, and when. A rejected suggestion leaves its number and no words."""

    suggestion: int
    action: Literal["accept", "reject", "edit", "reword"]
    person: str = ""
    at: str = ""


class RecordedApproval(Strict):
    """The second person who approved the document, and who had asked for it."""

    person: str
    at: str
    asked_by: str = ""


class Converted(Strict):
    """What the Word file was made from, where the source was none."""

    format: str
    """doc, odt, rtf …"""
    sha256: str
    """Of the file as it was given; `source_sha256` is that of the Word file made from it."""
    by: str = "LibreOffice"


class Record(Strict):
    """The provenance of one output."""

    tool: str = "cxify"
    version: str = __version__
    purpose: str = PURPOSE
    date: str
    author: str
    source_sha256: str
    converted: Converted | None = Field(default=None, exclude_if=lambda converted: converted is None)
    document: dict[str, str] = Field(default_factory=dict)
    """kind, language and state as they were when the edits were made."""
    role: RecordedRole | None = None
    writer: dict[str, str] = Field(default_factory=dict)
    """Writer name and version; for a model its id, the prompt, its version and its hash."""
    framework: dict[str, str] = Field(default_factory=dict)
    rules: dict[str, str] = Field(default_factory=dict)
    # Left out where there is no voice, so that such a record stays what it was.
    voice: RecordedVoice | None = Field(default=None, exclude_if=lambda voice: voice is None)
    settings: str = ""
    """Fingerprint of everything that decides the result besides the source; a re-run compares it."""
    usage: dict[str, int] = Field(default_factory=dict)
    edits: tuple[RecordedEdit, ...] = ()
    decisions: tuple[RecordedDecision, ...] = Field(default=(), exclude_if=lambda decisions: not decisions)
    approval: RecordedApproval | None = Field(default=None, exclude_if=lambda approval: approval is None)
    form: Literal["tracked", "clean", "comments"] = Field(default="tracked", exclude_if=lambda form: form == "tracked")
    """clean: the edits stand in it as plain text; comments: each stands in a comment, the text is the source's."""
    declined: tuple[str, ...] = ()
    """What a reader may have expected and why it was not proposed."""
    earlier: tuple[dict[str, Any], ...] = ()
    """Summaries of the records that the source already carried, newest first."""

    def to_json(self) -> str:
        """Return the record as JSON text."""
        return json.dumps(
            self.model_dump(mode="json", exclude_defaults=False), ensure_ascii=False, separators=(",", ":")
        )

    def summary(self) -> dict[str, Any]:
        """Return what fits into a document property: everything but the edits."""
        kept = self.model_dump(mode="json", exclude=_NOT_IN_SUMMARY)
        return {**kept, "edits": len(self.edits)}


def from_json(text: str) -> Record | None:
    """Read a record; None when it is not one that this version understands."""
    try:
        return Record.model_validate_json(text)
    except ValidationError:
        return None
