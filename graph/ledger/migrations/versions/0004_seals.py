"""Seals of rows, batches and undos; those that are there are sealed as they are."""

import sqlalchemy as sa
from alembic import op

from graph.ledger.seals import seal_batch, seal_rows, seal_undo

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the three columns and fill them."""
    db = op.get_bind()
    for table in ("record", "batch", "undo"):
        if "seal" not in {column["name"] for column in sa.inspect(db).get_columns(table)}:
            op.add_column(table, sa.Column("seal", sa.BigInteger))
    for seal in (seal_rows, seal_batch, seal_undo):
        seal(db)
