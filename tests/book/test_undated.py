"""What was held on a day that no report gives stands at the day of its first report, and says so; what is only planned stays undated."""

from __future__ import annotations

from pathlib import Path

import foedus
from foedus.ask import timeline
from foedus.book import Book

HELD = "Kenyan Foreign Minister Amina Wekesa held talks with Peruvian Foreign Minister Luis Salas in Lima."
PLANNED = "Kenyan Foreign Minister Amina Wekesa will meet Ghanaian Foreign Minister Kofi Boateng in Accra."


def test_a_meeting_without_a_day(tmp_path: Path) -> None:
    with Book.open(tmp_path / "book.db") as book:
        book.add(foedus.read(HELD, published_on="2025-03-04"))
        book.add(foedus.read(HELD.replace("held talks with", "met"), published_on="2025-03-06"))
        book.add(foedus.read(PLANNED, published_on="2025-03-05"))
        book.consolidate()
        held = [one for one in timeline(book, "KEN", "PER") if one["kind"] == "meeting"]
        planned = [one for one in timeline(book, "KEN", "GHA") if one["kind"] == "meeting"]
    assert [(one["on"], one["on_from"]) for one in held] == [("2025-03-04", "published_on")]
    assert held[0]["headline"].endswith("(day not given)")
    assert [one["on"] for one in planned] == [None]
