"""Where the book is, and how it is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from foedus.book.migrate import revision_of, upgrade
from foedus.book.schema import REVISION
from foedus.errors import BookError

PATIENCE = 60
"""Seconds to wait for another writer."""


def default_path() -> Path:
    """`$FOEDUS_BOOK`, else ``foedus/book.db`` in the user's data folder (`$XDG_DATA_HOME`, ``~/.local/share``)."""
    named = os.environ.get("FOEDUS_BOOK")
    if named:
        return Path(named)
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "foedus" / "book.db"


def open_engine(where: str, create: bool) -> sa.Engine:
    """An engine on the book at `where` (path or URL), its schema brought up to date. Raises `BookError`."""
    engine = sa.create_engine(where) if "://" in where else _sqlite(Path(where), create)
    try:
        with engine.connect() as connection:
            current = revision_of(connection)
        if current != REVISION:
            if current is None and not create:
                raise BookError("the record book is empty; `foedus read` fills it")
            with engine.connect().execution_options(foedus_write=True) as connection, connection.begin():
                upgrade(connection)
    except BookError as error:
        engine.dispose()
        raise BookError(f"{where}: {error}") from None
    except SQLAlchemyError as error:
        engine.dispose()
        raise explained(where, error) from error
    return engine


def explained(where: str, error: SQLAlchemyError) -> BookError:
    """The one-line error for what the data base says."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
    advice = {
        "database is locked": f"another program has been writing for {PATIENCE} s; try again when it has ended",
        "file is not a database": "this file is not a record book; name another one with --book",
        "database or disk is full": "the disk is full; what was read before is kept, run the same command again",
        "attempt to write a readonly database": "the record book is read-only",
        "malformed": "the record book is damaged; restore a copy or read the reports into a new one",
    }
    for words, meaning in advice.items():
        if words in said:
            return BookError(f"{where}: {meaning}")
    return BookError(f"{where}: {said}")


def _sqlite(path: Path, create: bool) -> sa.Engine:
    try:
        if path.is_dir():
            raise BookError(f"{path}: is a folder; --book names a file")
        if not path.exists():
            if not create:
                raise BookError(f"{path}: there is no record book yet; `foedus read` makes one")
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BookError(f"{path}: cannot be opened ({error.strerror})") from error
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE})

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _: object) -> None:
        connection.isolation_level = None  # BEGIN is said below, so that schema changes are inside the transaction too
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            try:
                connection.execute(f"PRAGMA {pragma}")
            except Exception as error:  # a read-only book is still good for questions
                if "readonly" not in str(error):
                    raise

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # a writer asks for the lock at once: upgrading a read lock later fails without waiting
        write = connection.get_execution_options().get("foedus_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
