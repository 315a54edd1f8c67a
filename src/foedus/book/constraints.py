"""What persons decided about which report records are one thing, as rules for grouping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

from foedus.book.decisions import Decision

Pair = frozenset[str]


@dataclass
class Constraints:
    """`units`: records that are one thing; `apart`: pairs that are not; `by`: who said that a record belongs to its unit."""

    units: list[frozenset[str]] = field(default_factory=list)
    apart: set[Pair] = field(default_factory=set)
    by: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Constraints:
        """From decisions in force, by time. Where two contradict each other the later one holds."""
        last: dict[Pair, tuple[int, bool, str]] = {}
        for number, decision in enumerate(decisions):
            for pair, same in pairs_of(decision):
                last[pair] = (number, same, decision.author)
        apart = {pair for pair, (_, same, _) in last.items() if not same}
        found = cls(apart=apart)
        groups: dict[str, frozenset[str]] = {}
        for pair, (_, same, author) in sorted(last.items(), key=lambda one: (-one[1][0], sorted(one[0]))):
            if not same:
                continue
            whole = frozenset().union(*(groups.get(id, frozenset({id})) for id in pair))
            if not any(frozenset(two) in apart for two in combinations(whole, 2)):
                groups |= dict.fromkeys(whole, whole)
                for id in pair:
                    found.by.setdefault(id, author)
        found.units = sorted(set(groups.values()), key=sorted)
        return found


def pairs_of(decision: Decision) -> Iterator[tuple[Pair, bool]]:
    """Pairs of report records with whether the decision makes them one thing; nothing for what is no merge or split."""
    if decision.action not in ("merge", "split"):
        return
    sides: dict[int, list[str]] = {}
    for target in decision.targets:
        if target.record is not None:
            sides.setdefault(target.side, []).append(target.record)
    for one, other in combinations(sorted(sides), 2):
        for a, b in product(sides[one], sides[other]):
            if a != b:
                yield frozenset({a, b}), decision.action == "merge"
    if decision.action == "split":
        for a, b in combinations(dict.fromkeys(sides.get(0, ())), 2):
            yield frozenset({a, b}), True
