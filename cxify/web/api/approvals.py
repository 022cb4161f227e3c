"""Approvals as programs see them: who was asked, what they said, and whether a clean copy may leave."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from cxify.store.approvals import Verdict
from cxify.store.papers import Paper
from cxify.web.api.documents import Id
from cxify.web.desk.approving import LONGEST, Approving, Entry

ApprovalState = Literal["not_needed", "alone", "needed", "asked", "approved", "lapsed", "returned"]


class ApprovalOut(BaseModel):
    """How far the approval of a document is. Documents by which people are assessed need a second person."""

    document: Id
    name: str
    owner: str = Field(description="Whose document it is, by name.")
    state: ApprovalState = Field(
        description="`alone`: nobody else is there to be asked. `lapsed`: something was decided after the approval."
    )
    clean_copy: bool = Field(description="Whether a clean copy may leave.")
    seen: int = Field(description="To be sent with an approval: it is of what stands now, and of nothing later.")
    person: str = Field(default="", description="Who did the last step, by name.")
    at: datetime | None = None
    comment: str = ""
    asked_by: str = ""

    @classmethod
    def of(cls, paper: Paper, owner: str, found: Approving | None) -> "ApprovalOut":
        """Return an approval as programs see it; None is that of a document that needs none."""
        whose = {"document": paper.id, "name": paper.name, "owner": owner}
        if found is None:
            return cls(**whose, state="not_needed", clean_copy=True, seen=0)
        told = {"person": found.who, "at": found.at, "comment": found.comment, "asked_by": found.asked_by}
        return cls.model_validate(
            whose | told | {"state": str(found.state), "clean_copy": found.allows, "seen": found.seen}
        )


class ApprovalsOut(BaseModel):
    """Approvals that wait for the person, and those of the person's own documents."""

    awaiting: list[ApprovalOut] = Field(description="What others ask the person to approve, the oldest first.")
    own: list[ApprovalOut] = Field(description="The person's latest documents that need a second person.")

    @classmethod
    def of(cls, awaiting: list[Entry], own: list[Entry]) -> "ApprovalsOut":
        """Return the two lists as programs see them."""
        told = ([ApprovalOut.of(each.paper, each.owner, each.approving) for each in part] for part in (awaiting, own))
        return cls(awaiting=next(told), own=next(told))


class ApprovalIn(BaseModel):
    """One step: the owner asks; somebody else approves, or returns with a comment."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"verdict": "asked", "comment": "Please look at the second criterion."},
                {"verdict": "approved", "seen": 41},
                {"verdict": "returned", "comment": "The second criterion cannot be measured."},
            ]
        },
    )

    verdict: Verdict
    comment: Annotated[str, Field(max_length=LONGEST)] = ""
    seen: Annotated[int, Field(ge=0, le=2**31)] = Field(
        default=0, description="`seen` of the approval that was read before it is given."
    )
