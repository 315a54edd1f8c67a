"""The stages of an agreement, from all reports, in time order."""

from __future__ import annotations

from typing import Any

from foedus.book.items import Item

_DATED = {"signed": "signed_on", "in force": "effective_on", "expired": "expires_on"}
ORDER = (
    "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally applied", "in force",
    "renewed", "extended", "amended", "suspended", "notice given", "withdrawn", "terminated", "expired", "rejected",
)  # fmt: skip


_SIGNED = frozenset(ORDER[ORDER.index("signed") : ORDER.index("amended") + 1])


def stages_of(group: list[Item], dates: dict[str, Any]) -> list[dict[str, Any]]:
    """``{"stage", "on", "reported_on", "by", "reports"}`` for each stage that reports give, in the order of an agreement's life.

    `on` only where a date of that stage is known (the preferred one, from `dates`); `reported_on` is the first publication
    that gives the stage. What a report calls ratified or in force and signed on a day was signed, too.
    """
    found: dict[str, dict[str, Any]] = {}
    for item in group:
        stage = item.values.get("stage")
        if not stage:
            continue
        _note(found, stage, item)
        found[stage]["by"] = sorted({*found[stage]["by"], *item.values.get("stage_by", ())})
        if stage in _SIGNED and "signed_on" in item.values:
            _note(found, "signed", item)
    for stage, entry in found.items():
        entry["on"] = dates.get(_DATED.get(stage, ""))
    return sorted(found.values(), key=lambda entry: ORDER.index(entry["stage"]))


def _note(found: dict[str, dict[str, Any]], stage: str, item: Item) -> None:
    entry = found.setdefault(stage, {"stage": stage, "on": None, "reported_on": None, "by": [], "reports": []})
    entry["reported_on"] = min((day for day in (entry["reported_on"], item.published_on) if day), default=None)
    if item.report not in entry["reports"]:
        entry["reports"].append(item.report)


def furthest(stages: list[str], latest: str) -> str:
    """The stage that holds now: the furthest one, but a suspension that a later report no longer has is over."""
    last = max(stages, key=ORDER.index)
    return latest if last == "suspended" and latest in {"in force", "renewed", "extended"} else last
