"""Of the follow-up that counts only once a person confirms it, a commitment keeps the best: a promise in common words would have hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.rows import chunks

MOST = 12
"""Proposals of one commitment at most, the best by score, then by id; what counts without a person's word is never left out."""

_PROPOSED = sa.and_(t.links.c.confirmed == 0, t.links.c.relation != "succeeds")
Key = tuple[str, str, str]
"""From, to, relation of a link."""


def at_stake(connection: sa.Connection, gone: Sequence[str]) -> dict[str, dict[Key, float]]:
    """Commitments not among `gone` that have as many proposals as are kept, with those (and their scores) that go with `gone`."""
    own = t.links.c
    losing: dict[str, dict[Key, float]] = {}
    for some in chunks(gone):
        query = sa.select(own.from_id, own.to_id, own.relation, own.score).where(_PROPOSED, own.from_id.in_(some))
        for from_id, to_id, relation, score in connection.execute(query):
            losing.setdefault(to_id, {})[from_id, to_id, relation] = score
    found: dict[str, dict[Key, float]] = {}
    for some in chunks(sorted(losing.keys() - set(gone))):
        full = sa.select(own.to_id).where(_PROPOSED, own.to_id.in_(some)).group_by(own.to_id)
        for one in connection.execute(full.having(sa.func.count() >= MOST)).scalars():
            found[one] = losing[one]
    return found


def worse_off(stake: dict[str, dict[Key, float]], found: dict[Key, dict[str, Any]]) -> list[str]:
    """The commitments that do not get back as good a proposal for each that went: one that was left out may be better. Sorted."""
    return sorted(
        one
        for one, lost in stake.items()
        if any(key not in found or found[key]["score"] < score for key, score in lost.items())
    )


def keep_best(connection: sa.Connection, found: dict[Key, dict[str, Any]]) -> None:
    """Take all but the best proposals of each commitment out of `found`, the rows to be written, and out of the book."""
    own = t.links.c
    ranked: dict[str, list[tuple[float, Key]]] = {}
    for key, row in found.items():
        if not row["confirmed"] and row["relation"] != "succeeds":
            ranked.setdefault(key[1], []).append((-row["score"], key))
    for some in chunks(sorted(ranked)):
        stored = sa.select(own.from_id, own.to_id, own.relation, own.score).where(_PROPOSED, own.to_id.in_(some))
        for from_id, to_id, relation, score in connection.execute(stored):
            ranked[to_id].append((-score, (from_id, to_id, relation)))
    left_out = [key for every in ranked.values() for _, key in sorted(every)[MOST:]]
    stored_keys = [key for key in left_out if found.pop(key, None) is None]
    for one in stored_keys:
        same = zip((own.from_id, own.to_id, own.relation), one, strict=True)
        connection.execute(t.links.delete().where(*(column == value for column, value in same)))
