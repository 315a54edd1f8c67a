"""Are two agreements of different reports one? What speaks for it is added up; what forbids it is looked at first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from foedus.book.edtf import bounds, gap
from foedus.book.items import Days, Item, content, few_days, overlap
from foedus.book.names import places, shared
from foedus.book.subjects import Naming, compared, opaque
from foedus.book.verdict import Points, Verdict, added, days, no, unknown, unlike
from foedus.book.wording import listed, words

_VAGUE = {None, "agreement", "other"}
_KIN = [
    {"joint statement", "joint declaration"}, {"letter of intent", "joint declaration"}, {"treaty", "convention"},
    {"letter of intent", "memorandum of understanding"}, {"arrangement", "memorandum of understanding"},
    {"arrangement", "exchange of notes"}, {"treaty", "peace agreement"}, {"ceasefire", "peace agreement"},
]  # fmt: skip
"""Kinds that one report and the next give to one instrument."""
_DECLARED = {"joint declaration", "joint statement", "letter of intent"}
_SOFT = {
    "joint statement",
    "joint declaration",
    "letter of intent",
    "memorandum of understanding",
    "plan",
    "arrangement",
}
"""Instruments that bind nobody: what binds is another one."""
_LOOSE = {
    "framework agreement",
    "arrangement",
    "memorandum of understanding",
    "treaty",
    "convention",
    "joint declaration",
}
"""Kinds that the press takes for one another."""
_RARE = {"treaty", "convention", "framework agreement", "peace agreement", "ceasefire", "joint declaration"}
"""Kinds of which two states sign no two on a day."""
_EARLY = {"proposed", "negotiating", "agreed", "initialled"}
_NEWS = {"signed", "agreed", "initialled"}
_DESCRIBED = re.compile(r"\b(?:on|for|about|concerning|regarding|of)\b", re.IGNORECASE)
_TERM = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")
_ABOUT_A_YEAR = 400
_TALKS = 3650
"""Days: talks on one agreement may last for so long."""
_TOLD = 1100
"""Days between two reports that speak of one thing and give no day."""
_RECALLED = 740
"""Days: a broader name, or a nickname, stands for an agreement that was signed so long ago or is to be."""


def agreement(a: Item, b: Item) -> Verdict:
    """The verdict on two agreements."""
    if against := _forbidden(a, b):
        return no(against)
    kinds = {a.values.get("instrument"), b.values.get("instrument")}
    if len(kinds) == 2 and not kinds & _VAGUE and kinds not in _KIN and not _one_act(a, b):
        return unlike(f"{' and '.join(sorted(map(str, kinds)))}: two kinds of instrument")
    naming = compared(a.subject, b.subject)
    if naming.relation == "unlike":
        if not _nickname(a, b):
            return unlike("named after different things")
        if not a.areas & b.areas or not _timely(a, b):
            return unknown("one may be a nickname")
        naming = Naming("unknown", naming.share)
    time = _time(a, b, naming)
    return time if isinstance(time, Verdict) else added([*time, *_named(naming), *_circumstances(a, b, naming)])


def _forbidden(a: Item, b: Item) -> str:
    kinds = {a.values.get("instrument"), b.values.get("instrument")}
    if len(kinds) == 2 and not kinds & _VAGUE and kinds not in _KIN and not _mistaken(a, b, kinds):
        return f"{' and '.join(sorted(map(str, kinds)))}: two kinds of instrument"
    numbers = [listed("ordinals") & {*words(one.values.get("title"))} for one in (a, b)]
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return "of another number"
    if _names_as_earlier(a, b) or _names_as_earlier(b, a):
        return "one names the other as the one before it"
    return _ends_before(a, b) or _ends_before(b, a)


def _mistaken(a: Item, b: Item, kinds: set[str | None]) -> bool:
    """Whether a report may have given one kind for the other: of two with one matter and date, one is named loosely."""
    return kinds <= _LOOSE and _dates_fit(a, b) and compared(a.subject, b.subject).relation in ("alike", "unknown")


def _dates_fit(a: Item, b: Item) -> bool:
    return gap(a.signed, b.signed) == 0


def _one_act(a: Item, b: Item) -> bool:
    """Whether the same persons signed both on one day."""
    same_day = _exact(a) and _exact(b) and _dates_fit(a, b)
    return same_day and min(shared(a.people, b.people), shared(b.people, a.people)) > 1


def _names_as_earlier(later: Item, earlier: Item) -> bool:
    """Whether `later` says that it succeeds `earlier`: by its year, or by a name that it does not have itself."""
    named = later.values.get("succeeds")
    if not named:
        return False
    signed = earlier.signed
    if signed is not None and signed[0][:4] == signed[1][:4] and signed[0][:4] in named:
        return True
    about = content(named)
    own, other = content(later.values.get("title")), content(earlier.values.get("title"))
    return len(about & other) >= 2 and overlap(about, other) >= 0.75 and overlap(about, own) < 0.5


def _ends_before(one: Item, other: Item) -> str:
    """Why the life of `one` leaves no room for the other's signing; "" when it does."""
    signed = other.signed
    if signed is None:
        return ""
    effective, end = bounds(one.values.get("effective_on")), bounds(one.values.get("expires_on"))
    if effective and effective[1] < signed[0] and (gap(effective, signed) or 0) > 10:
        return "one was in force before the other was signed"
    if end and end[1] < signed[0]:
        return "one had run out before the other was signed"
    begun = _begun(one, other)
    if begun and one.signed is None and (gap(begun, signed) or 0) > 2 * _ABOUT_A_YEAR:
        return "the terms end at different times"
    return ""


def _begun(one: Item, other: Item) -> Days | None:
    """About when an agreement was signed of which only the end and the length are known; the other's length will do."""
    end = bounds(one.values.get("expires_on"))
    found = _TERM.fullmatch(one.values.get("term") or other.values.get("term") or "")
    if end is None or not found or not any(found.groups()):
        return None
    years = int(found[1] or 0) + int(found[2] or 0) / 12
    first, last = (date.fromisoformat(day).toordinal() - round(years * 365.25) for day in end)
    return date.fromordinal(max(1, first)).isoformat(), date.fromordinal(max(1, last)).isoformat()


def _nickname(a: Item, b: Item) -> bool:
    """Whether a name that says nothing of its matter ("the Harbour Treaty") may be one for the other's, of one kind and domain."""
    kinds = {a.values.get("instrument"), b.values.get("instrument")}
    given = [one for one in (a, b) if opaque(one.subject)]
    if len(given) != 1 or not kinds <= _RARE or len(kinds) > 1 or (a.areas and b.areas and not a.areas & b.areas):
        return False
    return not _DESCRIBED.search(given[0].values.get("title") or "")


def _timely(a: Item, b: Item) -> bool:
    """Whether the days are the same, or one is unknown and the other not long ago."""
    apart = gap(a.signed or a.published, b.signed or b.published)
    return apart is not None and apart <= (1 if a.signed and b.signed else _RECALLED)


def _exact(item: Item) -> bool:
    return item.signed is not None and few_days(item.signed)


def _named(naming: Naming) -> Iterator[Points]:
    worth = {"alike": 0.3 * naming.share, "akin": 0.2}.get(naming.relation, 0.0)
    yield worth, naming.said


def _circumstances(a: Item, b: Item, naming: Naming) -> Iterator[Points]:
    """What speaks for or against beside date and name."""
    kinds = {a.values.get("instrument"), b.values.get("instrument")}
    if not kinds & _VAGUE and len(kinds) == 1:
        yield 0.15, "the same kind of instrument"
    elif kinds in _KIN:
        named = naming.relation in ("alike", "akin") or kinds <= _DECLARED
        yield (0.05, "kinds of instrument that are near") if named else (-0.15, "nothing but kinds that are near")
    if a.people and b.people:
        both = min(shared(a.people, b.people), shared(b.people, a.people))
        if both:
            yield 0.1 * min(both, 2), "the same signatories"
        elif min(len(a.people), len(b.people)) > 1:
            yield -0.25, "other signatories"
    town = places(a.values.get("place"), b.values.get("place"))
    if town is not None:
        yield (0.1, "in the same place") if town else (-0.2, "in another place")
    yield from _contents(a, b)
    if naming.relation == "unknown" and a.areas and b.areas and not a.areas & b.areas:
        yield -0.2, "about other things"


def _contents(a: Item, b: Item) -> Iterator[Points]:
    """Length, money, and what came before."""
    terms = {one.values.get("term") for one in (a, b)} - {None}
    if len(terms) == 2:
        yield -0.4, "another term"
    elif a.values.get("term") and b.values.get("term"):
        yield 0.15, "the same term"
    sums = [one.values.get("amount") for one in (a, b)]
    if sums[0] and sums[1] and sums[0]["currency"] == sums[1]["currency"]:
        low, high = sorted(float(one["amount"]) for one in sums if one)
        yield (0.1, "the same amount") if low >= 0.9 * high else (-0.2, "another amount")
    before = [one.values.get("succeeds") for one in (a, b)]
    if before[0] and before[1]:
        years = [set(re.findall(r"\b(?:19|20)\d\d\b", one)) for one in before if one]
        if years[0] & years[1] or overlap(content(before[0]), content(before[1])) >= 0.75:
            yield 0.1, "both follow one agreement"


def _time(a: Item, b: Item, naming: Naming) -> Verdict | list[Points]:
    """What the dates say: points, or the verdict that they decide."""
    apart = gap(a.signed, b.signed)
    if apart is not None:
        return _both_dated(a, b, apart)
    if a.signed is None and b.signed is None:
        return _undated(a, b, naming)
    dated, other = (a, b) if a.signed else (b, a)
    return _one_dated(dated, other, naming)


def _both_dated(a: Item, b: Item, apart: int) -> Verdict | list[Points]:
    if apart > 10:
        return no(days(apart, "signed"))
    if _exact(a) and _exact(b):
        worth = 0.5 if apart == 0 else 0.4 if apart == 1 else 0.3 if apart <= 3 else 0.05
        return [(worth, days(apart, "signed"))]
    month = all(one.signed and _width(one.signed) <= 31 for one in (a, b))
    worth = 0.3 if month else 0.2
    return [(worth - 0.02 * apart, "dates that fit each other" if apart == 0 else days(apart, "signed"))]


def _width(days: Days) -> int:
    return date.fromisoformat(days[1]).toordinal() - date.fromisoformat(days[0]).toordinal()


def _one_dated(dated: Item, other: Item, naming: Naming) -> Verdict | list[Points]:
    """One date is unknown: its report must fit the other's date, and the names must agree, or the day be near."""
    alike = naming.relation == "alike"
    stage = other.values.get("stage")
    since = gap(dated.signed, other.published)
    if other.published is None or since is None or dated.signed is None:
        return [(0.05, "one undated")] if alike else unknown("one undated, and not named alike")
    later = other.published[0] > dated.signed[1]
    early = stage in _EARLY
    if since > 10 and early == later and stage is not None:
        return no("negotiated after it was signed" if early else "signed before it was signed")
    if early and since > _TALKS:
        return no("negotiated years before it was signed")
    if since <= 7 and _exact(dated):
        return [(0.25, f"reported {since} days from the signing")]
    if since <= 60 and _exact(dated):
        return [(0.2, f"reported {since} days from the signing")]
    if since <= 7 and _width(dated.signed) <= 31:
        return [(0.2, "reported in the month of the signing")]
    if since == 0 and stage not in _EARLY:
        return [(0.1, "reported in the year of the signing")]
    said = f"one undated, reported {since} days {'after' if later else 'before'} the signing"
    return _reference(dated, other, naming, since, said)


def _reference(dated: Item, other: Item, naming: Naming, since: int, said: str) -> Verdict | list[Points]:
    """A report long before or after the signing speaks of it by a name, or by a kind that two states rarely have twice."""
    stage = other.values.get("stage")
    if naming.relation == "alike":
        return [(0.05, said)]
    if naming.relation == "akin" and since <= (2 * _RECALLED if stage in _EARLY else _RECALLED):
        return [(0.0 if stage in _NEWS - _EARLY else 0.05, said)]
    same = dated.values.get("instrument") == other.values.get("instrument")
    if same and dated.values.get("instrument") not in _VAGUE and naming.relation == "unknown":
        rare = dated.values.get("instrument") in _RARE
        if since <= 730 if stage in _EARLY else rare and stage != "signed" and since <= 1100:
            return [(0.1, said)]
    return unknown("one undated, and not named alike")


def _undated(a: Item, b: Item, naming: Naming) -> Verdict | list[Points]:
    """Neither date is known: the names, or the kind within two months, must do."""
    apart = gap(a.published, b.published)
    if _still_negotiated(a, b) or _still_negotiated(b, a):
        return no("in being while the other was still negotiated")
    kinds = {a.values.get("instrument"), b.values.get("instrument")}
    near = apart is not None and apart <= 60
    if naming.relation == "alike" and (apart is None or apart <= _TOLD):
        if len(kinds) == 2 and kinds & _SOFT and not near:
            return unknown("a kind that binds and one that does not, far apart")
        return [(0.3, "both undated")]
    talks = all(one.values.get("stage") in _EARLY for one in (a, b)) and apart is not None and apart <= _TOLD
    if naming.relation in ("akin", "partly") and (near or (talks and naming.relation == "akin")):
        return [(0.1, "both still in talks" if talks else f"both undated, reported within {apart} days")]
    effective = [one.values.get("effective_on") for one in (a, b)]
    if effective[0] and effective[0] == effective[1]:
        return [(0.3, "in force since the same day")]
    if near and naming.relation == "unknown" and not kinds & _VAGUE and (len(kinds) == 1 or kinds <= _DECLARED):
        return [(0.2, f"both undated, reported within {apart} days")]
    return unknown("both undated, and nothing else in common")


def _still_negotiated(early: Item, done: Item) -> bool:
    """Whether one is still negotiated when a report has long had the other one signed."""
    stage = done.values.get("stage")
    if early.values.get("stage") not in _EARLY or stage is None or stage in _EARLY:
        return False
    if early.published is None or done.published is None or done.published[1] >= early.published[0]:
        return False
    return (gap(early.published, done.published) or 0) > 3
