"""Of the follow-up that waits for a person's word, a commitment keeps the best, whatever comes, goes and is decided."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from test_follow import BY, act, promise

from foedus.book import Book, proposals
from foedus.record import Reading

WEAK = (
    "ferries for the harbour",
    "patrol vessels for Suva",
    "ferries, two, for Suva",
    "ferries at the authority",
    "harbour buoys and ferries",
)


def weak(number: int) -> Reading:
    """A later delivery that may be what was promised."""
    return act(f"w{number}", f"2026-0{1 + number}-05", item=WEAK[number], start_on=f"2026-0{1 + number}-01")


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two proposals are kept."""
    monkeypatch.setattr(proposals, "MOST", 2)


def shown(book: Book) -> list[dict[str, Any]]:
    """The follow-up of the promise."""
    found: list[dict[str, Any]] = book.record("co-p", today=date(2027, 1, 1))["follow_up"]
    return found


def filled(book: Book, *readings: Reading) -> list[dict[str, Any]]:
    """The follow-up after each of the readings was consolidated by itself."""
    for one in readings:
        book.add(one)
        book.consolidate()
    return shown(book)


def test_there_are_more_than_are_kept(book: Book) -> None:
    found = filled(book, promise(due_on="2025-06"), *map(weak, range(5)))
    assert len(found) > 2
    assert not any(one["confirmed"] for one in found)


@pytest.mark.usefixtures("two")
def test_the_best_are_kept_in_every_order(new_place: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    readings = [promise(due_on="2025-06"), *map(weak, range(5))]
    with monkeypatch.context() as without, Book.open(new_place()) as book:
        without.setattr(proposals, "MOST", 99)
        every = filled(book, *readings)
    best = sorted(sorted(every, key=lambda one: (-one["score"], one["record"]))[:2], key=lambda one: one["record"])
    for seed in range(4):
        random.Random(seed).shuffle(readings)
        with Book.open(new_place()) as book:
            found = filled(book, *readings)
        assert sorted(found, key=lambda one: str(one["record"])) == best


@pytest.mark.usefixtures("two")
def test_where_one_goes_the_next_takes_its_place(book: Book) -> None:
    first = filled(book, promise(due_on="2025-06"), *map(weak, range(5)))
    assert len(first) == 2
    book.reject(first[0]["record"], **BY)
    then = shown(book)
    assert len(then) == 2
    assert first[1] in then
    assert first[0] not in then
    book.unlink(first[1]["record"], first[1]["relation"], "co-p", **BY)
    last = shown(book)
    assert len(last) == 2
    assert not {one["record"] for one in first} & {one["record"] for one in last}


@pytest.mark.usefixtures("two")
def test_what_counts_is_never_left_out(book: Book) -> None:
    found = filled(book, promise(due_on="2025-06"), *map(weak, range(5)), act())
    assert [one["confirmed"] for one in found].count(True) == 1
    assert len(found) == 3
    book.link("ac-w0", "delays", "co-p", **BY)
    book.reject("ac-w3", **BY)
    kept = {one["record"]: one["confirmed"] for one in shown(book)}
    assert kept["ac-w0"] is True
    assert list(kept.values()).count(False) == 2
