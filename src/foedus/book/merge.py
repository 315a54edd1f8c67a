"""Records of one block -> one consolidated record for each thing, the same whatever was read first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from foedus.book.edtf import bounds, gap
from foedus.book.items import WHEN, Item, content, overlap, parties_of
from foedus.book.judge import likeness
from foedus.book.prefer import chosen_values
from foedus.book.stages import stages_of

_NEAR = 45
"""Days: statements and events that are further apart are not compared, so that large blocks stay cheap."""


@dataclass
class Merged:
    """A consolidated record: `id` is that of its first member by publication, `members` all of them, `parties` its index."""

    id: str
    kind: str
    record: dict[str, Any]
    members: list[str] = field(default_factory=list)
    parties: tuple[str, ...] = ()


def consolidate_block(items: list[Item]) -> list[Merged]:
    """Every consolidated record of one block; [] for no items."""
    groups = [sorted(group, key=lambda item: item.order) for group in grouped(items)]
    merged = [_merged(group) for group in sorted(groups, key=lambda group: group[0].order)]
    if items and items[0].kind == "agreement":
        _link(merged)
    return merged


def grouped(items: list[Item]) -> list[list[Item]]:
    """Items that are one thing together. The surest dates come first, and an item joins the group that it is most like.

    It joins none that it contradicts in any member, and none when two groups are equally near.
    """
    groups: list[list[Item]] = []
    for item in sorted(items, key=_surest_first):
        best: tuple[float, int] = (0.0, -1)
        tied = False
        for number, group in enumerate(groups):
            score = _fit(item, group)
            if score > best[0]:
                best, tied = (score, number), False
            elif score == best[0] and score > 0:
                tied = True
        if best[1] >= 0 and not (tied and best[0] < 0.5):
            groups[best[1]].append(item)
        else:
            groups.append([item])
    return groups


def _surest_first(item: Item) -> tuple[bool, bool, str, tuple[str, str, int, str]]:
    return (not item.day, item.when is None, item.when[0] if item.when else "", item.order)


def _fit(item: Item, group: list[Item]) -> float:
    if item.kind in {"statement", "event"}:
        first = group[0]
        away = gap(item.when or item.published, first.when or first.published)
        if away is not None and away > _NEAR:
            return 0.0
    best = 0.0
    for member in group:
        score = likeness(item, member)
        if score < 0:
            return 0.0
        best = max(best, score)
    return best


def _merged(group: list[Item]) -> Merged:
    head = group[0]
    record, conflicts = chosen_values(group)
    record = {"id": head.id, "record_kind": head.kind, **record}
    for name in (*WHEN[head.kind], *(("published_on",) if head.kind in {"statement", "commitment"} else ())):
        value = record.get(name) or (head.published_on if name == "published_on" else None)
        if value:
            record |= {"when": value, "when_from": name}
            break
    record["confidence"] = max(item.values.get("confidence", 0.0) for item in group)
    record["sources"] = [
        {"report": i.report, "record": i.id, "url": i.url, "published_on": i.published_on, "origin": i.origin}
        for i in group
    ]
    record["conflicts"] = conflicts
    if head.kind == "agreement":
        record |= {"stages": stages_of(group), "succeeds_id": None, "succeeded_by_id": None}
    elif head.kind == "commitment":
        record |= {"state": "open", "follow_up": []}
    record["decisions"] = []
    return Merged(head.id, head.kind, record, [item.id for item in group], parties_of(head.kind, record))


def _link(merged: list[Merged]) -> None:
    """Fill `succeeds_id`, `succeeded_by_id` where a record names the year or the title of an earlier one of its block."""
    for later in merged:
        named = later.record.get("succeeds")
        if not named:
            continue
        fits = [one for one in merged if one is not later and _is_earlier(one.record, later.record, named)]
        if len(fits) == 1:
            later.record["succeeds_id"] = fits[0].id
            fits[0].record["succeeded_by_id"] = later.id


def _is_earlier(earlier: dict[str, Any], later: dict[str, Any], named: str) -> bool:
    days, own = bounds(earlier.get("signed_on")), bounds(later.get("signed_on"))
    if days and own and days[0] >= own[0]:
        return False
    years = [word for word in named.replace("-", " ").split() if len(word) == 4 and word.isdigit()]
    title = earlier.get("title") or ""
    if years:
        return any((days is not None and days[0][:4] == year) or year in title for year in years)
    return overlap(content(named), content(title)) >= 0.75
