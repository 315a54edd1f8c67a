"""Syndicated, cut and updated copies of one report are one voice; reports of their own are not taken for copies."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from made_readings import FERRY, agreement, reading

from foedus.book import Book
from foedus.book.copies import bands_of, nearness, words_key
from foedus.record import Reading

WIRE = (
    "SUVA (Pacific Wire) - Fiji and Tonga signed an agreement on a new ferry line on Sunday, ending talks that had gone on "
    "for almost three years between the two island states.\n\n"
    "The Minister of Ports of Tonga, Ana Vola, and her colleague from Fiji, Jone Rabuka, put their names to the paper in the "
    "harbour office of Suva after the first of the ships had called there in the morning.\n\n"
    "Under the terms the two governments will share the cost of the three ships in equal parts, and tickets will cost the "
    "same on both sides. The line is to open in the first week of August, when schools are closed.\n\n"
    "Traders in both capitals had asked for a second line since the old one was given up after a storm. A study by a "
    "regional bank says that it could carry forty thousand passengers in its first year, and a good deal of taro as well.\n"
)
HEADED = "FERRIES SAIL AGAIN\nBy our staff in Suva\n\n" + WIRE
CUT = "\n\n".join(WIRE.split("\n\n")[:2])
UPDATED = WIRE.replace("ending talks that had gone on", "closing negotiations that had dragged on") + (
    "\nUpdate: The opposition in Nuku'alofa said on Monday that parliament must see the text before the line opens."
)
OWN = (
    "Three ships, one price: that is what Jone Rabuka of Fiji and Ana Vola of Tonga promised travellers in Suva on Sunday, "
    "when they signed for a ferry between their islands. Our reporter was among some two hundred people who stood in the "
    "rain at the harbour to see it. Vola spoke of a day that her grandmother would have liked. The fishermen were less happy, "
    "and one of them, who did not want to be named, asked who would pay when the price of oil goes up again next winter.\n"
)


def report(
    id: str, text: str, day: str = "2024-03-04", signed: str = "2024-03-03", publisher: str | None = None
) -> Reading:
    one = agreement(id, title=FERRY, signed_on=signed, stage="signed")
    return reading(id, day, one, about={"text": text, "publisher": publisher})


REPORTS = [
    report("own", OWN, signed="2024-03-04"),
    report("wire", WIRE),
    report("headed", HEADED, "2024-03-05"),
    report("cut", CUT, "2024-03-06"),
    report("updated", UPDATED, "2024-03-06"),
    report("shouted", WIRE.upper(), "2024-03-07"),
]


def origins(book: Book) -> list[list[str]]:
    """Reports by origin."""
    groups: dict[str, list[str]] = {}
    for row in book.reports():
        groups.setdefault(row["origin"], []).append(row["id"])
    return sorted(sorted(group) for group in groups.values())


COPIES = ["cut", "headed", "shouted", "updated", "wire"]


def test_copies_are_one_origin_in_any_order_of_reading(new_place: Callable[[], str]) -> None:
    found = []
    for order in itertools.islice(itertools.permutations(REPORTS), 0, 720, 311):
        with Book.open(new_place()) as book:
            for one in order:
                book.add(one)
                book.consolidate()
            assert origins(book) == [COPIES, ["own"]]
            found.append(book.records("agreement"))
    assert all(one == found[0] for one in found)


def test_copies_do_not_corroborate(book: Book) -> None:
    for one in [*REPORTS, report("second", "A second paper of its own says so too.", "2024-03-05", "2024-03-04")]:
        book.add(one)
    (record,) = book.records("agreement")
    assert [source["report"] for source in record["sources"]] == [
        "own", "wire", "headed", "second", "cut", "updated", "shouted",
    ]  # fmt: skip
    assert record["signed_on"] == "2024-03-04"
    assert [one["because"] for one in record["conflicts"]["signed_on"]] == [
        "2 of 3 independent reports",
        "1 of 3 independent reports",
    ]


def test_why_a_report_is_a_copy_is_said(book: Book) -> None:
    for one in REPORTS:
        book.add(one)
    found = {one["report"]: one for one in book.copies("wire")}
    assert sorted(found) == ["cut", "headed", "shouted", "updated"]
    assert found["shouted"]["because"] == "the same words"
    assert found["cut"]["because"] == "100% of the shorter report stands word for word in the other"
    assert book.copies("own") == []


def test_a_group_parts_when_what_joined_it_goes(book: Book) -> None:
    tail = "\n\n".join(WIRE.split("\n\n")[2:])
    for one in (report("cut", CUT), report("tail", tail), report("wire", WIRE)):
        book.add(one)
    assert origins(book) == [["cut", "tail", "wire"]]
    book.add(report("wire", OWN))
    assert origins(book) == [["cut"], ["tail"], ["wire"]]


def test_the_same_words_a_year_later_are_a_report_of_their_own(book: Book) -> None:
    book.add(report("one", WIRE, "2023-03-05"))
    book.add(report("two", HEADED, "2024-03-05"))
    assert origins(book) == [["one"], ["two"]]


@pytest.mark.parametrize("text", ["", "Words.", "Fiji and Tonga signed it."])
def test_short_reports_are_copies_only_word_for_word(text: str) -> None:
    assert bands_of(text) == []
    assert words_key(text) == words_key(f"  {text.upper()} ")
    assert nearness(text, text + " indeed")[0] == 0


def test_a_signature_is_the_same_in_every_run() -> None:
    assert bands_of(WIRE)[:2] == bands_of(WIRE.lower())[:2]
    assert len(set(bands_of(WIRE)) & set(bands_of(HEADED))) > 8
    assert not set(bands_of(WIRE)) & set(bands_of(OWN))
