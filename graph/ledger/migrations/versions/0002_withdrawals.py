"""Rows withdrawn by a batch, and who loaded or undid it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of withdrawals and the two columns."""
    op.create_table(
        "withdrawal",
        sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), primary_key=True),
        sa.Column("seq", sa.Integer, sa.ForeignKey("record.seq"), primary_key=True, index=True),
    )
    op.add_column("batch", sa.Column("by", sa.String))
    op.add_column("undo", sa.Column("by", sa.String))
