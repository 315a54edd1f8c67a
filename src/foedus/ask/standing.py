"""How long an agreement runs, and how it stands on a day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from foedus.book.edtf import bounds

Standing = Literal[
    "in force", "signed", "agreed", "suspended", "notice given", "succeeded", "expired", "ended", "not concluded", "unknown"
]  # fmt: skip
"""How an agreement stands: `signed` and `agreed` are so, and no report says that it is in force; `ended`: terminated or left."""
CURRENT: tuple[Standing, ...] = ("in force", "signed", "agreed", "suspended", "notice given")
"""Those that a desk officer still has to reckon with."""
_TERM = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_AUTOMATIC = re.compile(r"automatic|tacit|unless (?:either|one|any|a) (?:party|side)|renews? itself", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:period|term|interval|extension)s? of ([\w-]+ (?:year|month|decade)s?)|([\w-]+[\s-](?:year|month|decade))", re.I
)
_STAGES: dict[str, Standing] = {
    **dict.fromkeys(("in force", "renewed", "extended", "amended", "provisionally applied"), "in force"),
    **dict.fromkeys(("signed", "ratified"), "signed"),
    **dict.fromkeys(("terminated", "withdrawn"), "ended"),
    **dict.fromkeys(("proposed", "negotiating", "initialled", "rejected"), "not concluded"),
    "agreed": "agreed",
    "suspended": "suspended",
    "notice given": "notice given",
    "expired": "expired",
}


class End(msgspec.Struct, frozen=True, kw_only=True):
    """When an agreement runs out: EDTF, the fields that say so, and whether it then renews itself."""

    on: str
    because: str
    renews: bool = False
    field: str = "term"


def plus(day: str, term: str) -> str | None:
    """The date `term` (ISO 8601) after `day` (EDTF), as exact as the less exact of both; None when it cannot be told.

    >>> plus("2015-06-03", "P10Y"), plus("2015-06", "P18M"), plus("2015", "P90D")
    ('2025-06-03', '2016-12', None)
    """
    length, start = _TERM.fullmatch(term), _DAY.fullmatch(day)
    if not length or not start or not any(length.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in length.groups())
    year, month = int(start[1]), int(start[2] or 1)
    if (not start[2] and (months or weeks or days)) or (not start[3] and (weeks or days)):
        return None
    total = (year + years) * 12 + month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9998:
        return None
    if not start[3]:
        return f"{year:04}-{month + 1:02}" if start[2] else f"{year:04}"
    last = calendar.monthrange(year, month + 1)[1]
    try:
        return (date(year, month + 1, min(int(start[3]), last)) + timedelta(days=days + 7 * weeks)).isoformat()
    except (OverflowError, ValueError):
        return None


def end_of(agreement: dict[str, Any], today: date) -> End | None:
    """When an agreement runs out: the date that reports give, else its term counted from entry into force or signature.

    One that renews itself runs out next on or after `today`. None when nothing says.
    """
    renews = bool(_AUTOMATIC.search(agreement.get("renewal") or ""))
    on, because, field = agreement.get("expires_on"), "expires_on", "expires_on"
    if bounds(on) is None:
        on, because, field = None, "", "term"
        for start in ("effective_on", "signed_on"):
            on = on or plus(agreement.get(start) or "", agreement.get("term") or "")
            because = because or (f"{start} + {agreement['term']}" if on else "")
    if on is None:
        return None
    if renews and (period := _period(agreement)):
        on, because = _next(on, period, because, today)
    return End(on=on, because=because, renews=renews, field=field)


def _period(agreement: dict[str, Any]) -> str | None:
    """By how long an agreement renews itself: as its renewal rule says, else its term."""
    from foedus.mentions.dates_lengths import duration

    for found in _PERIOD.finditer(agreement.get("renewal") or ""):
        if length := duration((found[1] or found[2]).removesuffix("s")):
            return length
    return agreement.get("term")


def _next(on: str, period: str, because: str, today: date) -> tuple[str, str]:
    for _ in range(200):
        days, later = bounds(on), plus(on, period)
        if days is None or days[1] >= today.isoformat() or later is None or later <= on:
            break
        on, because = later, because if because.endswith("renewals") else f"{because}, with renewals"
    return on, because


def standing_of(agreement: dict[str, Any], today: date) -> Standing:
    """How a consolidated agreement stands on a day, from its stage, its end, its successor."""
    found = _STAGES.get(str(agreement.get("stage")), "unknown")
    day = today.isoformat()
    started = bounds(agreement.get("effective_on"))
    if found == "signed" and started and started[1] <= day:
        found = "in force"
    if found in ("unknown", "agreed") and bounds(agreement.get("signed_on")):
        found = "signed"
    if found not in CURRENT:
        return found
    if agreement.get("succeeded_by_id"):
        return "succeeded"
    end = end_of(agreement, today)
    renewed = agreement.get("stage") in ("renewed", "extended") and "expires_on" not in agreement
    if end is not None and not end.renews and not renewed and (bounds(end.on) or ("", ""))[1] < day:
        return "expired"
    return found


def add_months(day: date, months: int) -> date:
    """The day `months` on, the last of its month where that is shorter, never past the calendar."""
    moved = plus(day.isoformat(), f"P{months}M") if months >= 0 else None
    return date.fromisoformat(moved) if moved else date.max if months > 0 else _back(day, -months)


def _back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
