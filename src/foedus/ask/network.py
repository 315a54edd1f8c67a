"""Who agrees (or meets, or acts) with whom on what, over a window of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import msgspec

from foedus.ask.dates import checked_date, codes_of
from foedus.ask.parties import party_name
from foedus.book.edtf import bounds
from foedus.book.items import parties_of
from foedus.book.store import Book
from foedus.errors import AskError
from foedus.record import KINDS

_NO_BOND = {"proposed", "negotiating", "rejected"}
"""Stages of an agreement that nobody agreed to yet."""
_NOT_HELD = {"cancelled", "proposed"}
MOST = 12
"""Parties: a record with more says little about any two of them."""


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """Two parties and the records that join them: how many, on what (domain or kind → number), first and last year, ids."""

    a: str
    b: str
    count: int
    on: dict[str, int]
    first: str | None
    last: str | None
    ids: tuple[str, ...]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A party: with how many others it is joined, by how many records."""

    party: str
    name: str
    partners: int
    records: int


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes and edges, most records first. `left_out`: records with more than `most` parties, which join nobody here."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: tuple[str, ...]


@dataclass
class _Bond:
    records: dict[str, dict[str, Any]] = field(default_factory=dict)


def network(
    book: Book,
    *parties: str,
    since: str | None = None,
    until: str | None = None,
    kinds: Iterable[str] = ("agreement",),
    domain: str | None = None,
    most: int = MOST,
) -> Network:
    """Every pair of parties that a record of `kinds` joins within the window, with all `parties` in it; by count.

    Agreements count once agreed: not those proposed, negotiated or rejected. Records of more than `most` parties join
    nobody and are named in `left_out`. Undated records count only where neither `since` nor `until` is given.
    Raises `AskError`.
    """
    wanted = list(dict.fromkeys(kinds))
    if wrong := set(wanted) - set(KINDS):
        raise AskError(f"unknown kind {sorted(wrong)[0]!r}: one of {', '.join(KINDS)}")
    codes, since, until = codes_of(book, parties), checked_date(since), checked_date(until)
    bonds: dict[tuple[str, str], _Bond] = {}
    left_out: list[str] = []
    for kind in wanted:
        for record in book.records(kind, party=codes, since=since, until=until, domain=domain):
            joined = parties_of(kind, record)
            if not _counts(record):
                continue
            if len(joined) > most:
                left_out.append(record["id"])
                continue
            for pair in combinations(joined, 2):
                bonds.setdefault(pair, _Bond()).records[record["id"]] = record
    edges = sorted((_edge(pair, bond) for pair, bond in bonds.items()), key=lambda one: (-one.count, one.a, one.b))
    return Network(nodes=tuple(_nodes(bonds)), edges=tuple(edges), left_out=tuple(left_out))


def _counts(record: dict[str, Any]) -> bool:
    if record["record_kind"] == "event":
        return str(record.get("modality", "actual")) == "actual"
    return record.get("stage") not in _NO_BOND and record.get("status") not in _NOT_HELD


def _edge(pair: tuple[str, str], bond: _Bond) -> Edge:
    records = list(bond.records.values())
    about: Counter[str] = Counter(one for record in records for one in _about(record))
    years = sorted(days[0][:4] for record in records if (days := bounds(record.get("when"))))
    return Edge(
        a=pair[0],
        b=pair[1],
        count=len(records),
        on=dict(sorted(about.items(), key=lambda item: (-item[1], item[0]))),
        first=years[0] if years else None,
        last=years[-1] if years else None,
        ids=tuple(record["id"] for record in records),
    )


def _about(record: dict[str, Any]) -> list[str]:
    kind = record["record_kind"]
    if kind == "agreement":
        return record.get("domains") or ["general"]
    if kind == "activity":
        return [record.get("kind") or "activity"]
    return [record.get("type") or kind] if kind == "event" else [kind]


def _nodes(bonds: dict[tuple[str, str], _Bond]) -> list[Node]:
    partners: dict[str, set[str]] = {}
    records: dict[str, set[str]] = {}
    for (a, b), bond in bonds.items():
        for one, other in ((a, b), (b, a)):
            partners.setdefault(one, set()).add(other)
            records.setdefault(one, set()).update(bond.records)
    nodes = [Node(party=p, name=party_name(p), partners=len(partners[p]), records=len(records[p])) for p in partners]
    return sorted(nodes, key=lambda one: (-one.records, one.party))
