"""The tables of a record book. A change here needs a new file in `migrations/versions`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

REVISION = "0001"
"""The newest file in `migrations/versions`."""

metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published_on", String),
    Column("language", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("read_at", String, nullable=False),
    Column("reader", String, nullable=False),
    Index("reports_origin", "origin"),
)
"""`sha` is of the report as JSON; `origin` of its words alone, so that syndicated copies share it."""

records = Table(
    "records",
    metadata,
    Column("id", String, primary_key=True),
    Column("report_id", String, ForeignKey("reports.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("block", String, nullable=False),
    Column("canonical_id", String),
    Column("json", Text, nullable=False),
    Index("records_report", "report_id", "position"),
    Index("records_block", "block"),
    Index("records_canonical", "canonical_id"),
)
"""What each report says, as it was read; only records in one `block` can be the same thing."""

claims = Table(
    "claims",
    metadata,
    Column("record_id", String, ForeignKey("records.id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("spans", Text, nullable=False),
)
"""One value of one record with its words: JSON and offsets into the report's text."""

consolidated = Table(
    "consolidated",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("block", String, nullable=False),
    Column("first_day", String),
    Column("last_day", String),
    Column("json", Text, nullable=False),
    Index("consolidated_block", "block"),
    Index("consolidated_day", "kind", "first_day"),
)
"""One thing, many reports: computed from `records`, and safe to throw away."""

consolidated_parties = Table(
    "consolidated_parties",
    metadata,
    Column("consolidated_id", String, ForeignKey("consolidated.id"), primary_key=True),
    Column("party", String, primary_key=True),
    Index("consolidated_parties_party", "party", "consolidated_id"),
)

stale_blocks = Table("stale_blocks", metadata, Column("block", String, primary_key=True))
"""Blocks that got or lost records since they were last consolidated."""
