"""Decisions of persons: rows that are only ever added, held to the report records that they are about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

import msgspec
import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.refs import find_again, reference
from foedus.book.rows import chunks, dumped, mark_blocks
from foedus.errors import BookError

Action = Literal["accept", "reject", "correct", "merge", "split", "link", "unlink", "note", "undo"]
ACTIONS: tuple[Action, ...] = get_args(Action)
RELATIONS = {
    "succeeds": "agreement",
    "fulfils": "commitment",
    "delays": "commitment",
    "breaks": "commitment",
    "repeats": "commitment",
}
"""What a link can say, and the kind of record that it points to."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One report record that a decision is about: `side` 0 or 1 of it, `reference` to know it again, its id now or None."""

    side: int
    record: str | None
    reference: dict[str, Any]


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person decided. `undoes`: the decision an undo takes back; `overrides`: earlier ones that this one contradicts."""

    id: str
    action: Action
    author: str
    made_at: str
    reason: str = ""
    kind: str | None = None
    field: str | None = None
    value: Any = None
    relation: str | None = None
    undoes: str | None = None
    overrides: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()

    def side(self, number: int) -> list[str]:
        """Ids of the records on one side that reports still give."""
        return [target.record for target in self.targets if target.side == number and target.record is not None]


_IN_JSON = ("kind", "field", "value", "relation", "overrides")


def store(connection: sa.Connection, decision: Decision) -> None:
    """Add a decision and mark what it touches."""
    about = {name: getattr(decision, name) for name in _IN_JSON}
    row = {name: getattr(decision, name) for name in ("id", "action", "author", "made_at", "reason", "undoes")}
    connection.execute(t.decisions.insert(), row | {"json": dumped(about)})
    rows = [
        {
            "decision_id": decision.id,
            "number": number,
            "side": target.side,
            "report_id": target.reference["report"],
            "record_id": target.record,
            "json": dumped(target.reference),
        }
        for number, target in enumerate(decision.targets)
    ]
    if rows:
        connection.execute(t.decision_targets.insert(), rows)
    touch(connection, [decision.id, *_undone_chain(connection, decision.undoes)])


def _undone_chain(connection: sa.Connection, undone: str | None) -> list[str]:
    """The decision that is undone; when that is itself an undo, also what it had undone, and so on."""
    found: list[str] = []
    while undone is not None and undone not in found:
        found.append(undone)
        undone = connection.execute(sa.select(t.decisions.c.undoes).where(t.decisions.c.id == undone)).scalar()
    return found


def touch(connection: sa.Connection, decisions: Iterable[str]) -> None:
    """Mark the blocks of all records that these decisions are about."""
    blocks: set[str] = set()
    for some in chunks(sorted(set(decisions))):
        query = sa.select(t.records.c.block).join(t.decision_targets, t.decision_targets.c.record_id == t.records.c.id)
        blocks |= set(connection.execute(query.where(t.decision_targets.c.decision_id.in_(some))).scalars())
    mark_blocks(connection, blocks)


def load(connection: sa.Connection, where: sa.ColumnElement[bool] | None = None) -> list[Decision]:
    """Decisions with their targets, by time and id; all of them without a condition."""
    query = sa.select(t.decisions)
    if where is not None:
        query = query.where(where)
    rows = list(connection.execute(query.order_by(t.decisions.c.made_at, t.decisions.c.id)).mappings())
    targets: dict[str, list[Target]] = {}
    of = t.decision_targets
    for some in chunks([row["id"] for row in rows]):
        for row in connection.execute(sa.select(of).where(of.c.decision_id.in_(some)).order_by(of.c.number)):
            target = Target(side=row.side, record=row.record_id, reference=json.loads(row.json))
            targets.setdefault(row.decision_id, []).append(target)
    return [_decision(dict(row), tuple(targets.get(row["id"], ()))) for row in rows]


def _decision(row: dict[str, Any], targets: tuple[Target, ...]) -> Decision:
    about = json.loads(row.pop("json"))
    about["overrides"] = tuple(about["overrides"])
    return Decision(**row, **about, targets=targets)


def about(connection: sa.Connection, records: Sequence[str]) -> list[Decision]:
    """The decisions about any of these report records, undone ones too, by time."""
    of = t.decision_targets
    found: set[str] = set()
    for some in chunks(records):
        found |= set(connection.execute(sa.select(of.c.decision_id).where(of.c.record_id.in_(some))).scalars())
    return [one for some in chunks(sorted(found)) for one in load(connection, t.decisions.c.id.in_(some))]


def undone(connection: sa.Connection) -> dict[str, str]:
    """Decision -> the undo in force that takes it back."""
    query = sa.select(t.decisions.c.id, t.decisions.c.undoes).where(t.decisions.c.undoes.is_not(None))
    found: dict[str, str] = {}
    for id, what in connection.execute(query.order_by(t.decisions.c.made_at.desc(), t.decisions.c.id.desc())):
        if id not in found:  # later undos are known already: only an undo that stands takes something back
            found[str(what)] = id
    return found


def in_force(connection: sa.Connection, records: Sequence[str]) -> list[Decision]:
    """The decisions about these records that nobody took back, by time."""
    decided = about(connection, records)
    if not decided:
        return []
    back = undone(connection)
    decided = [one for one in decided if one.id not in back and one.action != "undo"]
    return sorted(decided, key=lambda one: (one.made_at, one.id))


def target(connection: sa.Connection, record: str, side: int = 0) -> Target:
    """A target on the report record with this id. Raises `BookError` when there is none."""
    query = sa.select(t.records.c.json, t.records.c.kind, t.records.c.report_id, t.reports.c.text)
    row = connection.execute(query.join(t.reports).where(t.records.c.id == record)).one_or_none()
    if row is None:
        raise BookError(f"no record {record!r} in the record book")
    about = reference(row.report_id, row.text, json.loads(row.json), row.kind)
    return Target(side=side, record=record, reference=about)


def reattach(connection: sa.Connection, report: str) -> None:
    """Find the records that decisions on this report are about, after it was read, and mark what that touches."""
    of = t.decision_targets
    rows = list(connection.execute(sa.select(of).where(of.c.report_id == report)))
    if not rows:
        return
    text = connection.execute(sa.select(t.reports.c.text).where(t.reports.c.id == report)).scalar()
    stored = sa.select(t.records.c.kind, t.records.c.json).where(t.records.c.report_id == report)
    known = [(kind, json.loads(one)) for kind, one in connection.execute(stored.order_by(t.records.c.position))]
    for row in rows:
        found = find_again(json.loads(row.json), text, known) if text is not None else None
        here = sa.and_(of.c.decision_id == row.decision_id, of.c.number == row.number)
        connection.execute(of.update().where(here).values(record_id=found))
    touch(connection, {row.decision_id for row in rows})


def touch_report(connection: sa.Connection, report: str) -> None:
    """Mark what the decisions on a report touch, before its records go."""
    of = t.decision_targets
    touch(connection, set(connection.execute(sa.select(of.c.decision_id).where(of.c.report_id == report)).scalars()))
