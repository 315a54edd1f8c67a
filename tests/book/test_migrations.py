"""Books of earlier schemas are brought to this one with everything that was in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from made_readings import CHAIN

import foedus.book
from foedus.book import Book, check_book
from foedus.book import schema as t
from foedus.book.blocks import family_of
from foedus.book.copies import words_key
from foedus.book.rows import dumped
from foedus.book.writing import report_sha
from foedus.record import to_json

MIGRATIONS = Path(foedus.book.__file__).parent / "migrations"


def engine_of(place: str) -> sa.Engine:
    url = place.replace("postgresql:", "postgresql+psycopg:") if "://" in place else f"sqlite:///{place}"
    return sa.create_engine(url)


def older_book(place: str, revision: str) -> None:
    """A book as an earlier foedus left it, with the reports of `CHAIN` in it."""
    engine = engine_of(place)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        old = sa.MetaData()
        old.reflect(connection)
        for one in CHAIN:
            report = one.report
            values = {"id": report.id, "published_on": report.published_on, "language": "en", "text": report.text}
            sha = hashlib.sha256(to_json(report)).hexdigest() if revision == "0001" else report_sha(report)
            values |= {"sha": sha, "origin": words_key(report.text)}
            values |= {} if revision == "0001" else {"words": words_key(report.text)}
            connection.execute(old.tables["reports"].insert(), values | {"read_at": "2025-01-01", "reader": "0.0.9"})
            for number, (kind, record) in enumerate(one.records()):
                text = to_json(record).decode()
                block = family_of(kind, {"parties": list(record.parties)}, report.id)
                row = {"id": record.id, "report_id": report.id, "kind": kind, "position": number, "block": block}
                connection.execute(old.tables["records"].insert(), row | {"json": text})
                claim = {"record_id": record.id, "field": "title", "value": dumped(record.title), "spans": "[[0,4]]"}
                connection.execute(old.tables["claims"].insert(), claim)
        stale = {"id": "ag-old", "kind": "agreement", "block": "agreement:FJI+TON", "json": '{"id":"ag-old"}'}
        connection.execute(old.tables["consolidated"].insert(), stale)
    engine.dispose()


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004"])
def test_a_book_of_an_earlier_schema_is_brought_forward(
    blank_place: Callable[[], str], new_place: Callable[[], str], revision: str
) -> None:
    place = blank_place()
    older_book(place, revision)
    with Book.open(place, create=False) as migrated, Book.open(new_place()) as fresh:
        for one in CHAIN:
            fresh.add(one)
            assert migrated.report(one.report.id) == one
            assert migrated.add(one) == "same"
        assert migrated.records("agreement") == fresh.records("agreement")
        ferry = migrated.records("agreement")[0]["id"]
        migrated.note(ferry, "seen", author="Ana")
        assert [one["action"] for one in migrated.history(ferry)] == ["note"]
    with Book.open(place, create=False) as again:
        assert again.consolidate() == 0
    # the old book was made by hand, with few claims
    assert {one.what for one in check_book(place)} <= {"its claims are not those of the record"}


def test_watches_of_an_earlier_schema_are_kept(blank_place: Callable[[], str]) -> None:
    place = blank_place()
    older_book(place, "0002")
    engine = engine_of(place)
    with engine.begin() as connection:
        for statement in WATCHES:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with Book.open(place) as book, book.reading() as connection:
        assert connection.execute(sa.select(t.watches.c.name, t.watches.c.json)).all() == [("fish", "{}")]
        assert connection.execute(sa.select(t.watch_told.c.id)).scalars().all() == ["r1"]


WATCHES = [
    "CREATE TABLE ask_watches (name VARCHAR PRIMARY KEY, added_at VARCHAR NOT NULL, run_at VARCHAR, json TEXT NOT NULL)",
    "CREATE TABLE ask_seen (watch VARCHAR, id VARCHAR, mark TEXT NOT NULL, PRIMARY KEY (watch, id))",
    "INSERT INTO ask_watches VALUES ('fish', '2025-01-01', NULL, '{}')",
    "INSERT INTO ask_seen VALUES ('fish', 'r1', '{}')",
]
