"""What a document was converted from, so that its record says so on whichever machine it is done."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("documents", sa.Column("converted", sa.JSON))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("documents", "converted")
