"""Values of the format in words for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from foedus.ask.parties import party_name

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
"""EDTF level 1."""
_TERM = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_UNITS = ("year", "month", "week", "day")


def date_words(value: str | None) -> str:
    """EDTF for people: days, months, seasons, spans; what is no date stays as it stands, "" for None.

    >>> date_words("2025-10-31"), date_words("2025-10"), date_words("2025-10-08/2025-10-10")
    ('31 October 2025', 'October 2025', '8 October 2025 – 10 October 2025')
    >>> date_words("2026-24"), date_words("2026-03/.."), date_words("../2026")
    ('winter 2026', 'from March 2026', 'until 2026')
    """
    first, span, last = (value or "").partition("/")
    if span and first in ("", ".."):
        return f"until {_day_words(last)}" if last not in ("", "..") else ""
    if span and last in ("", ".."):
        return f"from {_day_words(first)}"
    return " – ".join(_day_words(part) for part in (first, last) if part)


def _day_words(value: str) -> str:
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    if month in _SEASONS and not day:
        return _SEASONS[month] if year == "XXXX" else f"{_SEASONS[month]} {year}"
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return value
    name = _MONTHS[int(month) - 1]
    shown = f"{int(day)} {name}" if day.isdigit() else name
    return shown if year == "XXXX" else f"{shown} {year}"


def term_words(value: str | None) -> str:
    """A duration for people: ``P10Y`` gives 10 years; one of another form stays as it is."""
    found = _TERM.fullmatch(value or "")
    if not found or not any(found.groups()):
        return value or ""
    counted = [(int(number), unit) for number, unit in zip(found.groups(), _UNITS, strict=True) if number]
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in counted)


def place_words(value: str | None) -> str:
    """``Kuala Lumpur, MYS`` gives Kuala Lumpur, Malaysia."""
    city, comma, code = (value or "").rpartition(", ")
    return f"{city}{comma}{party_name(code)}" if code else ""


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"; "" for none."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def parties_words(codes: Sequence[str] | None) -> str:
    """Names of parties: "India and United States"."""
    return listed([party_name(code) for code in codes or ()])


def person_words(person: dict[str, Any] | None) -> str:
    """``Rajnath Singh (Defence Minister, India)``; "unnamed" for nobody."""
    if not person:
        return "unnamed"
    party = party_name(person["party"]) if person.get("party") else None
    about = ", ".join(filter(None, (person.get("office"), party)))
    name = person.get("name")
    return f"{name} ({about})" if name and about else name or about or "unnamed"
