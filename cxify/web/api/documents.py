"""Documents as programs see them: one uploaded Word file each, from upload to download."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from cxify.settings import TAG
from cxify.store.papers import Paper
from cxify.web.desk.estimating import Estimate
from cxify.web.desk.following import PaperState

DocumentState = Literal[
    "reading", "uploaded", "refused", "waiting", "working", "ready", "unchanged", "failed", "cancelled"
]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$", examples=["Xk3vQ0p8s2mT7uYw1aBcDe"])]


class DocumentOut(BaseModel):
    """One document. After the upload it is read; then it can be started; when it is ready, it has suggestions."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    upload: Id = Field(description="Files that were sent together: they are started together and share their roles.")
    name: str = Field(examples=["nurse.docx"])
    folder: str
    sha256: str
    size: int
    state: DocumentState
    kind: str = Field(examples=["job_description"])
    language: str = Field(examples=["en-GB"])
    title: str
    findings: int = Field(description="How many things in the document deserve attention before anything is changed.")
    message: str = Field(description="Why it was refused or failed, else empty.")
    remedy: str = Field(description="What to do about it, else empty.")
    created: datetime
    expires: datetime = Field(description="When it is deleted with everything made of it.")

    @classmethod
    def of(cls, paper: Paper, state: PaperState) -> "DocumentOut":
        """Return a paper as programs see it."""
        shown = {name: getattr(state, name) for name in ("state", "kind", "language", "title", "message", "remedy")}
        return cls(
            id=paper.id,
            upload=paper.batch_id,
            name=paper.name,
            folder=paper.folder,
            sha256=paper.sha256,
            size=paper.size,
            findings=state.findings,
            created=paper.created,
            expires=paper.expires,
            **shown,
        )


class DocumentsOut(BaseModel):
    """Documents, the latest first."""

    documents: list[DocumentOut]
    total: int = Field(description="How many there are besides those shown here.")


class UploadOut(BaseModel):
    """What became of the files that were sent."""

    upload: Id
    documents: list[DocumentOut]
    notes: list[str] = Field(description="What to know: a file that came twice, or got another name.")


class StartIn(BaseModel):
    """The beginning of the work on everything that was uploaded together."""

    model_config = ConfigDict(extra="forbid")

    confirmed: Annotated[str, Field(max_length=64)] = Field(
        default="", description="`key` of the estimate, when a language model writes: nothing is sent without it."
    )


class EstimateOut(BaseModel):
    """What a language model would cost, about. `ready` is false while it is counted."""

    ready: bool
    key: str = ""
    model: str = ""
    endpoint: str = Field(default="", description="The host that would get the documents.")
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: str | None = Field(default=None, description="None when no price is known.")

    @classmethod
    def of(cls, estimate: Estimate | None, *, free: bool) -> "EstimateOut":
        """Return an estimate as programs see it; the built-in writer costs nothing and needs none."""
        if estimate is None:
            return cls(ready=free, model="library" if free else "", usd="0" if free else None)
        told: dict[str, Any] = {name: getattr(estimate, name) for name in cls.model_fields if name != "ready"}
        return cls(ready=True, **told)


class KindIn(BaseModel):
    """The kind that a document is to be taken for."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, Field(max_length=80)] | None = Field(
        description="A kind of GET /api/v1/kinds, or null to guess.", examples=["job_description"]
    )


class LanguageIn(BaseModel):
    """The language that a document is to be read in."""

    model_config = ConfigDict(extra="forbid")

    language: Annotated[str, Field(max_length=35, pattern=TAG)] | None = Field(
        description="A language as BCP 47 writes it, or null to guess.", examples=["de"]
    )


class KindOut(BaseModel):
    """A kind of document that cxify knows."""

    id: str
    name: dict[str, str] = Field(description="By language.", examples=[{"en": "Job description"}])


class MeOut(BaseModel):
    """The person whom the token speaks for."""

    id: Id
    name: str
    email: str
    role: Literal["editor", "approver", "admin"]
