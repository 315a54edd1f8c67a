"""Are two records of one block the same thing? A score in -1 … 1 with its reason.

Below 0 they contradict each other, at 0 nothing speaks for it.
"""

from __future__ import annotations

from typing import NamedTuple

from foedus.book.edtf import bounds, gap
from foedus.book.items import Item, content, overlap

_VAGUE = {None, "agreement", "other"}
_EARLY = {"proposed", "negotiating", "agreed", "initialled"}


class Verdict(NamedTuple):
    """How much speaks for two records being one thing, and what."""

    score: float
    because: str


def likeness(a: Item, b: Item) -> Verdict:
    """The verdict on `a` and `b`, of one block; the same as on `b` and `a`. Two records of one report never are one thing."""
    if a.report == b.report:
        return _no("two records of one report")
    score, because = _JUDGES[a.kind](a, b)
    return Verdict(round(score, 3), because)


def _no(because: str) -> Verdict:
    return Verdict(-1.0, because)


def _unknown(because: str) -> Verdict:
    return Verdict(0.0, because)


def _differ(a: Item, b: Item, *fields: str) -> str | None:
    """The first of `fields` that both give, differently."""
    for field in fields:
        x, y = a.values.get(field), b.values.get(field)
        if x is not None and y is not None and x != y:
            return field
    return None


def _places_differ(a: Item, b: Item) -> bool:
    x, y = a.values.get("place"), b.values.get("place")
    return bool(x and y and x != y and not x.endswith(f", {y}") and not y.endswith(f", {x}"))


def _published_apart(a: Item, b: Item) -> int:
    days = gap(a.published, b.published)
    return 100_000 if days is None else days


def _days(apart: int, what: str) -> str:
    return f"{what} on the same day" if apart == 0 else f"{what} {apart} day{'' if apart == 1 else 's'} apart"


def _named(likewise: float) -> str:
    return "named alike" if likewise >= 0.5 else "names unknown or unlike"


def _agreement(a: Item, b: Item) -> Verdict:
    kinds = {a.values.get("instrument"), b.values.get("instrument")}
    if len(kinds) == 2 and not kinds & _VAGUE and kinds != {"joint statement", "joint declaration"}:
        return _no(f"{' and '.join(sorted(map(str, kinds)))}: two kinds of instrument")
    if _names_as_earlier(a, b) or _names_as_earlier(b, a):
        return _no("one names the other as the one before it")
    likewise = overlap(a.subject, b.subject)
    if a.subject and b.subject and likewise < 0.3:
        return _no("named after different things")
    one_kind = len(kinds) == 1 and not kinds & _VAGUE
    apart = gap(a.when, b.when)
    if apart is not None:
        if apart > 10:
            return _no(_days(apart, "signed"))
        exact = a.day and b.day
        score = (0.5 if exact else 0.2) + 0.2 * one_kind + 0.3 * likewise - 0.01 * apart
        said = _days(apart, "signed") if exact else "dates that fit each other"
        return Verdict(score, f"{said}, {_named(likewise)}")
    if a.when is None and b.when is None:
        if likewise >= 0.5 and _published_apart(a, b) <= 1000:
            return Verdict(0.3 + 0.3 * likewise, f"{_named(likewise)}, both undated")
        if one_kind and _published_apart(a, b) <= 60:
            return Verdict(0.25, "the same kind of instrument, reported within two months")
        return _unknown("both undated, and nothing else in common")
    return _dated_and_not(a, b, likewise, one_kind)


def _names_as_earlier(later: Item, earlier: Item) -> bool:
    """Whether `later` says that it succeeds `earlier`: by its year, or by a name that it does not have itself."""
    named = later.values.get("succeeds")
    if not named:
        return False
    if earlier.when is not None and earlier.when[0][:4] == earlier.when[1][:4] and earlier.when[0][:4] in named:
        return True
    about = content(named)
    own, other = content(later.values.get("title")), content(earlier.values.get("title"))
    return len(about & other) >= 2 and overlap(about, other) >= 0.75 and overlap(about, own) < 0.5


def _dated_and_not(a: Item, b: Item, likewise: float, one_kind: bool) -> Verdict:
    """One date is unknown: its report must fit the other's date, and the names must agree, or the day be near."""
    dated, other = (a, b) if a.when else (b, a)
    since = gap(dated.when, other.published)
    alike = likewise >= 0.5
    if dated.when is None or other.published is None or since is None:
        return Verdict(0.2, "named alike, one undated") if alike else _unknown("one undated, and not named alike")
    later = other.published[0] > dated.when[1]
    early = other.values.get("stage") in _EARLY
    if since > 10 and early == later:
        return _no("negotiated after it was signed" if early else "signed before it was signed")
    if early and since > 1000:
        return _no("negotiated years before it was signed")
    near = 0.2 if since <= 60 and dated.day else 0.0
    if early and since <= 730 and one_kind and not near:
        return Verdict(
            0.25 + 0.3 * likewise, f"the same kind of instrument, negotiated {since} days before, {_named(likewise)}"
        )
    if not alike and not near:
        return _unknown("one undated, and not named alike")
    said = f"reported {since} days from the signing" if near else "one undated"
    return Verdict(0.3 * likewise + near + 0.05 * alike, f"{said}, {_named(likewise)}")


def _meeting(a: Item, b: Item) -> Verdict:
    forum = bool(a.forum) and a.forum == b.forum
    edition = forum and a.values.get("edition") is not None and a.values.get("edition") == b.values.get("edition")
    if against := _meeting_against(a, b, edition):
        return _no(against)
    if not edition and a.persons and b.persons and not a.persons & b.persons:
        return _no("other persons")
    met = 0.2 * overlap(a.persons, b.persons)
    apart = gap(a.when, b.when)
    also = (", the same persons" if met else "") + (", the same forum" if forum else "")
    if apart is not None:
        if apart > 1 and not (edition and apart <= 10):
            return _no(_days(apart, "held"))
        return Verdict((0.5 if a.day and b.day else 0.2) + met + 0.1 * forum, _days(apart, "held") + also)
    if edition:
        return Verdict(0.5 + met, "the same edition of the forum" + (", the same persons" if met else ""))
    dated = a.when or b.when
    away = gap(dated, (b if a.when else a).published) if dated else _published_apart(a, b)
    if away is not None and away <= 10 and (met or forum):
        return Verdict(0.3 + met + 0.1 * forum, f"reported within {away} days{also}")
    return _unknown("undated, and neither persons nor forum in common")


def _meeting_against(a: Item, b: Item, edition: bool) -> str:
    parties = set(a.values.get("parties", ())), set(b.values.get("parties", ()))
    if not edition and not (parties[0] <= parties[1] or parties[1] <= parties[0]) and min(map(len, parties)) == 2:
        return "other parties"
    remote = {one.values.get("format") in {"phone call", "video call"} for one in (a, b) if one.values.get("format")}
    if len(remote) == 2:
        return "one in person, one by telephone or video"
    if _places_differ(a, b):
        return f"held in {' and '.join(sorted((a.values['place'], b.values['place'])))}"
    field = _differ(a, b, "level", "edition")
    return f"another {field}" if field else ""


def _statement(a: Item, b: Item) -> Verdict:
    apart = gap(a.when, b.when)
    if apart is not None and apart > 2:
        return _no(_days(apart, "said"))
    if _published_apart(a, b) > 30 and (a.published or b.published) and apart is None:
        return _unknown("reported more than a month apart")
    shared = overlap(a.said, b.said)
    enough = min(len(a.said), len(b.said)) >= 4 or a.said == b.said
    if shared >= 0.85 and enough and a.said:
        return Verdict(shared, f"{shared:.0%} of the words of the shorter one")
    return _unknown(f"only {shared:.0%} of the words in common" if enough else "too few words to tell")


def _commitment(a: Item, b: Item) -> Verdict:
    to = set(a.values.get("to", ())), set(b.values.get("to", ()))
    due = gap(bounds(a.values.get("due_on")), bounds(b.values.get("due_on")))
    if to[0] and to[1] and not to[0] & to[1]:
        return _no("promised to others")
    if (due or 0) > 0:
        return _no("due at another time")
    if _differ(a, b, "amount"):
        return _no("another amount")
    if a.published and b.published and _published_apart(a, b) > 400:
        return _unknown("reported more than a year apart")
    shared = overlap(a.said, b.said)
    if shared >= 0.7 and min(len(a.said), len(b.said)) >= 3:
        return Verdict(shared, f"{shared:.0%} of the words of the shorter undertaking")
    return _unknown(f"only {shared:.0%} of the words in common")


def _activity(a: Item, b: Item) -> Verdict:
    shared = overlap(a.subject, b.subject)
    if a.subject and b.subject and shared < 0.5:
        return _no("named after different things")
    if _places_differ(a, b):
        return _no(f"held in {' and '.join(sorted((a.values['place'], b.values['place'])))}")
    named = ", named alike" if shared else ""
    apart = gap(_stretch(a), _stretch(b))
    if apart is not None:
        return _no(_days(apart, "held")) if apart > 3 else Verdict(0.4 + 0.4 * shared, _days(apart, "held") + named)
    away = gap(a.when or a.published, b.when or b.published)
    if away is not None and away <= 60 and shared:
        return Verdict(0.5 * shared, f"reported within {away} days{named}")
    return _unknown("undated, and not named alike")


def _stretch(item: Item) -> tuple[str, str] | None:
    start, end = bounds(item.values.get("start_on")), bounds(item.values.get("end_on"))
    if start and end and start[0] <= end[1]:
        return start[0], end[1]
    return start or end


def _event(a: Item, b: Item) -> Verdict:
    if _differ(a, b, "modality"):
        return _no("one real, one not")
    if _places_differ(a, b):
        return _no("other places")
    root = (a.values.get("cameo") or "")[:2] == (b.values.get("cameo") or "")[:2]
    if a.day and b.day and a.when == b.when and root:
        return Verdict(0.6, "the same day and code")
    return _unknown("not the same day and code")


_JUDGES = {
    "agreement": _agreement,
    "meeting": _meeting,
    "statement": _statement,
    "commitment": _commitment,
    "activity": _activity,
    "event": _event,
}
