"""Cooperation and conflict between parties, a month at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import msgspec

from foedus.ask.dates import checked_date, codes_of
from foedus.book.edtf import bounds
from foedus.book.store import Book
from foedus.errors import AskError
from foedus.record import KINDS, PLURAL

Side = Literal["cooperation", "conflict", "neutral"]
Step = Literal["month", "quarter", "year"]
EVENTS: dict[str, Side] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"), "cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "conflict"),
}  # fmt: skip
"""The side of each event type: the quad classes of PLOVER 0.8."""
ACTS: dict[str, Side] = {
    **dict.fromkeys(
        ("confirm", "express hope", "express sympathy", "propose", "promise", "agree", "welcome", "praise", "support",
         "thank", "congratulate", "apologise"), "cooperation"),
    **dict.fromkeys(("deny", "reject", "accuse", "condemn", "express concern", "warn", "threaten", "demand"), "conflict"),
}  # fmt: skip
"""The side of what a statement does; other speech acts are neutral."""
_UNDONE = {"suspended", "notice given", "withdrawn", "terminated", "rejected", "cancelled", "postponed"}
_STATES = {"broken", "overdue"}


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """One month (or quarter, year): records by kind and side; Goldstein values of coded events where they have them.

    `cooperation` and `conflict` count agreements, meetings, statements, commitments and activities; coded events repeat
    these and are counted by themselves in `events_cooperation` and `events_conflict`.
    """

    month: str
    cooperation: int
    conflict: int
    neutral: int
    kinds: dict[str, int]
    events_cooperation: int
    events_conflict: int
    goldstein: float | None
    goldstein_events: int


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """Periods without a gap from the first to the last; `undated`: records whose day is not known to the period."""

    parties: tuple[str, ...]
    by: Step
    periods: tuple[Period, ...]
    undated: int


@dataclass
class _Sums:
    sides: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    goldstein: list[float] = field(default_factory=list)


def trend(
    book: Book,
    *parties: str,
    since: str | None = None,
    until: str | None = None,
    by: Step = "month",
    today: date | None = None,
) -> Trend:
    """Cooperation and conflict of records in which all `parties` take part, in every period between the first and last.

    A record counts in the period of its day (`when`). Planned ones count, coded events only when they are actual.
    `goldstein` is the mean over the period's events. No periods where nothing is dated. Raises `AskError`.
    """
    if len(parties) < 2:
        raise AskError("a trend needs two parties, such as India and USA")
    codes, since, until = codes_of(book, parties), checked_date(since), checked_date(until)
    sums: dict[str, _Sums] = {}
    undated = 0
    for record in book.records(KINDS, party=codes, since=since, until=until, today=today, proposals=False):
        kind = record["record_kind"]
        if kind == "event" and record.get("modality", "actual") != "actual":
            continue
        period = _period(record.get("when"), by)
        if period is None:
            undated += kind != "event"
        else:
            _count(sums.setdefault(period, _Sums()), kind, record)
    periods = tuple(_made(one, sums.get(one, _Sums())) for one in _between(sorted(sums), by))
    return Trend(parties=tuple(codes), by=by, periods=periods, undated=undated)


def side_of(record: dict[str, Any]) -> Side:
    """Whether a record is of cooperation or conflict; `neutral` where it cannot be said."""
    kind = record["record_kind"]
    if kind == "event":
        return EVENTS.get(str(record.get("type")), "neutral")
    if kind == "statement":
        return ACTS.get(str(record.get("act")), "neutral")
    undone = record.get("stage") in _UNDONE or record.get("status") in _UNDONE or record.get("state") in _STATES
    return "conflict" if undone else "cooperation"


def _count(sums: _Sums, kind: str, record: dict[str, Any]) -> None:
    side = side_of(record)
    if kind != "event":
        sums.sides[side] += 1
        sums.kinds[PLURAL[kind]] += 1
        return
    sums.events[side] += 1
    if record.get("goldstein") is not None:
        sums.goldstein.append(float(record["goldstein"]))


def _period(when: str | None, by: Step) -> str | None:
    """The period that all days of `when` are in; None when there are several."""
    days = bounds(when)
    if days is None:
        return None
    first, last = (_label(day, by) for day in days)
    return first if first == last else None


def _label(day: str, by: Step) -> str:
    if by == "quarter":
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    return day[:4] if by == "year" else day[:7]


def _between(labels: list[str], by: Step) -> Iterator[str]:
    """All periods from the first to the last label."""
    if not labels:
        return
    low, high = int(labels[0][:4]), int(labels[-1][:4])
    for year in range(low, high + 1):
        months = range(1, 13) if by == "month" else (1, 4, 7, 10) if by == "quarter" else (1,)
        for month in months:
            label = _label(f"{year:04}-{month:02}", by)
            if labels[0] <= label <= labels[-1]:
                yield label


def _made(month: str, sums: _Sums) -> Period:
    return Period(
        month=month,
        cooperation=sums.sides["cooperation"],
        conflict=sums.sides["conflict"],
        neutral=sums.sides["neutral"],
        kinds={plural: sums.kinds[plural] for kind, plural in PLURAL.items() if kind != "event"},
        events_cooperation=sums.events["cooperation"],
        events_conflict=sums.events["conflict"],
        goldstein=round(sum(sums.goldstein) / len(sums.goldstein), 2) if sums.goldstein else None,
        goldstein_events=len(sums.goldstein),
    )
