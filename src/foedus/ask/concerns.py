"""Which parties a statement names and which records it is about: filed beside the search index, by the same `refresh`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from foedus.book import schema as t
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
    for table in (named, about):
        connection.execute(table.delete().where(table.c.id.in_(ids)))


def file_statements(connection: sa.Connection, records: Iterable[dict[str, Any]]) -> None:
    """File what statements name and are about; records of other kinds are passed over."""
    said = [one for one in records if one["record_kind"] == "statement"]
    names = [{"party": code, "id": one["id"]} for one in said for code in parties_named(one.get("text") or "")]
    things = [{"record": id, "id": one["id"]} for one in said for id in dict.fromkeys(one.get("about") or ())]
    for table, rows in ((named, names), (about, things)):
        if rows:
            connection.execute(table.insert(), rows)


def concerning(connection: sa.Connection, codes: Sequence[str]) -> set[str]:
    """Ids of statements in which one of `codes` takes part and which concern another; a superset."""
    party = t.consolidated_parties
    mine = sa.select(party.c.consolidated_id).where(party.c.party.in_(codes))
    several = mine.group_by(party.c.consolidated_id).having(sa.func.count() > 1)
    by_name = (
        sa.select(named.c.id)
        .join(party, sa.and_(party.c.consolidated_id == named.c.id, party.c.party != named.c.party))
        .where(named.c.party.in_(codes), party.c.party.in_(codes))
    )
    on_both = sa.select(about.c.id).where(about.c.record.in_(_together(codes)))
    found: set[str] = set()
    own = t.consolidated.c
    for ids in (several, by_name, on_both):
        query = sa.select(own.id).where(own.id.in_(ids), own.kind == "statement", own.rejected == 0)
        found |= set(connection.execute(query).scalars())
    return found


def records_together(connection: sa.Connection, codes: Sequence[str]) -> set[str]:
    """Ids of the report records of agreements, meetings and activities of all `codes` that statements are about."""
    query = sa.select(about.c.record).where(about.c.record.in_(_together(codes))).distinct()
    return set(connection.execute(query).scalars())


def _together(codes: Sequence[str]) -> sa.Select[tuple[str]]:
    party = t.consolidated_parties.c
    both = sa.intersect(*(sa.select(party.consolidated_id).where(party.party == code) for code in codes))
    own = t.records.c
    shared = sa.select(both.subquery().c[0])
    return sa.select(own.id).where(own.canonical_id.in_(shared), own.kind.in_(_TOGETHER))
