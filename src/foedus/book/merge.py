"""Records of one block -> one consolidated record for each thing, the same whatever was read first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from foedus.book.constraints import Constraints
from foedus.book.decisions import Decision
from foedus.book.edtf import gap
from foedus.book.items import WHEN, Item, few_days, parties_of
from foedus.book.judge import likeness
from foedus.book.prefer import chosen_values
from foedus.book.rulings import Rulings
from foedus.book.stages import stages_of
from foedus.book.verdict import Verdict

_NEAR = 45
"""Days: statements and events that are further apart are no one thing."""
_SURE = 0.5
_NAMED = 0.3
"""What fits one member so well may have another name than a second one: a thing has several."""
_NEARLY = 0.03
"""Two groups whose scores are so near are equally near."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Merged:
    """A consolidated record: `id` is that of its first member by publication, `members` all of them, `parties` its index."""

    id: str
    kind: str
    record: dict[str, Any]
    members: list[str] = field(default_factory=list)
    parties: tuple[str, ...] = ()
    block: str = ""


@dataclass
class Group:
    """Items that are one thing; why each joined (nothing for those it began with)."""

    items: list[Item]
    why: dict[str, Verdict] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether a person joined some of it."""
        return any(verdict.because.startswith("merged by") for verdict in self.why.values())


def consolidate_items(items: list[Item], decisions: Sequence[Decision] = ()) -> list[Merged]:
    """Every consolidated record of the items of one family; [] for no items."""
    give_hints(items)
    return consolidate_block(items, decisions)


def consolidate_block(items: list[Item], decisions: Sequence[Decision] = ()) -> list[Merged]:
    """Every consolidated record of the items of one block, or of blocks that decisions join; their hints are known."""
    groups = grouped(items, Constraints.of(decisions))
    for group in groups:
        group.items.sort(key=lambda item: item.order)
    return [_merged(group, decisions) for group in sorted(groups, key=lambda group: group.items[0].order)]


def give_hints(items: list[Item]) -> None:
    """ "It follows the one concluded in 2015": the year by which one record of a report names the other, nameless one."""
    reports: dict[str, list[Item]] = {}
    for item in items:
        if item.kind == "agreement":
            reports.setdefault(item.report, []).append(item)
    for same in reports.values():
        years = {year for item in same for year in _YEAR.findall(item.values.get("succeeds") or "")}
        nameless = [item for item in same if not item.subject and not item.values.get("succeeds") and item.when is None]
        if len(years) == 1 and len(nameless) == 1:
            nameless[0].hint = years.pop()
            vars(nameless[0]).pop("when", None)


def grouped(items: list[Item], constraints: Constraints | None = None) -> list[Group]:
    """Items that are one thing together. The surest dates come first, and an item joins the group that it is most like.

    It joins none that it contradicts in any member, and none when two groups are equally near. What persons joined comes
    as one, and what they parted never meets.
    """
    constraints = constraints or Constraints()
    groups: list[Group] = []
    for unit in _units(items, constraints):
        fits = [(_fit(unit, group, constraints), number) for number, group in enumerate(groups)]
        fits = sorted((one for one in fits if one[0].score > 0), key=lambda one: (-one[0].score, one[1]))
        tied = len(fits) > 1 and fits[0][0].score - fits[1][0].score < _NEARLY
        if fits and not (tied and fits[0][0].score < _SURE):
            best, best_group = fits[0][0], groups[fits[0][1]]
            best_group.items += unit.items
            best_group.why |= (
                dict.fromkeys((item.id for item in unit.items if item.id not in unit.why), best) | unit.why
            )
        else:
            groups.append(unit)
    return groups


def _units(items: list[Item], constraints: Constraints) -> list[Group]:
    """What is compared: single items, and those that a person joined as one; surest dates first."""
    known = {item.id: item for item in items}
    units = []
    for ids in constraints.units:
        if members := sorted((known.pop(id) for id in ids if id in known), key=_surest_first):
            why = {item.id: Verdict(1.0, f"merged by {constraints.by[item.id]}") for item in members}
            units.append(Group(members, why if len(members) > 1 else {}))
    units += [Group([item]) for item in known.values()]
    return sorted(units, key=lambda unit: _surest_first(unit.items[0]))


def _surest_first(item: Item) -> tuple[bool, bool, str, bool, tuple[str, str, int, str]]:
    when = item.signed if item.kind == "agreement" else item.when
    exact = when is not None and few_days(when)
    nameless = item.kind == "agreement" and not item.subject
    return (not exact, when is None, when[0] if when else "", nameless, item.order)


def _fit(unit: Group, group: Group, constraints: Constraints) -> Verdict:
    first = group.items[0]
    if first.kind in {"statement", "event"} and not (unit.settled or group.settled):
        own = unit.items[0]
        away = gap(own.when or own.published, first.when or first.published)
        if away is not None and away > _NEAR:
            return Verdict(0.0, "too far apart in time")
    best, worst = Verdict(0.0, ""), Verdict(0.0, "")
    for item in unit.items:
        for member in group.items:
            if constraints.apart and frozenset({item.id, member.id}) in constraints.apart:
                return Verdict(0.0, "parted by a person")
            verdict = likeness(item, member)
            best, worst = max(best, verdict), min(worst, verdict)
    # a group that a person made may hold members that contradict each other: one that fits surely is enough then
    enough = _SURE if unit.settled or group.settled else _NAMED if worst.score > -1 else 2.0
    if worst.score < 0 and best.score < enough:
        return worst._replace(score=0.0)
    return best


def _merged(group: Group, decisions: Sequence[Decision]) -> Merged:
    items = group.items
    head = items[0]
    rulings = Rulings.of(decisions, {item.id for item in items})
    record, conflicts = chosen_values(items, rulings)
    record = {"id": head.id, "record_kind": head.kind, **record}
    for name in (*WHEN[head.kind], *(("published_on",) if _is_of_its_report(head.kind, record) else ())):
        value = record.get(name) or (head.published_on if name == "published_on" else None)
        if value:
            record |= {"when": value, "when_from": name}
            break
    record["confidence"] = max(item.values.get("confidence", 0.0) for item in items)
    record["sources"] = [_source(item, group.why.get(item.id)) for item in items]
    record["conflicts"] = conflicts
    if head.kind == "agreement":
        record["stages"] = stages_of(items, record)
    if rulings.review:
        record["review"] = rulings.review
    record["decisions"] = rulings.listed
    members = [item.id for item in items]
    return Merged(head.id, head.kind, record, members, parties_of(head.kind, record), head.block)


def _is_of_its_report(kind: str, record: dict[str, Any]) -> bool:
    """Whether a record without a day stands at that of its first report: what is said then, and what was done by then."""
    done = kind in {"meeting", "activity"} and record.get("status") in _DONE
    return done or kind in {"statement", "commitment"}


_DONE = {"held", "ongoing"}


def _source(item: Item, why: Verdict | None) -> dict[str, Any]:
    return {
        "report": item.report,
        "record": item.id,
        "url": item.url,
        "published_on": item.published_on,
        "origin": item.origin,
        "standing": item.standing,
        "score": why.score if why else None,
        "because": why.because if why else None,
    }
