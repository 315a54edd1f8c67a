"""When two meetings of different reports are one, and when they are two."""

from __future__ import annotations

from typing import Any

import pytest
from judged import Record, judged
from made_readings import reading

from foedus.book import Book
from foedus.record import Meeting, Person

BOTH = ["Ana Vola FJI", "Tomasi Kefu TON"]


def talks(on: str | None = None, published: str | None = None, **values: object) -> Record:
    about = {"parties": ["FJI", "TON"], "held_on": on, "published": published, "status": "held"}
    return {name: value for name, value in (about | values).items() if value is not None}


ONE = {
    "a readout from each side": (
        talks("2024-03-03", "2024-03-03", participants=BOTH, place="Suva, FJI"),
        talks("2024-03-03", "2024-03-04", participants=BOTH[::-1], place="Suva"),
    ),
    "names in another order": (
        talks("2024-03-03", participants=["Hayashida Kenzo JPN", "Ana Vola FJI"]), talks("2024-03-03", participants=["Kenzo Hayashida JPN"]),
    ),
    "accents": (talks("2023-01-30", place="Brasília, BRA"), talks("2023-01-30", place="Brasilia, BRA")),
    "planned, then held": (
        talks("2024-03-03", "2024-02-27", status="scheduled", participants=BOTH), talks("2024-03-03", "2024-03-03", participants=BOTH),
    ),
    "planned with no day": (
        talks(None, "2024-03-01", status="scheduled", participants=BOTH), talks("2024-03-03", "2024-03-03", participants=BOTH),
    ),
    "no day, but the place": (talks(None, "2024-03-03", place="Suva"), talks("2024-03-03", "2024-03-04", place="Suva, FJI")),
    "no day, but the level": (
        talks(None, "2024-03-03", level="heads of state or government"), talks("2024-03-03", "2024-03-03", level="heads of state or government"),
    ),
    "put off": (
        talks("2024-03-03", "2024-03-02", status="postponed", participants=BOTH), talks("2024-04-10", "2024-04-10", participants=BOTH),
    ),
    "an edition over three days": (
        talks("2024-03-03", forum="Joint Commission", edition=4), talks("2024-03-05", forum="Joint Commission", edition=4),
    ),
    "a series by a longer name": (
        talks("2024-03-03", forum="intergovernmental consultations", edition=2),
        talks("2024-03-03", forum="Fiji-Tonga High-Level Intergovernmental Consultations", edition=2),
    ),
    "another town is given, the persons are the same": (
        talks("2024-03-03", participants=BOTH, place="Suva, FJI"), talks("2024-03-03", participants=BOTH, place="Nadi, FJI"),
    ),
}  # fmt: skip

TWO = {
    "other persons": (
        talks("2024-03-03", participants=BOTH), talks("2024-03-03", participants=["Sione Tupou TON", "Mere Waqa FJI"]),
    ),
    "one of them met two": (
        talks("2024-03-03", participants=BOTH), talks("2024-03-03", participants=["Ana Vola FJI", "Sione Tupou TON"]),
    ),
    "ministers and heads": (talks("2024-03-03", level="ministers"), talks("2024-03-03", level="heads of state or government")),
    "a call and a visit": (talks("2024-03-03", format="phone call"), talks("2024-03-03", format="bilateral")),
    "two editions": (talks("2024-03-03", forum="Joint Commission", edition=4), talks("2024-03-03", forum="Joint Commission", edition=5)),
    "the next day but one": (talks("2024-03-03", participants=BOTH), talks("2024-03-05", participants=BOTH)),
    "two towns, nobody named": (talks("2024-03-03", place="Suva, FJI"), talks("2024-03-03", place="Nukualofa, TON")),
    "a series a year later": (talks("2023-03-03", forum="Joint Commission"), talks("2024-03-03", forum="Joint Commission")),
    "planned for long, another held before": (
        talks("2024-05-03", "2024-03-01", status="scheduled", participants=BOTH), talks("2024-03-03", "2024-03-03", participants=BOTH),
    ),
    "nothing but the parties, weeks apart": (talks(None, "2024-03-03"), talks(None, "2024-03-20")),
}  # fmt: skip


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE.keys())
def test_one(pair: tuple[Record, Record]) -> None:
    verdict = judged("meeting", *pair)
    assert verdict.score > 0, verdict


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO.keys())
def test_two(pair: tuple[Record, Record]) -> None:
    verdict = judged("meeting", *pair)
    assert verdict.score <= 0, verdict


def test_planned_then_held_from_each_side(book: Book) -> None:
    people = tuple(Person(name, "Minister", party) for name, party in (("Ana Vola", "FJI"), ("Tomasi Kefu", "TON")))
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("a", "2024-02-25", {"status": "scheduled", "held_on": "2024-03-03"}),
        ("b", "2024-03-03", {"status": "held", "held_on": "2024-03-03", "place": "Suva, FJI", "topics": ("ferries",)}),
        ("c", "2024-03-04", {"status": "held", "held_on": "2024-03-03", "place": "Suva", "topics": ("fish",)}),
    ]
    for id, day, values in told:
        shown = {"evidence": {"record": ((0, 4),)}, "confidence": 0.8, "participants": people}
        one = Meeting(id=f"me-{id}", parties=("FJI", "TON"), **shown, **values)
        book.add(reading(id, day, meetings=(one,)))
    (record,) = book.records("meeting")
    assert (record["status"], record["place"], record["topics"]) == ("held", "Suva, FJI", ["ferries", "fish"])
    assert [source["report"] for source in record["sources"]] == ["a", "b", "c"]
    assert record["conflicts"] == {}
