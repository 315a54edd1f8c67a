"""Keeps a book sound: a check that names every problem with its remedy, the remedies, and a backup while it is in use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.checks import problems_of
from foedus.book.remedies import REMEDIES
from foedus.book.rows import chunks
from foedus.book.store import Book
from foedus.errors import BookError


@dataclass(frozen=True)
class Problem:
    """`what` is wrong `where`, and what a repair would do ("" when it can do nothing); a `notice` is no damage."""

    where: str
    what: str
    repair: str = ""
    remedy: str = ""
    notice: bool = False


def check_book(where: str | Path | None = None) -> list[Problem]:
    """Every problem of the book at a path or URL, worst first; [] for a sound one. Writes nothing but a newer schema.

    What another version computed is forgotten when the book is opened, and computed by the next question.

    Raises `BookError` when it cannot be opened at all.
    """
    with Book.open(where, create=False) as book, book.reading() as connection:
        found = [
            Problem(place, what, REMEDIES[remedy].says if remedy in REMEDIES else "", remedy, remedy == "notice")
            for place, what, remedy in problems_of(connection)
        ]
    order = [*REMEDIES, "", "notice"]
    return sorted(found, key=lambda problem: order.index(problem.remedy))


def repair_book(where: str | Path | None = None, problems: Iterable[Problem] | None = None) -> list[Problem]:
    """Do what `Problem.repair` says for these problems (those that a check finds); the problems that are left."""
    known = list(check_book(where) if problems is None else problems)
    with Book.open(where, create=False) as book:
        for name, remedy in REMEDIES.items():
            places = [problem.where for problem in known if problem.remedy == name]
            if places:
                remedy.act(book, places)
        book.consolidate()
    return [problem for problem in check_book(where) if not problem.notice]


def backup_book(book: Book, path: str | Path) -> None:
    """Copy the book to a SQLite file as it is at this moment, while others read and write it. All or nothing.

    A book on PostgreSQL becomes a SQLite book with the same content. Raises `BookError`.
    """
    target = Path(path)
    part = target.with_name(target.name + ".part")
    try:
        _remove(part)
        with book.reading() as connection:
            if connection.dialect.name == "sqlite":
                _copy_file(connection, part)
            else:
                _copy_tables(connection, part)
        _flush(part)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        raise BookError(f"{target}: the backup cannot be written ({error})") from error
    finally:
        _remove(part)


def _copy_file(connection: sa.Connection, part: Path) -> None:
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    copy = sqlite3.connect(part)
    try:
        source.backup(copy, pages=2000, sleep=0.01)
        found = copy.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise BookError(f"the book is damaged ({found}); `foedus check` says more")
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def _copy_tables(connection: sa.Connection, part: Path) -> None:
    connection.rollback()
    connection.execution_options(isolation_level="REPEATABLE READ")
    with Book.open(part) as copy, copy.writing() as into:
        into.execute(t.computed.delete())
        for table in t.metadata.sorted_tables:
            rows = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for some in chunks(rows):
                into.execute(table.insert(), list(some))
    plain = sqlite3.connect(part)
    plain.execute("PRAGMA journal_mode=DELETE")
    plain.close()


@contextmanager
def written_whole(path: str | Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when it is complete. Raises `BookError`."""
    target = Path(path)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as stream:
            yield stream
        _flush(part)
        os.replace(part, target)
    except OSError as error:
        raise BookError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        _remove(part)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(part: Path) -> None:
    for path in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
        path.unlink(missing_ok=True)
