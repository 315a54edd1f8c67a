"""Are two records of one block the same thing? A score in -1 … 1 with its reason.

Below 0 they contradict each other, at 0 nothing speaks for it.
"""

from __future__ import annotations

from foedus.book.edtf import bounds, gap
from foedus.book.items import Item, overlap
from foedus.book.judge_agreements import agreement
from foedus.book.judge_meetings import meeting
from foedus.book.judge_words import commitment, statement
from foedus.book.names import places
from foedus.book.verdict import Verdict, days, no, unknown


def likeness(a: Item, b: Item) -> Verdict:
    """The verdict on `a` and `b`, of one block; the same as on `b` and `a`. Two records of one report never are one thing."""
    if a.report == b.report:
        return no("two records of one report")
    score, because = _JUDGES[a.kind](a, b)
    return Verdict(round(score, 3), because)


def _differ(a: Item, b: Item, field: str) -> bool:
    """Whether both give the field, differently."""
    x, y = a.values.get(field), b.values.get(field)
    return x is not None and y is not None and x != y


def _places_differ(a: Item, b: Item) -> bool:
    return places(a.values.get("place"), b.values.get("place")) is False


def _activity(a: Item, b: Item) -> Verdict:
    shared = overlap(a.subject, b.subject)
    if a.subject and b.subject and shared < 0.5:
        return no("named after different things")
    if _places_differ(a, b):
        return no(f"held in {' and '.join(sorted((a.values['place'], b.values['place'])))}")
    named = ", named alike" if shared else ""
    apart = gap(_stretch(a), _stretch(b))
    if apart is not None:
        return no(days(apart, "held")) if apart > 3 else Verdict(0.4 + 0.4 * shared, days(apart, "held") + named)
    away = gap(a.when or a.published, b.when or b.published)
    if away is not None and away <= 60 and shared:
        return Verdict(0.5 * shared, f"reported within {away} days{named}")
    return unknown("undated, and not named alike")


def _stretch(item: Item) -> tuple[str, str] | None:
    start, end = bounds(item.values.get("start_on")), bounds(item.values.get("end_on"))
    if start and end and start[0] <= end[1]:
        return start[0], end[1]
    return start or end


def _event(a: Item, b: Item) -> Verdict:
    if _differ(a, b, "modality"):
        return no("one real, one not")
    if _places_differ(a, b):
        return no("other places")
    root = (a.values.get("cameo") or "")[:2] == (b.values.get("cameo") or "")[:2]
    if a.day and b.day and a.when == b.when and root:
        return Verdict(0.6, "the same day and code")
    return unknown("not the same day and code")


_JUDGES = {
    "agreement": agreement,
    "meeting": meeting,
    "statement": statement,
    "commitment": commitment,
    "activity": _activity,
    "event": _event,
}
