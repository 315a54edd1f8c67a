"""What is computed, thrown away: by a person's wish, or because another version of foedus computed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.neighbours import filed_columns
from foedus.book.rows import chunks

COMPUTED = "3"
"""Of what is computed from reports and decisions. Whoever changes what the same reports give raises it (a test says when):
a book that another version computed is computed anew when it is opened."""


def is_computed_here(connection: sa.Connection) -> bool:
    """Whether what is computed in the book is as this version computes it."""
    return connection.execute(sa.select(t.computed.c.version)).scalars().all() == [COMPUTED]


def compute_anew(connection: sa.Connection) -> None:
    """File every record from the record itself, and forget what was computed: the next question computes it."""
    for some in chunks(connection.execute(sa.select(t.reports.c.id).order_by(t.reports.c.id)).scalars().all()):
        file_records(connection, some)
    forget_computed(connection)
    connection.execute(t.computed.delete())
    connection.execute(t.computed.insert(), {"version": COMPUTED})


def file_records(connection: sa.Connection, reports: Sequence[str]) -> None:
    """File the records of these reports, some 500, where they belong, each by itself: not yet with its neighbours."""
    own = t.records.c
    about = sa.select(t.reports.c.id, t.reports.c.published_on).where(t.reports.c.id.in_(reports))
    stored = sa.select(own.report_id, own.id, own.kind, own.json).where(own.report_id.in_(reports))
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(stored.order_by(own.report_id, own.position)):
        rows.setdefault(row.report_id, []).append(row)
    filed: list[dict[str, Any]] = []
    for report, published in connection.execute(about):
        mine = rows.get(report, [])
        try:
            columns = filed_columns(report, published, [(row.kind, msgspec.json.decode(row.json)) for row in mine])
        except msgspec.DecodeError:  # damaged: `foedus check` names it
            continue
        filed += [{"record": row.id} | own for row, own in zip(mine, columns, strict=True)]
    if filed:
        values: dict[str, Any] = {name: sa.bindparam(name) for name in filed[0] if name != "record"}
        connection.execute(t.records.update().where(own.id == sa.bindparam("record")).values(values), filed)


def forget_computed(connection: sa.Connection) -> None:
    """Throw away everything that is computed and mark every report, so that it is computed from the records as they are filed."""
    for table in (t.links, t.follow_stems, t.persons_named, t.near_copies, t.report_bands):
        connection.execute(table.delete())
    for table in (t.consolidated_parties, t.consolidated, t.stale_blocks, t.stale_reports):
        connection.execute(table.delete())
    connection.execute(t.reports.update().values(origin=t.reports.c.words))
    connection.execute(t.records.update().values(canonical_id=None))
    compared = t.records.c.block != t.records.c.family
    connection.execute(t.records.update().where(compared).values(block=t.records.c.id))
    connection.execute(t.stale_reports.insert().from_select(["report_id"], sa.select(t.reports.c.id)))
