"""The first ledger: batches, their parts, rows and undos.

What is there already stays: a start of an older version, cut off between two statements, left tables without a revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the four tables, or those of them that are not there."""
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("loaded_at", sa.String, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "part",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), nullable=False),
        sa.Column("file", sa.String, nullable=False),
        sa.Column("sheet", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("columns", sa.LargeBinary, nullable=False),
        sa.Column("manifest", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "record",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("part", sa.Integer, sa.ForeignKey("part.id"), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("as_of", sa.String),
        sa.Column("grade", sa.String, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("values", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_record_part", "record", ["part"], if_not_exists=True)
    op.create_table(
        "undo",
        sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), primary_key=True),
        sa.Column("undone_at", sa.String, nullable=False),
        if_not_exists=True,
    )
