"""The tables: runs, the files that a run's settings name, and its documents with their results."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class State(StrEnum):
    """Where a document stands."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class Base(DeclarativeBase):
    """What all tables share: times carry their zone, mappings are JSON."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dict[str, Any]: JSON(none_as_null=True),
        datetime: DateTime(timezone=True),
    }


class Run(Base):
    """Documents that were handed over together, and what decides their results."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    edition: Mapped[str] = mapped_column(String(80))
    """Version of cxify and of what ships with it; only a worker of the same edition does the run."""
    settings: Mapped[dict[str, Any]]
    """Settings, model and kind of document; of files their hashes. Never a key."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    """`pipeline.fingerprint` as the submitter computed it; a worker must come to the same."""
    created: Mapped[datetime] = mapped_column(server_default=func.now())
    cancelled: Mapped[datetime | None]


class StoredFile(Base):
    """A file that settings name, such as the framework, by its content."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class StoredDocument(Base):
    """One document of a run: the source, where it stands, and what became of it."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("run_id", "name", "sha256", "settings", name="documents_same"),
        Index("documents_progress", "run_id", "updated"),
        # Rows hold whole documents: who looks for the next one must not read through them.
        Index("documents_open", "state", "priority", "id"),
        Index("documents_states", "id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    """Its path below the output folder."""
    source: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    settings: Mapped[str] = mapped_column(String(64))
    """Fingerprint of everything that decides the result besides the source, the shared profile included."""
    profile: Mapped[dict[str, Any] | None]
    """What the documents of its role share."""
    converted: Mapped[dict[str, Any] | None]
    """What it was converted from: format, and the hash of the file that people know."""
    state: Mapped[str] = mapped_column(String(12), default=State.WAITING)
    priority: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(server_default=func.now())
    updated: Mapped[datetime] = mapped_column(server_default=func.now())
    output: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    page: Mapped[str | None] = mapped_column(Text, deferred=True)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """Edits, questions, findings and reasons, as a line of the report holds them."""
    error: Mapped[dict[str, Any] | None]
    """Why it failed: message, remedy, exit code, and the tokens that were paid all the same."""
