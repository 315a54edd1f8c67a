"""Full-text and faceted search over reports and records; one function for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.ask.concerns import with_parties
from foedus.ask.dates import checked_date, codes_of
from foedus.ask.evidence import Evidence
from foedus.ask.lookup import records_with
from foedus.ask.search_index import KINDS, documents, record_text, refresh
from foedus.ask.search_words import Query, Term, places, snippet
from foedus.ask.timeline import headline
from foedus.book import schema as t
from foedus.book.edtf import bounds
from foedus.book.store import Book
from foedus.errors import AskError

MANY = 10_000
"""Facets and the total count at most so many."""
_TITLE, _BODY = 4.0, 1.0
"""How much a word weighs in a title and in the text."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report or record. `pieces`: its words around what was asked, and whether each piece is what was asked."""

    kind: str
    id: str
    on: str | None
    title: str
    pieces: tuple[tuple[str, bool], ...]
    score: float


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The hits asked for, how many there are (`more`: or more), and their numbers by `kind`, `party` and `year`."""

    hits: tuple[Hit, ...]
    total: int
    more: bool
    facets: dict[str, dict[str, int]]


def search(
    book: Book,
    text: str = "",
    *,
    kinds: Sequence[str] = (),
    party: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    newest: bool = False,
    facets: bool = True,
    limit: int = 20,
    skip: int = 0,
) -> Found:
    """Reports and records that have what `text` asks: words, "phrases", begin*, -not, one OR another; word forms count.

    Best first, or `newest` first. `kinds`: "report" and kinds of records; `party`: all must take part (for a report: in
    one of its records); `since` and `until` as for records. Without words everything that the filters leave, newest first.
    The index is made on the first search and kept up by later ones. Raises `AskError`.
    """
    if wrong := set(kinds) - set(KINDS):
        raise AskError(f"unknown kind {sorted(wrong)[0]!r}: one of {', '.join(KINDS)}")
    query = Query.of(text) if text.strip() else None
    codes = codes_of(book, party)
    if query is None and not (kinds or codes or since or until):
        raise AskError("give words to search for, or a party, a kind or a date")
    refresh(book)
    with book.reading() as connection:
        matching, rank = _matching(connection.dialect.name, query)
        matching = _narrowed(matching, query is not None, kinds, codes, checked_date(since), checked_date(until))
        newest = newest or query is None
        day = (documents.c.first_day.is_(None), documents.c.first_day.desc(), documents.c.id)
        order = day if newest else (rank, documents.c.id)
        columns = (documents.c.id, documents.c.kind, documents.c.first_day, rank.label("rank"))
        rows = list(connection.execute(matching.with_only_columns(*columns).order_by(*order).limit(limit).offset(skip)))
        total, counted = _counted(connection, matching, facets)
    hits = _hits(book, rows, query)
    return Found(hits=hits, total=min(total, MANY), more=total > MANY, facets=counted)


def _matching(dialect: str, query: Query | None) -> tuple[sa.Select[Any], sa.ColumnElement[float]]:
    """The documents that fit, and what orders them: less is better."""
    found = sa.select(documents.c.id)
    if query is None:
        return found, sa.literal(0.0)
    if dialect == "sqlite":
        words = sa.table("ask_words", sa.column("rowid"), sa.column("ask_words"))
        found = found.join(words, words.c.rowid == documents.c.number)
        asked = words.c.ask_words.op("MATCH")(_fts5(query))
        return found.where(asked), sa.func.bm25(sa.literal_column("ask_words"), _TITLE, _BODY)
    words_column: sa.ColumnElement[Any] = sa.literal_column("ask_documents.words")
    asked_for = sa.func.to_tsquery(sa.literal_column("'simple'"), _tsquery(query))
    weights: sa.ColumnElement[Any] = sa.literal_column(f"'{{0, 0, {_BODY / _TITLE}, 1}}'::real[]")
    return found.where(words_column.op("@@")(asked_for)), -sa.func.ts_rank_cd(weights, words_column, asked_for, 1)


def _fts5(query: Query) -> str:
    """The question in the language of FTS5; stems have letters and digits only, so that nothing in them is a mark."""

    def one(term: Term) -> str:
        if term.start:
            forms = [f'"{term.start}" *', *(f'"{stem}"' for stem in term.stems)]
            return f"({' OR '.join(forms)})"
        return f'"{" ".join(term.stems)}"'

    asked = " AND ".join(f"({' OR '.join(map(one, group))})" for group in query.groups)
    return f"({asked}) NOT ({' OR '.join(map(one, query.without))})" if query.without else asked


def _tsquery(query: Query) -> str:
    """The question in the language of PostgreSQL."""

    def one(term: Term) -> str:
        stems = [f"'{stem}'" for stem in term.stems]
        begun = [f"'{term.start}':*"] if term.start else []
        return f"({' | '.join(begun + stems)})" if term.start else f"({' <-> '.join(stems)})"

    asked = " & ".join(f"({' | '.join(map(one, group))})" for group in query.groups)
    return f"{asked} & !({' | '.join(map(one, query.without))})" if query.without else asked


def _narrowed(
    found: sa.Select[Any],
    words: bool,
    kinds: Sequence[str],
    codes: Sequence[str],
    since: str | None,
    until: str | None,
) -> sa.Select[Any]:
    if kinds:
        found = found.where(documents.c.kind.in_(list(kinds)))
    if codes:
        # with words, what has them is looked up among the ids; without, what has the ids is looked up
        id: sa.ColumnElement[str] = documents.c.id + "" if words else documents.c.id
        found = found.where(id.in_(with_parties(codes)))
    if since:
        found = found.where(documents.c.last_day >= (bounds(since) or ("",))[0])
    if until:
        found = found.where(documents.c.first_day <= (bounds(until) or ("", ""))[1])
    return found


def _counted(
    connection: sa.Connection, matching: sa.Select[Any], facets: bool
) -> tuple[int, dict[str, dict[str, int]]]:
    """How many fit, and how many of each kind, year and party; what fits is looked for once."""
    own = documents.c
    some = matching.with_only_columns(own.id, own.kind, own.first_day).limit(MANY + 1)
    some_ = some.cte("some").prefix_with("MATERIALIZED")
    count = sa.func.count()
    year, party = sa.func.substr(some_.c.first_day, 1, 4), t.consolidated_parties.c.party
    asked = [sa.select(sa.literal("total"), sa.literal(""), count).select_from(some_)]
    if facets:
        asked.append(sa.select(sa.literal("kind"), some_.c.kind, count).group_by(some_.c.kind))
        dated = some_.c.first_day.is_not(None)
        asked.append(sa.select(sa.literal("year"), year, count).where(dated).group_by(year))
        # an outer join keeps SQLite from reading the parties of the whole book to look them up in what fits
        with_party = sa.select(sa.literal("party"), party, count).join_from(
            some_, t.consolidated_parties, t.consolidated_parties.c.consolidated_id == some_.c.id, isouter=True
        )
        asked.append(with_party.group_by(party))
    found: dict[str, dict[str, int]] = {name: {} for name in ("total", "kind", "year", "party")}
    for what, value, number in connection.execute(sa.union_all(*asked)):
        if value is not None:
            found[what][value] = number
    if not facets:
        return found["total"][""], {}
    parties = sorted(found["party"].items(), key=lambda one: (-one[1], one[0]))
    return found["total"][""], {
        "kind": {kind: found["kind"][kind] for kind in KINDS if kind in found["kind"]},
        "party": dict(parties[:20]),
        "year": dict(sorted(found["year"].items(), reverse=True)),
    }


def _said(evidence: Evidence, record: dict[str, Any], query: Query) -> str:
    """The sentence of a report behind a record that has the most of what is asked; where none has any, its values."""
    sentences = [one.sentence for one in evidence.quotes(record)]
    found = max(sentences, key=lambda one: len(places(one, query.terms)), default="")
    if not found or not places(found, query.terms):
        values = record_text(record)
        return values if places(values, query.terms) and not places(headline(record), query.terms) else found
    return found


def _hits(book: Book, rows: Sequence[Any], query: Query | None) -> tuple[Hit, ...]:
    """The rows with their words; without those that went away in between."""
    wanted = [row.id for row in rows if row.kind != "report"]
    records = {one["id"]: one for one in records_with(book, wanted, proposals=False)}
    own = t.reports.c
    reports = sa.select(own.id, own.title, own.text, own.published_on)
    with book.reading() as connection:
        found = connection.execute(reports.where(own.id.in_([row.id for row in rows if row.kind == "report"])))
        known = {row.id: (row.title or row.id, row.text, row.published_on) for row in found}
    for id, record in records.items():
        known[id] = (headline(record), "", record.get("when"))
    evidence = Evidence(book)
    if query is not None:
        evidence.load(records.values())
    hits = []
    for row in rows:
        if row.id in known:
            title, text, on = known[row.id]
            if query is not None and row.kind != "report":
                text = _said(evidence, records[row.id], query)
            pieces = snippet(text, query) if query else ()
            hits.append(
                Hit(kind=row.kind, id=row.id, on=on, title=title, pieces=pieces, score=round(-float(row.rank), 4))
            )
    return tuple(hits)
