"""The horizon as iCalendar (RFC 5545): one all-day entry a thing, for any calendar program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from foedus.ask import Coming, party_name
from foedus.book.edtf import bounds

if TYPE_CHECKING:
    from icalendar import Event

_SAYS = {
    "expires": "Expires",
    "renewal due": "Renewal due",
    "lapsed": "Lapsed, no renewal reported",
    "due": "Due",
    "overdue": "Overdue",
}


def calendar_of(coming: Iterable[Coming], today: date) -> bytes:
    """A calendar with one entry for each thing, on its last possible day; the same bytes for the same book and day.

    The entry's id stays the same from one export to the next, so that a calendar program updates it. An exact day is the
    date; for a month or year the description says that the day is the last one possible.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//foedus//horizon//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "foedus horizon")
    stamp = datetime.combine(today, time(), UTC)
    for one in coming:
        if bounds(one.on) is not None:
            calendar.add_component(_entry(one, stamp))
    return bytes(calendar.to_ical())


def _entry(one: Coming, stamp: datetime) -> Event:
    from icalendar import Event

    first, last = bounds(one.on) or ("", "")
    day = date.fromisoformat(last)
    entry = Event()
    entry.add("uid", f"{one.id}-{one.kind}@foedus")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", day)
    if day < date.max:
        entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", _line(f"{_SAYS[one.why]}: {one.headline}"))
    entry.add("description", _description(one, first != last))
    entry.add("categories", [one.kind, one.why, *(party_name(party) for party in one.parties)])
    entry.add("transp", "TRANSPARENT")
    url = next((source["url"] for source in one.record["sources"] if source["url"]), None)
    if url:
        entry.add("url", _line(url))
    return entry


def _description(one: Coming, vague: bool) -> str:
    lines = [f"{_SAYS[one.why]}: {one.on} (from {one.because})"]
    if vague:
        lines.append(f"The sources give no day; this is the last day that {one.on} can mean.")
    lines += [f"“{quote.sentence}” ({quote.report})" for quote in one.quotes]
    lines.append(f"foedus show {one.id}")
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    """Without control characters: a calendar file has none."""
    return "".join(c if c.isprintable() else " " for c in text)
