"""What a writer must return, and the five operations that `word.redline` can write.

`Operation` is the contract of EDITS.json; `Proposed` wraps one operation with the reasons a reviewer needs.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
BlockId = Annotated[str, StringConstraints(pattern=r"^b[1-9][0-9]*$")]
CompetencyAtLevel = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*@[1-4]$")]
Certainty = Literal["strong", "needs context", "not enough data"]


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Replace(Strict):
    """Exchange exact words of a block; only the words that differ are marked."""

    op: Literal["replace"]
    block: BlockId
    old: Text
    new: Annotated[str, StringConstraints(max_length=20_000)]
    occurrence: int = Field(default=1, ge=1)
    comment: str | None = None


class Append(Strict):
    """Add text at the end of a block, exactly as given (begin with a space to start a new sentence)."""

    op: Literal["append"]
    block: BlockId
    text: Text
    comment: str | None = None


class InsertAfter(Strict):
    """Add a paragraph after a block; it continues the block's list and format."""

    op: Literal["insert_after"]
    block: BlockId
    text: Text
    comment: str | None = None


class InsertRowAfter(Strict):
    """Add a table row after the row that holds the block; one text per cell, "" for an empty cell."""

    op: Literal["insert_row_after"]
    block: BlockId
    cells: Annotated[tuple[str, ...], Field(min_length=1, max_length=63)]
    comment: str | None = None


class Comment(Strict):
    """Say something about words of a block without changing them; without quote the whole block is meant."""

    op: Literal["comment"]
    block: BlockId
    comment: Text
    quote: str | None = None


Operation = Annotated[Replace | Append | InsertAfter | InsertRowAfter | Comment, Field(discriminator="op")]


class Edits(Strict):
    """The content of an EDITS.json file."""

    edits: tuple[Operation, ...]


class Proposed(Strict):
    """One operation with what a reviewer must know to decide on it."""

    operation: Operation
    reason: Text
    """Why, in the document's language, one or two sentences for the reviewer."""
    competencies: tuple[CompetencyAtLevel, ...] = ()
    standards: tuple[str, ...] = ()
    evidence: str = ""
    """The words of the document that the edit rests on, verbatim."""
    evidence_block: BlockId | None = None
    certainty: Certainty = "strong"
    rule: str | None = None
    """The rule that a comment reports, if it reports one."""

    @property
    def inserted(self) -> str:
        """The text that the operation would bring into the document's body ("" for a comment)."""
        match self.operation:
            case Replace(new=text) | Append(text=text) | InsertAfter(text=text):
                return text
            case InsertRowAfter(cells=cells):
                return "\n".join(cells)
            case _:
                return ""


class Question(Strict):
    """Something only the organisation can answer, asked instead of guessed."""

    block: BlockId | None = None
    text: Text


class Declined(Strict):
    """Something a reader may expect and why it was not done (the reason is printed in the report)."""

    block: BlockId | None = None
    reason: Text


class Proposal(Strict):
    """Everything a writer has to say about one document."""

    edits: tuple[Proposed, ...] = ()
    questions: tuple[Question, ...] = ()
    declined: tuple[Declined, ...] = ()

    @model_validator(mode="after")
    def _not_empty_of_reasons(self) -> "Proposal":
        if not (self.edits or self.questions or self.declined):
            raise ValueError("a proposal without edits must say why in `declined`")
        return self
