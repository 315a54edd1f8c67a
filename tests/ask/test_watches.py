"""Watches tell what is new since the last run, once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from pacific import PAIR, READINGS, reading

from foedus import ask
from foedus.book import Book, export_book, import_book
from foedus.errors import AskError, NotFoundError
from foedus.record import Agreement, Commitment

DAY = date(2025, 6, 1)


def pact(id: str, stage: str, day: str = "2024-01-01") -> None:
    about = {"title": "walrus pact", "parties": PAIR, "stage": stage, "signed_on": day, "domains": ("transport",)}
    return reading(id, "2024-01-02", f"{{r0:A walrus pact}} was {stage}, says {id}.", (Agreement, about))


def test_a_watch_tells_once(anywhere: Book) -> None:
    ask.add_watch(anywhere, "pair", "Fiji", "Tonga")
    assert ask.run_watches(anywhere, today=DAY) == []
    anywhere.add(pact("one", "signed"))
    for keep in (True, False):
        (news,) = ask.run_watches(anywhere, "pair", keep=keep, today=DAY)
        assert (news.what, news.kind, news.headline, news.reports) == (
            "new",
            "agreement",
            "walrus pact: signed",
            ("one",),
        )
    assert ask.run_watches(anywhere, today=DAY) == []


def test_a_watch_tells_what_changed(anywhere: Book) -> None:
    anywhere.add(pact("one", "signed"))
    ask.add_watch(anywhere, "pair", *PAIR, kinds=["agreement"])
    anywhere.add(pact("two", "signed"))
    assert ask.run_watches(anywhere, today=DAY) == []  # said again is no news
    anywhere.add(pact("three", "in force", "2024-01-02"))
    (news,) = ask.run_watches(anywhere, today=DAY)
    assert news.what == "changed"
    assert news.detail == "stage: signed → in force; differ: – → signed_on"


def test_a_state_that_turns_is_news(empty: Book) -> None:
    promise = {"by": ("TON",), "to": ("FJI",), "undertaking": "deliver boats", "due_on": "2025-12"}
    empty.add(reading("p", "2025-01-02", "{r0:Tonga will deliver boats}.", (Commitment, promise)))
    ask.add_watch(empty, "boats", "Tonga", from_start=True)
    assert [one.what for one in ask.run_watches(empty, today=DAY)] == ["new"]
    (news,) = ask.run_watches(empty, today=date(2026, 1, 1))
    assert (news.what, news.detail) == ("changed", "state: open → overdue")


def test_domains_and_phrases(empty: Book) -> None:
    ask.add_watch(empty, "fish", domain="fisheries")
    ask.add_watch(empty, "drills", domain="exercises")
    ask.add_watch(empty, "words", phrase='"patrol boat"')
    ask.add_watch(empty, "both", "Tonga", phrase="ferries", kinds=["statement"])
    for one in READINGS:
        empty.add(one)
    found = ask.run_watches(empty, today=DAY)
    assert [(one.watch, one.kind) for one in found] == [
        ("both", "statement"), ("both", "statement"),
        ("drills", "activity"),
        ("fish", "agreement"),
        ("words", "commitment"), ("words", "report"),
    ]  # fmt: skip
    assert ask.run_watches(empty, today=DAY) == []


def test_watches_are_listed_and_removed(anywhere: Book) -> None:
    assert ask.watches(anywhere) == []
    ask.add_watch(anywhere, "b", "Fiji")
    ask.add_watch(anywhere, "a", phrase="x")
    ask.run_watches(anywhere, "b")
    assert [(one.name, one.parties, one.run_at is None) for one in ask.watches(anywhere)] == [
        ("a", (), True),
        ("b", ("FJI",), False),
    ]
    ask.remove_watch(anywhere, "b")
    assert [one.name for one in ask.watches(anywhere)] == ["a"]
    with pytest.raises(NotFoundError, match=r"no watch 'b' \(a\)"):
        ask.remove_watch(anywhere, "b")


def test_what_is_no_watch(empty: Book) -> None:
    ask.add_watch(empty, "a", "Fiji")
    for name, about, said in (
        ("a", {"phrase": "x"}, "there is a watch 'a' already"),
        ("", {"phrase": "x"}, "must not be empty"),
        ("b", {}, "needs parties, a domain or a phrase"),
        ("b", {"domain": "love"}, "unknown domain 'love'"),
        ("b", {"phrase": '"'}, "no word to search for"),
        ("b", {"phrase": "x", "kinds": ["treaty"]}, "unknown kind"),
    ):
        with pytest.raises(AskError, match=said):
            ask.add_watch(empty, name, **about)
    assert len(ask.watches(empty)) == 1


def test_watches_go_with_an_exported_book(anywhere: Book, new_place: Callable[[], str]) -> None:
    ask.add_watch(anywhere, "pair", *PAIR)
    ask.add_watch(anywhere, "words", phrase="walrus", from_start=True)
    first, second = io.BytesIO(), io.BytesIO()
    assert export_book(anywhere, first)["watches"] == 2
    with Book.open(new_place()) as other:
        assert import_book(other, io.BytesIO(first.getvalue()))["watches"] == 2
        assert ask.watches(other) == ask.watches(anywhere)
        assert ask.run_watches(other, "pair", today=DAY) == []  # what was told there is told here
        other.add(pact("one", "signed"))
        assert [one.watch for one in ask.run_watches(other, keep=True, today=DAY)] == ["pair", "words", "words"]
        assert import_book(other, io.BytesIO(first.getvalue()))["watches"] == 0
    with Book.open(new_place()) as third:
        import_book(third, io.BytesIO(first.getvalue()))
        export_book(third, second)
    assert second.getvalue() == first.getvalue()
