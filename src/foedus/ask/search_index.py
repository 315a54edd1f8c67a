"""The index that search asks: every report and record in stems, in tables of its own beside those of the book.

SQLite: FTS5 over `ask_documents`. PostgreSQL: a tsvector column of it with a GIN index. Both file the stems that
`search_words` makes, so that both find the same. Triggers note in `ask_stale` what the book changes; `refresh` files that.
All of it is computed, and safe to drop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.ask.concerns import CODES, file_parties, file_statements, forget, metadata
from foedus.ask.due import NOT_DUE, due_columns
from foedus.ask.search_words import stems
from foedus.ask.show import cell_text
from foedus.ask.words import parties_words
from foedus.book import schema as t
from foedus.book.edtf import bounds
from foedus.book.items import parties_of
from foedus.book.rows import chunks
from foedus.book.store import Book
from foedus.record import PLURAL

VERSION = "5"
"""Of what is filed: another one files everything anew."""
AT_ONCE = 500
"""Documents in one transaction."""
_LONGEST = 400_000
"""Characters of stems: PostgreSQL holds no longer vector."""
_LEFT_OUT = {
    "id", "record_kind", "when", "when_from", "confidence", "sources", "conflicts", "stages", "decisions", "review", "about",
    "signed_on", "effective_on", "expires_on", "held_on", "made_on", "due_on", "start_on", "end_on", "date", "term",
    "succeeds_id", "succeeded_by_id", "follow_up", "state", "goldstein", "cameo", "mode", "parties", "by", "to", "actor", "recipient", "addressee", "stage_by", "modality",
}  # fmt: skip
_TITLES = {
    "agreement": ("title", "instrument"), "meeting": ("forum", "format"), "statement": ("text",),
    "commitment": ("undertaking",), "activity": ("name", "item", "kind"), "event": ("type",),
}  # fmt: skip

documents = sa.Table(
    "ask_documents",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", CODES, nullable=False, unique=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("first_day", sa.String),
    sa.Column("last_day", sa.String),
    *(sa.Column(name, CODES) for name in NOT_DUE),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("ask_documents_kind", "kind", "first_day"),
    sa.Index("ask_documents_due", "kind", "due_last", "due_on", "id"),
)
"""`kind`: "report" or a kind of record; `title` and `body` are stems; `due_…`: what the horizon asks (`due_columns`)."""
stale = sa.Table(
    "ask_stale", metadata, sa.Column("what", sa.String, primary_key=True), sa.Column("id", sa.String, primary_key=True)
)
version = sa.Table("ask_version", metadata, sa.Column("version", sa.String, primary_key=True))

_WATCHED = {"report": ("reports", "title, text, published_on"), "record": ("consolidated", "json")}
_SQLITE = [
    "CREATE VIRTUAL TABLE ask_words USING fts5(title, body, content='ask_documents', content_rowid='number')",
    """CREATE TRIGGER ask_filed AFTER INSERT ON ask_documents BEGIN
    INSERT INTO ask_words(rowid, title, body) VALUES (new.number, new.title, new.body); END""",
    """CREATE TRIGGER ask_unfiled AFTER DELETE ON ask_documents BEGIN
    INSERT INTO ask_words(ask_words, rowid, title, body) VALUES ('delete', old.number, old.title, old.body); END""",
]
_POSTGRESQL = [
    """ALTER TABLE ask_documents ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B')) STORED""",
    "CREATE INDEX ask_documents_words ON ask_documents USING gin (words)",
    """CREATE OR REPLACE FUNCTION ask_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN INSERT INTO ask_stale VALUES (TG_ARGV[0], OLD.id) ON CONFLICT DO NOTHING; END IF;
    IF TG_OP <> 'DELETE' THEN INSERT INTO ask_stale VALUES (TG_ARGV[0], NEW.id) ON CONFLICT DO NOTHING; END IF;
    RETURN NULL; END $$""",
]


def refresh(book: Book) -> int:
    """Bring the index up to date with the book; how many documents were filed or taken out."""
    book.consolidate()
    with book.reading() as connection:
        ready = _is_ready(connection)
        if ready and connection.execute(sa.select(stale.c.id).limit(1)).scalar() is None:
            return 0
    if not ready:
        with book.writing() as connection:
            if not _is_ready(connection):
                drop(connection)
                _create(connection)
    done = 0
    while True:
        with book.writing() as connection:
            some = _file_some(connection)
        done += some
        if some < AT_ONCE:
            return done


def _is_ready(connection: sa.Connection) -> bool:
    """Whether tables and triggers are there, of this version: a migration of the book may have dropped a trigger."""
    if connection.dialect.name == "sqlite":
        made = sa.text(
            "SELECT count(*) FROM sqlite_master WHERE name LIKE 'ask\\_on\\_%' ESCAPE '\\' OR name = 'ask_version'"
        )
    else:
        made = sa.text(
            "SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'ask\\_on\\_%') * 3 + (to_regclass('ask_version') IS NOT NULL)::int"
        )
    if connection.execute(made).scalar() != 7:
        return False
    return connection.execute(sa.select(version.c.version)).scalars().all() == [VERSION]


def drop(connection: sa.Connection) -> None:
    """Take the index out of the book, with its triggers."""
    sqlite = connection.dialect.name == "sqlite"
    for what, (table, _) in _WATCHED.items():
        for doing in ("insert", "delete", "update") if sqlite else ("all",):
            on = "" if sqlite else f" ON {table}"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS ask_on_{what}_{doing}{on}")
    for table in ("ask_words", "ask_documents", "ask_stale", "ask_version", "ask_named", "ask_about", "ask_parties"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def _create(connection: sa.Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    sqlite = connection.dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        connection.exec_driver_sql(statement)
    for what, (table, columns) in _WATCHED.items():
        for statement in _triggers(what, table, columns) if sqlite else [_trigger(what, table, columns)]:
            connection.exec_driver_sql(statement)
    for what, source in (("report", t.reports.c.id), ("record", t.consolidated.c.id)):
        connection.execute(stale.insert().from_select(["what", "id"], sa.select(sa.literal(what), source)))
    connection.execute(version.insert(), {"version": VERSION})


def _triggers(what: str, table: str, columns: str) -> Iterable[str]:
    note = "INSERT OR IGNORE INTO ask_stale VALUES"
    for doing, row in (("INSERT", "new"), ("DELETE", "old"), (f"UPDATE OF {columns}", "new")):
        name = f"ask_on_{what}_{doing.split()[0].lower()}"
        yield f"CREATE TRIGGER {name} AFTER {doing} ON {table} BEGIN {note} ('{what}', {row}.id); END"


def _trigger(what: str, table: str, columns: str) -> str:
    return (
        f"CREATE TRIGGER ask_on_{what}_all AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION ask_note('{what}')"
    )


def _file_some(connection: sa.Connection) -> int:
    """File the next documents that wait, in one transaction."""
    if connection.dialect.name == "postgresql":  # two that refresh at once take turns
        connection.exec_driver_sql("LOCK TABLE ask_stale IN EXCLUSIVE MODE")
    waiting = sa.select(stale.c.what, stale.c.id).order_by(stale.c.what, stale.c.id).limit(AT_ONCE)
    rows = [(row[0], row[1]) for row in connection.execute(waiting)]
    for what, read in (("report", _reports), ("record", _records)):
        ids = [id for kind, id in rows if kind == what]
        for some in chunks(ids):
            connection.execute(documents.delete().where(documents.c.id.in_(some)))
            if found := read(connection, some):
                connection.execute(documents.insert(), found)
            connection.execute(stale.delete().where(stale.c.what == what, stale.c.id.in_(some)))
    return len(rows)


def _reports(connection: sa.Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    own = t.reports.c
    rows = connection.execute(sa.select(own.id, own.title, own.text, own.published_on).where(own.id.in_(ids)))
    return [_document(row.id, "report", bounds(row.published_on), row.title or "", row.text) for row in rows]


def _records(connection: sa.Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    own = t.consolidated.c
    query = sa.select(own.id, own.kind, own.first_day, own.last_day, own.rejected, own.json).where(own.id.in_(ids))
    every = [(row, msgspec.json.decode(row.json)) for row in connection.execute(query)]
    kept = [(row, record) for row, record in every if not row.rejected]
    forget(connection, ids)
    file_parties(connection, [record for _, record in every])
    file_statements(connection, [record for _, record in kept])
    found = []
    for row, record in kept:
        days = (row.first_day, row.last_day) if row.first_day else None
        title = " ".join(filter(None, (cell_text(record.get(field)) for field in _TITLES[row.kind])))
        found.append(_document(row.id, row.kind, days, title, record_text(record)) | due_columns(record))
    return found


def record_text(record: dict[str, Any]) -> str:
    """The words of a record that search looks in: its values, and the names of its parties."""
    values = [
        cell_text(value)
        for name, value in record.items()
        if name not in _LEFT_OUT and isinstance(value, str | list | dict)
    ]
    who = parties_words(parties_of(record["record_kind"], record))
    return ". ".join([*filter(None, values), who])


def _document(id: str, kind: str, days: tuple[str, str] | None, title: str, body: str) -> dict[str, Any]:
    first, last = days or (None, None)
    text = {"title": stems(title)[:_LONGEST], "body": stems(body)[:_LONGEST]}
    return {"id": id, "kind": kind, "first_day": first, "last_day": last, **NOT_DUE, **text}


KINDS = ("report", *PLURAL)
"""What can be found."""
