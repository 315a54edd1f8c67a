"""Feasts whose day follows from the year by rule: Christmas, New Year, and Easter with the days that hang on it (Western reckoning)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

_FIXED = {
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
    "new year": (1, 1),
    "may day": (5, 1),
}
_AFTER_EASTER = {
    "good friday": -2,
    "palm sunday": -7,
    "easter monday": 1,
    "ascension day": 39,
    "pentecost": 49,
    "easter": 0,
}
_PREPOSITION = r"(?:before|by|after|at|until|since|on|over|around)\s+"
_LONG = r"Christmas\s+(?:Day|Eve)|New\s+Year[’']s\s+(?:Day|Eve)|Good\s+Friday|Palm\s+Sunday|Easter\s+(?:Sunday|Monday)|Ascension\s+Day"
NAMES = rf"(?:(?:{_PREPOSITION})?(?:{_LONG})|{_PREPOSITION}(?:Christmas|(?:the\s+)?New\s+Year|Easter|Pentecost))\b"
"""A pattern of the feasts; a name that may also describe something ("the Christmas choir") needs a preposition."""


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    step = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * step) // 433
    month = (h + step - 7 * m + 90) // 25
    return date(year, month, (h + step - 7 * m + 33 * month + 19) % 32)


def feast_day(low: str) -> Callable[[int], date] | None:
    """The rule that gives the feast's day of a year, by its name in lower case; None for a feast that is not listed."""
    plain = low.replace("’", "'")
    for name, (month, day) in _FIXED.items():
        if name in plain:
            return lambda year: date(year, month, day)
    for name, shift in _AFTER_EASTER.items():
        if name in plain:
            return lambda year: easter(year) + timedelta(shift)
    return None


def nearest_feast(low: str, anchor: date, later: bool) -> date | None:
    """The feast's next day for the future, its last for the past."""
    rule = feast_day(low)
    if rule is None:
        return None
    here = rule(anchor.year)
    if later:
        return here if here >= anchor else rule(anchor.year + 1)
    return here if here <= anchor else rule(anchor.year - 1)
