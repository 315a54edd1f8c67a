"""The record book: reports and their claims in tables, and one consolidated record for each thing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from foedus import __version__
from foedus.book import links, persons
from foedus.book import schema as t
from foedus.book.anew import forget_computed
from foedus.book.consolidation import anything_stale, compute_some
from foedus.book.copies import copies_of
from foedus.book.deciding import Deciding
from foedus.book.edtf import bounds
from foedus.book.engine import default_path, explained, open_engine
from foedus.book.follow import state_of
from foedus.book.names import surname
from foedus.book.rows import of_parties
from foedus.book.writing import add_some, report_sha
from foedus.errors import BookError, NotFoundError
from foedus.record import CLASSES, KINDS, PLURAL, Reading, Report

Outcome = Literal["new", "same", "changed"]
TOGETHER = 100
"""Reports in one transaction of `Book.add_all`."""


class Book(Deciding):
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
        """Store what one report says, whole or not at all: "new", "same" (nothing written) or "changed" (replaced).

        Decisions on a report that has changed find their records again by words and values.
        """
        with self._write() as connection:
            return add_some(connection, [reading])[0]

    def add_all(self, readings: Iterable[Reading], at_once: int = TOGETHER) -> Iterator[tuple[Reading, Outcome]]:
        """As `add` for many reports, `at_once` of them in one transaction: each with its outcome once it is stored for good.

        Several times faster than one by one. A run that is ended loses the reports that it did not give back yet.
        """
        batch: dict[str, Reading] = {}
        for reading in readings:
            if reading.report.id in batch or len(batch) == at_once:
                yield from self._add_batch(batch)
                batch = {}
            batch[reading.report.id] = reading
        yield from self._add_batch(batch)

    def _add_batch(self, batch: dict[str, Reading]) -> list[tuple[Reading, Outcome]]:
        if not batch:
            return []
        readings = list(batch.values())
        with self._write() as connection:
            outcomes = add_some(connection, readings)
        return list(zip(readings, outcomes, strict=True))

    def has(self, report: Report) -> bool:
        """Whether exactly this report was read already by this version, so that reading it again changes nothing."""
        with self._read() as connection:
            found = sa.select(t.reports.c.sha, t.reports.c.reader).where(t.reports.c.id == report.id)
            return connection.execute(found).one_or_none() == (report_sha(report), __version__)

    def consolidate(self) -> int:
        """Bring what is computed up to date; how many blocks were touched. Questions do this by themselves."""
        touched = 0
        while self._anything_stale():
            with self._write() as connection:
                touched += compute_some(connection)
        return touched

    def _anything_stale(self) -> bool:
        with self._read() as connection:
            return anything_stale(connection)

    def rebuild(self) -> int:
        """Throw everything computed away and make it anew from the reports and decisions; the number of blocks."""
        with self._write() as connection:
            forget_computed(connection)
        return self.consolidate()

    # -- reading --------------------------------------------------------------------------------------------------

    def reports(self) -> list[dict[str, Any]]:
        """Every report without its text, by publication day (undated last) and id, with `records`: how many."""
        columns = [column for column in t.reports.c if column.name not in {"text", "sha", "words"}]
        count = sa.select(sa.func.count()).where(t.records.c.report_id == t.reports.c.id).scalar_subquery()
        order = (t.reports.c.published_on.is_(None), t.reports.c.published_on, t.reports.c.id)
        self.consolidate()
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
        kind: str | Sequence[str],
        party: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        domain: str | None = None,
        today: date | None = None,
        rejected: bool = False,
        proposals: bool = True,
    ) -> list[dict[str, Any]]:
        """Consolidated records of one kind, or of several, by day (`when`), undated last.

        `party`: a code, or several that must all take part. `since`, `until`: EDTF; a record counts when its time may lie
        between them, and an undated one only when neither is given. `today` decides which commitments are overdue.
        `rejected`: also those that a person rejected. Without `proposals` the follow-up of a commitment is only what counts,
        which is enough for its state and much less to read.
        """
        kinds = [kind] if isinstance(kind, str) else list(kind)
        if wrong := [one for one in kinds if one not in KINDS]:
            raise BookError(f"unknown kind {wrong[0]!r}: one of {', '.join(KINDS)}")
        self.consolidate()
        query = sa.select(t.consolidated.c.json).where(t.consolidated.c.kind.in_(kinds))
        if not rejected:
            query = query.where(t.consolidated.c.rejected == 0)
        query = of_parties(query, [party] if isinstance(party, str) else party or ())
        if since:
            query = query.where(t.consolidated.c.last_day >= _days(since)[0])
        if until:
            query = query.where(t.consolidated.c.first_day <= _days(until)[1])
        order = (t.consolidated.c.first_day.is_(None), t.consolidated.c.first_day, t.consolidated.c.id)
        with self._read() as connection:
            found = [msgspec.json.decode(text) for text in connection.execute(query.order_by(*order)).scalars()]
            found = [one for one in found if domain is None or domain in one.get("domains", ())]
            _complete(connection, found, today, proposals)
        return found

    def record(self, id: str, today: date | None = None) -> dict[str, Any]:
        """The consolidated record with this id, or the one that the record `id` of a report is part of.

        The first characters of an id are enough where only one fits. Raises `NotFoundError`.
        """
        self.consolidate()
        with self._read() as connection:
            canonical = self._canonical(connection, id)
            query = sa.select(t.consolidated.c.json).where(t.consolidated.c.id == canonical)
            found: dict[str, Any] = msgspec.json.decode(connection.execute(query).scalar_one())
            _complete(connection, [found], today)
        return found

    def claims(self, record_id: str) -> list[dict[str, Any]]:
        """What one report claims in one of its records: `field`, `value`, `spans`, by field name."""
        query = sa.select(t.claims).where(t.claims.c.record_id == record_id).order_by(t.claims.c.field)
        with self._read() as connection:
            return [
                {"field": row.field, "value": json.loads(row.value), "spans": json.loads(row.spans)}
                for row in connection.execute(query)
            ]

    def copies(self, report: str) -> list[dict[str, Any]]:
        """``{"report", "score", "because"}``: the reports that carry the same text, whole or in part, most alike first."""
        self.consolidate()
        with self._read() as connection:
            return copies_of(connection, report)

    def links(self, id: str | None = None, relation: str | None = None) -> list[dict[str, Any]]:
        """Links of one record, or all, by day: ``{"from", "to", "relation", "score", "because", "confirmed", "by", "on", …}``.

        `from` is the later record, `to` the agreement that it succeeds or the commitment that it follows up.
        """
        self.consolidate()
        with self._read() as connection:
            return links.read(connection, None if id is None else [self._canonical(connection, id)], relation)

    def persons(self, party: str | None = None, name: str | None = None) -> list[dict[str, Any]]:
        """Persons that reports name, those in most records first, with the offices held and since and until when."""
        self.consolidate()
        wanted = [surname(name)] if name else None
        with self._read() as connection:
            found = [persons.summary(one) for one in persons.joined(persons.namings(connection, wanted))]
        return sorted(
            (one for one in found if party is None or one["party"] == party),
            key=lambda one: (-one["records"], one["name"], one["id"]),
        )

    def person(self, id_or_name: str) -> dict[str, Any]:
        """One person, with `records`: ``{"record", "kind", "role", "on"}`` by day. Raises `NotFoundError`, also for several."""
        self.consolidate()
        wanted = None if id_or_name.startswith("pe-") else [surname(id_or_name)]
        with self._read() as connection:
            known = persons.joined(persons.namings(connection, wanted))
        found = [one for one in known if persons.answers(one, id_or_name)]
        if len(found) != 1:
            some = ", ".join(f"{one['name']} ({one['id']})" for one in map(persons.summary, found[:4]))
            raise NotFoundError(
                f"{id_or_name!r} fits several persons: {some}"
                if found
                else f"no person {id_or_name!r} in the record book"
            )
        return persons.summary(found[0]) | {"records": persons.appearances(found[0])}

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
            kinds = sa.select(t.consolidated.c.kind, sa.func.count()).where(t.consolidated.c.rejected == 0)
            kinds = kinds.group_by(t.consolidated.c.kind)
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

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A connection for questions that `Book` has no method for (`foedus.book.schema` has the tables)."""
        return self._read()

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A connection in a transaction that is kept when the block ends without an error."""
        return self._write()

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


def _days(value: str) -> tuple[str, str]:
    found = bounds(value)
    if found is None:
        raise BookError(f"{value!r} is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD")
    return found


def _complete(
    connection: sa.Connection, records: list[dict[str, Any]], today: date | None, proposals: bool = True
) -> None:
    """Put in what is not stored with a record: its links, and the state of a commitment today."""
    links.attach(connection, records, proposals)
    for record in records:
        if record["record_kind"] == "commitment":
            record["state"] = state_of(record, (today or date.today()).isoformat())
