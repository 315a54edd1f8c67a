"""Which of several reports' values is shown, and which others are named beside it."""

from __future__ import annotations

import json
from typing import Any

from foedus.book.edtf import bounds
from foedus.book.items import Item
from foedus.book.names import folded, same_person
from foedus.book.ranking import DATES, Case, reason
from foedus.book.rulings import Ruling, Rulings
from foedus.book.stages import furthest
from foedus.book.wording import listed, words

_FACTS = DATES | {"place", "occasion", "term", "amount", "edition", "host", "instrument", "level", "format"}
"""Two reports that give these differently disagree; in other fields they say the same in other words."""
_PEOPLE = {"signatories", "participants", "joint_with"}
_SETS = {"parties", "stage_by", "mediators", "domains", "by", "to", "topics", "contexts", "actor", "recipient"}
_LEFT_OUT = {"id", "evidence", "confidence"}
_VAGUE_INSTRUMENTS = {"agreement", "other"}


def chosen_values(
    group: list[Item], rulings: Rulings | None = None
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Preferred value of each field, and the conflicts. `group` is in order of publication.

    A person's word wins. Then, in this order: a day that no report precedes which has the act as done already; an official
    document over a wire service over the press over an aggregator; the value that most independent reports give (syndicated
    copies count once); the more exact one; the one whose report is nearest to the day; the one reported first.
    """
    fields = rulings.fields if rulings else {}
    names = [name for item in group for name in item.values if name not in _LEFT_OUT]
    chosen: dict[str, Any] = {}
    conflicts: dict[str, list[dict[str, Any]]] = {}
    for name in dict.fromkeys([*names, *fields]):
        having = [item for item in group if name in item.values]
        ruling = fields.get(name)
        kept = [item for item in having if not ruling or _key(item.values[name]) not in ruling.wrong]
        value, rivals = _machine(kept, name, group) if kept else (None, [])
        if ruling:
            value, rivals = _ruled(ruling, name, value, rivals, having, kept)
        if value is not None:
            chosen[name] = value
        if len(rivals) > 1 or (rivals and ruling and ruling.wrong):
            conflicts[name] = rivals
    return chosen, conflicts


def _machine(having: list[Item], name: str, group: list[Item]) -> tuple[Any, list[dict[str, Any]]]:
    if name in _PEOPLE:
        return _people(having, name), []
    if name in _SETS:
        return _union(having, name), []
    if name == "stage":
        return furthest([item.values[name] for item in having], having[-1].values[name]), []
    if name == "status":
        return having[-1].values[name], []
    return _preferred(having, name, group)


def _ruled(
    ruling: Ruling, name: str, value: Any, rivals: list[dict[str, Any]], having: list[Item], kept: list[Item]
) -> tuple[Any, list[dict[str, Any]]]:
    """The value and the conflict when a person has spoken: their value first, what they rejected last."""
    listed = [dict(rival) for rival in rivals]
    if not listed and kept:
        listed = [{"value": value, "reports": _reports(kept), "preferred": True, "because": _only(kept)}]
    if ruling.fixed:
        same = [one for one in listed if _key(one["value"]) == _key(ruling.value)]
        reports = [report for one in same for report in one["reports"]]
        others = [one | {"preferred": False} for one in listed if one not in same]
        listed = [{"value": ruling.value, "reports": reports, "preferred": True, "because": ruling.because}, *others]
        value = ruling.value
    for key, because in sorted(ruling.wrong.items()):
        giving = [item for item in having if _key(item.values[name]) == key]
        if giving:
            value_there = giving[0].values[name]
            listed.append({"value": value_there, "reports": _reports(giving), "preferred": False, "because": because})
    return value, listed


def _reports(items: list[Item]) -> list[str]:
    return list(dict.fromkeys(item.report for item in items))


def _only(items: list[Item]) -> str:
    number = len({item.origin for item in items})
    return f"{number} independent report{'' if number == 1 else 's'}"


def _preferred(having: list[Item], name: str, group: list[Item]) -> tuple[Any, list[dict[str, Any]]]:
    givers: dict[str, list[Item]] = {}
    for item in having:
        key = _key(item.values[name])
        givers.setdefault(next((one for one in givers if _same(one, key, name)), key), []).append(item)
    # what is only said less exactly speaks for every value that fits it
    exact = [key for key in givers if not any(_looser(key, other, name) for other in givers)]
    backing = {
        key: [*givers[key], *(i for other, items in givers.items() if _looser(other, key, name) for i in items)]
        for key in exact
    }
    cases = {key: Case(key, name, givers[key], backing[key], group) for key in exact}
    ranked = sorted(exact, key=lambda key: cases[key].rank)
    value = json.loads(ranked[0])
    if name not in _FACTS or len(ranked) == 1:
        return value, []
    rivals = [
        {
            "value": json.loads(key),
            "reports": _reports(givers[key]),
            "preferred": key == ranked[0],
            "because": reason(cases[key], [cases[one] for one in ranked]),
        }
        for key in ranked
    ]
    return value, rivals


def _same(a: str, b: str, name: str) -> bool:
    """Whether two values are one, spelled in two ways."""
    return a == b or (name == "place" and folded(json.loads(a)) == folded(json.loads(b)))


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _looser(a: str, b: str, name: str) -> bool:
    """Whether `a` says the same as `b`, less exactly."""
    if a == b:
        return False
    x, y = json.loads(a), json.loads(b)
    if name in DATES:
        wide, narrow = bounds(x), bounds(y)
        return (
            wide is not None and narrow is not None and wide[0] <= narrow[0] and narrow[1] <= wide[1] and wide != narrow
        )
    if name == "place":
        (town, land), (other, other_land) = folded(x), folded(y)
        return (not town or town == other) and (not land or land == other_land) and (town, land) != (other, other_land)
    if name == "instrument":
        return x in _VAGUE_INSTRUMENTS and y not in _VAGUE_INSTRUMENTS
    return False


def _union(having: list[Item], name: str) -> list[str]:
    found = dict.fromkeys(value for item in having for value in item.values[name])
    return list(found) if name in {"topics", "domains", "contexts"} else sorted(found)


def _people(having: list[Item], name: str) -> list[dict[str, Any]]:
    """Each person once (one name, no other party), with the fullest name and the office given first."""
    found: list[list[dict[str, Any]]] = []
    for person in (person for item in having for person in item.values[name]):
        known = next((same for same in found if _one_person(same[0], person)), None)
        if known is None:
            found.append([person])
        else:
            known.append(person)
    return [_joined(same) for same in found]


def _one_person(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return same_person(one, other) if one.get("name") and other.get("name") else one == other


def _joined(same: list[dict[str, Any]]) -> dict[str, Any]:
    """One person of all namings: the longest name without titles, the first office and party that are given."""
    names = [one["name"] for one in same if one.get("name")]
    best = min(
        names, key=lambda one: (len((listed("titles") | listed("sittings")) & {*words(one)}), -len(one)), default=None
    )
    given = {field: next((one[field] for one in same if one.get(field)), None) for field in ("office", "party")}
    return {**same[0], "name": best, **given}
