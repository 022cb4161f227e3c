"""What lists of papers are read from: two columns, and indexes that hold all a list shows.

In SQLite a row of papers or documents holds a whole file, and what stands behind that is found by reading through it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SHOWN = ("name", "id", "taken_for", "kind", "state", "document_id", "undecided")
_VIEW = "CREATE VIEW document_states AS SELECT id, state FROM documents"


def upgrade() -> None:
    """Add columns, indexes and the view, and fill the columns."""
    op.add_column("papers", sa.Column("taken_for", sa.String(80)))
    op.add_column("papers", sa.Column("undecided", sa.Integer))
    _fill()
    op.drop_index("papers_mine", "papers")
    op.create_index("papers_mine", "papers", ["owner", "created", *_SHOWN, "batch_id", "folder", "sha256", "size"])
    op.drop_index("ix_papers_batch_id", "papers")
    op.create_index("papers_of_batch", "papers", ["batch_id", "folder", *_SHOWN, "owner", "sha256", "size"])
    op.create_index("papers_same", "papers", ["owner", "sha256"])
    op.drop_index("papers_expiry", "papers")
    op.create_index("papers_expiry", "papers", ["expires", "size"])
    op.create_index("documents_states", "documents", ["id", "state"])
    # SQLite would look for a document's state in its row by itself.
    op.execute(_VIEW if op.get_bind().dialect.name != "sqlite" else f"{_VIEW} INDEXED BY documents_states")


def downgrade() -> None:
    """Remove them."""
    op.execute("DROP VIEW document_states")
    op.drop_index("documents_states", "documents")
    for name, columns in (("papers_expiry", ["expires"]), ("papers_mine", ["owner", "created"])):
        op.drop_index(name, "papers")
        op.create_index(name, "papers", columns)
    op.drop_index("papers_same", "papers")
    op.drop_index("papers_of_batch", "papers")
    op.create_index("ix_papers_batch_id", "papers", ["batch_id"])
    for column in ("undecided", "taken_for"):
        op.drop_column("papers", column)


def _fill() -> None:
    """Take the kinds from what was found; reviews that have begun are counted by the store itself."""
    from cxify.store import progress
    from cxify.store.paper_tables import DecisionRow, PaperRow

    connection = op.get_bind()
    wanted = sa.select(PaperRow.id, PaperRow.kind, PaperRow.looked).where(PaperRow.looked.is_not(None))
    found = connection.execute(wanted)
    for id, kind, looked in found.all():
        values = {"taken_for": (kind or str(looked.get("kind", "")))[:80]}
        connection.execute(sa.update(PaperRow).where(PaperRow.id == id).values(values))
    for id in connection.scalars(sa.select(DecisionRow.paper_id).distinct()).all():
        progress.note(connection, id)
