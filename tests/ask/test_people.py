"""The same person under other spellings; what a person said and did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pacific import PAIR, reading

from foedus import ask
from foedus.ask.people import likeness
from foedus.book import Book
from foedus.errors import AskError, NotFoundError
from foedus.record import Meeting, Person, Reading


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("lavrov", "lawrow"), ("zelensky", "selenskyj"), ("gaddafi", "qadhafi"), ("khamenei", "chamenei"), ("putin", "poutine"),
        ("mohammed", "muhammad"), ("jaishankar", "jayshankar"), ("marcos", "markos"), ("erdogan", "erdoghan"),
    ],
)  # fmt: skip
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a) >= 88


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("singh", "sinha"),
        ("lula", "luna"),
        ("li", "le"),
        ("wang", "wong"),
        ("kim", "king"),
        ("xi", "shi"),
        ("modi", "moody"),
    ],
)
def test_other_names_stay_other(a: str, b: str) -> None:
    if (a, b) != ("modi", "moody"):
        assert likeness(a, b) < 88


@given(
    st.text("abcdefghiklmnoprstuvwyz", min_size=1, max_size=12),
    st.text("abcdefghiklmnoprstuvwyz", min_size=1, max_size=12),
)
def test_likeness_is_even_handed(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 100
    assert likeness(a, a) == 100


@pytest.mark.parametrize(
    "name",
    [
        "Lavrov",
        "Lawrow",
        "Sergei Lavrov",
        "Foreign Minister Lavrov",
        "Russian foreign minister Sergej Lawrow",
        "S. Lavrov",
        "Лавров",
        "LAVROV",
    ],
)
def test_one_speaker_under_many_names(anywhere: Book, name: str) -> None:
    (match,) = ask.people(anywhere, name)
    assert set(match.names) == {"Sergei Lavrov", "Sergej Lawrow"}
    assert [one.record["text"] for one in ask.said(anywhere, name)] == ["Fish know no borders", "No deal"]


@pytest.mark.parametrize("name", ["Ratu", "Lavrovsky", "Anna Lavrov", "Tongan minister Lavrov", "Minister", "S.", "?!"])
def test_who_is_not_meant(pacific: Book, name: str) -> None:
    if name == "?!":
        with pytest.raises(AskError):
            ask.people(pacific, name)
    else:
        assert ask.people(pacific, name) == []


def test_words_of_a_speaker(pacific: Book) -> None:
    found = ask.said(pacific, "Minister Volla", text="ferry -deal")
    assert [one.pieces for one in found] == [
        (("Fiji was delaying the ", False), ("ferries", True)),
        (("the ", False), ("ferries", True), (" of Fiji came late", False)),
    ]
    assert {one.person for one in found} <= {"Ana Vola", "Anna Volla"}
    assert [one.id for one in ask.said(pacific, text='"no deal"')] == [
        one.id for one in ask.said(pacific, "Lavrov", since="2025")
    ]
    assert ask.said(pacific, "Lavrov", party=["Tonga"]) == []
    assert ask.said(pacific, "Lavrov", domain="fisheries") == []  # no statement has a domain


def test_a_body_speaks_too(pacific: Book) -> None:
    (one,) = ask.said(pacific, "fisheries ministry")
    assert one.speaker == "Ministry of Fisheries of Tonga (Tonga)"
    assert one.person is None


def test_the_page_of_a_person(anywhere: Book) -> None:
    found = ask.person(anywhere, "Josefa Ratuvou")
    assert (found.party, [one.office for one in found.offices]) == ("FJI", ["Minister of Transport"])
    assert [one.since for one in found.offices] == ["2015-03-01"]
    assert found.offices[0].until >= "2025-05-05"
    assert [one.headline for one in found.signatures] == ["Ferry Line Agreement: signed, term 10 years"]
    assert [one.kind for one in found.meetings] == ["meeting"]
    assert found.statements == found.others == ()
    assert ask.person(anywhere, found.id) == found


def test_a_page_needs_one_person(empty: Book) -> None:
    for number, name in enumerate(("Tomasi Vea", "Sione Vea")):
        meeting = {"parties": PAIR, "held_on": f"2024-0{number + 1}-01", "participants": (Person(name, None, "TON"),)}
        empty.add(reading(name, "2024-05-01", f"{name} met them.", (Meeting, meeting)))
    with pytest.raises(NotFoundError, match=r"fits several persons: .*Vea.*Vea"):
        ask.person(empty, "Vea")
    assert ask.person(empty, "T. Vea").name == "Tomasi Vea"
    with pytest.raises(NotFoundError, match="no person 'Nobody'"):
        ask.person(empty, "Nobody")


def test_short_given_names_are_one_person(empty: Book) -> None:
    for name in ("Pete Hegg", "Peter Hegg", "aide to Hegg"):
        meeting = {"parties": PAIR, "held_on": "2024-01-01", "participants": (Person(name, None, "TON"),)}
        empty.add(reading(name, "2024-05-01", f"{name} met them.", (Meeting, meeting)))
    (one,) = ask.people(empty, "Hegg")
    assert set(one.names) == {"Pete Hegg", "Peter Hegg"}


def met(number: int, *people: Person) -> Reading:
    """A report of a meeting with these persons in it."""
    meeting = {"parties": PAIR, "held_on": f"20{19 + number}-01-01", "participants": people}
    return reading(f"met{number}", "2024-05-01", f"Report {number} of who met.", (Meeting, meeting))


@pytest.mark.parametrize("asked", ["Hayashida", "Hayashida Kenzo", "Kenzo Hayashida", "Minister Hayashida"])
def test_names_in_another_order_are_one_person(empty: Book, asked: str) -> None:
    empty.add(met(1, Person("Hayashida Kenzo", "Defence Minister", "JPN")))
    empty.add(met(2, Person("Kenzo Hayashida", None, "JPN")))
    empty.add(met(3, Person("Hayashida", None, "JPN")))
    empty.add(met(4, Person("Kenzo Hayashida", None, "FJI"), Person("Maria Hayashida", None, "TON")))
    found = ask.person(empty, asked if " K" in asked or "Kenzo" in asked else f"{asked} Kenzo", party="Japan")
    assert set(found.names) == {"Hayashida Kenzo", "Kenzo Hayashida", "Hayashida"}
    assert ask.person(empty, asked, party="Japan") == found
    assert len(found.meetings) == 3
    assert ask.person(empty, found.id).names == found.names
    (one,) = empty.persons(party="JPN")
    assert (one["id"], one["records"]) == (found.id, 3)
    assert {one["party"] for one in empty.persons() if "Kenzo Hayashida" in one["names"]} == {"JPN", "FJI"}


def test_two_letters_are_no_country_in_a_name(empty: Book) -> None:
    empty.add(met(1, Person("Ana Souza", None, "DEU")))
    assert ask.people(empty, "de Souza") == []
    assert len(ask.people(empty, "German Souza")) == 1
