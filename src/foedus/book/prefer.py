"""Which of several reports' values is shown, and which others are named beside it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from foedus.book.edtf import bounds
from foedus.book.items import Item, surname
from foedus.book.stages import furthest

_DATES = {"signed_on", "effective_on", "expires_on", "held_on", "made_on", "due_on", "start_on", "end_on", "date"}
_FACTS = _DATES | {"place", "occasion", "term", "amount", "edition", "host", "instrument", "level", "format"}
"""Two reports that give these differently disagree; in other fields they say the same in other words."""
_PEOPLE = {"signatories", "participants", "joint_with"}
_SETS = {"parties", "stage_by", "mediators", "domains", "by", "to", "topics", "contexts", "actor", "recipient"}
_LEFT_OUT = {"id", "evidence", "confidence"}
_VAGUE_INSTRUMENTS = {"agreement", "other"}


def chosen_values(group: list[Item]) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Preferred value of each field, and the conflicts. `group` is in order of publication.

    The value that most reports give wins (syndicated copies count once), then the more exact one, then the earliest.
    """
    names = [name for item in group for name in item.values if name not in _LEFT_OUT]
    chosen: dict[str, Any] = {}
    conflicts: dict[str, list[dict[str, Any]]] = {}
    for name in dict.fromkeys(names):
        having = [item for item in group if name in item.values]
        if name in _PEOPLE:
            chosen[name] = _people(having, name)
        elif name in _SETS:
            chosen[name] = _union(having, name)
        elif name == "stage":
            chosen[name] = furthest([item.values[name] for item in having], having[-1].values[name])
        elif name == "status":
            chosen[name] = having[-1].values[name]
        else:
            chosen[name], rivals = _preferred(having, name)
            if len(rivals) > 1:
                conflicts[name] = rivals
    return chosen, conflicts


def _preferred(having: list[Item], name: str) -> tuple[Any, list[dict[str, Any]]]:
    givers: dict[str, list[Item]] = {}
    for item in having:
        givers.setdefault(_key(item.values[name]), []).append(item)
    # what is only said less exactly speaks for every value that fits it
    exact = [key for key in givers if not any(_looser(key, other, name) for other in givers)]
    votes = Counter({key: len({i.origin for i in givers[key]}) for key in exact})
    for key in exact:
        votes[key] += sum(len({i.origin for i in g}) for other, g in givers.items() if _looser(other, key, name))
    ranked = sorted(exact, key=lambda key: (-votes[key], -_exactness(key, name), givers[key][0].order))
    value = givers[ranked[0]][0].values[name]
    if name not in _FACTS or len(ranked) == 1:
        return value, []
    rivals = []
    for key in ranked:
        reports = list(dict.fromkeys(item.report for item in givers[key]))
        rivals.append({"value": givers[key][0].values[name], "reports": reports, "preferred": key == ranked[0]})
        rivals[-1]["because"] = _because(key, ranked, votes, name)
    return value, rivals


def _because(key: str, ranked: list[str], votes: Counter[str], name: str) -> str:
    total = sum(votes[one] for one in ranked)
    if key != ranked[0]:
        return f"{votes[key]} of {total} independent reports"
    if votes[key] > votes[ranked[1]]:
        return f"{votes[key]} of {total} independent reports"
    if _exactness(key, name) > _exactness(ranked[1], name):
        return "more exact"
    return "reported first"


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
    return len(str(value)) if name in {"place", "title", "name", "text", "undertaking", "speaker"} else 0


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
