"""Links between consolidated records: an agreement succeeds another one, a record follows a commitment up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.book import proposals
from foedus.book import schema as t
from foedus.book.blocks import family_of
from foedus.book.decisions import in_force
from foedus.book.edtf import bounds
from foedus.book.follow import KINDS, SHARE, STRONG, Thing, follows, kind_words, stems_of, time_after, time_before
from foedus.book.merge import Merged
from foedus.book.rows import chunks, dumped
from foedus.book.succession import successions

MACHINE = "foedus"
"""`by` of a link that no person made."""


def stem_rows(merged: Merged) -> Iterator[dict[str, Any]]:
    """The rows of `follow_stems` for a consolidated record."""
    if merged.kind not in KINDS or merged.record.get("review") == "rejected":
        return
    stems = stems_of(merged.record)
    for party in sorted(Thing(merged.record).parties):
        for stem in stems:
            row = {"party": party, "stem": stem, "kind": merged.kind, "size": len(stems)}
            yield row | {"consolidated_id": merged.id}


def refresh(connection: sa.Connection, gone: dict[str, str], made: Sequence[Merged], decided: bool) -> None:
    """Find the links of the consolidated records `made`, and what succeeds what in their families and in those of `gone`.

    `decided`: whether the book has decisions.
    """
    fresh = {merged.id for merged in made}
    lost = sorted({*gone, *fresh})
    stake = proposals.at_stake(connection, lost)
    for some in chunks(lost):
        connection.execute(t.links.delete().where(sa.or_(t.links.c.from_id.in_(some), t.links.c.to_id.in_(some))))
    things = {one.id: Thing(one.record) for one in made if one.record.get("review") != "rejected"}
    families = {*gone.values(), *(family_of(one.kind, one.record, one.id) for one in made)}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    agreements = _agreements(connection, sorted(one for one in families if one.startswith("agreement:")))
    for row in [*_succeeding(connection, agreements), *_following(connection, things)]:
        found[row["from_id"], row["to_id"], row["relation"]] = row
    again = proposals.worse_off(stake, found)
    for some in chunks(again):
        connection.execute(t.links.delete().where(t.links.c.relation != "succeeds", t.links.c.to_id.in_(some)))
    known = {thing.record["id"]: thing for thing in _things(connection, again)}
    for row in _related(connection, things | known, set(_near(connection, list(known.values()), KINDS))):
        found[row["from_id"], row["to_id"], row["relation"]] = row
    if decided:
        renewed = {str(one["id"]) for same in agreements for one in same}
        _decide(connection, sorted({*fresh, *renewed, *again}), fresh, set(again), found)
    proposals.keep_best(connection, found)
    _show(connection, found.values())
    for rows in chunks([found[key] for key in sorted(found)]):
        connection.execute(t.links.insert(), list(rows))


def _things(connection: sa.Connection, ids: Sequence[str]) -> Iterator[Thing]:
    for some in chunks(ids):
        own = t.consolidated.c
        for row in connection.execute(sa.select(own.json, own.stems).where(own.id.in_(some), own.rejected == 0)):
            yield Thing.known(msgspec.json.decode(row.json), row.stems)


def _row(later: Thing, to: str, relation: str, score: float, because: str) -> dict[str, Any]:
    """A row for `links`; its evidence is the source, for `_show` to say where its words stand."""
    source = later.record["sources"][0]
    return {
        "from_id": later.record["id"],
        "to_id": to,
        "relation": relation,
        "score": score,
        "because": because,
        "confirmed": int(score >= STRONG),
        "by": MACHINE,
        "on_day": later.on,
        "evidence": {"report": source["report"], "record": source["record"]},
    }


class _Shown(msgspec.Struct):
    evidence: dict[str, list[list[int]]] = {}


def _show(connection: sa.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Put the places of its words into the evidence of each row."""
    rows = list(rows)
    spans: dict[str, list[list[int]]] = {}
    own = t.records.c
    for some in chunks(sorted({row["evidence"]["record"] for row in rows})):
        for id, text in connection.execute(sa.select(own.id, own.json).where(own.id.in_(some))):
            spans[id] = msgspec.json.decode(text, type=_Shown).evidence.get("record", [])
    for row in rows:
        row["evidence"] = dumped([row["evidence"] | {"spans": spans.get(row["evidence"]["record"], [])}])


def _agreements(connection: sa.Connection, families: Sequence[str]) -> list[list[dict[str, Any]]]:
    """The agreements of each family. What succeeds what among them is found anew: those links are dropped."""
    found: dict[str, list[dict[str, Any]]] = {}
    own = t.consolidated.c
    for some in chunks(families):
        query = sa.select(own.family, own.json).where(own.family.in_(some), own.rejected == 0)
        for family, text in connection.execute(query):
            found.setdefault(family, []).append(msgspec.json.decode(text))
    for ids in chunks(sorted(str(one["id"]) for same in found.values() for one in same)):
        mine = sa.and_(t.links.c.relation == "succeeds", t.links.c.from_id.in_(ids))
        connection.execute(t.links.delete().where(mine))
    return [found[family] for family in sorted(found)]


def _succeeding(connection: sa.Connection, agreements: Sequence[Sequence[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for same in agreements:
        known = {str(one["id"]): one for one in same}
        for later, earlier, score, because in successions(same):
            yield _row(Thing(known[later]), earlier, "succeeds", score, because)


def _following(connection: sa.Connection, things: dict[str, Thing]) -> Iterator[dict[str, Any]]:
    """Links between commitments and later records where one of the two is among `things`."""
    here = [thing for thing in things.values() if thing.kind in KINDS]
    promised = [thing for thing in here if thing.kind == "commitment"]
    pairs = set(_near(connection, promised, KINDS))
    pairs |= {(earlier, later) for later, earlier in _near(connection, here, ("commitment",))}
    return _related(connection, things, pairs)


def _related(
    connection: sa.Connection, things: dict[str, Thing], pairs: AbstractSet[tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    """Links of those pairs of a commitment and a later record where the one follows the other up; `things`: known ones."""
    ids = sorted({id for pair in pairs for id in pair} - things.keys())
    known = things | {thing.record["id"]: thing for thing in _things(connection, ids)}
    for one, other in sorted(pairs):
        if one not in known or other not in known or known[one].stems.isdisjoint(known[other].stems):
            continue
        if found := follows(known[one], known[other]):
            yield _row(known[other], one, found.relation, found.score, found.because)


def _sharing() -> sa.Select[Any]:
    """Records of some kinds and days that have one of some parties and of some stems: id, kind, size, how many stems."""
    own, days = t.follow_stems.c, t.consolidated.c
    query = sa.select(own.consolidated_id, own.kind, own.size, sa.func.count(own.stem.distinct()).label("common"))
    for column, name in ((own.party, "parties"), (own.stem, "stems"), (own.kind, "kinds")):
        query = query.where(column.in_(sa.bindparam(name, expanding=True)))
    # the exact condition, of the words that every record of its kind has too, is `_near`'s
    shared = sa.func.count(own.stem.distinct()) + sa.bindparam("more")
    few = sa.case((own.size < sa.bindparam("mine"), own.size), else_=sa.bindparam("mine"))
    query = query.having(SHARE * few <= shared, sa.or_(shared > 1, few <= 2))
    some = query.group_by(own.consolidated_id, own.kind, own.size).subquery()
    timely = sa.and_(days.first_day <= sa.bindparam("until"), days.last_day >= sa.bindparam("since"))
    return (
        sa.select(some).join(t.consolidated, days.id == some.c.consolidated_id).where(days.first_day.is_(None) | timely)
    )


_SHARING = _sharing()


def _near(connection: sa.Connection, things: Sequence[Thing], kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of ids: one of `things`, and a record of these kinds and their time that shares a party and words with it."""
    for thing in things:
        promise = kinds == KINDS
        days = time_after(thing) if promise else time_before(thing)
        if days is None or not thing.stems:
            continue
        since, until = days
        stems = sorted(thing.stems | kind_words(thing.kind))
        asked: dict[str, Any] = {
            "parties": sorted(thing.parties),
            "stems": stems,
            "kinds": list(kinds),
            "since": since,
            "until": until,
        }
        asked["mine"] = len(thing.stems)
        asked["more"] = max(len(thing.stems & kind_words(kind)) for kind in kinds) if promise else 0
        for id, kind, size, common in connection.execute(_SHARING, asked):
            shared = common + len(thing.stems & kind_words(kind)) if promise else common
            few = min(size, len(thing.stems))
            enough = (shared > 1 or few <= 2) and SHARE * few <= shared
            if enough and id != thing.record["id"]:
                yield thing.record["id"], id


def _decide(
    connection: sa.Connection,
    ids: Sequence[str],
    fresh: set[str],
    again: set[str],
    found: dict[tuple[str, str, str], dict[str, Any]],
) -> None:
    """Put in what persons linked, take out what they unlinked; the later decision holds.

    Successions of `ids` are decided on, other links only where one end is `fresh` or what they lead to is `again`.
    """
    members = sa.select(t.records.c.id, t.records.c.canonical_id)
    of: dict[str, str] = {}
    for some in chunks(ids):
        of |= {row[0]: row[1] for row in connection.execute(members.where(t.records.c.canonical_id.in_(some)))}
    for decision in in_force(connection, sorted(of)):
        if decision.action not in ("link", "unlink"):
            continue
        ends = [_canonical(connection, decision.side(side)[:1]) for side in (0, 1)]
        if None in ends or ends[0] == ends[1]:
            continue
        key = str(ends[0]), str(ends[1]), str(decision.relation)
        if decision.relation != "succeeds" and not fresh & set(key[:2]) and key[1] not in again:
            continue
        if decision.action == "unlink":
            found.pop(key, None)
            continue
        later = next(_things(connection, key[:1]), None)
        if later is None:
            continue
        row = found.get(key) or _row(later, key[1], key[2], 1.0, decision.reason or "linked by a person")
        for other in [other for other in found if other[:2] == key[:2]]:
            found.pop(other)  # a person's word for how the two belong together replaces the machine's
        found[key] = row | {"confirmed": 1, "by": decision.author}


def _canonical(connection: sa.Connection, record: list[str]) -> str | None:
    query = sa.select(t.records.c.canonical_id).where(t.records.c.id.in_(record))
    return connection.execute(query).scalar()


def attach(connection: sa.Connection, records: Iterable[dict[str, Any]], proposals: bool = True) -> None:
    """Put the links into agreements (`succeeds_id`, `succeeded_by_id`) and commitments (`follow_up`).

    Without `proposals` only those that count: of a promise in common words there may be hundreds that do not.
    """
    records = list(records)
    agreements = {one["id"]: one for one in records if one["record_kind"] == "agreement"}
    promises = {one["id"]: one for one in records if one["record_kind"] == "commitment"}
    for one in agreements.values():
        one.update(dict.fromkeys(_ENDS))
    for link in _successions(connection, agreements):
        later, earlier = agreements.get(link.from_id), agreements.get(link.to_id)
        if later is not None:
            later["succeeds_id"] = later["succeeds_id"] or link.to_id
        if earlier is not None:
            earlier["succeeded_by_id"] = earlier["succeeded_by_id"] or link.from_id
    for one in promises.values():
        one["follow_up"] = []
    own = _LINKS.where(t.links.c.relation != "succeeds")
    if not proposals:
        own = own.where(t.links.c.confirmed == 1)
    for some in chunks(sorted(promises)):
        rows = connection.execute(own.where(t.links.c.to_id.in_(some))).all()
        for row in sorted(rows, key=_by_day):
            promises[row.to_id]["follow_up"].append(_followed_by(row))


def _successions(connection: sa.Connection, agreements: Iterable[str]) -> list[Any]:
    """The confirmed successions from or to these agreements, by day, then ends."""
    own = t.links.c
    query = sa.select(*_ENDS_OF).where(own.relation == "succeeds", own.confirmed == 1)
    found = {
        (row.from_id, row.to_id): row
        for some in chunks(sorted(agreements))
        for end in (own.from_id, own.to_id)
        for row in connection.execute(query.where(end.in_(some)))
    }
    return sorted(found.values(), key=_by_day)


_ENDS = ("succeeds_id", "succeeded_by_id")


def read(
    connection: sa.Connection, ids: Sequence[str] | None = None, relation: str | None = None
) -> list[dict[str, Any]]:
    """Links from or to these records (all without), by day, then ends: `from to relation score because confirmed by on …`."""
    own = _LINKS if relation is None else _LINKS.where(t.links.c.relation == relation)
    found: dict[tuple[str, str, str], Any] = {}
    for some in [None] if ids is None else chunks(ids):
        query = own if some is None else own.where(sa.or_(t.links.c.from_id.in_(some), t.links.c.to_id.in_(some)))
        found |= {(row.from_id, row.to_id, row.relation): row for row in connection.execute(query)}
    return [_shown(row) for row in sorted(found.values(), key=_by_day)]


_ENDS_OF = (t.links.c.from_id, t.links.c.to_id, t.links.c.relation, t.links.c.on_day)
_LINKS = sa.select(
    *_ENDS_OF,
    t.consolidated.c.kind,
    t.links.c.score,
    t.links.c.because,
    t.links.c.confirmed,
    t.links.c.by,
    t.links.c.evidence,
).join(t.consolidated, t.consolidated.c.id == t.links.c.from_id)
_UNDATED = ("9",)


def _by_day(row: Any) -> tuple[str, str, str, str]:
    from_id, to_id, relation, on_day = row[:4]
    return ((bounds(on_day) or _UNDATED)[0], from_id, to_id, relation)


def _shown(row: Any) -> dict[str, Any]:
    from_id, to_id, relation, on, kind, score, because, confirmed, by, evidence = row
    return {
        "from": from_id,
        "to": to_id,
        "relation": relation,
        "kind": kind,
        "score": score,
        "because": because,
        "confirmed": bool(confirmed),
        "by": by,
        "on": on,
        "evidence": msgspec.json.decode(evidence),
    }


def _followed_by(row: Any) -> dict[str, Any]:
    """The same as a commitment shows it."""
    from_id, _, relation, on, kind, score, because, confirmed, by, evidence = row
    return {
        "record": from_id,
        "kind": kind,
        "relation": relation,
        "confirmed": bool(confirmed),
        "score": score,
        "because": because,
        "by": by,
        "on": on,
        "evidence": msgspec.json.decode(evidence),
    }
