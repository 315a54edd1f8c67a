"""EDTF dates compared by the earliest and the latest day that they can mean."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

_ONE = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


@lru_cache(maxsize=65536)
def bounds(value: str | None) -> tuple[str, str] | None:
    """First and last day (``YYYY-MM-DD``) that an EDTF date or interval can mean; None when the year is unknown.

    >>> bounds("2024-02")
    ('2024-02-01', '2024-02-29')
    """
    if not value:
        return None
    head, slash, tail = value.partition("/")
    first, last = _days(head), _days(tail if slash else head)
    if slash and (first is None) != (last is None):
        first = last = first or last
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _days(value: str) -> tuple[str, str] | None:
    found = _ONE.fullmatch(value)
    if not found:
        return None
    year, month, day = found.groups()
    low, high = 1, 12
    if month and month != "XX":
        low, high = _SEASONS.get(int(month), (int(month), int(month)))
    try:
        if day and day != "XX":
            exact = date(int(year), low, int(day)).isoformat()
            return exact, exact
        end = date(int(year), high, calendar.monthrange(int(year), high)[1])
        return date(int(year), low, 1).isoformat(), end.isoformat()
    except (ValueError, calendar.IllegalMonthError):
        return None


def gap(a: tuple[str, str] | None, b: tuple[str, str] | None) -> int | None:
    """Days between two ranges of days: 0 when they overlap, None when one is unknown."""
    if a is None or b is None:
        return None
    if a[0] <= b[1] and b[0] <= a[1]:
        return 0
    early, late = (a, b) if a[1] < b[0] else (b, a)
    return date.fromisoformat(late[0]).toordinal() - date.fromisoformat(early[1]).toordinal()
