"""Values of records in words for people."""

from __future__ import annotations

import re
from typing import Any

from foedus.ask.parties import party_name
from foedus.ask.words import date_words

_DAY = r"[0-9X]{4}(-[0-9X]{2}){0,2}"
_DATE = re.compile(rf"{_DAY}-[0-9X]{{2}}(/(?:{_DAY}|[.][.])?)?|{_DAY}/(?:{_DAY}|[.][.])|[.][.]/{_DAY}")
_TERM = re.compile(r"P([0-9]+)([YMWD])")
_PLACE = re.compile(r"([^,]+), ([A-Z]{3})")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


def report_name(id: str, title: str | None = None) -> str:
    """The title of a report; one without a title, known by the hash of its words only, is told by the hash's beginning."""
    return title or (f"Untitled report {id[7:15]}" if id.startswith("sha256:") else id)


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
    return date_words(text) if _DATE.fullmatch(text) else text
