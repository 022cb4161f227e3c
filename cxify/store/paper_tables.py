"""The tables about uploaded documents: batches, papers, decisions, approvals, and the frameworks they are made with."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, column, table
from sqlalchemy.orm import Mapped, mapped_column

from cxify.store.moment import Moment
from cxify.store.tables import Base

_SHOWN = ("name", "id", "taken_for", "kind", "state", "document_id", "undecided", "language")
"""What a list shows stands in its index: rows hold whole files, and a list of thousands must not read through them."""
DOCUMENT_STATES = table("document_states", column("id"), column("state"))
"""A view: where each document stands, read from an index alone."""


class BatchRow(Base):
    """Files that were uploaded together, and what was chosen for them."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(Moment)
    choices: Mapped[dict[str, Any]]
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))


class PaperRow(Base):
    """One uploaded Word file."""

    __tablename__ = "papers"
    __table_args__ = (
        Index("papers_expiry", "expires", "size"),
        Index("papers_mine", "owner", "created", *_SHOWN, "batch_id", "folder", "sha256", "size"),
        Index("papers_of_batch", "batch_id", "folder", *_SHOWN, "owner", "sha256", "size"),
        Index("papers_same", "owner", "sha256"),
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"))
    owner: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    folder: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    source: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    original: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """What was uploaded, where the source is a Word file that was made from it."""
    looked: Mapped[dict[str, Any] | None]
    """What a first look has found: kind, language, state, findings, title."""
    kind: Mapped[str | None] = mapped_column(String(80))
    """The kind that the person chose, where it is another than the one found."""
    language: Mapped[str | None] = mapped_column(String(35))
    """The language that the person chose, where it is another than the one found."""
    taken_for: Mapped[str | None] = mapped_column(String(80))
    """The chosen kind or the one found; None until somebody has looked."""
    state: Mapped[str] = mapped_column(String(12))
    undecided: Mapped[int | None]
    """Suggestions that nobody has decided on; None until somebody has decided on any."""
    error: Mapped[dict[str, Any] | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)


class DecisionRow(Base):
    """What a person decided about a suggestion; the latest counts, none is changed."""

    __tablename__ = "decisions"
    __table_args__ = (Index("decisions_of", "paper_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    paper_id: Mapped[str] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"))
    suggestion: Mapped[int]
    action: Mapped[str] = mapped_column(String(12))
    told: Mapped[dict[str, Any]]
    person_id: Mapped[str] = mapped_column(String(22))
    at: Mapped[datetime] = mapped_column(Moment)


class ApprovalRow(Base):
    """What was asked of, or said by, the second approver of a document."""

    __tablename__ = "approvals"
    __table_args__ = (Index("approvals_of", "paper_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    paper_id: Mapped[str] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(String(22))
    verdict: Mapped[str] = mapped_column(String(12))
    comment: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class VoiceRow(Base):
    """Comments of customers or employees; the table stands in `files` by its hash."""

    __tablename__ = "voices"
    __table_args__ = (Index("voices_mine", "owner", "created"), Index("voices_expiry", "expires"))

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    told: Mapped[dict[str, Any]]
    """What a first look has found: how many comments, which themes, what was left out."""
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)


class FrameworkRow(Base):
    """One version of the organisation's framework; its files stand in `files` by their hashes."""

    __tablename__ = "frameworks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    files: Mapped[dict[str, Any]]
    """File names and the hashes of their content; the first is the framework, others its translations."""
    person_id: Mapped[str] = mapped_column(String(22))
    at: Mapped[datetime] = mapped_column(Moment)
    active: Mapped[bool]
