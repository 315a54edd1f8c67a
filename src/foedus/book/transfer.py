"""A book as JSON Lines: a header, each report with what it says, each decision, each watch. Out and in again: the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from foedus.book import decisions as d
from foedus.book import schema as t
from foedus.book.decisions import Decision
from foedus.book.writing import forget, put, report_sha, same_records
from foedus.errors import BookError
from foedus.record import Reading

if TYPE_CHECKING:
    from foedus.book.store import Book

FORMAT = 2
"""Of the lines; a later foedus reads every earlier one."""


class _Header(msgspec.Struct, frozen=True, tag="book", tag_field="is"):
    format: int


class _Report(msgspec.Struct, frozen=True, tag="report", tag_field="is"):
    read_at: str
    reader: str
    reading: Reading


class _Decided(msgspec.Struct, frozen=True, tag="decision", tag_field="is"):
    decision: Decision


class _Watched(msgspec.Struct, frozen=True, tag="watch", tag_field="is"):
    name: str
    added_at: str
    run_at: str | None
    json: str
    told: list[tuple[str, str]]


_Line = _Header | _Report | _Decided | _Watched


def export_book(book: Book, stream: IO[bytes]) -> Counter[str]:
    """Write all that was read, decided and is watched, by id, time and name; how many `reports`, `decisions`, `watches`."""
    count: Counter[str] = Counter(reports=0, decisions=0, watches=0)
    stream.write(msgspec.json.encode(_Header(FORMAT)) + b"\n")
    about = (t.reports.c.id, t.reports.c.read_at, t.reports.c.reader)
    with book.reading() as connection:
        for id, read_at, reader in connection.execute(sa.select(*about).order_by(t.reports.c.id)).all():
            line = _Report(read_at, reader, book.report(id))
            stream.write(msgspec.json.encode(line) + b"\n")
            count["reports"] += 1
        for decision in d.load(connection):
            targets = tuple(msgspec.structs.replace(target, record=None) for target in decision.targets)
            line_ = _Decided(msgspec.structs.replace(decision, targets=targets))
            stream.write(msgspec.json.encode(line_) + b"\n")
            count["decisions"] += 1
        for watch in _watches(connection):
            stream.write(msgspec.json.encode(watch) + b"\n")
            count["watches"] += 1
    return count


def _watches(connection: sa.Connection) -> Iterator[_Watched]:
    told = t.watch_told.c
    for row in connection.execute(sa.select(t.watches).order_by(t.watches.c.name)).all():
        marks = connection.execute(sa.select(told.id, told.mark).where(told.watch == row.name).order_by(told.id))
        yield _Watched(row.name, row.added_at, row.run_at, row.json, [(id, mark) for id, mark in marks])


def import_book(book: Book, stream: Iterable[bytes], where: str = "-", replace: bool = False) -> Counter[str]:
    """Read what `export_book` wrote: `reports`, `decisions`, `watches` added, `same` and `differing` reports left alone.

    A report that the book has with other content is kept as it is unless `replace`, a watch of a known name always. Every line is one transaction, so a run
    that was ended can simply be made again. Raises `BookError`, which names the line.
    """
    count: Counter[str] = Counter(dict.fromkeys(("reports", "decisions", "watches", "same", "differing"), 0))
    decoder: msgspec.json.Decoder[_Line] = msgspec.json.Decoder(_Line)
    for number, text in enumerate(stream, start=1):
        if not text.strip():
            continue
        try:
            line = decoder.decode(text)
        except msgspec.DecodeError as error:
            raise BookError(f"{where}:{number}: no line of `foedus export` ({str(error).replace('`', '')})") from None
        if number == 1 and not isinstance(line, _Header):
            raise BookError(f"{where}:1: not the beginning of what `foedus export` writes")
        if isinstance(line, _Header) and line.format > FORMAT:
            raise BookError(f"{where}: format {line.format}, this foedus knows {FORMAT}: use a newer foedus")
        if isinstance(line, _Report):
            count[_put(book, line, replace)] += 1
        elif isinstance(line, _Decided):
            count["decisions"] += _decide(book, line.decision, f"{where}:{number}")
        elif isinstance(line, _Watched):
            count["watches"] += _watch(book, line)
    return count


def _put(book: Book, line: _Report, replace: bool) -> str:
    report = line.reading.report
    with book.writing() as connection:
        query = sa.select(t.reports.c.sha, t.reports.c.read_at, t.reports.c.reader).where(t.reports.c.id == report.id)
        known = connection.execute(query).one_or_none()
        if known is not None:
            if known.sha == report_sha(report) and same_records(connection, line.reading):
                return "same"
            if not replace:
                return "differing"
            forget(connection, report.id)
        put(connection, line.reading, line.read_at, line.reader)
    return "reports"


def _decide(book: Book, decision: Decision, where: str) -> int:
    with book.writing() as connection:
        known = sa.select(t.decisions.c.id).where(t.decisions.c.id == decision.id)
        if connection.execute(known).scalar() is not None:
            return 0
        problem = _problem(decision)
        if problem:
            raise BookError(f"{where}: {problem}")
        d.store(connection, decision)
        for report in sorted({str(target.reference["report"]) for target in decision.targets}):
            d.reattach(connection, report)
    return 1


def _watch(book: Book, line: _Watched) -> int:
    with book.writing() as connection:
        known = sa.select(t.watches.c.name).where(t.watches.c.name == line.name)
        if connection.execute(known).scalar() is not None:
            return 0
        values = {"name": line.name, "added_at": line.added_at, "run_at": line.run_at, "json": line.json}
        connection.execute(t.watches.insert(), values)
        if line.told:
            told = [{"watch": line.name, "id": id, "mark": mark} for id, mark in line.told]
            connection.execute(t.watch_told.insert(), told)
    return 1


def _problem(decision: Decision) -> str:
    wanted: dict[str, Any] = {"report": str, "kind": str, "record": str, "words": str, "values": dict}
    for target in decision.targets:
        for name, form in wanted.items():
            if not isinstance(target.reference.get(name), form):
                return f"decision {decision.id}: a target has no {name}"
    return ""
