"""Comments of customers or employees that people have uploaded, to be used with their documents."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "voices",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("owner", sa.String(22), sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("voices_mine", "voices", ["owner", "created"])
    op.create_index("voices_expiry", "voices", ["expires"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("voices")
