"""The tables about people: who they are, their sessions and tokens, and the journal of what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cxify.store.moment import Moment
from cxify.store.tables import Base


class PersonRow(Base):
    """Somebody who has signed in."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="people_same"),)

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    issuer: Mapped[str] = mapped_column(Text)
    """Who vouches for the person: the address of the sign-in service, or `local`."""
    subject: Mapped[str] = mapped_column(Text)
    """What the issuer calls the person; names and addresses change, this does not."""
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(12))
    created: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)


class SessionRow(Base):
    """A signed-in browser, or one that is about to sign in."""

    __tablename__ = "sessions"
    __table_args__ = (Index("sessions_expiry", "expires"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the cookie's value: who reads the database cannot sign in with it."""
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    created: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    data: Mapped[dict[str, Any]]
    """What a sign-in under way must remember."""


class TokenRow(Base):
    """A token with which a program speaks for a person."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[str] = mapped_column(String(8))
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)


class JournalRow(Base):
    """One thing that was done; triggers refuse to change or delete it."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(String(22))
    """No foreign key: the journal outlives the people in it."""
    action: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class JournalHead(Base):
    """The journal's last entry: who appends changes this row first, so that appending goes one at a time."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
