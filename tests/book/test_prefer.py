"""Which value is shown where reports differ, and why."""

from __future__ import annotations

from typing import Any

import pytest
from made_readings import FERRY, agreement, reading

from foedus.book import Book
from foedus.book.publishers import standing_of

MINISTRY, WIRE, DIGEST = "Ministry of Ports", "Reuters", "Google News"


@pytest.mark.parametrize(
    ("publisher", "url", "standing"),
    [
        ("Ministry of Defence", None, "official"),
        ("Press Information Bureau", None, "official"),
        ("NATO", None, "official"),
        (None, "https://www.mod.gov.in/x", "official"),
        (None, "https://www.army.mil/x", "official"),
        (None, "https://ec.europa.eu/x", "official"),
        ("Reuters", None, "wire"),
        ("Orient News Agency", None, "wire"),
        ("The Wire", None, "press"),
        (None, "https://apnews.com/article/x", "wire"),
        ("Google News", "https://www.reuters.com/x", "aggregator"),
        (None, "https://news.google.com/x", "aggregator"),
        ("The Suva Times", "https://suvatimes.example/x", "press"),
        ("Spa Weekly", None, "press"),
        ("App Store News", None, "press"),
        (None, "https://notgov.example/x", "press"),
        (None, "http://[broken", "press"),
        (None, None, "press"),
    ],
)
def test_who_published_it(publisher: str | None, url: str | None, standing: str) -> None:
    assert standing_of(publisher, url) == standing


def signed(book: Book, *reports: tuple[str, str | None]) -> list[tuple[Any, bool, str]]:
    """Reports that give a day and a publisher -> value, preferred, because."""
    for number, (day, publisher) in enumerate(reports):
        one = agreement(f"p{number}", title=FERRY, signed_on=day, stage="signed")
        book.add(reading(f"p{number}", f"2024-03-0{5 + number}", one, about={"publisher": publisher}))
    (record,) = book.records("agreement")
    found = record["conflicts"].get("signed_on", [])
    assert not found or found[0]["value"] == record["signed_on"]
    return [(one["value"], one["preferred"], one["because"]) for one in found]


def test_an_official_document_wins_over_many(book: Book) -> None:
    assert signed(
        book, ("2024-03-02", WIRE), ("2024-03-02", "Fiji Sun"), ("2024-03-02", DIGEST), ("2024-03-03", MINISTRY)
    ) == [
        ("2024-03-03", True, "official document (Ministry of Ports), 1 of 4 independent reports"),
        ("2024-03-02", False, "wire service (Reuters), 3 of 4 independent reports"),
    ]


def test_a_wire_service_wins_over_an_aggregator(book: Book) -> None:
    assert signed(book, ("2024-03-02", DIGEST), ("2024-03-02", "MSN"), ("2024-03-03", WIRE)) == [
        ("2024-03-03", True, "wire service (Reuters), 1 of 3 independent reports"),
        ("2024-03-02", False, "aggregator (Google News), 2 of 3 independent reports"),
    ]


def test_the_value_of_more_independent_reports_wins(book: Book) -> None:
    assert signed(book, ("2024-03-02", None), ("2024-03-03", None), ("2024-03-03", None)) == [
        ("2024-03-03", True, "2 of 3 independent reports"),
        ("2024-03-02", False, "1 of 3 independent reports"),
    ]


def test_what_is_less_exact_speaks_for_what_fits_it(book: Book) -> None:
    assert signed(book, ("2024-03-02", WIRE), ("2024-03", MINISTRY), ("2024-03-03", DIGEST)) == [
        ("2024-03-02", True, "wire service (Reuters), 2 of 3 independent reports"),
        ("2024-03-03", False, "aggregator (Google News), 2 of 3 independent reports"),
    ]


def test_the_more_exact_value_wins_among_equals(book: Book) -> None:
    for id, place in (("a", "Suva, FJI"), ("b", "FJI")):
        book.add(reading(id, "2024-03-04", agreement(id, title=FERRY, signed_on="2024-03-03", place=place)))
    (record,) = book.records("agreement")
    assert record["place"] == "Suva, FJI"
    assert record["conflicts"] == {}
    for id, term in (("c", "P10Y"), ("d", "P12Y")):
        book.add(reading(id, "2024-03-05", agreement(id, title=FERRY, signed_on="2024-03-03", term=term)))
    (record,) = book.records("agreement")
    assert [(one["value"], one["because"]) for one in record["conflicts"]["term"]] == [
        ("P10Y", "reported first, 1 of 2 independent reports"),
        ("P12Y", "reported later, 1 of 2 independent reports"),
    ]


def test_every_source_has_its_standing(book: Book) -> None:
    signed(book, ("2024-03-03", MINISTRY), ("2024-03-03", WIRE), ("2024-03-03", None))
    (record,) = book.records("agreement")
    assert [source["standing"] for source in record["sources"]] == ["official", "wire", "press"]


def test_a_day_after_the_first_report_of_the_signing_is_wrong(book: Book) -> None:
    told = [
        ("a", "2024-03-03", {}),
        ("b", "2024-03-05", {"signed_on": "2024-03-04"}),
        ("c", "2024-03-06", {"signed_on": "2024-03-03"}),
    ]
    for id, day, values in told:
        book.add(reading(id, day, agreement(id, title=FERRY, stage="signed", **values)))
    (record,) = book.records("agreement")
    assert [(one["value"], one["because"]) for one in record["conflicts"]["signed_on"]] == [
        ("2024-03-03", "not later than a report of it (2024-03-03), 1 of 2 independent reports"),
        ("2024-03-04", "later than a report of it (2024-03-03), 1 of 2 independent reports"),
    ]
    assert record["stages"][0]["on"] == "2024-03-03"


def test_the_report_nearest_to_the_day_wins_among_equals(book: Book) -> None:
    for id, day, on in (("a", "2024-03-09", "2024-03-03"), ("b", "2024-03-04", "2024-03-04")):
        book.add(reading(id, day, agreement(id, title=FERRY, signed_on=on, stage="signed")))
    (record,) = book.records("agreement")
    assert [(one["value"], one["because"]) for one in record["conflicts"]["signed_on"]] == [
        ("2024-03-04", "reported on the day itself, 1 of 2 independent reports"),
        ("2024-03-03", "reported 6 days after, 1 of 2 independent reports"),
    ]


def test_one_place_in_two_spellings_is_no_conflict(book: Book) -> None:
    for id, place in (("a", "Brasília"), ("b", "Brasilia, BRA"), ("c", "BRA")):
        book.add(reading(id, "2024-03-04", agreement(id, title=FERRY, signed_on="2024-03-03", place=place)))
    (record,) = book.records("agreement")
    assert (record["place"], record["conflicts"]) == ("Brasilia, BRA", {})
