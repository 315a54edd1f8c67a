"""Lengths of time in words ("ten-year", "two and a half years") -> ISO 8601, and days moved by them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from foedus.mentions.dates_patterns import COUNT
from foedus.mentions.numbers import value_of_words

_LONG = {"decade": "P10Y", "year": "P1Y", "month": "P1M", "week": "P1W"}


def add_months(day: date, count: int) -> str:
    """The day `count` months on, never past the 28th."""
    total = day.year * 12 + day.month - 1 + count
    return f"{total // 12}-{total % 12 + 1:02}-{min(day.day, 28):02}"


def counted_in(low: str) -> tuple[int, str] | None:
    """Number and unit of the words: "three weeks" is (3, "week"); None for none."""
    match = re.search(rf"\b({COUNT})[\s–‑-]+(day|week|fortnight|month|year|decade)", low)
    if not match:
        return None
    count = int(value_of_words("two" if match[1] == "a couple of" else match[1]) or 0)
    if match[2] == "fortnight":
        return (count * 2, "week") if count else None
    return (count, match[2]) if count else None


def shifted(low: str, anchor: date, sign: int) -> str | None:
    """EDTF of the day that lies the words' length after (`sign` 1) or before (-1) `anchor`, as exact as the unit."""
    counted = counted_in(low)
    if counted is None:
        return None
    count, unit = counted
    if unit in {"day", "week"}:
        return (anchor + timedelta(sign * count * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        return add_months(anchor, sign * count)[:7]
    return str(anchor.year + sign * count * (10 if unit == "decade" else 1))


def duration(words: str) -> str | None:
    """ISO 8601 of a length ("ten-year": P10Y); None for one of "a day", which is as often a rate."""
    low = words.lower()
    if low.endswith("century"):
        return "P25Y" if "quarter" in low else "P50Y"
    if half := re.fullmatch(rf"({COUNT})[\s-]and[\s-]a[\s-]half[\s-](year|month|week|decade)s?", low):
        count = int(value_of_words(half[1]) or 0)
        return {"year": f"P{count}Y6M", "decade": f"P{count * 10 + 5}Y"}.get(half[2]) if count else None
    if hours := re.fullmatch(rf"({COUNT})[\s-]hours?", low):
        count = int(value_of_words(hours[1]) or 0)
        return f"PT{count}H" if count > 1 else None
    if low == "one day":  # "some day", more often than a length
        return None
    if low == "half a year":
        return "P6M"
    if low.endswith(("-long", "decade")):
        return next((iso for unit, iso in _LONG.items() if unit in low), None)
    counted = counted_in(low)
    if counted is None or (low.split()[0] in {"a", "an"} and counted[1] in {"day", "week", "month", "year"}):
        return None
    count, unit = counted
    return f"P{count * 10}Y" if unit == "decade" else f"P{count}{unit[0].upper()}"
