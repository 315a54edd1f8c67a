"""A small book of two hand-made readings; the second is as hostile as a report can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foedus.book import Book
from foedus.record import Agreement, Event, Meeting, Money, Person, Reading, Report, Statement

TEXT = (
    "Fiji and Tonga signed a ferry pact worth $2 million in Suva on 2 May 2024.\n\n"
    "“We agree,” said Minister Ana Vola.\nNobody danced."
)
HOSTILE = '<script>alert("x")</script> Samoa & Tonga met <b>at sea</b>.'


def spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    """Where the words first stand in the text."""
    return tuple((text.index(word), text.index(word) + len(word)) for word in words)


def plain_reading() -> Reading:
    """An agreement, a meeting, a statement and an event; the agreement's pieces of evidence overlap."""
    pact = Agreement(
        id="ag-1",
        title="ferry pact",
        parties=("FJI", "TON"),
        signed_on="2024-05-02",
        amount=Money(2_000_000, "USD"),
        domains=("transport",),
        evidence={
            "record": spans(TEXT, "signed a ferry pact"),
            "title": spans(TEXT, "ferry pact"),
            "parties": spans(TEXT, "Fiji", "Tonga"),
            "signed_on": spans(TEXT, "2 May 2024"),
            "amount": spans(TEXT, "$2 million"),
        },
        confidence=0.9,
    )
    meeting = Meeting(
        id="me-1",
        parties=("FJI", "TON"),
        held_on="2024-05-02",
        evidence={"record": spans(TEXT, "pact worth"), "parties": spans(TEXT, "Fiji", "Tonga")},
        confidence=0.8,
    )
    words = Statement(
        id="st-1",
        speaker=Person("Ana Vola", "Minister", "TON"),
        addressee="FJI",
        text="We agree",
        mode="direct",
        evidence={"record": spans(TEXT, "We agree"), "speaker": spans(TEXT, "Ana Vola")},
        confidence=0.8,
    )
    event = Event(
        id="ev-1",
        type="AGREE",
        actor=("FJI",),
        recipient=("TON",),
        date="2024-05-02",
        evidence={"record": spans(TEXT, "Nobody")},
        confidence=0.7,
    )
    report = Report(id="ferry", title="A ferry", publisher="Island News", published_on="2024-05-03", text=TEXT)
    return Reading(report=report, agreements=(pact,), meetings=(meeting,), statements=(words,), events=(event,))


def hostile_reading() -> Reading:
    """Markup in the title, the publisher, the text and a value, and an id that is an address."""
    meeting = Meeting(
        id="me-2",
        parties=("WSM", "TON"),
        held_on="2023-01",
        occasion="<img src=x onerror=alert(1)>",
        evidence={"record": spans(HOSTILE, "<script>", "met <b>at sea</b>")},
        confidence=0.5,
    )
    id_, name = "https://example.org/a b/?q=1#top", "<script>alert(2)</script>"
    report = Report(id=id_, title=name, publisher='"><script>', published_on="2023-02-01", text=HOSTILE)
    return Reading(report=report, meetings=(meeting,))


@pytest.fixture
def book_path(tmp_path: Path) -> Any:
    path = tmp_path / "book.db"
    with Book.open(path) as opened:
        opened.add(plain_reading())
        opened.add(hostile_reading())
    return path
