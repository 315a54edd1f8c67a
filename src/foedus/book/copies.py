"""Near copies of reports: one wire story in fifty papers, cut, updated, with another headline.

MinHash signatures (rensa) of the whole report and of its beginning are cut into bands, and the bands are rows of the book:
a new report is compared only with those that share a band, in any process, and the pair is judged by its words themselves.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable
from functools import lru_cache

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


@lru_cache(maxsize=64)
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


def file_report(connection: sa.Connection, report: str) -> None:
    """File a report under its bands and note its near copies. What was noted about it before is replaced."""
    about = (t.reports.c.id, t.reports.c.words, t.reports.c.published_on, t.reports.c.text)
    row = connection.execute(sa.select(*about).where(t.reports.c.id == report)).one_or_none()
    forget_report(connection, report)
    if row is None:
        return
    keys = bands_of(row.text)
    if not keys:
        return
    shared = sa.select(t.report_bands.c.report_id).where(t.report_bands.c.key.in_(keys))
    near = sa.select(*about).where(t.reports.c.id.in_(shared), t.reports.c.words != row.words)
    pairs = []
    for other in connection.execute(near.order_by(t.reports.c.id)):
        apart = gap(bounds(row.published_on), bounds(other.published_on))
        if apart is not None and apart > _DAYS:
            continue
        score, because = nearness(row.text, other.text)
        if score >= _SHARED:
            a, b = sorted((report, other.id))
            pairs.append({"a": a, "b": b, "score": round(score, 3), "because": because})
    if pairs:
        connection.execute(t.near_copies.insert(), pairs)
    connection.execute(t.report_bands.insert(), [{"key": key, "report_id": report} for key in keys])


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
    left = set(reports)
    while left:
        group = _group(connection, min(left))
        left -= group.keys() | {min(left)}
        origin = min((words for words, _ in group.values()), default="")
        moved = sorted(id for id, (_, old) in group.items() if old != origin)
        for some in chunks(moved):
            connection.execute(t.reports.update().where(t.reports.c.id.in_(some)).values(origin=origin))
            blocks = sa.select(t.records.c.block).where(t.records.c.report_id.in_(some)).distinct()
            mark_blocks(connection, set(connection.execute(blocks).scalars()))


def _group(connection: sa.Connection, report: str) -> dict[str, tuple[str, str]]:
    """Report -> (words, origin) for a report and everything that is joined to it by pairs or by the same words."""
    found: dict[str, tuple[str, str]] = {}
    about = sa.select(t.reports.c.id, t.reports.c.words, t.reports.c.origin)
    todo = {report}
    while todo:
        some = next(iter(chunks(sorted(todo))))
        todo -= set(some)
        own = sa.select(t.reports.c.words).where(t.reports.c.id.in_(some))
        for id, words, origin in connection.execute(about.where(t.reports.c.words.in_(own))):
            if id not in found:
                found[id] = (words, origin)
                todo |= _neighbours(connection, id) - found.keys()
    return found


def _neighbours(connection: sa.Connection, report: str) -> set[str]:
    pairs = t.near_copies
    query = sa.select(pairs.c.b).where(pairs.c.a == report).union(sa.select(pairs.c.a).where(pairs.c.b == report))
    return set(connection.execute(query).scalars())


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
