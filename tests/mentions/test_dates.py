"""Dates and lengths of time, counted from Wednesday 12 March 2025."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import DateMention, DurationMention, resolve
from foedus.record import Report

CASES = [
    ("The envoys met on 4 March 2025.", ["2025-03-04"]),
    ("The envoys met on March 4, 2025.", ["2025-03-04"]),
    ("The envoys met on March 4th, 2025.", ["2025-03-04"]),
    ("The envoys met on 2025-03-04.", ["2025-03-04"]),
    ("The envoys met on 04.03.2025.", ["2025-03-04"]),
    ("The envoys met on March 4.", ["2025-03-04"]),
    ("The envoys met on 4 November.", ["2024-11-04"]),
    ("The envoys will meet on 4 November.", ["2025-11-04"]),
    ("The envoys will meet on 4 February.", ["2026-02-04"]),
    ("The envoys met on 4-6 March.", ["2025-03-04/2025-03-06"]),
    ("The envoys met from 4 to 6 March 2025.", ["2025-03-04/2025-03-06"]),
    ("The envoys met from February 27 to March 2, 2025.", ["2025-02-27/2025-03-02"]),
    ("The envoys met in March 2024.", ["2024-03"]),
    ("The envoys met in December.", ["2024-12"]),
    ("The envoys will meet in December.", ["2025-12"]),
    ("The envoys met last June.", ["2024-06"]),
    ("The envoys will meet next June.", ["2025-06"]),
    ("The envoys met in 1998.", ["1998"]),
    ("The envoys met on Monday.", ["2025-03-10"]),
    ("The envoys met on Wednesday.", ["2025-03-12"]),
    ("The envoys met on Thursday.", ["2025-03-06"]),
    ("The envoys will meet on Thursday.", ["2025-03-13"]),
    ("The envoys met last Wednesday.", ["2025-03-05"]),
    ("The envoys met today.", ["2025-03-12"]),
    ("The envoys met yesterday.", ["2025-03-11"]),
    ("The envoys will meet tomorrow.", ["2025-03-13"]),
    ("The envoys met last week.", ["2025-03-03/2025-03-09"]),
    ("The envoys met last month.", ["2025-02"]),
    ("The envoys will meet next year.", ["2026"]),
    ("The envoys met three days ago.", ["2025-03-09"]),
    ("The envoys met two years ago.", ["2023"]),
    ("The bridge will open within six months.", ["by 2025-09"]),
    ("The bridge will open by 2030.", ["by 2030"]),
    ("The bridge will open by the end of 2027.", ["by 2027"]),
    ("The bridge has stood since 1911.", ["since 1911"]),
    ("The lease runs until March 2031.", ["until 2031-03"]),
    ("The bridge will open in the second quarter of 2026.", ["2026-04/2026-06"]),
    ("They signed a ten-year lease.", ["P10Y"]),
    ("They signed a lease of 18 months.", ["P18M"]),
    ("They signed a five-day truce.", ["P5D"]),
    ("They may sign the lease.", []),
    ("About 1,950 troops and 2,025 tonnes were moved.", []),
    ("The envoys met on 31 February 2025.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_dates(text: str, expected: list[str]) -> None:
    document = resolve(Report.of(text, published_on="2025-03-12"), load().parse(text))
    got = []
    for mention in document.mentions:
        if isinstance(mention, DateMention):
            got.append(mention.edtf if mention.role in {"at", "from"} else f"{mention.role} {mention.edtf}")
        elif isinstance(mention, DurationMention):
            got.append(mention.iso)
    assert got == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LIMA, March 10 (Agency) - The envoys met on Monday.", "2025-03-10"),
        ("LIMA, 10 March 2025 — The envoys met today.", "2025-03-10"),
    ],
)
def test_the_dateline_is_the_anchor(text: str, expected: str) -> None:
    document = resolve(Report.of(text, published_on="2025-03-12"), load().parse(text))
    assert [m.edtf for m in document.mentions if isinstance(m, DateMention)][-1] == expected


def test_without_an_anchor_relative_words_give_nothing() -> None:
    text = "The envoys met yesterday, and again on 4 March."
    document = resolve(Report.of(text), load().parse(text))
    assert [m.edtf for m in document.mentions if isinstance(m, DateMention)] == ["XXXX-03-04"]
