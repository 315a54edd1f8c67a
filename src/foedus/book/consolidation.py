"""Brings what is computed up to date: near copies and persons of reports, consolidated records of blocks, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import sqlalchemy as sa

from foedus.book import links
from foedus.book import schema as t
from foedus.book.blocks import family_of
from foedus.book.copies import file_reports, group_reports
from foedus.book.decisions import in_force
from foedus.book.edtf import bounds
from foedus.book.follow import stems_of
from foedus.book.items import Item
from foedus.book.merge import Merged, consolidate_block
from foedus.book.neighbours import file_blocks
from foedus.book.persons import file_persons
from foedus.book.rows import chunks, dumped

REPORTS_AT_ONCE = 400
BLOCKS_AT_ONCE = 2000
"""In one transaction: a run that is ended loses no more work than that."""


_STALE = sa.select(sa.exists(sa.select(t.stale_reports.c.report_id)) | sa.exists(sa.select(t.stale_blocks.c.block)))


def anything_stale(connection: sa.Connection) -> bool:
    """Whether reports or blocks wait."""
    return bool(connection.execute(_STALE).scalar())


def compute_some(connection: sa.Connection) -> int:
    """File the next reports that wait; where no more wait, consolidate the next blocks. How many blocks."""
    if index_some(connection) == REPORTS_AT_ONCE:
        return 0
    return consolidate_some(connection)


def index_some(connection: sa.Connection) -> int:
    """File the next reports that wait under their near copies and persons; how many."""
    waiting = sa.select(t.stale_reports.c.report_id).order_by(t.stale_reports.c.report_id).limit(REPORTS_AT_ONCE)
    reports = list(connection.execute(waiting).scalars())
    file_reports(connection, reports)
    file_persons(connection, reports)
    file_blocks(connection, reports)
    group_reports(connection, reports)
    for some in chunks(reports):
        connection.execute(t.stale_reports.delete().where(t.stale_reports.c.report_id.in_(some)))
    return len(reports)


def consolidate_some(connection: sa.Connection) -> int:
    """Consolidate the next blocks that wait, and find their links; how many blocks."""
    waiting = sa.select(t.stale_blocks.c.block).order_by(t.stale_blocks.c.block).limit(BLOCKS_AT_ONCE)
    together: list[list[str]] = []
    done: set[str] = set()
    decided = _any_decisions(connection)
    for block in connection.execute(waiting).scalars().all():
        if block not in done:
            together.append(joined_blocks(connection, block) if decided else [block])
            done |= set(together[-1])
    made = [merged for group in computed_blocks(connection, together) for merged in group]
    rows = {merged.id: _row(merged) for merged in made}
    about = set(_decided(connection, sorted(done))) if decided else set()
    same = _unchanged(connection, sorted(done), rows)
    same -= {merged.id for merged in made if not about.isdisjoint(merged.members)}
    gone = drop_consolidated(connection, sorted(done), same)
    made = [merged for merged in made if merged.id not in same]
    if made:
        _insert(connection, made, rows)
    links.refresh(connection, gone, made, decided)
    for some in chunks(sorted(done)):
        connection.execute(t.stale_blocks.delete().where(t.stale_blocks.c.block.in_(some)))
    return len(done)


def _unchanged(connection: sa.Connection, blocks: Sequence[str], rows: dict[str, dict[str, Any]]) -> set[str]:
    """Ids of those of `rows` that the book has just so: where no decision is about them, they and their links stay as they are."""
    found: set[str] = set()
    for some in chunks(list(blocks)):
        stored = connection.execute(sa.select(t.consolidated).where(t.consolidated.c.block.in_(some))).mappings()
        found |= {row["id"] for row in stored if rows.get(row["id"]) == dict(row)}
    return found


def _any_decisions(connection: sa.Connection) -> bool:
    return connection.execute(sa.select(t.decisions.c.id).limit(1)).scalar() is not None


def joined_blocks(connection: sa.Connection, block: str) -> list[str]:
    """The block and all that merges of persons join to it, sorted."""
    found: set[str] = set()
    todo = {block}
    while todo:
        one = min(todo)
        todo.discard(one)
        found.add(one)
        merges = [one for one in in_force(connection, _decided(connection, [one])) if one.action == "merge"]
        targets = sorted({target.record for one in merges for target in one.targets if target.record is not None})
        for some in chunks(targets):
            blocks = sa.select(t.records.c.block).where(t.records.c.id.in_(some)).distinct()
            todo |= set(connection.execute(blocks).scalars()) - found
    return sorted(found)


def _decided(connection: sa.Connection, blocks: Sequence[str]) -> list[str]:
    """Report records of these blocks that a decision is about, sorted."""
    of = t.decision_targets
    found: set[str] = set()
    for some in chunks(blocks):
        query = sa.select(t.records.c.id).join(of, of.c.record_id == t.records.c.id).where(t.records.c.block.in_(some))
        found |= set(connection.execute(query.distinct()).scalars())
    return sorted(found)


def computed_blocks(connection: sa.Connection, together: Sequence[Sequence[str]]) -> Iterator[list[Merged]]:
    """The consolidated records that each group of blocks which belong together gives; nothing is written."""
    blocks = sorted({block for group in together for block in group})
    items: dict[str, list[Item]] = {}
    for item in _items(connection, blocks):
        items.setdefault(item.block, []).append(item)
    decided = in_force(connection, _decided(connection, blocks)) if _any_decisions(connection) else []
    for group in together:
        mine = [item for block in group for item in items.get(block, ())]
        ids = {item.id for item in mine}
        here = [one for one in decided if any(target.record in ids for target in one.targets)] if decided else []
        yield consolidate_block(mine, here)


def drop_consolidated(
    connection: sa.Connection, blocks: Sequence[str], kept: AbstractSet[str] = frozenset()
) -> dict[str, str]:
    """Delete the consolidated records of these blocks but the `kept`; their ids, with their families."""
    table = t.consolidated
    gone: dict[str, str] = {}
    for some in chunks(list(blocks)):
        rows = connection.execute(sa.select(table.c.id, table.c.family).where(table.c.block.in_(some)))
        gone |= {row[0]: row[1] for row in rows if row[0] not in kept}
    for some in chunks(sorted(gone)):
        for index in (t.consolidated_parties, t.follow_stems):
            connection.execute(index.delete().where(index.c.consolidated_id.in_(some)))
        connection.execute(table.delete().where(table.c.id.in_(some)))
    return gone


def _items(connection: sa.Connection, blocks: Sequence[str]) -> list[Item]:
    own = t.records.c
    columns = (own.id, own.report_id, own.kind, own.position, own.json, own.block, own.hint)
    about = (t.reports.c.published_on, t.reports.c.url, t.reports.c.origin, t.reports.c.publisher)
    found = []
    for some in chunks(list(blocks)):
        query = sa.select(*columns, *about).join_from(t.records, t.reports).where(own.block.in_(some))
        found += [Item.of(**row) for row in connection.execute(query).mappings()]
    return found


def _insert(connection: sa.Connection, made: list[Merged], rows: dict[str, dict[str, Any]]) -> None:
    connection.execute(t.consolidated.insert(), [rows[merged.id] for merged in made])
    pairs = [{"consolidated_id": merged.id, "party": party} for merged in made for party in merged.parties]
    if pairs:
        connection.execute(t.consolidated_parties.insert(), pairs)
    if stems := [row for merged in made for row in links.stem_rows(merged)]:
        connection.execute(t.follow_stems.insert(), stems)
    members = [{"member": member, "canonical": merged.id} for merged in made for member in merged.members]
    update = t.records.update().where(t.records.c.id == sa.bindparam("member"))
    connection.execute(update.values(canonical_id=sa.bindparam("canonical")), members)


def _row(merged: Merged) -> dict[str, Any]:
    days = bounds(merged.record.get("when")) or (None, None)
    return {
        "id": merged.id,
        "kind": merged.kind,
        "block": merged.block,
        "json": dumped(merged.record),
        "first_day": days[0],
        "last_day": days[1],
        "rejected": int(merged.record.get("review") == "rejected"),
        "stems": " ".join(sorted(stems_of(merged.record))),
        "family": family_of(merged.kind, merged.record, merged.id),
    }
