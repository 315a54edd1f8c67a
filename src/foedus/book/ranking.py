"""What speaks for one of several values that reports give, and that in words."""

from __future__ import annotations

import json
import re
from typing import Any

from foedus.book.edtf import bounds, gap
from foedus.book.items import Item
from foedus.book.publishers import STANDINGS

DATES = {"signed_on", "effective_on", "expires_on", "held_on", "made_on", "due_on", "start_on", "end_on", "date"}
_SIGNED = {"signed", "ratified", "provisionally applied", "in force", "renewed", "extended", "amended"}
_DONE: dict[str, tuple[str, set[str]]] = {
    "signed_on": ("stage", _SIGNED),
    "effective_on": ("stage", {"in force"}),
    "held_on": ("status", {"held"}),
    "start_on": ("status", {"held", "ongoing"}),
    "end_on": ("status", {"held"}),
}
"""Dates of acts, and what a report says that has the act as done."""
_SMALL = frozenset({"a", "an", "and", "at", "between", "for", "from", "in", "of", "on", "the", "to", "with"})
_SAID = {"official": "official document", "wire": "wire service", "press": "press", "aggregator": "aggregator"}


class Case:
    """What speaks for one value of a field; `rank` is least for the value to prefer.

    `givers` give exactly this value, `backing` all that fit it; `group` is every record of the thing.
    """

    def __init__(self, key: str, name: str, givers: list[Item], backing: list[Item], group: list[Item]) -> None:
        value = json.loads(key)
        self.standing = min((item.standing for item in backing), key=STANDINGS.index)
        self.by = next(item.publisher or item.report for item in backing if item.standing == self.standing)
        self.origins = {item.origin for item in backing}
        self.votes = len(self.origins)
        # what is only said less exactly may back several values: then those who give this one decide
        self.own = min((item.standing for item in givers), key=STANDINGS.index)
        self.own_by = next(item.publisher or item.report for item in givers if item.standing == self.own)
        self.exactness = exactness(value, name)
        self.told_before = _told_before(value, name, group)
        self.nearness = _nearness(value, name, givers)
        standings = STANDINGS.index(self.standing), STANDINGS.index(self.own)
        weight = (standings[0], -self.votes, standings[1], -self.exactness, self.nearness, givers[0].order)
        self.rank = (self.told_before is not None, *weight)


def _told_before(value: Any, name: str, group: list[Item]) -> str | None:
    """The day of the first report that has the act as done before it can have been; None when there is none."""
    if name not in _DONE:
        return None
    field, done = _DONE[name]
    when = bounds(value)
    days = [item.published for item in group if item.values.get(field) in done and item.published]
    first = min(days, default=None)
    return first[1] if when and first and first[1] < when[0] else None


def _nearness(value: Any, name: str, givers: list[Item]) -> int:
    """Days from an act to the first report that gives this day for it."""
    if name not in _DONE and name != "made_on":
        return 0
    away = [gap(bounds(value), item.published) for item in givers]
    return min((one for one in away if one is not None), default=0)


def reason(case: Case, ranked: list[Case]) -> str:
    """Why a value is preferred (the rule that decided against the next best), or what it has against the preferred one."""
    total = len({origin for one in ranked for origin in one.origins})
    votes = f"{case.votes} of {total} independent reports"
    best = ranked[0]
    rival = ranked[1] if case is best else best
    if (case.told_before is None) != (rival.told_before is None):
        first = case.told_before or rival.told_before
        return f"{'not ' if case is best else ''}later than a report of it ({first}), {votes}"
    if case.standing != rival.standing:
        return f"{_SAID[case.standing]} ({case.by}), {votes}"
    if case.votes != rival.votes:
        return votes
    if case.own != rival.own:
        return f"{_SAID[case.own]} ({case.own_by}), {votes}"
    if case.exactness != rival.exactness:
        return f"{'more' if case is best else 'less'} exact, {votes}"
    if case.nearness != rival.nearness:
        return f"reported {_days(case.nearness)}, {votes}"
    return f"reported {'first' if case is best else 'later'}, {votes}"


def _days(number: int) -> str:
    return "on the day itself" if number == 0 else f"{number} day{'' if number == 1 else 's'} after"


def exactness(value: Any, name: str) -> int:
    """How much a value says."""
    if name in DATES:
        return len(str(value).split("/")[0]) if bounds(value) else 0
    if isinstance(value, dict):
        return sum(v is not None for v in value.values())
    if name == "title":  # the name that it was given, before a description of it
        named = [word[:1].isupper() for word in re.findall(r"\w+", str(value)) if word not in _SMALL]
        return 1000 * int(sum(named) * 2 > len(named)) + len(str(value))
    return len(str(value)) if name in {"place", "name", "text", "undertaking", "speaker"} else 0
