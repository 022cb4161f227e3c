"""Suggestions and decisions as programs see them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from cxify.proposal import Operation
from cxify.review import Decision, Suggestion

Standing = Literal["open", "accepted", "rejected", "edited"]


class Serves(BaseModel):
    """A competency at a level that a suggestion serves."""

    id: str
    level: int
    name: str


class StandardOut(BaseModel):
    """A service standard that a suggestion names."""

    id: str
    name: str
    statement: str


class SuggestionOut(BaseModel):
    """One edit, comment or question. It is only a proposal until a person has decided."""

    number: int
    sort: Literal["edit", "comment", "question"]
    standing: Standing
    section: str
    block: str
    before: str
    after: str
    operation: Operation = Field(description="As decided so far; its form is that of EDITS.json.")
    reason: str
    competencies: list[Serves]
    standards: list[StandardOut]
    evidence: str = Field(description="The words of the document that it rests on.")
    certainty: Literal["strong", "needs context", "not enough data"] | None
    voice: list[str] = Field(description="What customers or employees say that speaks for it.")
    decided_by: str = ""
    decided_at: str = ""
    comments: list[str] = Field(default=[], description="What people have added.")

    @classmethod
    def of(cls, shown: Suggestion) -> "SuggestionOut":
        """Return a suggestion as programs see it."""
        decided = shown.standing.decided
        return cls(
            number=shown.number,
            sort=shown.sort,
            standing=shown.standing.state,
            section=shown.section,
            block=shown.block,
            before=shown.before,
            after=shown.after,
            operation=shown.operation,
            reason=shown.reason,
            competencies=[Serves(id=each.id, level=each.level, name=each.name) for each in shown.competencies],
            standards=[StandardOut(id=e.id, name=e.name, statement=e.statement) for e in shown.standards],
            evidence=shown.evidence,
            certainty=shown.certainty,
            voice=list(shown.voice),
            decided_by=decided.person if decided else "",
            decided_at=decided.at if decided else "",
            comments=[each.text for each in shown.standing.comments],
        )


class SuggestionsOut(BaseModel):
    """All suggestions for a document, by their numbers."""

    suggestions: list[SuggestionOut]


class DecisionIn(BaseModel):
    """What a person decides about one suggestion. The person's name and the time are added and kept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"suggestion": 0, "action": "accept"},
                {"suggestion": 2, "action": "edit", "text": "Tells each patient by when the result will come."},
            ]
        },
    )

    suggestion: Annotated[int, Field(ge=0, le=100_000)]
    action: Literal["accept", "reject", "undo", "edit", "comment", "reword"]
    text: Annotated[str, Field(max_length=20_000)] = ""
    cells: Annotated[tuple[Annotated[str, Field(max_length=20_000)], ...], Field(max_length=63)] = ()

    @property
    def decision(self) -> Decision:
        """The decision that it is."""
        return Decision(self.suggestion, self.action, self.text, self.cells)


class DecidedOut(BaseModel):
    """How a suggestion stands after a decision, and how many of all are decided."""

    suggestion: int
    standing: Standing
    decided: int
    total: int
