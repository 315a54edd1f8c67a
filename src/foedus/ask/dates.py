"""Dates as a person types them."""

from __future__ import annotations

import re

from foedus.book.edtf import bounds
from foedus.errors import AskError

_TYPED = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def checked_date(value: str | None) -> str | None:
    """The date itself when it is YYYY, YYYY-MM or YYYY-MM-DD, None for None. Raises `AskError`."""
    if value is None:
        return None
    value = value.strip()
    if not _TYPED.fullmatch(value) or bounds(value) is None:
        raise AskError(f"{value!r} is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD")
    return value
