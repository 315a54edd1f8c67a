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
    ("The envoys met on Monday and Tuesday.", ["2025-03-10/2025-03-11"]),
    ("The envoys will meet from Monday to Thursday.", ["2025-03-17/2025-03-20"]),
    ("The envoys met on Friday, March 7.", ["2025-03-07"]),
    ("The envoys met last weekend.", ["2025-03-08/2025-03-09"]),
    ("The envoys will meet this weekend.", ["2025-03-15/2025-03-16"]),
    ("In February the envoys met.", ["2025-02"]),
    ("Last month the envoys met.", ["2025-02"]),
    ("The envoys met in mid-January.", ["2025-01"]),
    ("The envoys met in mid-2024.", ["2024"]),
    ("The envoys will meet later this year.", ["2025"]),
    ("The envoys will meet early next year.", ["2026"]),
    ("The envoys will meet next spring.", ["2026-21"]),
    ("The envoys met last autumn.", ["2024-23"]),
    ("The envoys will meet in the summer.", ["2025-22"]),
    ("The envoys met in the summer of 2019.", ["2019-22"]),
    ("The bridge will open by the end of the month.", ["by 2025-03"]),
    ("The bridge will open by the end of June.", ["by 2025-06"]),
    ("The bridge will open by year-end.", ["by 2025"]),
    ("The bridge will open before Christmas.", ["before 2025-12-25"]),
    ("The bridge will open in the second half of the year.", ["2025-07/2025-12"]),
    ("The bridge will open in Q3 2026.", ["2026-07/2026-09"]),
    ("The bridge will open within a month.", ["by 2025-04"]),
    ("The bridge will open in the next three years.", ["by 2028"]),
    ("The bridge was repaired within ten days.", []),
    ("The council met for the first time in six weeks.", ["P6W"]),
    ("The council has not met in four years.", ["P4Y"]),
    ("The plan covers 2024-2026.", ["2024/2026"]),
    ("The villagers left in the 1980s.", ["198X"]),
    ("The envoys met a year ago today.", ["2024-03-12"]),
    ("The envoys met on 4 March and again the following day.", ["2025-03-04", "2025-03-05"]),
    ("The envoys met in 1998 and again two years later.", ["1998", "2000"]),
    ("The envoys meet every January.", []),
    ("They signed a ten-year lease.", ["P10Y"]),
    ("They signed a lease of 18 months.", ["P18M"]),
    ("They signed a five-day truce.", ["P5D"]),
    ("The envoys met a fortnight ago.", ["2025-02-26"]),
    ("The envoys met late last year.", ["2024"]),
    ("The envoys will meet early next week.", ["2025-03-17/2025-03-23"]),
    ("The bridge will open in the first half of 2026.", ["2026-01/2026-06"]),
    ("The bridge will open in mid-2027.", ["2027"]),
    ("The bridge will open in the third quarter of next year.", ["2026-07/2026-09"]),
    ("Sales fell last quarter.", ["2024-10/2024-12"]),
    ("The port will be dug over the next three years.", ["by 2028"]),
    ("The port will be dug over the coming months.", []),
    ("The lease runs until the end of March.", ["until 2025-03"]),
    ("They signed it on the 15th, October 2020.", ["2020-10-15"]),
    ("The lease is for a period of five years, extendable.", ["P5Y"]),
    ("They leased the port for twenty-five years.", ["P25Y"]),
    ("They leased the port for half a century.", ["P50Y"]),
    ("They leased the port for two and a half years.", ["P2Y6M"]),
    ("They leased the port for a year.", ["P1Y"]),
    ("They signed a 72-hour truce.", ["PT72H"]),
    ("The 52-year-old envoy smiled.", []),
    ("The envoys met on 4 March; the day before, they had dined.", ["2025-03-04", "2025-03-03"]),
    ("The envoys met on 4 March and will meet again the following Friday.", ["2025-03-04", "2025-03-07"]),
    ("The envoys met on 4 March and parted the following week.", ["2025-03-04", "2025-03-10/2025-03-16"]),
    ("The envoys met on 4 March and again on the morrow.", ["2025-03-04", "2025-03-05"]),
    ("The envoys met a couple of weeks ago.", ["2025-02-26"]),
    ("The envoys met half a year ago.", ["2024-09"]),
    ("The bridge will open by end-2027.", ["by 2027"]),
    ("The bridge will open no later than 30 June 2026.", ["by 2026-06-30"]),
    ("The lease applies with effect from 1 May 2025.", ["2025-05-01"]),
    ("The lease applies as of 1 May 2025.", ["2025-05-01"]),
    ("The lease runs through 2030.", ["until 2030"]),
    ("The bridge will open before Easter.", ["before 2025-04-20"]),
    ("The envoys met on Good Friday.", ["2024-03-29"]),
    ("The drill was last held in February-March 2024.", ["2024-02/2024-03"]),
    ("They spoke in favour of arranging a meeting in Lund on 7 July.", ["2025-07-07"]),
    ("He was glad to have a chance to speak to her after their meeting in January.", ["2025-01"]),
    ("The aim of her visit on Wednesday and Thursday is trade.", ["2025-03-12/2025-03-13"]),
    ("The plan covers the years between 2026 and 2030.", ["2026/2030"]),
    ("The port will be dug between January and June 2026.", ["2026-01/2026-06"]),
    ("The envoys met on 30/09/2024.", ["2024-09-30"]),
    ("The envoys met on 03/04/2024.", []),
    ("The envoys met on 2024/09/30.", ["2024-09-30"]),
    ("The envoys will meet in the second week of April.", ["2025-04"]),
    ("The envoys will meet on the 20th of next month.", ["2025-04-20"]),
    ("The minister arrives in Lima on Thursday.", ["2025-03-13"]),
    ("The side led by two in the first half.", []),
    ("The envoys will meet in the next few weeks.", []),
    ("The envoys met in February last year.", ["2024-02"]),
    ("The envoys met in May of last year.", ["2024-05"]),
    ("The envoys met on 4 May last year.", ["2024-05-04"]),
    ("The envoys met on March 4 this year.", ["2025-03-04"]),
    ("The envoys will meet in February next year.", ["2026-02"]),
    ("The envoys discussed preparations for the talks in June.", ["2025-06"]),
    ("The envoys praised the previous summit in May.", ["2024-05"]),
    ("The envoys attended a conference in December.", ["2024-12"]),
    ("The lease will end in 90 days, next June 10.", ["2025-06-10"]),
    ("The lease will end in 90 days, next Jun. 10.", ["2025-06-10"]),
    ("No. 17\nJan. 23, 2025\nThe envoys met.", ["2025-01-23"]),
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
        ("LIMA, Mar. 10 (Agency) -- The envoys met on Monday.", "2025-03-10"),
        ("LIMA, MARCH 10, AGENCY. The envoys met today.", "2025-03-10"),
        ("LIMA (Agency) 10.03.2025 - The envoys met today.", "2025-03-10"),
        ("March 10, 2025 (LIMA) – The envoys met today.", "2025-03-10"),
        ("Published: 10 March 2025, 9:40 am\n\nThe envoys met today.", "2025-03-10"),
        ("The first stone was laid on 4 March 2024.\n\nThe envoys met today.", "2025-03-12"),
        ("Peru's envoy met Chile's in Oslo on 4 March 2024. They met again today.", "2025-03-12"),
    ],
)
def test_the_dateline_is_the_anchor(text: str, expected: str) -> None:
    document = resolve(Report.of(text, published_on="2025-03-12"), load().parse(text))
    assert [m.edtf for m in document.mentions if isinstance(m, DateMention)][-1] == expected


def test_without_an_anchor_relative_words_give_nothing() -> None:
    text = "The envoys met yesterday, and again on 4 March."
    document = resolve(Report.of(text), load().parse(text))
    assert [m.edtf for m in document.mentions if isinstance(m, DateMention)] == ["XXXX-03-04"]
