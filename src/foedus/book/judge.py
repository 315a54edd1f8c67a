"""Are two records of one block the same thing? A score in -1 … 1: below 0 they contradict, 0 nothing speaks for it."""

from __future__ import annotations

from foedus.book.edtf import bounds, gap
from foedus.book.items import Item, overlap

_VAGUE = {None, "agreement", "other"}
_EARLY = {"proposed", "negotiating", "agreed", "initialled"}
NO = -1.0
UNKNOWN = 0.0


def likeness(a: Item, b: Item) -> float:
    """How much speaks for `a` and `b`, of one block, being one thing. Two records of one report never are."""
    return NO if a.report == b.report else _JUDGES[a.kind](a, b)


def _differ(a: Item, b: Item, field: str) -> bool:
    x, y = a.values.get(field), b.values.get(field)
    return x is not None and y is not None and x != y


def _places_differ(a: Item, b: Item) -> bool:
    x, y = a.values.get("place"), b.values.get("place")
    return bool(x and y and x != y and not x.endswith(f", {y}") and not y.endswith(f", {x}"))


def _published_apart(a: Item, b: Item) -> int:
    days = gap(a.published, b.published)
    return 100_000 if days is None else days


def _agreement(a: Item, b: Item) -> float:
    kinds = {a.values.get("instrument"), b.values.get("instrument")}
    if len(kinds) == 2 and not kinds & _VAGUE and kinds != {"joint statement", "joint declaration"}:
        return NO
    likewise = overlap(a.subject, b.subject)
    strangers = bool(a.subject and b.subject) and likewise < 0.3
    apart = gap(a.when, b.when)
    if apart is not None:
        if apart > 10 or strangers:
            return NO
        sure = 0.5 if a.day and b.day else 0.2
        same_kind = 0.2 if len(kinds) == 1 and not kinds & _VAGUE else 0.0
        return sure + same_kind + 0.3 * likewise - 0.01 * apart
    if strangers:
        return NO
    if a.when is None and b.when is None:
        if likewise >= 0.5 and _published_apart(a, b) <= 1000:
            return 0.3 + 0.3 * likewise
        return 0.25 if len(kinds) == 1 and not kinds & _VAGUE and _published_apart(a, b) <= 60 else UNKNOWN
    return _dated_and_not(a, b, likewise)


def _dated_and_not(a: Item, b: Item, likewise: float) -> float:
    """One date is unknown: its report must fit the other's date, and the names must agree, or the day be near."""
    dated, other = (a, b) if a.when else (b, a)
    since = gap(dated.when, other.published)
    if dated.when is None or other.published is None or since is None:
        return 0.2 if likewise >= 0.5 else UNKNOWN
    later = other.published[0] > dated.when[1]
    early = other.values.get("stage") in _EARLY
    if since > 10 and early == later:
        return NO  # negotiated after it was signed, or signed before it was
    if early and since > 1000:
        return NO
    near = 0.2 if since <= 60 and dated.day else 0.0
    return 0.3 * likewise + near + (0.05 if likewise >= 0.5 else 0.0) if likewise >= 0.5 or near else UNKNOWN


def _meeting(a: Item, b: Item) -> float:
    parties = set(a.values.get("parties", ())), set(b.values.get("parties", ()))
    if not (parties[0] <= parties[1] or parties[1] <= parties[0]) and min(map(len, parties)) == 2:
        return NO
    remote = {one.values.get("format") in {"phone call", "video call"} for one in (a, b) if one.values.get("format")}
    if len(remote) == 2 or _places_differ(a, b) or _differ(a, b, "level") or _differ(a, b, "edition"):
        return NO
    forum = a.values.get("forum") is not None and a.values.get("forum") == b.values.get("forum")
    edition = forum and a.values.get("edition") is not None and a.values.get("edition") == b.values.get("edition")
    if not edition and a.persons and b.persons and not a.persons & b.persons:
        return NO
    met = 0.2 * overlap(a.persons, b.persons)
    apart = gap(a.when, b.when)
    if apart is not None:
        if apart > 1 and not (edition and apart <= 10):
            return NO
        return (0.5 if a.day and b.day else 0.2) + met + 0.1 * forum
    if edition:
        return 0.5 + met
    dated = a.when or b.when
    away = gap(dated, (b if a.when else a).published) if dated else _published_apart(a, b)
    if away is not None and away <= 10 and (met or forum):
        return 0.3 + met + 0.1 * forum
    return UNKNOWN


def _statement(a: Item, b: Item) -> float:
    apart = gap(a.when, b.when)
    if apart is not None and apart > 2:
        return NO
    if _published_apart(a, b) > 30 and (a.published or b.published) and apart is None:
        return UNKNOWN
    shared = overlap(a.said, b.said)
    enough = min(len(a.said), len(b.said)) >= 4 or a.said == b.said
    return shared if shared >= 0.85 and enough and a.said else UNKNOWN


def _commitment(a: Item, b: Item) -> float:
    to = set(a.values.get("to", ())), set(b.values.get("to", ()))
    due = gap(bounds(a.values.get("due_on")), bounds(b.values.get("due_on")))
    if (to[0] and to[1] and not to[0] & to[1]) or (due or 0) > 0 or _differ(a, b, "amount"):
        return NO
    if a.published and b.published and _published_apart(a, b) > 400:
        return UNKNOWN
    shared = overlap(a.said, b.said)
    return shared if shared >= 0.7 and min(len(a.said), len(b.said)) >= 3 else UNKNOWN


def _activity(a: Item, b: Item) -> float:
    shared = overlap(a.subject, b.subject)
    if a.subject and b.subject and shared < 0.5:
        return NO
    if _places_differ(a, b):
        return NO
    apart = gap(_stretch(a), _stretch(b))
    if apart is not None:
        return NO if apart > 3 else 0.4 + 0.4 * shared
    away = gap(a.when or a.published, b.when or b.published)
    return 0.5 * shared if away is not None and away <= 60 else UNKNOWN


def _stretch(item: Item) -> tuple[str, str] | None:
    start, end = bounds(item.values.get("start_on")), bounds(item.values.get("end_on"))
    if start and end and start[0] <= end[1]:
        return start[0], end[1]
    return start or end


def _event(a: Item, b: Item) -> float:
    if _differ(a, b, "modality") or _places_differ(a, b):
        return NO
    exact = a.day and b.day and a.when == b.when
    root = (a.values.get("cameo") or "")[:2] == (b.values.get("cameo") or "")[:2]
    return 0.6 if exact and root else UNKNOWN


_JUDGES = {
    "agreement": _agreement,
    "meeting": _meeting,
    "statement": _statement,
    "commitment": _commitment,
    "activity": _activity,
    "event": _event,
}
