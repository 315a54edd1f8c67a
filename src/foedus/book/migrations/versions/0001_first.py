"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reports",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published_on", sa.String),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sha", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("read_at", sa.String, nullable=False),
        sa.Column("reader", sa.String, nullable=False),
    )
    op.create_index("reports_origin", "reports", ["origin"])
    op.create_table(
        "records",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("report_id", sa.String, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("block", sa.String, nullable=False),
        sa.Column("canonical_id", sa.String),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("records_report", "records", ["report_id", "position"])
    op.create_index("records_block", "records", ["block"])
    op.create_index("records_canonical", "records", ["canonical_id"])
    op.create_table(
        "claims",
        sa.Column("record_id", sa.String, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("spans", sa.Text, nullable=False),
    )
    op.create_table(
        "consolidated",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("block", sa.String, nullable=False),
        sa.Column("first_day", sa.String),
        sa.Column("last_day", sa.String),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("consolidated_block", "consolidated", ["block"])
    op.create_index("consolidated_day", "consolidated", ["kind", "first_day"])
    op.create_table(
        "consolidated_parties",
        sa.Column("consolidated_id", sa.String, sa.ForeignKey("consolidated.id"), primary_key=True),
        sa.Column("party", sa.String, primary_key=True),
    )
    op.create_index("consolidated_parties_party", "consolidated_parties", ["party", "consolidated_id"])
    op.create_table("stale_blocks", sa.Column("block", sa.String, primary_key=True))


def downgrade() -> None:
    """Drop the tables."""
    for table in ("stale_blocks", "consolidated_parties", "consolidated", "claims", "records", "reports"):
        op.drop_table(table)
