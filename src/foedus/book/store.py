"""The record book: reports and their claims in tables, and one consolidated record for each thing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from foedus import __version__
from foedus.book import schema as t
from foedus.book.blocks import block_of
from foedus.book.edtf import bounds
from foedus.book.engine import default_path, explained, open_engine
from foedus.book.items import Item
from foedus.book.merge import consolidate_block
from foedus.errors import BookError, NotFoundError
from foedus.record import CLASSES, KINDS, PLURAL, Reading, Report, to_json

Outcome = Literal["new", "same", "changed"]
_SOLID = re.compile(r"\w+")


class Book:
    """A record book. Open it with `Book.open`; it is a context manager.

    Every report is one transaction. Consolidated records are computed from the claims: adding a report marks what it
    touches, and the next question (or `consolidate`) brings it up to date, so the order of reading never matters.
    """

    def __init__(self, engine: sa.Engine, where: str) -> None:
        self._engine = engine
        self.where = where

    @classmethod
    def open(cls, path_or_url: str | Path | None = None, create: bool = True) -> Book:
        """The book at a path or data base URL (default: `default_path`), made when missing unless `create` is false.

        Raises `BookError`: no such book, not a book, a newer schema, a folder that cannot be written.
        """
        where = str(path_or_url or default_path())
        return cls(open_engine(where, create), where)

    def close(self) -> None:
        """Let go of the file. Nothing is lost without it."""
        self._engine.dispose()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    # -- writing --------------------------------------------------------------------------------------------------

    def add(self, reading: Reading) -> Outcome:
        """Store what one report says, whole or not at all: "new", "same" (nothing written) or "changed" (replaced)."""
        report = reading.report
        rows = list(_rows(reading))
        with self._write() as connection:
            known = connection.execute(sa.select(t.reports.c.sha).where(t.reports.c.id == report.id)).scalar()
            if known is not None:
                stored = sa.select(t.records.c.json).where(t.records.c.report_id == report.id)
                before = connection.execute(stored.order_by(t.records.c.position)).scalars()
                if known == _sha(report) and list(before) == [row["json"] for row, _ in rows]:
                    return "same"
                _forget(connection, report.id)
            values = {name: getattr(report, name) for name in Report.__struct_fields__}
            values |= {"sha": _sha(report), "origin": _origin(report.text), "reader": __version__}
            values["read_at"] = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute(t.reports.insert(), values)
            if rows:
                connection.execute(t.records.insert(), [row for row, _ in rows])
                connection.execute(t.claims.insert(), [claim for _, claims in rows for claim in claims])
                _mark(connection, {row["block"] for row, _ in rows})
        return "new" if known is None else "changed"

    def has(self, report: Report) -> bool:
        """Whether exactly this report was read already by this version, so that reading it again changes nothing."""
        with self._read() as connection:
            found = sa.select(t.reports.c.sha, t.reports.c.reader).where(t.reports.c.id == report.id)
            return connection.execute(found).one_or_none() == (_sha(report), __version__)

    def consolidate(self) -> int:
        """Bring the consolidated records up to date; how many blocks were touched. Questions do this by themselves."""
        with self._read() as connection:
            if connection.execute(sa.select(t.stale_blocks.c.block).limit(1)).scalar() is None:
                return 0
        with self._write() as connection:
            blocks = sorted(connection.execute(sa.select(t.stale_blocks.c.block)).scalars())
            for block in blocks:
                _consolidate(connection, block)
            connection.execute(t.stale_blocks.delete())
        return len(blocks)

    # -- reading --------------------------------------------------------------------------------------------------

    def reports(self) -> list[dict[str, Any]]:
        """Every report without its text, by publication day (undated last) and id, with `records`: how many."""
        columns = [column for column in t.reports.c if column.name not in {"text", "sha"}]
        count = sa.select(sa.func.count()).where(t.records.c.report_id == t.reports.c.id).scalar_subquery()
        order = (t.reports.c.published_on.is_(None), t.reports.c.published_on, t.reports.c.id)
        with self._read() as connection:
            rows = connection.execute(sa.select(*columns, count.label("records")).order_by(*order))
            return [dict(row) for row in rows.mappings()]

    def report(self, id: str) -> Reading:
        """One report with what it says. Raises `NotFoundError`."""
        with self._read() as connection:
            row = connection.execute(sa.select(t.reports).where(t.reports.c.id == id)).mappings().one_or_none()
            if row is None:
                raise NotFoundError(f"no report {id!r} in the record book")
            stored = sa.select(t.records.c.kind, t.records.c.json).where(t.records.c.report_id == id)
            found: dict[str, list[Any]] = {plural: [] for plural in PLURAL.values()}
            for kind, text in connection.execute(stored.order_by(t.records.c.position)):
                found[PLURAL[kind]].append(msgspec.json.decode(text, type=CLASSES[kind]))
        report = Report(**{name: row[name] for name in Report.__struct_fields__})
        return Reading(report=report, **{plural: tuple(records) for plural, records in found.items()})

    def records(
        self,
        kind: str,
        party: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        domain: str | None = None,
        today: date | None = None,
    ) -> list[dict[str, Any]]:
        """Consolidated records of one kind, by day (`when`), undated last.

        `party`: a code, or several that must all take part. `since`, `until`: EDTF; a record counts when its time may lie
        between them, and an undated one only when neither is given. `today` decides which commitments are overdue.
        """
        if kind not in KINDS:
            raise BookError(f"unknown kind {kind!r}: one of {', '.join(KINDS)}")
        self.consolidate()
        query = sa.select(t.consolidated.c.json).where(t.consolidated.c.kind == kind)
        for code in [party] if isinstance(party, str) else party or ():
            mine = sa.select(t.consolidated_parties.c.consolidated_id).where(t.consolidated_parties.c.party == code)
            query = query.where(t.consolidated.c.id.in_(mine))
        if since:
            query = query.where(t.consolidated.c.last_day >= _days(since)[0])
        if until:
            query = query.where(t.consolidated.c.first_day <= _days(until)[1])
        order = (t.consolidated.c.first_day.is_(None), t.consolidated.c.first_day, t.consolidated.c.id)
        with self._read() as connection:
            found = [json.loads(text) for text in connection.execute(query.order_by(*order)).scalars()]
        return [_as_of(one, today) for one in found if domain is None or domain in one.get("domains", ())]

    def record(self, id: str, today: date | None = None) -> dict[str, Any]:
        """The consolidated record with this id, or the one that the record `id` of a report is part of.

        The first characters of an id are enough where only one fits. Raises `NotFoundError`.
        """
        self.consolidate()
        with self._read() as connection:
            canonical = self._canonical(connection, id)
            query = sa.select(t.consolidated.c.json).where(t.consolidated.c.id == canonical)
            return _as_of(json.loads(connection.execute(query).scalar_one()), today)

    def claims(self, record_id: str) -> list[dict[str, Any]]:
        """What one report claims in one of its records: `field`, `value`, `spans`, by field name."""
        query = sa.select(t.claims).where(t.claims.c.record_id == record_id).order_by(t.claims.c.field)
        with self._read() as connection:
            return [
                {"field": row.field, "value": json.loads(row.value), "spans": json.loads(row.spans)}
                for row in connection.execute(query)
            ]

    def parties(self) -> list[tuple[str, int]]:
        """Every party code in the book with the number of consolidated records it is in, most first."""
        self.consolidate()
        count = sa.func.count().label("count")
        party = t.consolidated_parties.c.party
        with self._read() as connection:
            rows = connection.execute(sa.select(party, count).group_by(party).order_by(count.desc(), party))
            return [(row[0], row[1]) for row in rows]

    def counts(self) -> dict[str, int]:
        """Number of `reports` and of consolidated records of each kind (by plural name)."""
        self.consolidate()
        with self._read() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(t.reports)).scalar_one()
            kinds = sa.select(t.consolidated.c.kind, sa.func.count()).group_by(t.consolidated.c.kind)
            found: dict[str, int] = {row[0]: row[1] for row in connection.execute(kinds)}
        return {"reports": total, **{PLURAL[kind]: found.get(kind, 0) for kind in KINDS}}

    # -- inside ---------------------------------------------------------------------------------------------------

    def _canonical(self, connection: sa.Connection, id: str) -> str:
        exact = connection.execute(sa.select(t.records.c.canonical_id).where(t.records.c.id == id)).scalar()
        if exact is not None:
            return str(exact)
        query = sa.select(t.records.c.id, t.records.c.canonical_id).where(
            t.records.c.id.startswith(id, autoescape=True)
        )
        found = [(row[0], row[1]) for row in connection.execute(query.limit(50))] if id else []
        if len({canonical for _, canonical in found}) > 1:
            some = ", ".join(sorted(one for one, _ in found)[:4])
            raise NotFoundError(f"{id!r} fits several records ({some} …); give more of the id")
        if not found:
            raise NotFoundError(f"no record {id!r} in the record book")
        return str(found[0][1])

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise explained(self.where, error) from error

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect().execution_options(foedus_write=True) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise explained(self.where, error) from error


def _sha(report: Report) -> str:
    return hashlib.sha256(to_json(report)).hexdigest()


def _origin(text: str) -> str:
    words = " ".join(_SOLID.findall(text.casefold()))
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]


def _days(value: str) -> tuple[str, str]:
    found = bounds(value)
    if found is None:
        raise BookError(f"{value!r} is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD")
    return found


def _rows(reading: Reading) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """One row for `records` and its rows for `claims`, a record each; a repeated id gets a number behind it."""
    seen: dict[str, int] = {}
    for position, (kind, record) in enumerate(reading.records()):
        seen[record.id] = seen.get(record.id, 0) + 1
        if seen[record.id] > 1:
            record = msgspec.structs.replace(record, id=f"{record.id}-{seen[record.id]}")
        values = msgspec.to_builtins(record)
        row = {"id": record.id, "report_id": reading.report.id, "kind": kind, "position": position}
        row |= {"block": block_of(kind, values, reading.report.id), "json": to_json(record).decode()}
        evidence = values.pop("evidence")
        claims = [
            {"record_id": record.id, "field": field, "value": _json(value), "spans": _json(evidence.get(field, []))}
            for field, value in {"record": None, **values}.items()
            if field not in {"id", "confidence"}
        ]
        yield row, claims


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _mark(connection: sa.Connection, blocks: set[str]) -> None:
    known = set(
        connection.execute(sa.select(t.stale_blocks.c.block).where(t.stale_blocks.c.block.in_(blocks))).scalars()
    )
    if blocks - known:
        connection.execute(t.stale_blocks.insert(), [{"block": block} for block in sorted(blocks - known)])


def _forget(connection: sa.Connection, report: str) -> None:
    own = sa.select(t.records.c.id).where(t.records.c.report_id == report)
    blocks = sa.select(t.records.c.block).where(t.records.c.report_id == report)
    _mark(connection, set(connection.execute(blocks).scalars()))
    connection.execute(t.claims.delete().where(t.claims.c.record_id.in_(own)))
    connection.execute(t.records.delete().where(t.records.c.report_id == report))
    connection.execute(t.reports.delete().where(t.reports.c.id == report))


def _consolidate(connection: sa.Connection, block: str) -> None:
    old = sa.select(t.consolidated.c.id).where(t.consolidated.c.block == block)
    connection.execute(t.consolidated_parties.delete().where(t.consolidated_parties.c.consolidated_id.in_(old)))
    connection.execute(t.consolidated.delete().where(t.consolidated.c.block == block))
    columns = (t.records.c.id, t.records.c.report_id, t.records.c.kind, t.records.c.position, t.records.c.json)
    about = (t.reports.c.published_on, t.reports.c.url, t.reports.c.origin)
    query = sa.select(*columns, *about).join_from(t.records, t.reports).where(t.records.c.block == block)
    items = [Item.of(**row) for row in connection.execute(query).mappings()]
    for merged in consolidate_block(items):
        when = merged.record.get("when")
        days = bounds(when) or (None, None)
        row = {"id": merged.id, "kind": merged.kind, "block": block, "json": _json(merged.record)}
        connection.execute(t.consolidated.insert(), {**row, "first_day": days[0], "last_day": days[1]})
        if merged.parties:
            pairs = [{"consolidated_id": merged.id, "party": party} for party in merged.parties]
            connection.execute(t.consolidated_parties.insert(), pairs)
        members = [{"member": member, "canonical": merged.id} for member in merged.members]
        update = t.records.update().where(t.records.c.id == sa.bindparam("member"))
        connection.execute(update.values(canonical_id=sa.bindparam("canonical")), members)


def _as_of(record: dict[str, Any], today: date | None) -> dict[str, Any]:
    if record["record_kind"] == "commitment":
        due = bounds(record.get("due_on"))
        late = due is not None and due[1] < (today or date.today()).isoformat()
        record["state"] = "overdue" if late else "open"
    return record
