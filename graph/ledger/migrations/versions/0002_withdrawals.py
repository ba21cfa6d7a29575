"""Rows withdrawn by a batch, and who loaded or undid it. As in 0001, what is there already stays."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of withdrawals and the two columns."""
    op.create_table(
        "withdrawal",
        sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), primary_key=True),
        sa.Column("seq", sa.Integer, sa.ForeignKey("record.seq"), primary_key=True),
        if_not_exists=True,
    )
    op.create_index("ix_withdrawal_seq", "withdrawal", ["seq"], if_not_exists=True)
    for table in ("batch", "undo"):
        if "by" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}:
            op.add_column(table, sa.Column("by", sa.String))
