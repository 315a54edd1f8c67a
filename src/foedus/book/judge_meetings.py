"""Are two meetings of different reports one? A series' edition, a bilateral on its margins, a readout from each side."""

from __future__ import annotations

from foedus.book.edtf import gap
from foedus.book.items import Item
from foedus.book.names import places, same_person, shared
from foedus.book.subjects import name_words
from foedus.book.verdict import Points, Verdict, added, days, no, unknown

_REMOTE = {"phone call", "video call"}
_AHEAD = {"scheduled", "proposed", "postponed"}
_MOVED = 150
"""Days by which a postponed meeting may be later."""
_GENERIC = frozenset({"meet", "summit", "conferenc", "session", "round", "high", "level", "talk", "annual", "regular"})


def meeting(a: Item, b: Item) -> Verdict:
    """The verdict on two meetings."""
    forum = _forum(a, b)
    edition = bool(forum) and a.values.get("edition") is not None and a.values.get("edition") == b.values.get("edition")
    met = min(shared(a.people, b.people), shared(b.people, a.people))
    if against := _against(a, b, edition, met):
        return no(against)
    points: list[Points] = []
    if met:
        points.append((0.1 * min(met, 2), "the same persons"))
    if forum:
        points.append((0.1, "the same forum"))
    town = places(a.values.get("place"), b.values.get("place"))
    if town is not None:
        points.append((0.1, "in the same place") if town else (-0.2, "in another place"))
    return _timed(a, b, edition, points, met)


def _timed(a: Item, b: Item, edition: bool, points: list[Points], met: int) -> Verdict:
    apart = gap(a.when, b.when)
    if apart is not None:
        moved = apart <= _MOVED and _put_off(a, b) and (met > 1 or edition or _all_of_them(a, b))
        if apart > 1 and not (edition and apart <= 10) and not moved:
            return no(days(apart, "held"))
        if a.day and b.day:
            worth = 0.5 if apart <= 1 else 0.3
        else:
            worth = 0.2
        return added([(worth, "put off" if moved and apart > 1 else days(apart, "held")), *points])
    if edition:
        return added([(0.5, "the same edition of the forum"), *(one for one in points if one[1] != "the same forum")])
    return _undated(a, b, points)


def _undated(a: Item, b: Item, points: list[Points]) -> Verdict:
    """One day is unknown: reports of about that day, and somebody or something in common."""
    dated = a.when or b.when
    away = gap(dated, (b if a.when else a).published) if dated else gap(a.published, b.published)
    known = any(worth > 0 for worth, _ in points)
    level = a.values.get("level") is not None and a.values.get("level") == b.values.get("level")
    told = (b if a.when else a).published
    if dated and told and told[1] < dated[0] and (b if a.when else a).values.get("status") == "held":
        return no("one was held before the other")
    if away is None or away > 10:
        return unknown("undated, and reported at other times")
    near = f"reported within {away} days"
    if any(said in ("the same persons", "the same forum") for _, said in points):
        return added([(0.3, near), *points])
    if away <= 3 and known:
        return added([(0.2, near), *points])
    if away <= 1 and level:
        return added([(0.2, f"{near}, at the same level"), *points])
    return unknown("undated, and neither persons, place nor forum in common")


def _put_off(a: Item, b: Item) -> bool:
    """Whether the earlier of two days was only planned, and did not hold."""
    if a.when is None or b.when is None:
        return False
    first, last = (a, b) if a.when < b.when else (b, a)
    status = first.values.get("status"), last.values.get("status")
    return status[0] == "postponed" or (status[0] in _AHEAD and status[1] == "postponed")


def _all_of_them(a: Item, b: Item) -> bool:
    """Whether the same three or more parties meet at one level."""
    parties = a.values.get("parties") or ()
    level = a.values.get("level")
    return (
        len(parties) > 2 and parties == b.values.get("parties") and level is not None and level == b.values.get("level")
    )


def _forum(a: Item, b: Item) -> bool:
    """Whether they are of one series, under any of its names."""
    if not a.forum or not b.forum:
        return False
    if a.forum == b.forum:
        return True
    one, other = (name_words(item.values["forum"]) - _GENERIC for item in (a, b))
    return bool(one and other) and (one <= other or other <= one)


def _against(a: Item, b: Item, edition: bool, met: int) -> str:
    parties = set(a.values.get("parties", ())), set(b.values.get("parties", ()))
    if not edition and not (parties[0] <= parties[1] or parties[1] <= parties[0]) and min(map(len, parties)) == 2:
        return "other parties"
    remote = {one.values.get("format") in _REMOTE for one in (a, b) if one.values.get("format")}
    if len(remote) == 2:
        return "one in person, one by telephone or video"
    numbers = {one.values["edition"] for one in (a, b) if one.values.get("edition") is not None}
    if len(numbers) == 2:
        return "another edition"
    if a.forum and b.forum and not _forum(a, b) and max(map(len, parties)) > 2 and not met:
        return "another forum"
    if not edition and (against := _other_persons(a, b, met)):
        return against
    same_day = a.day and b.day and a.when == b.when and met > 1
    if places(a.values.get("place"), b.values.get("place")) is False and not same_day:
        return f"held in {' and '.join(sorted((a.values['place'], b.values['place'])))}"
    levels = {one.values["level"] for one in (a, b) if one.values.get("level")}
    return "another level" if len(levels) == 2 and met < 2 else ""


def _other_persons(a: Item, b: Item, met: int) -> str:
    """Who took part was somebody else: nobody is in both, or the one person that each names for a party differs."""
    if not a.people or not b.people:
        return ""
    if not met:
        return "other persons"
    for party in sorted({one["party"] for one in a.people if one.get("party")}):
        own, other = ([one for one in item.people if one.get("party") == party] for item in (a, b))
        if len(own) == len(other) == 1 and not same_person(own[0], other[0]):
            return f"another person for {party}"
    return ""
