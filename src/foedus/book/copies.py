"""Near copies of reports: one wire story in fifty papers, cut, updated, with another headline.

MinHash signatures (rensa) of the whole report and of its beginning are cut into bands, and the bands are rows of the book:
a new report is compared only with those that share a band, in any process, and the pair is judged by its words themselves.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.edtf import bounds, gap
from foedus.book.rows import chunks, mark_blocks

_SOLID = re.compile(r"\w+")
_RUN = 4
"""Words in a shingle."""
_HEAD = 120
"""Words of the beginning that has a signature of its own: a cut copy shares it."""
_ROWS = 4
_BANDS = {"whole": 12, "head": 8}
_SEED = 1995
_SHORTEST = 20
"""Shingles: a shorter report is a copy only when its words are the same."""
_SHARED = 0.6
"""Share of the shorter report's shingles that the other one has."""
_DAYS = 30
"""A copy appears within so many days; next year's communiqué in the same words is none."""


def words_key(text: str) -> str:
    """The same for reports with the same words, whatever their case, blanks and punctuation."""
    words = " ".join(_SOLID.findall(text.casefold()))
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]


@lru_cache(maxsize=512)
def _shingles(text: str) -> frozenset[str]:
    return frozenset(_runs(_SOLID.findall(text.casefold())))


def _runs(words: list[str]) -> list[str]:
    return [" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]


def bands_of(text: str) -> list[int]:
    """The keys under which a report is filed, sorted; [] for a short one."""
    from rensa import RMinHash

    if len(_shingles(text)) < _SHORTEST:
        return []
    head = frozenset(_runs(_SOLID.findall(text.casefold())[:_HEAD]))
    found: set[int] = set()
    for name, shingles in (("whole", _shingles(text)), ("head", head)):
        signature = RMinHash(num_perm=_BANDS[name] * _ROWS, seed=_SEED)
        signature.update(sorted(shingles))
        values = signature.digest()
        for number in range(_BANDS[name]):
            band = struct.pack(f"<{_ROWS}I", *values[number * _ROWS : (number + 1) * _ROWS])
            digest = hashlib.blake2b(band, digest_size=8, salt=f"{name}{number}".encode()).digest()
            found.add(int.from_bytes(digest, "little", signed=True))
    return sorted(found)


def nearness(a: str, b: str) -> tuple[float, str]:
    """How much of the shorter of two reports stands in the other, 0-1, and that in words."""
    one, other = _shingles(a), _shingles(b)
    if min(len(one), len(other)) < _SHORTEST:
        return 0.0, "too short to tell"
    share = len(one & other) / min(len(one), len(other))
    return share, f"{share:.0%} of the shorter report stands word for word in the other"


def file_reports(connection: sa.Connection, reports: Sequence[str]) -> None:
    """File reports under their bands and note their near copies. The pairs that were noted for them before are replaced."""
    about = sa.select(t.reports.c.id, t.reports.c.words, t.reports.c.published_on, t.reports.c.text)
    known = _by_id(connection, about, reports)
    for some in chunks(reports):
        ends = sa.or_(t.near_copies.c.a.in_(some), t.near_copies.c.b.in_(some))
        connection.execute(t.near_copies.delete().where(ends))
    keys = {id: bands_of(row.text) for id, row in known.items()}
    sharing = _sharing(connection, {key for own in keys.values() for key in own})
    fresh: list[dict[str, Any]] = [
        {"key": key, "report_id": id} for id, own in keys.items() for key in own if id not in sharing.get(key, ())
    ]
    for band in fresh:
        sharing.setdefault(band["key"], set()).add(band["report_id"])
    near = {
        tuple(sorted((id, other))) for id, own in keys.items() for key in own for other in sharing[key] if other != id
    }
    known |= _by_id(connection, about, sorted({id for pair in near for id in pair} - known.keys()))
    pairs = [found for a, b in sorted(near) if (found := _pair(known[a], known[b])) is not None]
    for table, rows in ((t.near_copies, pairs), (t.report_bands, fresh)):
        for rows_ in chunks(rows):
            connection.execute(table.insert(), list(rows_))


def _by_id(connection: sa.Connection, query: sa.Select[Any], ids: Sequence[str]) -> dict[str, Any]:
    return {row.id: row for some in chunks(ids) for row in connection.execute(query.where(t.reports.c.id.in_(some)))}


def _sharing(connection: sa.Connection, keys: set[int]) -> dict[int, set[str]]:
    """Band -> the reports that are filed under it."""
    found: dict[int, set[str]] = {}
    for some in chunks(sorted(keys)):
        query = sa.select(t.report_bands.c.key, t.report_bands.c.report_id).where(t.report_bands.c.key.in_(some))
        for key, report in connection.execute(query):
            found.setdefault(key, set()).add(report)
    return found


def _pair(one: Any, other: Any) -> dict[str, Any] | None:
    """The row for two reports that are near copies; None for two that are not, and for two with the same words."""
    apart = gap(bounds(one.published_on), bounds(other.published_on))
    if one.words == other.words or (apart is not None and apart > _DAYS):
        return None
    score, because = nearness(one.text, other.text)
    if score < _SHARED:
        return None
    return {"a": one.id, "b": other.id, "score": round(score, 3), "because": because}


def forget_report(connection: sa.Connection, report: str) -> set[str]:
    """Take a report out of the index; the reports that were its copies."""
    pairs = t.near_copies
    mine = sa.or_(pairs.c.a == report, pairs.c.b == report)
    near = {one for row in connection.execute(sa.select(pairs.c.a, pairs.c.b).where(mine)) for one in row} - {report}
    connection.execute(pairs.delete().where(mine))
    row = connection.execute(
        sa.select(t.reports.c.text, t.reports.c.words).where(t.reports.c.id == report)
    ).one_or_none()
    if row is None:
        return near
    filed = t.report_bands
    connection.execute(filed.delete().where(filed.c.key.in_(bands_of(row.text)), filed.c.report_id == report))
    same = sa.select(t.reports.c.id).where(t.reports.c.words == row.words, t.reports.c.id != report)
    return near | set(connection.execute(same).scalars())


def group_reports(connection: sa.Connection, reports: Iterable[str]) -> None:
    """Give `reports` and all that are copies of copies of theirs one `origin`; mark what that changes."""
    left = _not_alone(connection, sorted(reports))
    while left:
        group = _group(connection, min(left))
        left -= group.keys() | {min(left)}
        origin = min((words for words, _ in group.values()), default="")
        moved = sorted(id for id, (_, old) in group.items() if old != origin)
        for some in chunks(moved):
            connection.execute(t.reports.update().where(t.reports.c.id.in_(some)).values(origin=origin))
            blocks = sa.select(t.records.c.block).where(t.records.c.report_id.in_(some)).distinct()
            mark_blocks(connection, set(connection.execute(blocks).scalars()))


def _not_alone(connection: sa.Connection, reports: Sequence[str]) -> set[str]:
    """Those of `reports` that have a copy, or had one."""
    found: set[str] = set()
    own, pairs = t.reports.c, t.near_copies.c
    other = t.reports.alias()
    for some in chunks(reports):
        twin = sa.exists().where(other.c.words == own.words, other.c.id != own.id)
        query = sa.select(own.id).where(own.id.in_(some), sa.or_(own.origin != own.words, twin))
        ends = (sa.select(end).where(end.in_(some)) for end in (pairs.a, pairs.b))
        found |= set(connection.execute(query.union(*ends)).scalars())
    return found


def _group(connection: sa.Connection, report: str) -> dict[str, tuple[str, str]]:
    """Report -> (words, origin) for a report and everything that is joined to it by pairs or by the same words."""
    found: dict[str, tuple[str, str]] = {}
    about = sa.select(t.reports.c.id, t.reports.c.words, t.reports.c.origin)
    todo = {report}
    while todo:
        some = next(iter(chunks(sorted(todo))))
        todo -= set(some)
        own = sa.select(t.reports.c.words).where(t.reports.c.id.in_(some))
        more = {row.id: (row.words, row.origin) for row in connection.execute(about.where(t.reports.c.words.in_(own)))}
        fresh = sorted(more.keys() - found.keys())
        found |= {id: more[id] for id in fresh}
        todo |= _neighbours(connection, fresh) - found.keys()
    return found


def _neighbours(connection: sa.Connection, reports: Sequence[str]) -> set[str]:
    """The reports that are a near copy of one of these."""
    pairs = t.near_copies.c
    found: set[str] = set()
    for some in chunks(reports):
        query = sa.select(pairs.b).where(pairs.a.in_(some)).union(sa.select(pairs.a).where(pairs.b.in_(some)))
        found |= set(connection.execute(query).scalars())
    return found


def copies_of(connection: sa.Connection, report: str) -> list[dict[str, object]]:
    """``{"report", "score", "because"}`` for each copy of a report, most alike first."""
    own = sa.select(t.reports.c.words).where(t.reports.c.id == report).scalar_subquery()
    same = sa.select(t.reports.c.id).where(t.reports.c.words == own, t.reports.c.id != report)
    found: list[dict[str, object]] = [
        {"report": id, "score": 1.0, "because": "the same words"} for id in connection.execute(same).scalars()
    ]
    pairs = t.near_copies
    mine = sa.or_(pairs.c.a == report, pairs.c.b == report)
    for row in connection.execute(sa.select(pairs).where(mine)):
        found.append({"report": row.b if row.a == report else row.a, "score": row.score, "because": row.because})
    return sorted(found, key=lambda one: (-float(str(one["score"])), str(one["report"])))
