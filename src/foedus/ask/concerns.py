"""Which parties a report has and a statement names, and which records it is about: filed beside the search index, by its `refresh`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.items import parties_of
from foedus.book.rows import of_parties, taking_part
from foedus.lexicon import load_table, split_forms

metadata = sa.MetaData()
"""Of the index: the tables here and those of `search_index`."""
CODES = sa.String().with_variant(sa.String(collation="C"), "postgresql")
"""Ids and days: PostgreSQL puts them in the order that SQLite and Python have, whatever the language of the data base."""
named = sa.Table(
    "ask_named",
    metadata,
    sa.Column("party", sa.String, primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Index("ask_named_id", "id"),
)
"""The parties that the words of a statement name."""
about = sa.Table(
    "ask_about",
    metadata,
    sa.Column("record", sa.String, primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Index("ask_about_id", "id"),
)
"""The records of its report that a statement is about."""
reported = sa.Table(
    "ask_parties",
    metadata,
    sa.Column("party", CODES, primary_key=True),
    sa.Column("report", CODES, primary_key=True),
    sa.Column("id", CODES, primary_key=True),
    sa.Index("ask_parties_id", "id"),
    sqlite_with_rowid=False,
)
"""The parties of the records `id` that a report is a source of."""
_TOGETHER = ("agreement", "meeting", "activity")
_WORD = re.compile(r"\w+")


def parties_named(text: str) -> set[str]:
    """Codes of the parties that a text names: by name, adjective, demonym or acronym, as written.

    >>> sorted(parties_named("Indian and US officials met; tell us"))
    ['IND', 'USA']
    """
    found: set[str] = set()
    for word in _WORD.finditer(text):
        for form, code in _forms().get(word.group(), ()):
            end = word.start() + len(form)
            if text.startswith(form, word.start()) and not text[end : end + 1].isalnum() and text[end : end + 1] != "_":
                found.add(code)
    return found


@cache
def _forms() -> dict[str, list[tuple[str, str]]]:
    """First word of a form -> forms with their codes."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table in ("countries", "organisations"):
        for row in load_table(table):
            code = row.get("code") or row["id"]
            if table == "organisations" and not code.startswith("org:"):
                code = f"org:{code}"
            forms = {one for column in _COLUMNS for one in split_forms(row.get(column) or "")}
            for form in sorted(forms):
                # a small letter would take "us" for the United States
                if form[:1].isupper() and (first := _WORD.match(form)):
                    found.setdefault(first.group(), []).append((form, code))
    return found


_COLUMNS = ("forms", "name", "adjectives", "demonyms", "short", "acronym")


def forget(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Take records out."""
    for table in (named, about, reported):
        connection.execute(table.delete().where(table.c.id.in_(ids)))


def file_statements(connection: sa.Connection, records: Iterable[dict[str, Any]]) -> None:
    """File what statements name and are about; records of other kinds are passed over."""
    said = [one for one in records if one["record_kind"] == "statement"]
    names = [{"party": code, "id": one["id"]} for one in said for code in parties_named(one.get("text") or "")]
    things = [{"record": id, "id": one["id"]} for one in said for id in dict.fromkeys(one.get("about") or ())]
    for table, rows in ((named, names), (about, things)):
        if rows:
            connection.execute(table.insert(), rows)


def file_parties(connection: sa.Connection, records: Iterable[dict[str, Any]]) -> None:
    """File the parties of records under their reports, those of rejected records too."""
    rows = [
        {"party": party, "report": report, "id": one["id"]}
        for one in records
        for party in parties_of(one["record_kind"], one)
        for report in {source["report"] for source in one["sources"]}
    ]
    if rows:
        connection.execute(reported.insert(), rows)


def with_parties(codes: Sequence[str]) -> sa.CompoundSelect[tuple[str]]:
    """Ids of the records in which all of `codes`, one at least, take part, and of the reports in whose records each of them does."""
    first = reported.alias()
    query = sa.select(first.c.report).where(first.c.party == codes[0])
    for code in codes[1:]:
        also = reported.alias()
        query = query.join(also, sa.and_(also.c.report == first.c.report, also.c.party == code))
    return taking_part(codes).union(query)


def concerning(connection: sa.Connection, codes: Sequence[str]) -> tuple[set[str], set[str]]:
    """Ids of statements in which one of `codes` takes part and which concern another; a superset.

    And those of the report records of agreements, meetings and activities of all `codes` that statements are about.
    """
    party, own = t.consolidated_parties.c, t.consolidated.c
    found: set[str] = set()
    for one, other in combinations(dict.fromkeys(codes), 2):
        of_both = of_parties(sa.select(own.id).where(own.kind == "statement"), (one, other))
        found |= set(connection.execute(of_both).scalars())
    by_name = (
        sa.select(named.c.id)
        .join(t.consolidated_parties, sa.and_(party.consolidated_id == named.c.id, party.party != named.c.party))
        .where(named.c.party.in_(codes), party.party.in_(codes))
    )
    found |= set(connection.execute(by_name).scalars())
    ids = taking_part(codes).cte("taking_part").prefix_with("MATERIALIZED")
    things = t.records.c
    on_all = (
        sa.select(about.c.record, about.c.id)
        .join(t.records, things.id == about.c.record)
        .join(ids, ids.c.consolidated_id == things.canonical_id)
        .where(things.kind.in_(_TOGETHER))
    )
    together = [(row[0], row[1]) for row in connection.execute(on_all)]
    return found | {id for _, id in together}, {record for record, _ in together}
