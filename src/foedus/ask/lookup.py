"""Consolidated records by their ids, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.book import links
from foedus.book import schema as t
from foedus.book.edtf import bounds
from foedus.book.follow import state_of
from foedus.book.rows import chunks
from foedus.book.store import Book


def records_with(
    book: Book,
    ids: Sequence[str],
    today: date | None = None,
    since: str | None = None,
    until: str | None = None,
    proposals: bool = True,
) -> list[dict[str, Any]]:
    """The consolidated records with these ids as `Book.records` gives them, by day, undated last; unknown ids give none.

    `since`, `until` (EDTF): only those whose time may lie between them. `proposals`: as for `Book.records`.
    """
    own = t.consolidated.c
    rows: list[Any] = []
    book.consolidate()
    with book.reading() as connection:
        for some in chunks(list(ids)):
            query = sa.select(own.first_day, own.id, own.json).where(own.id.in_(some), own.rejected == 0)
            if first := bounds(since):
                query = query.where(own.last_day >= first[0])
            if last := bounds(until):
                query = query.where(own.first_day <= last[1])
            rows += connection.execute(query).all()
        rows.sort(key=lambda row: (row.first_day is None, row.first_day or "", row.id))
        found = [msgspec.json.decode(row.json) for row in rows]
        links.attach(connection, found, proposals)
    for record in found:
        if record["record_kind"] == "commitment":
            record["state"] = state_of(record, (today or date.today()).isoformat())
    return found


def with_proposals(book: Book, records: Iterable[dict[str, Any]]) -> None:
    """Put in the follow-up that does not count yet, where it was left out."""
    once = {one["id"]: one for one in records}
    with book.reading() as connection:
        links.attach(connection, once.values())
