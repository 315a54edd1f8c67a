"""The fields that come with a report: dates that are dates, texts that are texts."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.DOTALL)


def checked_day(value: str) -> str | None:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (a time behind it is dropped); None when it is no date of the calendar."""
    found = _DAY.fullmatch(value.strip())
    if not found:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)


def date_problem(value: object) -> str:
    """What to say of a `published_on` that is no date."""
    return f"published_on: {str(value)[:40]!r} is not a date, expected YYYY-MM-DD"
