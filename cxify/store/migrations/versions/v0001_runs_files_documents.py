"""The first tables: runs, files and documents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NOW = sa.func.now()


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("edition", sa.String(80), nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("cancelled", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("run_id", sa.String(32), sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("source", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("settings", sa.String(64), nullable=False),
        sa.Column("profile", sa.JSON),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("output", sa.LargeBinary),
        sa.Column("page", sa.Text),
        sa.Column("outcome", sa.JSON),
        sa.Column("error", sa.JSON),
        sa.UniqueConstraint("run_id", "name", "sha256", "settings", name="documents_same"),
    )
    op.create_index("documents_progress", "documents", ["run_id", "updated"])


def downgrade() -> None:
    """Remove the tables."""
    for table in ("documents", "files", "runs"):
        op.drop_table(table)
