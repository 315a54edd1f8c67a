"""The tables of a record book. A change here needs a new file in `migrations/versions`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

REVISION = "0005"
"""The newest file in `migrations/versions`."""

metadata = MetaData()


class Words(TypeDecorator[str]):
    """Text as it is. PostgreSQL has no U+0000: there it is stored as U+001A 0, and U+001A as U+001A 1."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """None where text goes as it is, so that it costs nothing."""
        return super().bind_processor(dialect) if dialect.name == "postgresql" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """None where text comes as it is, so that it costs nothing."""
        return super().result_processor(dialect, coltype) if dialect.name == "postgresql" else None

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the data base."""
        return value and value.replace("\x1a", "\x1a1").replace("\x00", "\x1a0")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """From the data base."""
        if value is None or "\x1a" not in value:
            return value
        return value.replace("\x1a0", "\x00").replace("\x1a1", "\x1a")


reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", Words),
    Column("title", Words),
    Column("publisher", Words),
    Column("author", Words),
    Column("published_on", String),
    Column("language", String, nullable=False),
    Column("text", Words, nullable=False),
    Column("sha", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("read_at", String, nullable=False),
    Column("reader", String, nullable=False),
    Column("words", String, nullable=False, server_default=""),
    Index("reports_origin", "origin"),
    Index("reports_words", "words"),
)
"""`sha` is of the report as JSON, `words` of its words alone; `origin` is the least `words` of its group of near copies."""

stale_reports = Table("stale_reports", metadata, Column("report_id", String, primary_key=True))
"""Reports whose near copies and persons are not known yet."""

report_bands = Table(
    "report_bands",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("report_id", String, primary_key=True),
)
"""Bands of MinHash signatures: reports that share one are compared."""

near_copies = Table(
    "near_copies",
    metadata,
    Column("a", String, primary_key=True),
    Column("b", String, primary_key=True),
    Column("score", Float, nullable=False),
    Column("because", Words, nullable=False),
    Index("near_copies_b", "b"),
)
"""Pairs of reports, a < b, with mostly the same words; reports with exactly the same words share `reports.words` instead."""

records = Table(
    "records",
    metadata,
    Column("id", String, primary_key=True),
    Column("report_id", String, ForeignKey("reports.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("block", String, nullable=False),
    Column("canonical_id", String),
    Column("json", Words, nullable=False),
    Column("family", String, nullable=False, server_default=""),
    Column("first_day", String),
    Column("last_day", String),
    Column("about", Words, nullable=False, server_default=""),
    Column("hint", String),
    Index("records_report", "report_id", "position"),
    Index("records_block", "block"),
    Index("records_canonical", "canonical_id"),
    Index("records_family", "family", "first_day", "last_day"),
)
"""What each report says, as it was read.

Only records of one `family` can be the same thing; those that speak for it, pair by pair, are in one `block`. The days
and the words (`about`) find the neighbours of a record; `hint` is the year by which another record of the report names it.
"""

claims = Table(
    "claims",
    metadata,
    Column("record_id", String, ForeignKey("records.id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", Words, nullable=False),
    Column("spans", Words, nullable=False),
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
    Column("json", Words, nullable=False),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column("stems", Words, nullable=False, server_default=""),
    Column("family", String, nullable=False, server_default=""),
    Index("consolidated_block", "block"),
    Index("consolidated_day", "kind", "first_day"),
    Index("consolidated_family", "family"),
)
"""One thing, many reports: computed from `records`, and safe to throw away. `stems`: its words, to find what follows it up."""

follow_stems = Table(
    "follow_stems",
    metadata,
    Column("party", String, primary_key=True),
    Column("stem", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("consolidated_id", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Index("follow_stems_id", "consolidated_id"),
    sqlite_with_rowid=False,
)
"""The stems of consolidated records by their parties, so that what follows a commitment up is found without reading all;
`size`: how many stems the record has."""

consolidated_parties = Table(
    "consolidated_parties",
    metadata,
    Column("consolidated_id", String, ForeignKey("consolidated.id"), primary_key=True),
    Column("party", String, primary_key=True),
    Index("consolidated_parties_party", "party", "consolidated_id"),
)

stale_blocks = Table("stale_blocks", metadata, Column("block", String, primary_key=True))
"""Blocks that got or lost records since they were last consolidated."""

computed = Table("computed", metadata, Column("version", String, primary_key=True))
"""`anew.COMPUTED` of the foedus that computed what is computed: one row."""

decisions = Table(
    "decisions",
    metadata,
    Column("id", String, primary_key=True),
    Column("made_at", String, nullable=False),
    Column("author", Words, nullable=False),
    Column("action", String, nullable=False),
    Column("reason", Words, nullable=False),
    Column("undoes", String),
    Column("json", Words, nullable=False),
    Index("decisions_time", "made_at", "id"),
)
"""What persons decided; rows are only ever added."""

decision_targets = Table(
    "decision_targets",
    metadata,
    Column("decision_id", String, ForeignKey("decisions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("side", Integer, nullable=False),
    Column("report_id", String, nullable=False),
    Column("record_id", String),
    Column("json", Words, nullable=False),
    Index("decision_targets_report", "report_id"),
    Index("decision_targets_record", "record_id"),
)
"""The report records that a decision is about (`json`: how to know them again); `record_id` is null while no report gives it."""

persons_named = Table(
    "persons_named",
    metadata,
    Column("record_id", String, ForeignKey("records.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("surname", String, nullable=False),
    Column("name", Words, nullable=False),
    Column("office", Words),
    Column("party", String),
    Index("persons_named_surname", "surname"),
)
"""Every person that a record names."""

links = Table(
    "links",
    metadata,
    Column("from_id", String, primary_key=True),
    Column("to_id", String, primary_key=True),
    Column("relation", String, primary_key=True),
    Column("score", Float, nullable=False),
    Column("because", Words, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("by", Words, nullable=False),
    Column("on_day", String),
    Column("evidence", Words, nullable=False),
    Index("links_to", "to_id"),
)
"""Successors and follow-ups between consolidated records: computed, and safe to throw away."""

watches = Table(
    "watches",
    metadata,
    Column("name", Words, primary_key=True),
    Column("added_at", String, nullable=False),
    Column("run_at", String),
    Column("json", Words, nullable=False),
)
"""What persons want to hear of; what it means is known to `foedus.ask.watches`."""

watch_told = Table(
    "watch_told",
    metadata,
    Column("watch", Words, primary_key=True),
    Column("id", String, primary_key=True),
    Column("mark", Words, nullable=False),
)
"""What a watch has told of: ids of report records (and reports) with the values that they had then."""
