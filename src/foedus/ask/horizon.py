"""What runs out, is due for renewal, is due or overdue: within so many months from a day."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Literal, get_args

import msgspec
import sqlalchemy as sa

from foedus.ask.dates import codes_of
from foedus.ask.due import last_day_of
from foedus.ask.evidence import Evidence, Quote
from foedus.ask.lookup import records_with, with_proposals
from foedus.ask.search_index import documents, refresh
from foedus.ask.standing import add_months, end_of, standing_of
from foedus.ask.timeline import headline
from foedus.book.edtf import bounds
from foedus.book.rows import of_parties
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


class _Due(msgspec.Struct, frozen=True):
    """What makes a record come up: its day, why, and the fields that say so."""

    record: dict[str, Any]
    on: str
    why: Why
    because: str
    fields: tuple[str, ...]

    @property
    def order(self) -> tuple[str, str, str]:
        """By last possible day, then as it is written, then id."""
        return (bounds(self.on) or ("", ""))[1], self.on, self.record["id"]


def horizon(
    book: Book,
    *parties: str,
    months: int = 12,
    today: date | None = None,
    why: Sequence[str] = (),
    quotes: bool = True,
    limit: int | None = None,
) -> list[Coming]:
    """What comes up within `months` months of `today` in which all `parties` take part, by last possible day and id.

    Agreements that lapsed within the same time before today are in it too, and all commitments that are overdue. A date
    known to the year counts when its year reaches into the window. `why` leaves only those; without `quotes` no
    report is read for its words; `limit`: the first so many, and no more is read. Raises `AskError`.
    """
    today = today or date.today()
    if months < 1:
        raise AskError("the horizon is at least 1 month away")
    if wrong := set(why) - set(WHYS):
        raise AskError(f"{sorted(wrong)[0]!r} is none of {', '.join(WHYS)}")
    codes = codes_of(book, parties)
    view = _View(book, codes, today, months, frozenset(why or WHYS), limit)
    try:
        found = view.indexed()
    except BookError:  # a book that cannot be written has perhaps no index
        every = book.records(("agreement", "commitment"), party=codes, today=today, proposals=False)
        found = view.due(every)[:limit]
    with_proposals(book, [one.record for one in found])
    evidence = Evidence(book) if quotes else None
    if evidence is not None:
        evidence.load(one.record for one in found)
    return [_coming(one, today, evidence.quotes(one.record, one.fields) if evidence else []) for one in found]


_STEP = 50
"""Records that are read at once where a limit is given: few that come up are passed over."""


class _View:
    """One question: whose records, from which day, how far, which reasons."""

    def __init__(
        self, book: Book, codes: list[str], today: date, months: int, why: frozenset[str], limit: int | None
    ) -> None:
        self.book, self.codes, self.today, self.why, self.limit = book, codes, today, why, limit
        self.first, self.day = add_months(today, -months).isoformat(), today.isoformat()
        self.last = add_months(today, months).isoformat()

    def indexed(self) -> list[_Due]:
        """The answer by the index of what is due when: records are read in its order, and no more than are asked for."""
        refresh(self.book)
        dated, due = documents.c.due_first > "", documents.c.due_first == ""
        streams: list[Iterable[_Due]] = []
        if self.why & {"renewal due", "lapsed"}:  # those that renew themselves: their columns say no order
            streams.append(self.due(self._records(self._ids("agreement", due))))
        if self.why & {"expires", "lapsed"}:
            since = self.first if "lapsed" in self.why else self.day
            streams.append(self._read(self._ids("agreement", dated, since)))
        if self.why & {"due", "overdue"}:
            since = "" if "overdue" in self.why else self.day
            streams.append(self._read(self._ids("commitment", dated, since)))
        return list(islice(heapq.merge(*streams, key=lambda one: one.order), self.limit))

    def _ids(self, kind: str, which: sa.ColumnElement[bool], since: str = "") -> list[str]:
        own = documents.c
        query = of_parties(sa.select(own.id), self.codes, own.id)
        query = query.where(own.kind == kind, which, own.due_first <= self.last, own.due_last >= since)
        if kind == "commitment" and "due" not in self.why:
            query = query.where(own.due_last < self.day)
        with self.book.reading() as connection:
            return list(connection.execute(query.order_by(own.due_last, own.due_on, own.id)).scalars())

    def _read(self, ids: list[str]) -> Iterator[_Due]:
        """Those of the records that come up, in the order of the ids."""
        step = _STEP if self.limit is not None else max(1, len(ids))
        for start in range(0, len(ids), step):
            yield from self.due(self._records(ids[start : start + step]))

    def _records(self, ids: list[str]) -> list[dict[str, Any]]:
        return records_with(self.book, ids, self.today, proposals=False)

    def due(self, records: Iterable[dict[str, Any]]) -> list[_Due]:
        """Those of the records that come up, in order."""
        found = (
            self._agreement(one) if one["record_kind"] == "agreement" else self._commitment(one) for one in records
        )
        return sorted((one for one in found if one is not None and one.why in self.why), key=lambda one: one.order)

    def _agreement(self, record: dict[str, Any]) -> _Due | None:
        end = end_of(record, self.today)
        days = bounds(end.on) if end else None
        if end is None or days is None or standing_of(record, self.today) in ("succeeded", "ended", "not concluded"):
            return None
        why: Why = "renewal due" if end.renews else "expires"
        if days[1] < self.day:
            why = "lapsed"
            if record.get("stage") in ("renewed", "extended") or days[1] < self.first:
                return None
        elif days[0] > self.last:
            return None
        return _Due(record, end.on, why, end.because, (end.field, "renewal") if end.renews else (end.field,))

    def _commitment(self, record: dict[str, Any]) -> _Due | None:
        due = last_day_of(record)
        days = bounds(due)
        if days is None or record["state"] not in ("open", "overdue") or days[0] > self.last:
            return None
        return _Due(record, due, "overdue" if record["state"] == "overdue" else "due", "due_on", ("due_on",))


def _coming(due: _Due, today: date, quotes: Sequence[Quote]) -> Coming:
    record, days = due.record, bounds(due.on) or ("", today.isoformat())
    who = record.get("parties") or sorted({*record.get("by", ()), *record.get("to", ())})
    return Coming(
        on=due.on,
        why=due.why,
        days=(date.fromisoformat(days[1]) - today).days,
        kind=record["record_kind"],
        parties=tuple(who),
        headline=headline(record),
        because=due.because,
        id=record["id"],
        quotes=tuple(quotes),
        record=record,
    )
