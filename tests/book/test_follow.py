"""What became of a commitment: later records that fulfil, delay, break or repeat it, with their words, score and reason."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from made_readings import agreement, reading

from foedus.book import Book
from foedus.book.follow import STRONG
from foedus.record import Activity, Commitment, Meeting, Money, Person, Reading, Statement

BASE: dict[str, Any] = {"evidence": {"record": ((5, 20),)}, "confidence": 0.8}
BY = {"author": "Ana Vola"}


def promise(id: str = "p", day: str = "2024-03-04", **values: Any) -> Reading:
    about: dict[str, Any] = {
        "by": ("TON",),
        "to": ("FJI",),
        "undertaking": "deliver three patrol ferries to the Suva harbour authority",
    }
    return reading(id, day, commitments=(Commitment(id=f"co-{id}", **BASE, **(about | values)),))


def act(id: str = "a", day: str = "2025-05-02", **values: Any) -> Reading:
    about: dict[str, Any] = {
        "kind": "arms transfer",
        "parties": ("FJI", "TON"),
        "item": "three patrol ferries",
        "status": "held",
    }
    return reading(
        id, day, activities=(Activity(id=f"ac-{id}", **BASE, **(about | {"start_on": "2025-05-01"} | values)),)
    )


def said(id: str, text: str, day: str = "2025-05-02", party: str = "TON") -> Reading:
    return reading(
        id,
        day,
        statements=(Statement(id=f"st-{id}", speaker=Person("Ana Vola", "Minister", party), text=text, **BASE),),
    )


def follow_up(book: Book, *readings: Reading, id: str = "co-p") -> list[dict[str, Any]]:
    for one in readings:
        book.add(one)
    found: list[dict[str, Any]] = book.record(id)["follow_up"]
    return found


@pytest.mark.parametrize(
    ("later", "relation"),
    [
        (act(), "fulfils"),
        (act(status="cancelled"), "breaks"),
        (act(status="planned", start_on="2025-09-01"), "repeats"),
        (said("s", "The patrol ferries for the Suva harbour authority were handed over on Thursday"), "fulfils"),
        (said("s", "The three patrol ferries for Suva harbour have been delayed by a strike at the yard"), "delays"),
        (said("s", "We will not deliver the three patrol ferries to the harbour of Suva"), "breaks"),
        (said("s", "Tonga remains committed to the delivery of three patrol ferries to Suva harbour"), "repeats"),
        (promise("q", "2025-01-10", undertaking="deliver the three patrol ferries to the Suva harbour authority", due_on="2027"), "delays"),
    ],
)  # fmt: skip
def test_what_follows_a_commitment_up(book: Book, later: Reading, relation: str) -> None:
    (found,) = follow_up(book, promise(due_on="2025"), later)
    assert found["relation"] == relation
    assert 0.5 <= found["score"] <= 1
    assert "ferry" in found["because"] or "patro" in found["because"]
    assert found["evidence"] == [{"report": later.report.id, "record": found["record"], "spans": [[5, 20]]}]
    assert found["confirmed"] is (found["score"] >= STRONG)
    assert found["by"] == "foedus"


@pytest.mark.parametrize(
    "later",
    [
        act(parties=("FJI", "WSM")),  # another giver
        act(item="two school buses", kind="aid"),
        act(day="2023-05-02", start_on="2023-05-01"),  # before the promise
        act(day="2033-05-02", start_on="2033-05-01"),  # a decade later
        said("s", "The three patrol ferries of Suva harbour are beautiful"),
        said("s", "The patrol ferries for the Suva harbour authority will be delivered"),
        said("s", "It has been delayed"),
        reading("m", "2025-01-01", meetings=(Meeting(id="me-m", parties=("FJI", "TON"), status="held", held_on="2025-01-01", **BASE),)),
    ],
)  # fmt: skip
def test_what_does_not(book: Book, later: Reading) -> None:
    assert follow_up(book, promise(due_on="2025"), later) == []


def test_the_report_of_the_promise_itself_is_no_follow_up(book: Book) -> None:
    planned = act("p", "2024-03-04").activities
    both = Reading(report=promise().report, commitments=promise().commitments, activities=planned)
    assert follow_up(book, both) == []


def test_the_state_as_of_a_day(book: Book) -> None:
    follow_up(book, promise(due_on="2025-06"), act())
    states = [book.record("co-p", today=day)["state"] for day in (date(2025, 4, 1), date(2025, 5, 1), date(2026, 1, 1))]
    assert states == ["open", "fulfilled", "fulfilled"]
    assert book.records("commitment", today=date(2025, 4, 1))[0]["state"] == "open"


def test_overdue_broken_superseded(book: Book) -> None:
    follow_up(book, promise(due_on="2025-06"))
    assert book.record("co-p", today=date(2025, 7, 1))["state"] == "overdue"
    again = promise(
        "q", "2025-01-10", undertaking="deliver the three patrol ferries to the Suva harbour authority", due_on="2027"
    )
    follow_up(book, again)
    assert book.record("co-p", today=date(2025, 7, 1))["state"] == "superseded"
    assert book.record("co-q", today=date(2025, 7, 1))["state"] == "open"
    follow_up(book, act("x", "2026-02-01", status="cancelled", start_on="2026-02-01"))
    assert book.record("co-q", today=date(2026, 7, 1))["state"] == "broken"


def test_a_weak_link_is_a_proposal_until_a_person_confirms_it(book: Book) -> None:
    (weak,) = follow_up(book, promise(), act(day="2026-11-02", start_on="2026-11-01", item="patrol boats and ferries"))
    assert weak["score"] < STRONG
    assert not weak["confirmed"]
    assert book.record("co-p", today=date(2027, 1, 1))["state"] == "open"
    (bare,) = book.records("commitment", today=date(2027, 1, 1), proposals=False)
    assert (bare["follow_up"], bare["state"]) == ([], "open")
    made = book.link(weak["record"], "fulfils", "co-p", reason="the ministry confirms", **BY)
    (full,) = book.records("commitment", today=date(2027, 1, 1))
    assert book.records("commitment", today=date(2027, 1, 1), proposals=False) == [full]
    (found,) = follow_up(book)
    assert (found["confirmed"], found["by"], found["score"]) == (True, "Ana Vola", weak["score"])
    assert book.record("co-p", today=date(2027, 1, 1))["state"] == "fulfilled"
    book.undo(made.id, **BY)
    assert follow_up(book) == [weak]
    book.unlink(weak["record"], "fulfils", "co-p", **BY)
    assert follow_up(book) == []


def test_a_person_links_what_the_machine_does_not(book: Book) -> None:
    assert follow_up(book, promise(), act(item="two school buses", kind="aid")) == []
    book.link("ac-a", "breaks", "co-p", **BY)
    (found,) = follow_up(book)
    assert (found["relation"], found["because"]) == ("breaks", "linked by a person")


def test_an_agreement_and_a_meeting_can_be_what_was_promised(book: Book) -> None:
    to_sign = promise(undertaking="sign a fisheries training agreement", by=("TON", "FJI"), to=(), due_on="2025")
    signed = agreement("g", title="fisheries training agreement", stage="signed", signed_on="2025-02-01")
    (found,) = follow_up(book, to_sign, reading("g", "2025-02-02", signed))
    assert (found["kind"], found["relation"], found["confirmed"]) == ("agreement", "fulfils", True)
    assert found["because"].startswith("agreement signed; in common: ")


def test_amounts_count(book: Book) -> None:
    money = Money(4_000_000, "USD")
    late = {"day": "2027-02-02", "start_on": "2027-02-01", "item": "patrol ferries"}
    (without,) = follow_up(book, promise("n", amount=money), act("b", **late), id="co-n")
    (found,) = follow_up(book, act("b", **late, amount=money), id="co-n")
    assert found["score"] > without["score"]
    assert found["because"].endswith("the same amount")


def test_the_order_of_reading_never_matters(new_place: Callable[[], str]) -> None:
    readings = [
        promise(due_on="2025-06"),
        act(),
        said("s", "The three patrol ferries for Suva harbour have been delayed by a strike at the yard", "2025-01-02"),
        promise(
            "q",
            "2025-01-10",
            undertaking="deliver the three patrol ferries to the Suva harbour authority",
            due_on="2027",
        ),
    ]
    results = []
    for order in itertools.islice(itertools.permutations(readings), 0, 24, 7):
        with Book.open(new_place()) as book:
            for one in order:
                book.add(one)
                book.consolidate()
            results.append((book.records("commitment", today=date(2026, 1, 1)), book.links()))
    assert all(result == results[0] for result in results)


def test_words_of_a_speaker_without_a_party_that_name_the_state_are_a_proposal(book: Book) -> None:
    text = "Tonga has delivered the three patrol ferries to Suva harbour, a month before the date that it had named"
    railway = reading(
        "w", "2025-05-02", statements=(Statement(id="st-w", speaker=Person("the shipyard"), text=text, **BASE),)
    )
    (found,) = follow_up(book, promise(due_on="2025-06"), railway)
    assert (found["relation"], found["kind"], found["confirmed"]) == ("fulfils", "statement", False)
    assert book.record("co-p", today=date(2025, 6, 1))["state"] == "open"
    assert book.record("co-p", today=date(2025, 7, 1))["state"] == "overdue"


def test_a_promise_told_twice_is_fulfilled_once(book: Book) -> None:
    again = promise(
        "q", "2024-03-05", undertaking="Tonga will supply 3 patrol ferries to the Suva harbour authority", to=()
    )
    follow_up(book, promise(due_on="2025-06"), again, act())
    (record,) = book.records("commitment", today=date(2025, 6, 1))
    assert [source["report"] for source in record["sources"]] == ["p", "q"]
    assert record["state"] == "fulfilled"
