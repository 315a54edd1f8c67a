"""The stages of an agreement, from all reports, in time order."""

from __future__ import annotations

from typing import Any

from foedus.book.items import Item

_DATED = {"signed": "signed_on", "in force": "effective_on", "expired": "expires_on"}
ORDER = (
    "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally applied", "in force",
    "renewed", "extended", "amended", "suspended", "notice given", "withdrawn", "terminated", "expired", "rejected",
)  # fmt: skip


def stages_of(group: list[Item]) -> list[dict[str, Any]]:
    """``{"stage", "on", "reported_on", "by", "reports"}`` for each stage that reports give, in the order of an agreement's life.

    `on` only where a date of that stage is known; `reported_on` is the first publication that gives the stage.
    """
    found: dict[str, dict[str, Any]] = {}
    for item in group:
        stage = item.values.get("stage")
        if not stage:
            continue
        entry = found.setdefault(stage, {"stage": stage, "on": None, "reported_on": None, "by": [], "reports": []})
        date = item.values.get(_DATED.get(stage, ""))
        if date and len(date) > len(entry["on"] or ""):
            entry["on"] = date
        days = [day for day in (entry["reported_on"], item.published_on) if day]
        entry["reported_on"] = min(days, default=None)
        entry["by"] = sorted({*entry["by"], *item.values.get("stage_by", ())})
        if item.report not in entry["reports"]:
            entry["reports"].append(item.report)
    return sorted(found.values(), key=lambda entry: ORDER.index(entry["stage"]))


def furthest(stages: list[str], latest: str) -> str:
    """The stage that holds now: the furthest one, but a suspension that a later report no longer has is over."""
    last = max(stages, key=ORDER.index)
    return latest if last == "suspended" and latest in {"in force", "renewed", "extended"} else last
