"""What a repair can do, in the order in which it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.anew import compute_anew, file_records
from foedus.book.checks import ORPHANS
from foedus.book.decisions import reattach
from foedus.book.rows import mark_blocks, mark_reports
from foedus.book.writing import claims_of
from foedus.record import CLASSES

if TYPE_CHECKING:
    from foedus.book.store import Book


@dataclass(frozen=True)
class Remedy:
    """What a repair `says` that it would do, and the `act` itself, for the places where it is needed."""

    says: str
    act: Callable[[Book, Sequence[str]], None]


def _reindex(book: Book, places: Sequence[str]) -> None:
    with book.writing() as connection:
        connection.exec_driver_sql("REINDEX")


def _remove_orphans(book: Book, places: Sequence[str]) -> None:
    with book.writing() as connection:
        for name in ("claims", "persons_named"):
            lost = sa.select(t.records.c.id).where(ORPHANS["records"]())
            table = t.metadata.tables[name]
            connection.execute(table.delete().where(table.c.record_id.in_(lost)))
        for name, without in ORPHANS.items():
            connection.execute(t.metadata.tables[name].delete().where(without()))


def _claims(book: Book, places: Sequence[str]) -> None:
    with book.writing() as connection:
        for place in places:
            id = place.split()[1]
            row = connection.execute(sa.select(t.records.c.kind, t.records.c.json).where(t.records.c.id == id)).one()
            record = msgspec.json.decode(row.json, type=CLASSES[row.kind])
            connection.execute(t.claims.delete().where(t.claims.c.record_id == id))
            connection.execute(t.claims.insert(), list(claims_of(record)))


def _blocks(book: Book, places: Sequence[str]) -> None:
    _file(book, sorted({place.rpartition("of report ")[2] for place in places}))


def _file(book: Book, reports: Sequence[str]) -> None:
    """File the records of these reports among their neighbours, from the records themselves."""
    with book.writing() as connection:
        for report in reports:
            blocks = connection.execute(sa.select(t.records.c.block).where(t.records.c.report_id == report))
            mark_blocks(connection, set(blocks.scalars()))
            file_records(connection, [report])
            mark_reports(connection, {report})


def _attach(book: Book, places: Sequence[str]) -> None:
    with book.writing() as connection:
        for report in connection.execute(sa.select(t.decision_targets.c.report_id).distinct()).scalars().all():
            reattach(connection, report)


def _forget_reading(book: Book, places: Sequence[str]) -> None:
    with book.writing() as connection:
        for place in places:
            report = place.rpartition("report ")[2]
            connection.execute(t.reports.update().where(t.reports.c.id == report).values(reader="", sha=""))


def _rebuild(book: Book, places: Sequence[str]) -> None:
    book.rebuild()


def _anew(book: Book, places: Sequence[str]) -> None:
    with book.writing() as connection:
        compute_anew(connection)
    book.consolidate()


REMEDIES = {
    "reindex": Remedy("the indexes are made anew", _reindex),
    "orphans": Remedy("they are removed", _remove_orphans),
    "claims": Remedy("the claims are written anew from the record", _claims),
    "blocks": Remedy("it is filed where it belongs", _blocks),
    "attach": Remedy("its record is looked for again", _attach),
    "read again": Remedy("the report is marked, so that `foedus read` reads it again from its source", _forget_reading),
    "rebuild": Remedy("everything computed is made anew from the reports and decisions", _rebuild),
    "anew": Remedy("every record is filed where it belongs, and everything computed is made anew", _anew),
}
