"""What runs out, is due for renewal, is due or overdue: within so many months from a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, get_args

import msgspec

from foedus.ask.dates import codes_of
from foedus.ask.evidence import Evidence, Quote
from foedus.ask.lookup import records_with
from foedus.ask.search_index import ids_due
from foedus.ask.standing import add_months, end_of, standing_of
from foedus.ask.timeline import headline
from foedus.book.edtf import bounds
from foedus.book.store import Book
from foedus.errors import AskError, BookError

Why = Literal["expires", "renewal due", "lapsed", "due", "overdue"]
WHYS: tuple[Why, ...] = get_args(Why)


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to see to: `on` (EDTF) is when, `days` how many days until its last possible day (negative: past).

    `why`: an agreement `expires`, is up for renewal, or `lapsed` with no renewal reported; a commitment is `due` or
    `overdue`. `because` names the fields that the day is from.
    """

    on: str
    why: Why
    days: int
    kind: str
    parties: tuple[str, ...]
    headline: str
    because: str
    id: str
    quotes: tuple[Quote, ...]
    record: dict[str, Any]


def horizon(
    book: Book,
    *parties: str,
    months: int = 12,
    today: date | None = None,
    why: Sequence[str] = (),
    quotes: bool = True,
) -> list[Coming]:
    """What comes up within `months` months of `today` in which all `parties` take part, by last possible day and id.

    Agreements that lapsed within the same time before today are in it too, and all commitments that are overdue. A date
    known to the year counts when its year reaches into the window. `why` leaves only those; without `quotes` no
    report is read for its words. Raises `AskError`.
    """
    today = today or date.today()
    if months < 1:
        raise AskError("the horizon is at least 1 month away")
    if wrong := set(why) - set(WHYS):
        raise AskError(f"{sorted(wrong)[0]!r} is none of {', '.join(WHYS)}")
    codes = codes_of(book, parties)
    evidence = Evidence(book) if quotes else None
    found = [_agreement(one, today, months, evidence) for one in _records(book, "agreement", codes, today, months)]
    found += [_commitment(one, today, months, evidence) for one in _records(book, "commitment", codes, today, months)]
    coming = [one for one in found if one is not None and (not why or one.why in why)]
    return sorted(coming, key=lambda one: (one.days, one.on, one.id))


def _records(book: Book, kind: str, codes: list[str], today: date, months: int) -> list[dict[str, Any]]:
    """The records that may be in the answer: those of the parties, or from the index of all."""
    if not codes:
        since = "" if kind == "commitment" else add_months(today, -months).isoformat()
        try:
            return records_with(book, ids_due(book, kind, since, add_months(today, months).isoformat()), today)
        except BookError:  # a book that cannot be written has perhaps no index
            pass
    return book.records(kind, party=codes, today=today)


def _agreement(record: dict[str, Any], today: date, months: int, evidence: Evidence | None) -> Coming | None:
    end = end_of(record, today)
    days = bounds(end.on) if end else None
    if end is None or days is None or standing_of(record, today) in ("succeeded", "ended", "not concluded"):
        return None
    why: Why = "renewal due" if end.renews else "expires"
    if days[1] < today.isoformat():
        why = "lapsed"
        if record.get("stage") in ("renewed", "extended") or days[1] < add_months(today, -months).isoformat():
            return None
    elif days[0] > add_months(today, months).isoformat():
        return None
    field = (end.field, "renewal") if end.renews else (end.field,)
    return _coming(record, end.on, why, end.because, today, evidence.quotes(record, field) if evidence else [])


def _commitment(record: dict[str, Any], today: date, months: int, evidence: Evidence | None) -> Coming | None:
    due = str(record.get("due_on") or "")
    days = None if due.endswith("/..") else bounds(due)  # "from 2026" is no day by which
    if days is None or record["state"] not in ("open", "overdue") or days[0] > add_months(today, months).isoformat():
        return None
    why: Why = "overdue" if record["state"] == "overdue" else "due"
    quotes = evidence.quotes(record, ("due_on",)) if evidence else []
    return _coming(record, record["due_on"], why, "due_on", today, quotes)


def _coming(record: dict[str, Any], on: str, why: Why, because: str, today: date, quotes: list[Quote]) -> Coming:
    days = bounds(on) or ("", today.isoformat())
    who = record.get("parties") or sorted({*record.get("by", ()), *record.get("to", ())})
    return Coming(
        on=on,
        why=why,
        days=(date.fromisoformat(days[1]) - today).days,
        kind=record["record_kind"],
        parties=tuple(who),
        headline=headline(record),
        because=because,
        id=record["id"],
        quotes=tuple(quotes),
        record=record,
    )
