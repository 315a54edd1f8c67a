"""Which of several reports' values is shown, and which others are named beside it."""

from __future__ import annotations

import json
import re
from typing import Any

from foedus.book.edtf import bounds
from foedus.book.items import Item, surname
from foedus.book.publishers import STANDINGS
from foedus.book.rulings import Ruling, Rulings
from foedus.book.stages import furthest

_DATES = {"signed_on", "effective_on", "expires_on", "held_on", "made_on", "due_on", "start_on", "end_on", "date"}
_FACTS = _DATES | {"place", "occasion", "term", "amount", "edition", "host", "instrument", "level", "format"}
"""Two reports that give these differently disagree; in other fields they say the same in other words."""
_PEOPLE = {"signatories", "participants", "joint_with"}
_SETS = {"parties", "stage_by", "mediators", "domains", "by", "to", "topics", "contexts", "actor", "recipient"}
_LEFT_OUT = {"id", "evidence", "confidence"}
_SMALL = frozenset({"a", "an", "and", "at", "between", "for", "from", "in", "of", "on", "the", "to", "with"})
_VAGUE_INSTRUMENTS = {"agreement", "other"}


def chosen_values(
    group: list[Item], rulings: Rulings | None = None
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Preferred value of each field, and the conflicts. `group` is in order of publication.

    A person's word wins. Then, in this order: an official document over a wire service over the press over an aggregator;
    the value that most independent reports give (syndicated copies count once); the more exact one; the one reported first.
    """
    fields = rulings.fields if rulings else {}
    names = [name for item in group for name in item.values if name not in _LEFT_OUT]
    chosen: dict[str, Any] = {}
    conflicts: dict[str, list[dict[str, Any]]] = {}
    for name in dict.fromkeys([*names, *fields]):
        having = [item for item in group if name in item.values]
        ruling = fields.get(name)
        kept = [item for item in having if not ruling or _key(item.values[name]) not in ruling.wrong]
        value, rivals = _machine(kept, name) if kept else (None, [])
        if ruling:
            value, rivals = _ruled(ruling, name, value, rivals, having, kept)
        if value is not None:
            chosen[name] = value
        if len(rivals) > 1 or (rivals and ruling and ruling.wrong):
            conflicts[name] = rivals
    return chosen, conflicts


def _machine(having: list[Item], name: str) -> tuple[Any, list[dict[str, Any]]]:
    if name in _PEOPLE:
        return _people(having, name), []
    if name in _SETS:
        return _union(having, name), []
    if name == "stage":
        return furthest([item.values[name] for item in having], having[-1].values[name]), []
    if name == "status":
        return having[-1].values[name], []
    return _preferred(having, name)


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


def _preferred(having: list[Item], name: str) -> tuple[Any, list[dict[str, Any]]]:
    givers: dict[str, list[Item]] = {}
    for item in having:
        givers.setdefault(_key(item.values[name]), []).append(item)
    # what is only said less exactly speaks for every value that fits it
    exact = [key for key in givers if not any(_looser(key, other, name) for other in givers)]
    backing = {
        key: [*givers[key], *(i for other, items in givers.items() if _looser(other, key, name) for i in items)]
        for key in exact
    }
    cases = {key: _Case(key, name, givers[key], backing[key]) for key in exact}
    ranked = sorted(exact, key=lambda key: cases[key].rank)
    value = givers[ranked[0]][0].values[name]
    if name not in _FACTS or len(ranked) == 1:
        return value, []
    rivals = [
        {
            "value": givers[key][0].values[name],
            "reports": _reports(givers[key]),
            "preferred": key == ranked[0],
            "because": _because(cases[key], [cases[one] for one in ranked]),
        }
        for key in ranked
    ]
    return value, rivals


class _Case:
    """What speaks for one value of a field."""

    def __init__(self, key: str, name: str, givers: list[Item], backing: list[Item]) -> None:
        self.standing = min((item.standing for item in backing), key=STANDINGS.index)
        self.by = next(item.publisher or item.report for item in backing if item.standing == self.standing)
        self.origins = {item.origin for item in backing}
        self.votes = len(self.origins)
        # what is only said less exactly may back several values: then those who give this one decide
        self.own = min((item.standing for item in givers), key=STANDINGS.index)
        self.own_by = next(item.publisher or item.report for item in givers if item.standing == self.own)
        self.exactness = _exactness(key, name)
        standings = STANDINGS.index(self.standing), STANDINGS.index(self.own)
        self.rank = (standings[0], -self.votes, standings[1], -self.exactness, givers[0].order)


_SAID = {"official": "official document", "wire": "wire service", "press": "press", "aggregator": "aggregator"}


def _because(case: _Case, ranked: list[_Case]) -> str:
    """Why a value is preferred (the rule that decided against the next best), or what it has against the preferred one."""
    total = len({origin for one in ranked for origin in one.origins})
    votes = f"{case.votes} of {total} independent reports"
    best = ranked[0]
    rival = ranked[1] if case is best else best
    if case.standing != rival.standing:
        return f"{_SAID[case.standing]} ({case.by}), {votes}"
    if case.votes != rival.votes:
        return votes
    if case.own != rival.own:
        return f"{_SAID[case.own]} ({case.own_by}), {votes}"
    if case.exactness != rival.exactness:
        return f"{'more' if case is best else 'less'} exact, {votes}"
    return f"reported {'first' if case is best else 'later'}, {votes}"


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _looser(a: str, b: str, name: str) -> bool:
    """Whether `a` says the same as `b`, less exactly."""
    if a == b:
        return False
    x, y = json.loads(a), json.loads(b)
    if name in _DATES:
        wide, narrow = bounds(x), bounds(y)
        return (
            wide is not None and narrow is not None and wide[0] <= narrow[0] and narrow[1] <= wide[1] and wide != narrow
        )
    if name == "place":
        return str(y).endswith(f", {x}")
    if name == "instrument":
        return x in _VAGUE_INSTRUMENTS and y not in _VAGUE_INSTRUMENTS
    return False


def _exactness(key: str, name: str) -> int:
    value = json.loads(key)
    if name in _DATES:
        return len(str(value).split("/")[0]) if bounds(value) else 0
    if isinstance(value, dict):
        return sum(v is not None for v in value.values())
    if name == "title":  # the name that it was given, before a description of it
        named = [word[:1].isupper() for word in re.findall(r"\w+", str(value)) if word not in _SMALL]
        return 1000 * int(sum(named) * 2 > len(named)) + len(str(value))
    return len(str(value)) if name in {"place", "name", "text", "undertaking", "speaker"} else 0


def _union(having: list[Item], name: str) -> list[str]:
    found = dict.fromkeys(value for item in having for value in item.values[name])
    return list(found) if name in {"topics", "domains", "contexts"} else sorted(found)


def _people(having: list[Item], name: str) -> list[dict[str, Any]]:
    """Each person once (same surname, no other party), with the fullest name and the office given first."""
    found: list[dict[str, Any]] = []
    for person in (person for item in having for person in item.values[name]):
        for known in found:
            alike = surname(known.get("name")) == surname(person.get("name"))
            if alike and (not known.get("party") or not person.get("party") or known["party"] == person["party"]):
                if len(person.get("name") or "") > len(known.get("name") or ""):
                    known["name"] = person["name"]
                for field in ("office", "party"):
                    known[field] = known.get(field) or person.get(field)
                break
        else:
            found.append(dict(person))
    return found
