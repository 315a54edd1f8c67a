"""Questions to a record book. Lists of records are `dict`s (the format of a record from the book), other answers are structs.

All lists are by day, undated last. A party may be given as people write it (`resolve_party`), dates as YYYY, YYYY-MM or
YYYY-MM-DD; what cannot be understood raises `AskError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from foedus.ask.brief import Brief, brief
from foedus.ask.brief import Line as BriefLine
from foedus.ask.brief import Section as BriefSection
from foedus.ask.brief import Source as BriefSource
from foedus.ask.changes import Change, changes
from foedus.ask.dates import checked_date, codes_of
from foedus.ask.evidence import Quote
from foedus.ask.horizon import Coming, horizon
from foedus.ask.network import Edge, Network, Node, network
from foedus.ask.parties import party_name, resolve_party
from foedus.ask.people import Match, people
from foedus.ask.persons import Deed, Office, PersonPage, Said, person, said
from foedus.ask.search import Found, Hit, search
from foedus.ask.search_index import refresh as prepare
from foedus.ask.show import around, show
from foedus.ask.timeline import headline, timeline
from foedus.ask.trend import Period, Trend, trend
from foedus.ask.watches import News, Watch, add_watch, remove_watch, run_watches, watches
from foedus.ask.words import date_words
from foedus.book.store import Book

__all__ = [
    "Brief",
    "BriefLine",
    "BriefSection",
    "BriefSource",
    "Change",
    "Coming",
    "Deed",
    "Edge",
    "Found",
    "Hit",
    "Match",
    "Network",
    "News",
    "Node",
    "Office",
    "Period",
    "PersonPage",
    "Quote",
    "Said",
    "Trend",
    "Watch",
    "activities",
    "add_watch",
    "agreements",
    "around",
    "brief",
    "changes",
    "checked_date",
    "commitments",
    "date_words",
    "events",
    "find",
    "headline",
    "horizon",
    "meetings",
    "network",
    "party_name",
    "people",
    "person",
    "prepare",
    "remove_watch",
    "resolve_party",
    "run_watches",
    "said",
    "search",
    "show",
    "statements",
    "timeline",
    "trend",
    "watches",
]

Parties = str | Sequence[str] | None


def find(
    book: Book,
    kind: str,
    *,
    party: Parties = None,
    since: str | None = None,
    until: str | None = None,
    domain: str | None = None,
    today: date | None = None,
) -> list[dict[str, Any]]:
    """Records of one kind ("agreement", …) in which every given party takes part, within the given time."""
    asked = codes_of(book, [party] if isinstance(party, str) else party or ())
    return book.records(
        kind, party=asked, since=checked_date(since), until=checked_date(until), domain=domain, today=today
    )


def agreements(
    book: Book,
    *,
    party: Parties = None,
    since: str | None = None,
    until: str | None = None,
    domain: str | None = None,
) -> list[dict[str, Any]]:
    """Agreements by the day they were signed, else took effect."""
    return find(book, "agreement", party=party, since=since, until=until, domain=domain)


def meetings(
    book: Book, *, party: Parties = None, since: str | None = None, until: str | None = None
) -> list[dict[str, Any]]:
    """Meetings by the day they were held or are planned for."""
    return find(book, "meeting", party=party, since=since, until=until)


def statements(
    book: Book, *, party: Parties = None, since: str | None = None, until: str | None = None
) -> list[dict[str, Any]]:
    """Statements by the day they were made, else first reported. `party`: the speaker's or the addressee's."""
    return find(book, "statement", party=party, since=since, until=until)


def commitments(
    book: Book,
    *,
    party: Parties = None,
    since: str | None = None,
    until: str | None = None,
    today: date | None = None,
) -> list[dict[str, Any]]:
    """Commitments by the day they were first reported; `state` says which are overdue on `today`."""
    return find(book, "commitment", party=party, since=since, until=until, today=today)


def activities(
    book: Book, *, party: Parties = None, since: str | None = None, until: str | None = None
) -> list[dict[str, Any]]:
    """Activities by the day they began."""
    return find(book, "activity", party=party, since=since, until=until)


def events(
    book: Book, *, party: Parties = None, since: str | None = None, until: str | None = None
) -> list[dict[str, Any]]:
    """Coded events by their day."""
    return find(book, "event", party=party, since=since, until=until)
