"""Blocks that grow by comparing neighbours, in place of all records of a pair of states; words that find what follows up.

Watches become tables of the book, so that they are exported with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new columns and tables; they are filled after the last migration (`foedus.book.anew`)."""
    plain = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.add_column("records", sa.Column("family", sa.String(collation=plain), nullable=False, server_default=""))
    op.add_column("records", sa.Column("first_day", sa.String(collation=plain)))
    op.add_column("records", sa.Column("last_day", sa.String(collation=plain)))
    op.add_column("records", sa.Column("about", sa.Text(collation=plain), nullable=False, server_default=""))
    op.add_column("records", sa.Column("hint", sa.String(collation=plain)))
    op.add_column("consolidated", sa.Column("family", sa.String(collation=plain), nullable=False, server_default=""))
    op.create_index("records_family", "records", ["family", "first_day", "last_day"])
    op.create_index("consolidated_family", "consolidated", ["family"])
    op.create_table(
        "follow_stems",
        sa.Column("party", sa.String(collation=plain), primary_key=True),
        sa.Column("stem", sa.String(collation=plain), primary_key=True),
        sa.Column("kind", sa.String(collation=plain), primary_key=True),
        sa.Column("consolidated_id", sa.String(collation=plain), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("follow_stems_id", "follow_stems", ["consolidated_id"])
    _watches(plain)


def _watches(plain: str | None) -> None:
    """The tables of watches, with what was saved in those that they take the place of."""
    op.create_table(
        "watches",
        sa.Column("name", sa.Text(collation=plain), primary_key=True),
        sa.Column("added_at", sa.String(collation=plain), nullable=False),
        sa.Column("run_at", sa.String(collation=plain)),
        sa.Column("json", sa.Text(collation=plain), nullable=False),
    )
    op.create_table(
        "watch_told",
        sa.Column("watch", sa.Text(collation=plain), primary_key=True),
        sa.Column("id", sa.String(collation=plain), primary_key=True),
        sa.Column("mark", sa.Text(collation=plain), nullable=False),
    )
    there = sa.inspect(op.get_bind()).get_table_names()
    for old, new, columns in (
        ("ask_watches", "watches", "name, added_at, run_at, json"),
        ("ask_seen", "watch_told", "watch, id, mark"),
    ):
        if old in there:
            op.execute(f"INSERT INTO {new} ({columns}) SELECT {columns} FROM {old}")
            op.drop_table(old)


def downgrade() -> None:
    """Drop what `upgrade` made."""
    for table in ("follow_stems", "watch_told", "watches"):
        op.drop_table(table)
    op.drop_index("records_family", "records")
    op.drop_index("consolidated_family", "consolidated")
    for column in ("family", "first_day", "last_day", "about", "hint"):
        op.drop_column("records", column)
    op.drop_column("consolidated", "family")
