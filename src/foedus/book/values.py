"""Is a value that a person typed one of the format?"""

from __future__ import annotations

import re
from typing import Any

from foedus.book.edtf import bounds

DATES = {"signed_on", "effective_on", "expires_on", "held_on", "made_on", "due_on", "start_on", "end_on", "date"}
PARTIES = {"parties", "stage_by", "by", "to", "actor", "recipient", "mediators"}
_PARTY = re.compile(r"[A-Z]{3}|org:\S.*")
_UNKNOWN_YEAR = re.compile(r"XXXX-(\d\d|XX)(-(\d\d|XX))?")
_TERM = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")


def problem_of(field: str, value: Any) -> str:
    """What is wrong with the value of a field, and how it should look; "" when it is good."""
    if field in DATES and bounds(value) is None and not _UNKNOWN_YEAR.fullmatch(value):
        return f"{value!r} is not a date; expected 2025-10-31, 2025-10, 2025 or an interval 2025-10-08/2025-10-10"
    if field == "term" and not _TERM.fullmatch(value):
        return f"{value!r} is not a length of time; expected P10Y, P18M"
    if field in PARTIES:
        wrong = [one for one in value if not _PARTY.fullmatch(one)]
        if wrong:
            return f"{wrong[0]!r} is not a party code; expected IND or org:ASEAN"
    return ""


def parsed(field: str, text: str) -> Any:
    """What a person typed on the command line as a value: JSON where it is JSON, a comma list for lists, else the text."""
    import json

    if text.strip()[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    if field in PARTIES or field in {"domains", "topics", "contexts"}:
        return [part.strip() for part in text.split(",") if part.strip()]
    if field in {"edition", "goldstein"}:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
