"""Puts a reading into the tables, and takes one out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from foedus import __version__
from foedus.book import schema as t
from foedus.book.copies import forget_report, words_key
from foedus.book.decisions import reattach, touch_report
from foedus.book.neighbours import filed_columns
from foedus.book.rows import chunks, dumped, mark_blocks, mark_reports
from foedus.record import Reading, Record, Report, to_json

REPORT_FIELDS = ("id", "url", "title", "publisher", "author", "published_on", "language", "text")
"""What makes a report the same report, in the order of its fingerprint."""


def report_sha(report: Report) -> str:
    """The same only for exactly the same report."""
    # values in a list: a struct leaves a default out or not, as it happens to be the same object or not
    return hashlib.sha256(to_json([getattr(report, name) for name in REPORT_FIELDS])).hexdigest()


def same_records(connection: sa.Connection, reading: Reading) -> bool:
    """Whether the book has exactly these records of this report."""
    stored = sa.select(t.records.c.json).where(t.records.c.report_id == reading.report.id)
    before = connection.execute(stored.order_by(t.records.c.position)).scalars()
    return list(before) == [to_json(record).decode() for _, record in _with_own_ids(reading)]


def put(connection: sa.Connection, reading: Reading, read_at: str | None = None, reader: str = __version__) -> None:
    """Add a report that is not there, with its records and claims; mark what must be computed."""
    put_all(connection, [reading], read_at, reader)


def put_all(
    connection: sa.Connection, readings: Sequence[Reading], read_at: str | None = None, reader: str = __version__
) -> None:
    """`put` for many reports at once, each with an id of its own."""
    about = {"read_at": read_at or datetime.now(UTC).isoformat(timespec="seconds"), "reader": reader}
    reports = [_report_row(reading.report) | about for reading in readings]
    rows = [row for reading in readings for row in _rows(reading)]
    connection.execute(t.reports.insert(), reports)
    if rows:
        connection.execute(t.records.insert(), [row for row, _ in rows])
        connection.execute(t.claims.insert(), [claim for _, claims in rows for claim in claims])
    ids = [reading.report.id for reading in readings]
    mark_reports(connection, set(ids))
    for some in chunks(ids):
        waiting = sa.select(t.decision_targets.c.report_id).where(t.decision_targets.c.report_id.in_(some)).distinct()
        for report in connection.execute(waiting).scalars().all():
            reattach(connection, report)


def _report_row(report: Report) -> dict[str, Any]:
    words = words_key(report.text)
    values = {name: getattr(report, name) for name in Report.__struct_fields__}
    return values | {"sha": report_sha(report), "words": words, "origin": words}


def add_some(connection: sa.Connection, readings: Sequence[Reading]) -> list[Literal["new", "same", "changed"]]:
    """What `Book.add_all` does with a batch of reports, each with an id of its own."""
    ids = [reading.report.id for reading in readings]
    known: dict[str, str] = {}
    for some in chunks(ids):
        query = sa.select(t.reports.c.id, t.reports.c.sha).where(t.reports.c.id.in_(some))
        known |= {row[0]: row[1] for row in connection.execute(query)}
    outcomes: list[Literal["new", "same", "changed"]] = []
    for reading in readings:
        id = reading.report.id
        if id not in known:
            outcomes.append("new")
        elif known[id] == report_sha(reading.report) and same_records(connection, reading):
            outcomes.append("same")
        else:
            forget(connection, id)
            outcomes.append("changed")
    written = [reading for reading, outcome in zip(readings, outcomes, strict=True) if outcome != "same"]
    if written:
        put_all(connection, written)
    return outcomes


def forget(connection: sa.Connection, report: str) -> None:
    """Take a report out with everything it says; decisions on it wait for it to come back."""
    touch_report(connection, report)
    mark_reports(connection, forget_report(connection, report))
    own = sa.select(t.records.c.id).where(t.records.c.report_id == report)
    blocks = sa.select(t.records.c.block).where(t.records.c.report_id == report)
    mark_blocks(connection, set(connection.execute(blocks).scalars()))
    of = t.decision_targets
    connection.execute(of.update().where(of.c.report_id == report).values(record_id=None))
    connection.execute(t.persons_named.delete().where(t.persons_named.c.record_id.in_(own)))
    connection.execute(t.claims.delete().where(t.claims.c.record_id.in_(own)))
    connection.execute(t.records.delete().where(t.records.c.report_id == report))
    connection.execute(t.stale_reports.delete().where(t.stale_reports.c.report_id == report))
    connection.execute(t.reports.delete().where(t.reports.c.id == report))


def _rows(reading: Reading) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """One row for `records` and its rows for `claims`, a record each; a repeated id gets a number behind it."""
    report = reading.report
    records = list(_with_own_ids(reading))
    values = [(kind, msgspec.to_builtins(record)) for kind, record in records]
    filed = filed_columns(report.id, report.published_on, values)
    for position, ((kind, record), columns) in enumerate(zip(records, filed, strict=True)):
        row = {"id": record.id, "report_id": report.id, "kind": kind, "position": position}
        yield row | columns | {"json": to_json(record).decode()}, list(claims_of(record))


def _with_own_ids(reading: Reading) -> Iterator[tuple[str, Record]]:
    seen: dict[str, int] = {}
    for kind, record in reading.records():
        seen[record.id] = seen.get(record.id, 0) + 1
        if seen[record.id] > 1:
            record = msgspec.structs.replace(record, id=f"{record.id}-{seen[record.id]}")
        yield kind, record


def claims_of(record: Record) -> Iterator[dict[str, Any]]:
    """The rows for `claims` of a record: one a value, and one for the words that show the record."""
    values = msgspec.to_builtins(record)
    evidence = values.pop("evidence")
    for field, value in {"record": None, **values}.items():
        if field not in {"id", "confidence"}:
            spans = dumped(evidence.get(field, []))
            yield {"record_id": record.id, "field": field, "value": dumped(value), "spans": spans}
