"""Blocks: the records of a family that speak for one another, found by comparing a record with its neighbours only.

Two records whose likeness is above 0 are in one block, directly or through others. What joins a group must be like one of
its members, so grouping a block gives what grouping the whole family would. Blocks only grow: a report that goes away
leaves its block as it is until `Book.rebuild`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.blocks import family_of
from foedus.book.edtf import bounds
from foedus.book.items import Item, overlap
from foedus.book.judge import likeness
from foedus.book.merge import give_hints
from foedus.book.rows import chunks, mark_blocks
from foedus.book.subjects import MARK, areas, name_words
from foedus.book.wording import DEED

_REACH = {"agreement": 60, "meeting": 150, "statement": 31, "commitment": 401, "activity": 61}
"""Days between two records of a kind for which `judge` can speak whatever their words; other kinds are one family, one block."""
_AKIN = 1480
"""Days, for agreements about subjects of which one is broader than the other."""
_UNNAMED = 1100
"""Days, where one of two agreements has a name that says nothing."""
_SHARED = 0.5
"""Of the words of the shorter of two statements, at least so many; `judge` asks for more."""
_SOME = 0.2
"""Of the words of the shorter of two undertakings, at least so many."""
_FEW = 40
"""Families: so many are asked for one by one, each for its own days."""
_AREA, _DUE, _SUM = "~", "@", "$"
_SIGNS = {_AREA, _DUE, _SUM, MARK}
"""Before the areas, the years it is due in and the amount of a record, among its words; `MARK` before its subjects."""


class _Row(NamedTuple):
    """What tells the neighbours of a record, without the record."""

    id: str
    report: str
    kind: str
    family: str
    block: str
    first: str | None
    last: str | None
    about: str


def filed_columns(
    report: str, published_on: str | None, records: Sequence[tuple[str, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """`family`, `block`, `first_day`, `last_day`, `about` and `hint` of the records (kind and JSON) of one report."""
    items = [
        Item(
            values["id"], report, kind, position, values, published_on, None, "", block=family_of(kind, values, report)
        )
        for position, (kind, values) in enumerate(records)
    ]
    families: dict[str, list[Item]] = {}
    for item in items:
        families.setdefault(item.block, []).append(item)
    for same in families.values():
        give_hints(same)
    return [_columns(item) for item in items]


def _columns(item: Item) -> dict[str, Any]:
    days = list(filter(None, (item.when, item.published, item.signed if item.kind == "agreement" else None)))
    if item.kind == "activity":
        days += filter(None, (bounds(item.values.get(name)) for name in ("start_on", "end_on")))
    return {
        "family": item.block,
        "block": item.id if item.kind in _REACH or ":@" in item.block else item.block,
        "first_day": min((one[0] for one in days), default=None),
        "last_day": max((one[1] for one in days), default=None),
        "about": " ".join(sorted(_about(item))),
        "hint": item.hint,
    }


def _about(item: Item) -> set[str]:
    """Words that two records which `judge` takes for one have in common, where it asks for any."""
    if item.kind == "meeting":
        return {f"no.{item.values['edition']}"} if item.values.get("edition") is not None else set()
    if item.kind == "agreement":
        return {*item.subject, *(_AREA + one for one in item.areas)}
    if item.kind != "commitment":
        return set(item.said if item.kind == "statement" else item.subject)
    marks = {one for one in name_words(item.values.get("undertaking")) if one.startswith(MARK)}
    found = {one for one in item.said if not one.startswith(DEED)} | marks | {_AREA + one for one in areas(marks)}
    if amount := item.values.get("amount"):
        found.add(f"{_SUM}{amount['amount']}{amount['currency']}")
    if due := bounds(item.values.get("due_on")):
        found |= {f"{_DUE}{year}" for year in range(int(due[0][:4]), min(int(due[1][:4]), int(due[0][:4]) + 50) + 1)}
    return found


def file_blocks(connection: sa.Connection, reports: Sequence[str]) -> None:
    """Put the records of these reports into the blocks of their neighbours, and mark what must be consolidated again."""
    new = [row for some in chunks(reports) for row in _rows(connection, t.records.c.report_id.in_(some))]
    merged = {old: name for old, name in joined(connection, new).items() if old != name}
    moves = [{"old": old, "new": name} for old, name in sorted(merged.items())]
    if moves:
        for table in (t.records, t.consolidated):
            update = table.update().where(table.c.block == sa.bindparam("old"))
            connection.execute(update.values(block=sa.bindparam("new")), moves)
        for some in chunks(sorted(merged)):
            connection.execute(t.stale_blocks.delete().where(t.stale_blocks.c.block.in_(some)))
    mark_blocks(connection, {merged.get(row.block, row.block) for row in new} | set(merged.values()))


def joined(connection: sa.Connection, new: Sequence[_Row]) -> dict[str, str]:
    """Block -> the block that it must become part of, for the blocks of these records and of their neighbours."""
    families: dict[str, list[_Row]] = {}
    for row in new:
        if row.kind in _REACH and not row.family.startswith(f"{row.kind}:@"):
            families.setdefault(row.family, []).append(row)
    known = _families(connection, families)
    blocks = _Blocks()
    pairs = [
        (one, other)
        for family, own in sorted(families.items())
        for one in own
        for other in _near(one, known.get(family, ()))
        if one.block != other.block
    ]
    items = _items(connection, {row.id for pair in pairs for row in pair})
    for one, other in pairs:
        if not blocks.same(one.block, other.block) and likeness(items[one.id], items[other.id]).score > 0:
            blocks.join(one.block, other.block)
    return blocks.names()


def strays(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Pairs of blocks that should be one, for a check: none in a book where nothing waits to be computed."""
    reports = connection.execute(sa.select(t.reports.c.id).order_by(t.reports.c.id)).scalars().all()
    for some in chunks(reports):
        rows = list(_rows(connection, t.records.c.report_id.in_(some)))
        yield from sorted((old, name) for old, name in joined(connection, rows).items() if old != name)


class _Blocks:
    """Names that are joined; the least one is the name of all."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def _top(self, name: str) -> str:
        while (above := self._up.get(name, name)) != name:
            self._up[name] = self._up.get(above, above)
            name = above
        return name

    def same(self, a: str, b: str) -> bool:
        return self._top(a) == self._top(b)

    def join(self, a: str, b: str) -> None:
        low, high = sorted((self._top(a), self._top(b)))
        self._up[high] = self._up[low] = low

    def names(self) -> dict[str, str]:
        return {name: self._top(name) for name in list(self._up)}


def _near(one: _Row, known: Iterable[_Row]) -> Iterator[_Row]:
    """The records of a family that may speak for `one`: of other reports, near enough in time or words."""
    window = _window(one.first, one.last, _REACH[one.kind])
    akin = _window(one.first, one.last, _AKIN), _window(one.first, one.last, _UNNAMED)
    words = _words(one.about)
    for other in known:
        if other.report == one.report:
            continue
        near, also = _within(other, window), _words(other.about)
        if one.kind == "statement":
            fits = near and overlap(words, also) >= _SHARED
        elif one.kind == "commitment":
            common = {word[:1] for word in words & also}
            fits = bool(common - {_DUE}) and (near or _DUE in common or _SUM in common)
        elif one.kind == "agreement":
            fits = near or _alike(other, words, also, *akin)
        else:
            fits = near or (one.kind == "meeting" and not words.isdisjoint(also))
        if fits:
            yield other


def _promised(words: frozenset[str], also: frozenset[str], near: bool) -> bool:
    """Whether two undertakings have so much in common that they may be one: words, a subject, an area or the amount."""
    common = words & also
    if not near and not any(word[:1] == _DUE for word in common):
        return False
    if any(word[:1] in (MARK, _AREA, _SUM) for word in common):
        return True
    same = sum(word[:1] != _DUE for word in common)
    return same > 0 and same >= _SOME * min(sum(word[:1] not in _SIGNS for word in own) for own in (words, also))


def _alike(
    other: _Row, words: frozenset[str], also: frozenset[str], akin: tuple[str, str], unnamed: tuple[str, str]
) -> bool:
    """Whether two agreements that are far apart may be one: by a word, by an area, or as one of them has no name."""
    common = {word[:1] == _AREA for word in words & also}
    if False in common or (common and _within(other, akin)):
        return True
    return not (_named(words) and _named(also)) and _within(other, unnamed)


def _named(words: frozenset[str]) -> bool:
    return any(word[:1] != _AREA for word in words)


def _within(row: _Row, window: tuple[str, str]) -> bool:
    return row.first is None or row.last is None or (row.first <= window[1] and row.last >= window[0])


@lru_cache(maxsize=65536)
def _words(about: str) -> frozenset[str]:
    return frozenset(about.split())


def _window(first: str | None, last: str | None, reach: int) -> tuple[str, str]:
    """First and last day on which a neighbour may be; all days for what has none."""
    if first is None or last is None:
        return "", "9999"
    low = max(1, date.fromisoformat(first).toordinal() - reach)
    high = min(date.max.toordinal(), date.fromisoformat(last).toordinal() + reach)
    return date.fromordinal(low).isoformat(), date.fromordinal(high).isoformat()


def _families(connection: sa.Connection, families: dict[str, list[_Row]]) -> dict[str, list[_Row]]:
    """The records of the families, of those that are many only the ones in reach of the days of `families`."""
    found: dict[str, list[_Row]] = {}
    own = t.records.c
    if len(families) > _FEW:
        for some in chunks(sorted(families)):
            for row in _rows(connection, own.family.in_(some)):
                found.setdefault(row.family, []).append(row)
        return found
    for family, rows in families.items():
        where = own.family == family
        kind = rows[0].kind
        if kind in ("statement", "activity", "meeting"):  # agreements and commitments may be far apart
            windows = [_window(row.first, row.last, _REACH[kind]) for row in rows]
            low, high = min(one[0] for one in windows), max(one[1] for one in windows)
            timely = sa.and_(own.first_day <= high, own.last_day >= low)
            edition = own.about.in_(sorted({row.about for row in rows} - {""})) if kind == "meeting" else sa.false()
            where = sa.and_(where, sa.or_(own.first_day.is_(None), timely, edition))
        found[family] = list(_rows(connection, where))
    return found


def _rows(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Iterator[_Row]:
    own = t.records.c
    columns = (own.id, own.report_id, own.kind, own.family, own.block, own.first_day, own.last_day, own.about)
    return (_Row(*row) for row in connection.execute(sa.select(*columns).where(where)))


def _items(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Item]:
    """What `judge` compares."""
    own = t.records.c
    columns = (own.id, own.report_id, own.kind, own.position, own.json, own.hint)
    query = sa.select(*columns, t.reports.c.published_on).join_from(t.records, t.reports)
    found: dict[str, Item] = {}
    for some in chunks(sorted(ids)):
        for row in connection.execute(query.where(own.id.in_(some))).mappings():
            found[row["id"]] = Item.of(**row, url=None, origin="")
    return found
