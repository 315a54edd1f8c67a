"""One person across reports, with the offices held and the days that reports give for them."""

from __future__ import annotations

from typing import Any

import pytest
from made_readings import agreement, reading

from foedus.book import Book
from foedus.errors import NotFoundError
from foedus.record import Meeting, Person, Reading, Statement

BASE: dict[str, Any] = {"evidence": {"record": ((0, 4),)}, "confidence": 0.8}


def named(id: str, day: str, *people: Person) -> Reading:
    one = Meeting(id=f"me-{id}", parties=("FJI", "TON"), held_on=day, participants=people, **BASE)
    return reading(id, day, meetings=(one,))


@pytest.fixture
def filled(book: Book) -> Book:
    book.add(
        named(
            "a", "2019-05-01", Person("Ana Vola", "Minister of Ports", "TON"), Person("Jone Rabuka", "Minister", "FJI")
        )
    )
    book.add(named("b", "2021-07-01", Person("Vola", "minister of ports", "TON")))
    book.add(
        named(
            "c",
            "2024-02-01",
            Person("Ana M. Vola", "Prime Minister", "TON"),
            Person("Sitiveni Rabuka", "Prime Minister", "FJI"),
        )
    )
    book.add(named("d", "2024-03-01", Person("Rabuka", "Prime Minister", "FJI"), Person("Vola", None, "WSM")))
    said = Statement(id="st-e", speaker=Person("A. Vola", None, "TON"), text="we agree", made_on="2024-03-02", **BASE)
    signer = agreement(
        "e", title="Pact", signatories=(Person("Ana Vola", "Prime Minister", "TON"),), signed_on="2024-03-02"
    )
    book.add(reading("e", "2024-03-02", signer, statements=(said,)))
    return book


def test_offices_over_time(filled: Book) -> None:
    (ana,) = filled.persons(party="TON")
    assert ana["name"] == "Ana M. Vola"
    assert sorted(ana["names"]) == ["A. Vola", "Ana M. Vola", "Ana Vola", "Vola"]
    assert ana["offices"] == [
        {"office": "Minister of Ports", "from": "2019-05-01", "until": "2021-07-01", "reports": ["a", "b"]},
        {"office": "Prime Minister", "from": "2024-02-01", "until": "2024-03-02", "reports": ["c", "e"]},
    ]
    assert ana["records"] == 5


def test_others_of_the_same_name_are_others(filled: Book) -> None:
    people = {(one["name"], one["party"]): one["records"] for one in filled.persons()}
    assert people == {
        ("Ana M. Vola", "TON"): 5, ("Jone Rabuka", "FJI"): 1, ("Sitiveni Rabuka", "FJI"): 2, ("Vola", "WSM"): 1,
    }  # fmt: skip


def test_a_person_by_name_or_id(filled: Book) -> None:
    found = filled.person("Sitiveni Rabuka")
    assert [(one["kind"], one["role"], one["on"]) for one in found["records"]] == [
        ("meeting", "participants", "2024-02-01"),
        ("meeting", "participants", "2024-03-01"),
    ]
    assert filled.person(found["id"]) == found
    with pytest.raises(NotFoundError, match="fits several persons: Jone Rabuka"):
        filled.person("Rabuka")
    with pytest.raises(NotFoundError, match="no person"):
        filled.person("Nobody")


def test_a_person_goes_with_the_reports(filled: Book) -> None:
    filled.add(reading("a", "2019-05-01"))
    assert [one["name"] for one in filled.persons(name="Jone Rabuka") if one["name"].startswith("Jone")] == []
