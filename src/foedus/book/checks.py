"""What can be wrong with a book: ``(where, what, remedy)`` for each problem; a remedy is a name in `remedies`, "" or "notice"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.consolidation import computed_blocks, joined_blocks
from foedus.book.copies import bands_of, words_key
from foedus.book.decisions import load
from foedus.book.neighbours import filed_columns, strays
from foedus.book.rows import dumped
from foedus.book.writing import claims_of, report_sha
from foedus.record import CLASSES, Report

Found = Iterator[tuple[str, str, str]]


def problems_of(connection: sa.Connection) -> Found:
    """Every problem; a damaged file is named first, and nothing else is looked for then."""
    damaged = False
    for found in _file(connection):
        damaged = damaged or found[2] == ""
        yield found
    if damaged:
        return
    otherwise = []
    for check in (_orphans, _reports, _records, _computed, _decisions):
        for found in check(connection):
            if found[2] in ("blocks", "rebuild"):
                otherwise.append(found)
            else:
                yield found
    yield from _otherwise(otherwise)


_FEW = 3
"""So many places that are not computed as here are named one by one."""


def _otherwise(found: list[tuple[str, str, str]]) -> Found:
    """What is not computed as this version does it; many places in one line: a book that an older version made."""
    older = "an older version may have made it, and `foedus repair --yes` makes it anew"
    if len(found) <= _FEW:
        yield from found
        if found:
            yield "what is computed", f"is not as this version computes it: {older}", "notice"
    else:
        yield "what is computed", f"is not as this version computes it, in {len(found)} places: {older}", "anew"


def _file(connection: sa.Connection) -> Found:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(100)").all():
        if said != "ok":
            yield "file", said, "reindex" if "index" in said else ""


ORPHANS: dict[str, Callable[[], sa.ColumnElement[bool]]] = {
    "records": lambda: t.records.c.report_id.not_in(sa.select(t.reports.c.id)),
    "claims": lambda: t.claims.c.record_id.not_in(sa.select(t.records.c.id)),
    "persons_named": lambda: t.persons_named.c.record_id.not_in(sa.select(t.records.c.id)),
    "consolidated_parties": lambda: t.consolidated_parties.c.consolidated_id.not_in(sa.select(t.consolidated.c.id)),
    "follow_stems": lambda: t.follow_stems.c.consolidated_id.not_in(sa.select(t.consolidated.c.id)),
    "decision_targets": lambda: t.decision_targets.c.decision_id.not_in(sa.select(t.decisions.c.id)),
    "report_bands": lambda: t.report_bands.c.report_id.not_in(sa.select(t.reports.c.id)),
    "near_copies": lambda: sa.or_(
        t.near_copies.c.a.not_in(sa.select(t.reports.c.id)), t.near_copies.c.b.not_in(sa.select(t.reports.c.id))
    ),
}
"""Rows that belong to nothing, by table, in the order in which they can be removed."""


def _orphans(connection: sa.Connection) -> Found:
    for name, without in ORPHANS.items():
        count = connection.execute(sa.select(sa.func.count()).where(without())).scalar_one()
        if count:
            yield f"table {name}", f"{count} rows belong to nothing", "orphans"


def _reports(connection: sa.Connection) -> Found:
    waiting = set(connection.execute(sa.select(t.stale_reports.c.report_id)).scalars())
    filed: dict[str, set[int]] = {}
    for key, report in connection.execute(sa.select(t.report_bands.c.key, t.report_bands.c.report_id)):
        filed.setdefault(report, set()).add(key)
    for row in connection.execute(sa.select(t.reports).order_by(t.reports.c.id)).mappings():
        report = Report(**{name: row[name] for name in Report.__struct_fields__})
        place = f"report {report.id}"
        if row["sha"] != report_sha(report):
            yield place, "is not as it was read", "read again"
        if row["words"] != words_key(report.text):
            yield place, "is filed under other words", "rebuild"
        elif report.id not in waiting and filed.get(report.id, set()) != set(bands_of(report.text)):
            yield place, "is not filed among its near copies", "rebuild"


def _records(connection: sa.Connection) -> Found:
    about = sa.select(t.reports.c.id, t.reports.c.published_on, t.reports.c.text).order_by(t.reports.c.id)
    for report in connection.execute(about).all():
        own = sa.select(t.records).where(t.records.c.report_id == report.id).order_by(t.records.c.position)
        rows = connection.execute(own).all()
        claims: dict[str, set[tuple[str, str, str]]] = {}
        stored = sa.select(t.claims).join(t.records).where(t.records.c.report_id == report.id)
        for claim in connection.execute(stored):
            claims.setdefault(claim.record_id, set()).add((claim.field, claim.value, claim.spans))
        sound = []
        for row in rows:
            found = list(_record(row, report.text, claims.get(row.id, set())))
            yield from found
            sound += [row] if not any("is not of the format" in what for _, what, _ in found) else []
        yield from _filed(report.id, report.published_on, sound)


def _record(row: Any, text: str, stored: set[tuple[str, str, str]]) -> Found:
    place = f"record {row.id} of report {row.report_id}"
    try:
        record = msgspec.json.decode(row.json, type=CLASSES[row.kind])
    except (msgspec.DecodeError, KeyError) as error:
        yield place, f"is not of the format ({str(error).replace('`', '')})", "read again"
        return
    if not record.evidence.get("record"):
        yield place, "has no evidence", "read again"
    for field, spans in record.evidence.items():
        if not spans or any(not 0 <= start < end <= len(text) for start, end in spans):
            yield place, f"the evidence of {field} lies outside its report", "read again"
    if stored != {(one["field"], one["value"], one["spans"]) for one in claims_of(record)}:
        yield place, "its claims are not those of the record", "claims"


def _filed(report: str, published_on: str | None, rows: list[Any]) -> Found:
    """Whether what finds the neighbours of each record of a report is right."""
    filed = filed_columns(report, published_on, [(row.kind, msgspec.json.decode(row.json)) for row in rows])
    for row, columns in zip(rows, filed, strict=True):
        if any(getattr(row, name) != columns[name] for name in ("family", "first_day", "last_day", "about", "hint")):
            yield f"record {row.id} of report {report}", "is filed among other neighbours", "blocks"


def _computed(connection: sa.Connection) -> Found:
    waiting = set(connection.execute(sa.select(t.stale_blocks.c.block)).scalars())
    if waiting or connection.execute(sa.select(t.stale_reports.c.report_id).limit(1)).scalar() is not None:
        return  # the next question computes them
    for a, b in strays(connection):
        yield f"block {a}", f"may be the same thing as block {b}, and was not compared", "rebuild"
    known = set(connection.execute(sa.select(t.records.c.block).distinct()).scalars())
    left = set(connection.execute(sa.select(t.consolidated.c.block).distinct()).scalars()) - known
    for block in sorted(left):
        yield f"block {block}", "has consolidated records of no report", "rebuild"
    done: set[str] = set()
    together = []
    for block in sorted(known):
        if block not in done:
            together.append(joined_blocks(connection, block))
            done |= set(together[-1])
    for group, made in zip(together, computed_blocks(connection, together), strict=True):
        stored = sa.select(t.consolidated.c.id, t.consolidated.c.json).where(t.consolidated.c.block.in_(group))
        if {row.id: row.json for row in connection.execute(stored)} != {one.id: dumped(one.record) for one in made}:
            yield f"block {group[0]}", "its consolidated records are not what its reports give", "rebuild"
    ends = (t.links.c.from_id, t.links.c.to_id)
    lost = sa.or_(*(end.not_in(sa.select(t.consolidated.c.id)) for end in ends))
    if count := connection.execute(sa.select(sa.func.count()).select_from(t.links).where(lost)).scalar_one():
        yield "table links", f"{count} links lead nowhere", "rebuild"


def _decisions(connection: sa.Connection) -> Found:
    known = set(connection.execute(sa.select(t.records.c.id)).scalars())
    for decision in load(connection):
        lost = sorted({str(one.reference["report"]) for one in decision.targets if one.record is None})
        if lost:
            said = f"waits: report {lost[0]} no longer gives the record that it is about"
            yield f"decision {decision.id}", said, "notice"
        if any(one.record is not None and one.record not in known for one in decision.targets):
            yield f"decision {decision.id}", "is held to a record that is not there", "attach"
        if decision.undoes is not None and not _is_there(connection, decision.undoes):
            yield f"decision {decision.id}", f"undoes {decision.undoes}, which is not in the book", "notice"


def _is_there(connection: sa.Connection, decision: str) -> bool:
    return connection.execute(sa.select(t.decisions.c.id).where(t.decisions.c.id == decision)).scalar() is not None
