"""What comes up: ends of agreements from terms and renewals, commitments due and overdue, and the calendar of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from foedus import ask
from foedus.ask.horizon import WHYS
from foedus.ask.standing import add_months, end_of, plus, standing_of
from foedus.book import Book
from foedus.book.edtf import bounds
from foedus.errors import AskError, BookError
from foedus.export import calendar_of
from foedus.record import Agreement, Commitment, Reading, Report

DAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("day", "term", "end"),
    [
        ("2015-06-03", "P10Y", "2025-06-03"),
        ("2015-06", "P18M", "2016-12"),
        ("2015", "P10Y", "2025"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2024-12-30", "P2W1D", "2025-01-14"),
        ("2024-12-30", "P1W", "2025-01-06"),
        ("2023-03-18", "P120D", "2023-07-16"),
        ("2015", "P6M", None),
        ("2015-06", "P90D", None),
        ("XXXX-06-03", "P1Y", None),
        ("2015-06-03/2015-06-04", "P1Y", None),
        ("2015-06-03", "P", None),
        ("9990-01-01", "P10Y", None),
        ("soon", "P1Y", None),
    ],
)
def test_a_day_and_a_term(day: str, term: str, end: str | None) -> None:
    assert plus(day, term) == end


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 60), st.integers(0, 40))
def test_a_term_never_runs_backwards(day: date, years: int, months: int) -> None:
    end = plus(day.isoformat(), f"P{years}Y{months}M")
    assert end is not None
    assert end >= day.isoformat()
    assert abs((date.fromisoformat(end) - day).days - (years * 365.2425 + months * 30.44)) < 4
    assert add_months(day, years * 12 + months).isoformat() == end


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-500, 500))
def test_months_ahead_and_back(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months


@pytest.mark.parametrize(
    ("about", "end", "standing"),
    [
        ({"stage": "signed", "signed_on": "2015-03-01", "term": "P10Y"}, "2025-03-01", "expired"),
        ({"stage": "signed", "signed_on": "2015-03-01", "effective_on": "2016-01-01", "term": "P10Y"}, "2026-01-01", "in force"),
        ({"stage": "in force", "expires_on": "2025"}, "2025", "in force"),
        ({"stage": "renewed", "signed_on": "2015-03-01", "term": "P5Y"}, "2020-03-01", "in force"),
        ({"stage": "signed", "signed_on": "2025", "succeeded_by_id": "x"}, None, "succeeded"),
        ({"stage": "terminated", "signed_on": "2025", "term": "P1Y"}, "2026", "ended"),
        ({"stage": "negotiating"}, None, "not concluded"),
        ({"stage": "agreed"}, None, "agreed"),
        ({"signed_on": "2025-01-01"}, None, "signed"),
        ({}, None, "unknown"),
        ({"stage": "signed", "signed_on": "2015-03-01", "term": "P10Y", "renewal": "renews itself for periods of three years"},
         "2028-03-01", "signed"),
        ({"stage": "signed", "signed_on": "1995-03-01", "term": "P5Y", "renewal": "automatically"}, "2030-03-01", "signed"),
        ({"stage": "signed", "signed_on": "1995-03-01", "term": "P5Y", "renewal": "by consent"}, "2000-03-01", "expired"),
    ],
)  # fmt: skip
def test_how_an_agreement_stands(about: dict[str, Any], end: str | None, standing: str) -> None:
    found = end_of(
        about, date(2027, 1, 1) if "three" in str(about) else date(2026, 1, 1) if "1995" in str(about) else DAY
    )
    assert (found.on if found else None) == end
    assert standing_of(about, DAY) == standing


def test_the_horizon(pacific: Book) -> None:
    found = [(one.on, one.why, one.kind, one.days) for one in ask.horizon(pacific, months=12, today=date(2025, 1, 15))]
    assert found == [("2023", "overdue", "commitment", -381), ("2025-03-01", "renewal due", "agreement", 45)]
    later = ask.horizon(pacific, "Tonga", "Fiji", months=24, today=DAY, why=["expires"])
    assert [(one.headline, one.because) for one in later] == [
        ("fisheries pact: signed, term 5 years", "signed_on + P5Y")
    ]
    assert later[0].quotes[0].words == "five years"
    assert later[0].quotes[0].sentence.startswith("Fiji and Tonga signed a fisheries pact valid five years.")
    lapsed = ask.horizon(pacific, months=12, today=date(2026, 12, 1), why=["lapsed"])
    assert [one.days for one in lapsed] == [-174]
    assert ask.horizon(pacific, "Peru", months=1200, today=DAY) == []


def test_what_cannot_be_asked(pacific: Book) -> None:
    with pytest.raises(AskError, match="at least 1 month"):
        ask.horizon(pacific, months=0)
    with pytest.raises(AskError, match="none of expires"):
        ask.horizon(pacific, why=["soon"])


def test_the_calendar_reads_back(pacific: Book) -> None:
    found = ask.horizon(pacific, months=24, today=DAY)
    data = calendar_of(found, DAY)
    assert data == calendar_of(found, DAY)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    entries = calendar.walk("VEVENT")
    assert len(entries) == len(found) == 2
    assert len({str(entry["uid"]) for entry in entries}) == len(found)
    for one, entry in zip(found, entries, strict=True):
        last = bounds(one.on)
        assert last is not None
        assert entry.decoded("dtstart").isoformat() == last[1]
        assert entry.decoded("dtend") - entry.decoded("dtstart") == timedelta(days=1)
        assert one.headline in str(entry["summary"])
        for quote in one.quotes:
            assert quote.sentence in str(entry["description"])
    assert "last day that 2023 can mean" in str(entries[0]["description"])


def test_an_empty_calendar_is_one(empty: Book) -> None:
    assert Calendar.from_ical(calendar_of(ask.horizon(empty, today=DAY), DAY)).walk("VEVENT") == []


def test_the_index_changes_nothing(anywhere: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    days = (date(2015, 1, 1), date(2023, 6, 1), date(2026, 1, 1))
    asked: list[dict[str, Any]] = [{"months": months, "today": day} for months in (1, 12, 60) for day in days]
    asked += [{"months": 60, "today": day, "why": [why]} for day in days for why in WHYS]
    parties = ["", *(code for code, _ in anywhere.parties()[:3])]

    def answers() -> list[list[ask.Coming]]:
        return [ask.horizon(anywhere, *filter(None, [code]), **one) for code in parties for one in asked]

    indexed = answers()
    for one in asked:
        found = ask.horizon(anywhere, **one)
        for limit in range(len(found) + 2):
            assert ask.horizon(anywhere, **one, limit=limit) == found[:limit]

    def unwritable(*_: object) -> int:
        raise BookError("the record book is read-only")

    monkeypatch.setattr(importlib.import_module("foedus.ask.horizon"), "refresh", unwritable)
    assert answers() == indexed
    assert {one.why for found in indexed for one in found} >= {"expires", "renewal due", "due", "overdue"}
    assert ask.horizon(anywhere, months=60, today=DAY, limit=2) == ask.horizon(anywhere, months=60, today=DAY)[:2]
    bare = ask.horizon(anywhere, months=60, today=DAY, quotes=False)
    assert [one.quotes for one in bare] == [()] * len(bare)


def agreement(number: int, **values: Any) -> Reading:
    """A report of an agreement, or (with `by`) of a commitment."""
    text = "India and Fiji signed a pact on ferries."
    report = Report(id=f"r{number}", text=text, published_on="2020-01-02")
    common = {"id": f"x-{number}", "evidence": {"record": ((0, 5),)}, "confidence": 0.9}
    if "by" in values:
        return Reading(report=report, commitments=(Commitment(**common, **values),))
    return Reading(report=report, agreements=(Agreement(parties=("FJI", "IND"), **common, **values),))


def test_what_comes_up_is_read_in_the_order_of_the_answer(new_place: Callable[[], str]) -> None:
    """Renewals are put in by the day of the question; what has ended or has no last day is never read."""
    signed = {"signed_on": "2020-01-01", "stage": "in force"}
    with Book.open(new_place()) as book:
        for one in (
            agreement(1, title="ferry treaty", term="P5Y", **signed),
            agreement(2, title="radio pact", term="P1Y", renewal="renews itself automatically", **signed),
            agreement(3, title="coal deal", term="P5Y", signed_on="2020-01-01", stage="terminated"),
            agreement(4, title="visa accord", expires_on="2025", **signed),
            agreement(5, by=("IND",), to=("FJI",), undertaking="build a dam", firmness="committed", due_on="2024-12"),
            agreement(
                6, by=("IND",), to=("FJI",), undertaking="pay for schools", firmness="committed", due_on="2025-02/.."
            ),
            agreement(7, by=("FJI",), to=("IND",), undertaking="open a port", firmness="committed", due_on="2025"),
        ):
            book.add(one)
        found = ask.horizon(book, today=date(2024, 12, 20))
        assert [(one.on, one.why) for one in found] == [
            ("2024-12", "due"),
            ("2025-01-01", "expires"),
            ("2025-01-01", "renewal due"),
            ("2025", "expires"),
            ("2025", "due"),
        ]
        for limit in range(7):
            assert ask.horizon(book, today=date(2024, 12, 20), limit=limit) == found[:limit]
        assert ask.horizon(book, "Fiji", "India", today=date(2024, 12, 20)) == found
        assert ask.horizon(book, "Japan", today=date(2024, 12, 20)) == []
        renewed = ask.horizon(book, today=date(2030, 6, 1), why=["renewal due"])
        assert [one.on for one in renewed] == ["2031-01-01"]
        assert [one.why for one in ask.horizon(book, today=date(2025, 3, 1))] == [
            "overdue", "lapsed", "expires", "due", "renewal due",
        ]  # fmt: skip
