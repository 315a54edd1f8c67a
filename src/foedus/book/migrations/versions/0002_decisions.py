"""Decisions, near copies of reports, persons, links between records."""

import hashlib

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables; mark every report and block, so that the next question computes what is new."""
    _columns()
    _copies()
    _decisions()
    _persons_and_links()
    op.execute("UPDATE reports SET words = origin")
    _fingerprints()
    op.execute("INSERT INTO stale_reports (report_id) SELECT id FROM reports")
    op.execute("DELETE FROM stale_blocks")
    op.execute("INSERT INTO stale_blocks (block) SELECT DISTINCT block FROM records")
    if op.get_bind().dialect.name == "postgresql":
        _plain_order()


_FIELDS = ("id", "url", "title", "publisher", "author", "published_on", "language", "text")


def _fingerprints() -> None:
    """`reports.sha` is of the values in this order now: it was of JSON in which a default was there or not by chance."""
    connection = op.get_bind()
    reports = sa.table("reports", *(sa.column(name) for name in (*_FIELDS, "sha")))
    for id in connection.execute(sa.select(reports.c.id)).scalars().all():
        row = connection.execute(sa.select(*(reports.c[name] for name in _FIELDS)).where(reports.c.id == id)).one()
        sha = hashlib.sha256(msgspec.json.encode(list(row))).hexdigest()
        connection.execute(reports.update().where(reports.c.id == id).values(sha=sha))


def _columns() -> None:
    op.add_column("reports", sa.Column("words", sa.String, nullable=False, server_default=""))
    op.create_index("reports_words", "reports", ["words"])
    op.add_column("consolidated", sa.Column("rejected", sa.Integer, nullable=False, server_default="0"))
    op.add_column("consolidated", sa.Column("stems", sa.Text, nullable=False, server_default=""))


def _copies() -> None:
    op.create_table("stale_reports", sa.Column("report_id", sa.String, primary_key=True))
    op.create_table(
        "report_bands",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("report_id", sa.String, primary_key=True),
    )
    op.create_table(
        "near_copies",
        sa.Column("a", sa.String, primary_key=True),
        sa.Column("b", sa.String, primary_key=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
    )
    op.create_index("near_copies_b", "near_copies", ["b"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("undoes", sa.String),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("decisions_time", "decisions", ["made_at", "id"])
    op.create_table(
        "decision_targets",
        sa.Column("decision_id", sa.String, sa.ForeignKey("decisions.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("report_id", sa.String, nullable=False),
        sa.Column("record_id", sa.String),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("decision_targets_report", "decision_targets", ["report_id"])
    op.create_index("decision_targets_record", "decision_targets", ["record_id"])


def _persons_and_links() -> None:
    op.create_table(
        "persons_named",
        sa.Column("record_id", sa.String, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("surname", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("office", sa.Text),
        sa.Column("party", sa.String),
    )
    op.create_index("persons_named_surname", "persons_named", ["surname"])
    op.create_table(
        "links",
        sa.Column("from_id", sa.String, primary_key=True),
        sa.Column("to_id", sa.String, primary_key=True),
        sa.Column("relation", sa.String, primary_key=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("confirmed", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("on_day", sa.String),
        sa.Column("evidence", sa.Text, nullable=False),
    )
    op.create_index("links_to", "links", ["to_id"])


def _plain_order() -> None:
    """PostgreSQL: compare text by code point, as SQLite does, whatever the language of the data base."""
    for table in sa.inspect(op.get_bind()).get_table_names():
        for column in sa.inspect(op.get_bind()).get_columns(table):
            if table != "alembic_version" and isinstance(column["type"], sa.String):
                kind = "TEXT" if isinstance(column["type"], sa.Text) else "VARCHAR"
                op.execute(f'ALTER TABLE {table} ALTER COLUMN "{column["name"]}" TYPE {kind} COLLATE "C"')


def downgrade() -> None:
    """Drop what `upgrade` made; decisions are lost."""
    for table in (
        "links",
        "persons_named",
        "decision_targets",
        "decisions",
        "near_copies",
        "report_bands",
        "stale_reports",
    ):
        op.drop_table(table)
    op.drop_index("reports_words", "reports")
    op.drop_column("reports", "words")
    op.drop_column("consolidated", "rejected")
    op.drop_column("consolidated", "stems")
