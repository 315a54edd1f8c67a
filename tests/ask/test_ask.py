"""Questions: parties as people write them, dates, timelines, and the sentences behind a record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foedus import ask
from foedus.book import Book
from foedus.errors import AskError
from foedus.record import Agreement, Event, Meeting, Person, Reading, Report, Statement

TEXT = "It rained. Fiji and Tonga signed a ferry pact in Suva.\nThe ten-year pact was welcome. Nobody danced."


def spans(*words: str) -> tuple[tuple[int, int], ...]:
    return tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


@pytest.fixture
def book(tmp_path: Path) -> Any:
    pact = Agreement(
        id="ag-1",
        title="ferry pact",
        parties=("FJI", "TON"),
        term="P10Y",
        domains=("transport",),
        evidence={
            "record": spans("ferry pact"),
            "title": spans("ferry pact"),
            "parties": spans("Fiji", "Tonga"),
            "term": spans("ten-year"),
            "domains": spans("ferry"),
        },
        confidence=0.9,
    )
    base: dict[str, Any] = {"evidence": {"record": spans("Fiji")}, "confidence": 0.8}
    reading = Reading(
        report=Report(id="r", published_on="2024-05-03", text=TEXT),
        agreements=(pact,),
        meetings=(Meeting(id="me-1", parties=("FJI", "TON"), held_on="2024-05-02", format="bilateral", **base),),
        statements=(
            Statement(
                id="st-1",
                speaker=Person("Ana Vola", "Minister", "TON"),
                addressee="FJI",
                text="we agree",
                mode="direct",
                **base,
            ),
        ),
        events=(Event(id="ev-1", type="SUPPORT", actor=("FJI", "TON"), date="2024-05-02", **base),),
    )
    with Book.open(tmp_path / "book.db") as opened:
        opened.add(reading)
        yield opened


def test_timeline_is_by_day_with_the_undated_last(book: Book) -> None:
    found = ask.timeline(book, "FJI", "ton")
    assert [(entry["on"], entry["kind"]) for entry in found] == [
        ("2024-05-02", "meeting"),
        ("2024-05-03", "statement"),
        (None, "agreement"),
    ]
    assert found[1]["on_from"] == "published_on"
    assert [entry["kind"] for entry in ask.timeline(book, "FJI", events=True, until="2024-05-02")] == [
        "meeting",
        "event",
    ]


def test_each_kind_has_its_question(book: Book) -> None:
    assert [len(one(book)) for one in (ask.agreements, ask.meetings, ask.statements, ask.commitments, ask.activities, ask.events)] == [
        1, 1, 1, 0, 0, 1,
    ]  # fmt: skip
    assert ask.agreements(book, domain="transport")
    assert not ask.agreements(book, domain="health")
    assert not ask.meetings(book, party=["FJI", "TON"], since="2024-05-03")


def test_show_gives_the_sentence_around_each_value(book: Book) -> None:
    (source,) = ask.show(book, "ag-1")["sources"]
    evidence = {one["field"]: one["evidence"] for one in source["fields"]}
    assert evidence["term"] == [
        {"start": 59, "end": 67, "before": "The ", "words": "ten-year", "after": " pact was welcome."}
    ]
    assert [one["words"] for one in evidence["parties"]] == ["Fiji", "Tonga"]
    assert evidence["title"][0]["before"] == "Fiji and Tonga signed a "


def test_around_stays_inside_the_text() -> None:
    assert ask.around("abc", 0, 3) == {"start": 0, "end": 3, "before": "", "words": "abc", "after": ""}
    long = ask.around("word " * 1000, 2500, 2504)
    assert long["words"] == "word"
    assert len(long["before"]) < 500


@pytest.mark.parametrize("typed", ["org:NATO", "nato", "NATO"])
def test_parties_of_the_book_are_known(typed: str) -> None:
    assert ask.resolve_party(typed, also=("org:NATO",)) == "org:NATO"


@pytest.mark.parametrize("wrong", ["", "Atlantis Minor"])
def test_an_unknown_party_is_said(wrong: str) -> None:
    with pytest.raises(AskError):
        ask.resolve_party(wrong, also=("FJI",))


@pytest.mark.parametrize("wrong", ["soon", "2024-13", "2024-02-30", "24", "2024-1-1", "2024/2025"])
def test_a_wrong_date_is_said(wrong: str) -> None:
    with pytest.raises(AskError, match="expected YYYY"):
        ask.checked_date(wrong)
