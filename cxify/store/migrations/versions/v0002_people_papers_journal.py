"""What the web page keeps: people, sessions, tokens, batches, papers, decisions, approvals, frameworks, the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_REFUSED = "the journal is append-only"
_FUNCTION = f"""CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"""


def upgrade() -> None:
    """Make the tables and the journal's guards."""
    _people()
    _papers()
    _frameworks()
    _journal()
    _guard()
    op.create_index("documents_open", "documents", ["state", "priority", "id"])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_index("documents_open", "documents")
    tables = ("journal_head", "journal", "frameworks", "approvals", "decisions", "papers", "batches")
    for table in (*tables, "tokens", "sessions", "people"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_is_append_only")


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(22), primary_key=True)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text, nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, _TIME, nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=nullable)


def _of(name: str, other: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(22), sa.ForeignKey(f"{other}.id", ondelete="CASCADE"), nullable=False)


def _people() -> None:
    op.create_table(
        "people",
        _id(),
        *(_text("issuer"), _text("subject"), _text("name"), _text("email"), _text("role", 12)),
        *(_at("created"), _at("seen")),
        sa.UniqueConstraint("issuer", "subject", name="people_same"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(22), sa.ForeignKey("people.id", ondelete="CASCADE")),
        *(_at("created"), _at("used"), _at("expires"), _json("data")),
    )
    op.create_index("sessions_expiry", "sessions", ["expires"])
    op.create_table(
        "tokens",
        *(_id(), _of("person_id", "people"), _text("name")),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        *(_text("scope", 8), _at("created"), _at("expires")),
        *(_at("used", nullable=True), _at("revoked", nullable=True)),
    )


def _papers() -> None:
    op.create_table(
        "batches",
        *(_id(), _of("owner", "people"), _at("created"), _json("choices")),
        sa.Column("run_id", sa.String(32), sa.ForeignKey("runs.id", ondelete="SET NULL")),
    )
    op.create_index("ix_batches_owner", "batches", ["owner"])
    op.create_table(
        "papers",
        *(_id(), _of("batch_id", "batches"), _of("owner", "people"), _text("name"), _text("folder")),
        *(_text("sha256", 64), sa.Column("size", sa.Integer, nullable=False)),
        sa.Column("source", sa.LargeBinary, nullable=False),
        *(_json("looked", nullable=True), sa.Column("kind", sa.String(80)), _text("state", 12)),
        _json("error", nullable=True),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("documents.id", ondelete="SET NULL")),
        *(_at("created"), _at("expires")),
    )
    op.create_index("papers_expiry", "papers", ["expires"])
    op.create_index("papers_mine", "papers", ["owner", "created"])
    for column in ("batch_id", "document_id"):
        op.create_index(f"ix_papers_{column}", "papers", [column])
    paper, person = _of("paper_id", "papers"), _text("person_id", 22)
    number, action = sa.Column("suggestion", sa.Integer, nullable=False), _text("action", 12)
    op.create_table("decisions", _number(), paper, number, action, _json("told"), person, _at("at"))
    op.create_index("decisions_of", "decisions", ["paper_id", "id"])
    paper, person = _of("paper_id", "papers"), _text("person_id", 22)
    op.create_table("approvals", _number(), paper, person, _text("verdict", 12), _text("comment"), _at("at"))
    op.create_index("approvals_of", "approvals", ["paper_id", "id"])


def _frameworks() -> None:
    named = (_text("name"), _text("version"), _json("files"), _text("person_id", 22), _at("at"))
    op.create_table("frameworks", _number(), *named, sa.Column("active", sa.Boolean, nullable=False))


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        *(_at("at"), sa.Column("person_id", sa.String(22)), _text("action", 40), _text("object")),
        *(_json("details"), _text("previous", 64), _text("hash", 64)),
    )
    head = op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column("seq", sa.Integer, nullable=False), _text("hash", 64)),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])


def _guard() -> None:
    """Let the database itself refuse to change the journal."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        calls = "EXECUTE FUNCTION journal_is_append_only()"
        op.execute(f"CREATE TRIGGER journal_rows BEFORE UPDATE OR DELETE ON journal FOR EACH ROW {calls}")
        op.execute(f"CREATE TRIGGER journal_whole BEFORE TRUNCATE ON journal FOR EACH STATEMENT {calls}")
        return
    for what in ("UPDATE", "DELETE"):
        body = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        op.execute(f"CREATE TRIGGER journal_{what.lower()} BEFORE {what} ON journal {body}")
