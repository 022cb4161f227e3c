"""The language that a person chose for a paper, in its row and in the indexes that lists are read from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MINE = ("owner", "created"), ("batch_id", "folder", "sha256", "size")
_OF_BATCH = ("batch_id", "folder"), ("owner", "sha256", "size")
_SHOWN = ("name", "id", "taken_for", "kind", "state", "document_id", "undecided")


def upgrade() -> None:
    """Add the column, and make the indexes anew with it."""
    op.add_column("papers", sa.Column("language", sa.String(35)))
    _index((*_SHOWN, "language"))


def downgrade() -> None:
    """Remove them."""
    _index(_SHOWN)
    op.drop_column("papers", "language")


def _index(shown: tuple[str, ...]) -> None:
    for name, (first, last) in (("papers_mine", _MINE), ("papers_of_batch", _OF_BATCH)):
        op.drop_index(name, "papers")
        op.create_index(name, "papers", [*first, *shown, *last])
