"""Dates and parties as a person types them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from foedus.ask.parties import resolve_party
from foedus.book.edtf import bounds
from foedus.book.store import Book
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


def codes_of(book: Book, parties: Iterable[str]) -> list[str]:
    """The codes of parties as a person types them, those that only the book knows too. Raises `AskError`."""
    return [code_of(book, one) for one in parties]


def code_of(book: Book, party: str) -> str:
    """The code of one party as a person types it. Raises `AskError`."""
    try:
        return resolve_party(party)
    except AskError:  # the book is asked only for what no word list has
        return resolve_party(party, tuple(code for code, _ in book.parties()))


def day_of(value: str) -> date:
    """The first day that a typed date can mean. Raises `AskError`."""
    days = bounds(checked_date(value))
    assert days is not None
    return date.fromisoformat(days[0])
