"""Values of records in words for people."""

from __future__ import annotations

import re
from typing import Any

from foedus.ask.parties import party_name

_DAY = r"[0-9X]{4}(-[0-9X]{2}){0,2}"
_DATE = re.compile(rf"{_DAY}-[0-9X]{{2}}(/{_DAY})?|{_DAY}/{_DAY}")
_TERM = re.compile(r"P([0-9]+)([YMWD])")
_PLACE = re.compile(r"([^,]+), ([A-Z]{3})")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
"""EDTF level 1."""


def human_date(value: str | None) -> str:
    """EDTF for people: ``2025-10-31`` -> 31 October 2025, an interval with a dash; unknown parts are left as they stand."""
    if not value:
        return ""
    return " – ".join(_human_day(part) for part in value.split("/"))


def _human_day(value: str) -> str:
    parts = value.split("-")
    try:
        if len(parts) == 3:
            return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}".replace(" XXXX", "")
        if len(parts) == 2:
            return f"{_SEASONS.get(parts[1]) or _MONTHS[int(parts[1]) - 1]} {parts[0]}"
        return value
    except (ValueError, IndexError):
        return value


def human(value: Any) -> str:
    """Any record value for people."""
    if isinstance(value, dict) and "currency" in value:
        return f"{value['amount']:,} {value['currency']}"
    if isinstance(value, dict):
        rest = [value.get("office"), party_name(value["party"]) if value.get("party") else None]
        return ", ".join(x for x in (value.get("name"), *rest) if x)
    if isinstance(value, list | tuple):
        return "; ".join(human(v) for v in value)
    text = str(value)
    if (len(text) == 3 and text.isalpha() and text.isupper()) or text.startswith("org:"):
        return party_name(text)
    if term := _TERM.fullmatch(text):
        return f"{term[1]} {_UNITS[term[2]]}{'' if term[1] == '1' else 's'}"
    if place := _PLACE.fullmatch(text):
        return f"{place[1]}, {party_name(place[2])}"
    return human_date(text) if _DATE.fullmatch(text) else text
