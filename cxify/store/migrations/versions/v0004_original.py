"""The bytes of a paper as they were uploaded, where the paper is a Word file that was made from them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("papers", sa.Column("original", sa.LargeBinary))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("papers", "original")
