"""Families of statements and meetings as this version files them: everything computed is made anew on the next use."""

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """File every record anew, from the record itself; forget what was computed, and mark every report."""
    _file()
    computed = (
        "links",
        "follow_stems",
        "persons_named",
        "near_copies",
        "report_bands",
        "consolidated_parties",
        "consolidated",
    )
    for table in (*computed, "stale_blocks", "stale_reports"):
        op.execute(f"DELETE FROM {table}")
    op.execute("UPDATE records SET canonical_id = NULL")
    op.execute("UPDATE reports SET origin = words")
    op.execute("INSERT INTO stale_reports (report_id) SELECT id FROM reports")


def _file() -> None:
    from foedus.book.neighbours import filed_columns

    connection = op.get_bind()
    names = ("id", "report_id", "kind", "position", "json", "block", "family", "first_day", "last_day", "about", "hint")
    records = sa.table("records", *(sa.column(name) for name in names))
    reports = sa.table("reports", sa.column("id"), sa.column("published_on"))
    for report, published in connection.execute(sa.select(reports.c.id, reports.c.published_on)).all():
        own = sa.select(records.c.id, records.c.kind, records.c.json).where(records.c.report_id == report)
        rows = connection.execute(own.order_by(records.c.position)).all()
        filed = filed_columns(report, published, [(row.kind, msgspec.json.decode(row.json)) for row in rows])
        for row, columns in zip(rows, filed, strict=True):
            connection.execute(records.update().where(records.c.id == row.id).values(**columns))


def downgrade() -> None:
    """Nothing to undo: what is computed is made anew by every version."""
