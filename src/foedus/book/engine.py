"""Where the book is, and how it is opened."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from foedus.book.anew import compute_anew, is_computed_here
from foedus.book.migrate import revision_of, upgrade
from foedus.book.schema import REVISION
from foedus.errors import BookError

PATIENCE = 60
"""Seconds to wait for another writer; `$FOEDUS_PATIENCE` says otherwise."""


def patience() -> int:
    """Seconds to wait for another writer."""
    given = os.environ.get("FOEDUS_PATIENCE", "")
    return int(given) if given.isdigit() else PATIENCE


def default_path() -> Path:
    """`$FOEDUS_BOOK`, else ``foedus/book.db`` in the user's data folder (`$XDG_DATA_HOME`, ``~/.local/share``)."""
    named = os.environ.get("FOEDUS_BOOK")
    if named:
        return Path(named)
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "foedus" / "book.db"


def open_engine(where: str, create: bool) -> sa.Engine:
    """An engine on the book at `where` (path or URL), its schema brought up to date. Raises `BookError`."""
    shown = shown_place(where)
    engine = _server(where) if "://" in where else _sqlite(Path(where), create)
    try:
        with engine.connect() as connection:
            current = revision_of(connection)
            here = current == REVISION and is_computed_here(connection)
        if current is None and not create:
            raise BookError("the record book is empty; `foedus read` fills it")
        if not here:
            _bring_forward(engine, where, current == REVISION)
    except BookError as error:
        engine.dispose()
        raise BookError(f"{shown}: {error}") from None
    except SQLAlchemyError as error:
        engine.dispose()
        raise explained(where, error) from error
    return engine


def _bring_forward(engine: sa.Engine, where: str, readable: bool) -> None:
    """To the schema and the computing of this version. A `readable` book that cannot be written stays as it is."""
    try:
        with engine.connect().execution_options(foedus_write=True) as connection, connection.begin():
            upgrade(connection)
            if not is_computed_here(connection):
                compute_anew(connection)
    except SQLAlchemyError as error:
        if not (readable and "read-only" in str(explained(where, error))):
            raise


def shown_place(where: str) -> str:
    """A path as it is, a URL without its password."""
    if "://" not in where:
        return where
    try:
        return sa.make_url(where).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return where.partition("://")[0] + "://…"


def _server(where: str) -> sa.Engine:
    """An engine on a data base by URL: PostgreSQL through psycopg, or SQLite by its URL."""
    shown = shown_place(where)
    try:
        url = sa.make_url(where)
    except SQLAlchemyError:
        raise BookError(f"{shown}: not an address of a data base; expected postgresql://user@host/name") from None
    if url.drivername == "sqlite":
        return _sqlite(Path(url.database or ""), True)
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise BookError(f"{shown}: the record book is a SQLite file or a PostgreSQL data base, not {url.drivername}")
    try:
        engine = sa.create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ImportError:
        raise BookError(f"{shown}: PostgreSQL needs its driver: pip install 'foedus[postgres]'") from None

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # one writer at a time, as with SQLite: what is computed must not be computed by two at once
        if connection.get_execution_options().get("foedus_write"):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{max(1, patience())}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


_LOCK = 0xF0ED05
"""Of writers of a record book, among the advisory locks of a PostgreSQL data base."""


_ADVICE = {
    "database is locked": "another program has been writing for {patience} s; try again when it has ended",
    "canceling statement due to lock timeout": "another program has been writing for {patience} s; try again when it has ended",
    "file is not a database": "this file is not a record book; name another one with --book",
    "database or disk is full": "the disk is full; what was read before is kept, run the same command again",
    "No space left on device": "the disk is full; what was read before is kept, run the same command again",
    "attempt to write a readonly database": "the record book is read-only",
    "read-only transaction": "the record book is read-only",
    "malformed": "the record book is damaged; `foedus check` says more, a `foedus backup` can take its place",
    "disk I/O error": "the disk cannot be written or read (a limit on file sizes, or a fault); what was read before is kept",
    "unable to open database file": "cannot be opened; look at its folder and rights",
    "no such table": "the record book is damaged: a table is missing; a `foedus backup` can take its place",
    "does not exist": "there is no such data base or user on this server; make it with createdb",
    "Connection refused": "no PostgreSQL answers there",
    "No such file or directory": "no PostgreSQL answers there",
    "could not translate host name": "there is no such host",
    "password authentication failed": "the password is not right",
    "no password supplied": "the server wants a password: postgresql://user:password@host/name",
}
"""What a data base says -> what that means to the user."""


def explained(where: str, error: SQLAlchemyError) -> BookError:
    """The one-line error for what the data base says."""
    whole = str(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error)
    shown = shown_place(where)
    for words, meaning in _ADVICE.items():
        if words in whole:
            return BookError(f"{shown}: {meaning.format(patience=patience())}")
    said = next(iter(whole.splitlines()), type(error).__name__)
    return BookError(f"{shown}: {said}")


_PAUSE = 0.02
"""Seconds between two tries to set what another process is setting."""


def _set(connection: Any, pragma: str) -> None:
    """Set a pragma; a read-only book is still good for questions.

    While another process turns the journal of a new book, SQLite says at once that the book is locked, whatever patience was asked for.
    """
    until = time.monotonic() + patience()
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.Error as error:
            if "readonly" in str(error):
                return
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


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
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": patience()})

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _: object) -> None:
        connection.isolation_level = None  # BEGIN is said below, so that schema changes are inside the transaction too
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32768"):
            _set(connection, pragma)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # a writer asks for the lock at once: upgrading a read lock later fails without waiting
        write = connection.get_execution_options().get("foedus_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
