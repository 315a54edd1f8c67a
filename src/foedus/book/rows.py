"""Small things that several tables of the book need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from foedus.book import schema as t

T = TypeVar("T")
_MOST = 500
"""Values in one IN (…): every SQLite and PostgreSQL takes so many."""


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """`values` in pieces that fit one IN (…)."""
    for start in range(0, len(values), _MOST):
        yield values[start : start + _MOST]


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
    for some in chunks(sorted(values)):
        known = set(connection.execute(sa.select(column).where(column.in_(some))).scalars())
        if fresh := [{column.name: value} for value in some if value not in known]:
            connection.execute(column.table.insert(), fresh)
