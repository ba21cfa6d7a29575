"""Which rows name what: found by key, so that a change need not read every row."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the list of rows by the keys of the names in them, and how far it goes."""
    op.create_table(
        "mention",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        "listing",
        sa.Column("rules", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        if_not_exists=True,
    )
