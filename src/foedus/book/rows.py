"""Small things that several tables of the book need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from foedus.book import schema as t

T = TypeVar("T")
_MOST = 500
"""Values in one IN (…): every SQLite and PostgreSQL takes so many."""


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """`values` in pieces that fit one IN (…)."""
    for start in range(0, len(values), _MOST):
        yield values[start : start + _MOST]


def taking_part(codes: Sequence[str]) -> sa.Select[tuple[str]]:
    """The ids of the consolidated records in which all of `codes`, one at least, take part."""
    first = t.consolidated_parties.alias()
    query = sa.select(first.c.consolidated_id).where(first.c.party == codes[0])
    for code in codes[1:]:
        also = t.consolidated_parties.alias()
        query = query.join(also, sa.and_(also.c.consolidated_id == first.c.consolidated_id, also.c.party == code))
    return query


def of_parties(
    query: sa.Select[Any], codes: Sequence[str], id: sa.ColumnElement[str] = t.consolidated.c.id
) -> sa.Select[Any]:
    """A query narrowed to the records (by their `id`) of all of `codes`; they are found first, then read one by one."""
    if not codes:
        return query
    ids = taking_part(codes).cte("taking_part").prefix_with("MATERIALIZED")
    return query.join(ids, ids.c.consolidated_id == id)


def dumped(value: Any) -> str:
    """`value` as compact JSON."""
    return msgspec.json.encode(value).decode()


def mark_blocks(connection: sa.Connection, blocks: set[str]) -> None:
    """Note that these blocks must be consolidated again."""
    _mark(connection, t.stale_blocks.c.block, blocks)


def mark_reports(connection: sa.Connection, reports: set[str]) -> None:
    """Note that the near copies and persons of these reports must be found again."""
    _mark(connection, t.stale_reports.c.report_id, reports)


def _mark(connection: sa.Connection, column: sa.Column[str], values: set[str]) -> None:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    if values:
        rows = [{column.name: value} for value in sorted(values)]
        connection.execute(insert(column.table).on_conflict_do_nothing(), rows)
