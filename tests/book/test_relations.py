"""Reports of years about one pair of states, as they are read (dates and names are missing here and there), and what is one.

A row: the report, its day, the thing that it is about, and what was read. Parties, persons and most dates are made up.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from judged import item

from foedus.book.merge import consolidate_items

MOU, FRAME, INTENT = "memorandum of understanding", "framework agreement", "letter of intent"
Row = tuple[str, str, str, dict[str, Any]]


def row(report: str, published: str, thing: str, title: str | None, kind: str = "agreement", **values: Any) -> Row:
    about = {"title": title, "instrument": kind, "published": published, "stage": "signed", **values}
    return report, published, thing, {name: value for name, value in about.items() if value is not None}


RELATIONS: dict[str, list[Row]] = {
    "migration: a memorandum, a treaty after a judgment, a treaty ended": [
        row("a1", "2022-04-14", "mou", "Memorandum of Understanding on an asylum partnership", MOU, signed_on="2022-04-14", place="Kigali, RWA"),
        row("a2", "2022-04-15", "mou", "migration deal", place="Kigali, RWA"),
        row("a3", "2023-11-20", "mou", "2022 deal"),
        row("a4", "2023-12-05", "treaty", "treaty on asylum", "treaty", signed_on="2023-12-05", succeeds="the memorandum of 2022"),
        row("a5", "2023-12-06", "treaty", "migration treaty", "treaty", signed_on="2023-12-05"),
        row("a6", "2024-04-25", "treaty", "treaty", "treaty", stage="ratified"),
        row("a7", "2024-07-08", "treaty", "asylum treaty", "treaty", stage="terminated"),
    ],
    "sea borders and soldiers on one day, gas three years later": [
        row("b1", "2019-11-28", "sea", "memorandum on maritime jurisdiction", MOU, signed_on="2019-11-27", place="Istanbul, TUR"),
        row("b1", "2019-11-28", "army", "memorandum on security and military cooperation", MOU, signed_on="2019-11-27", place="Istanbul, TUR"),
        row("b2", "2019-11-29", "sea", "maritime boundary deal", signed_on="2019-11-27"),
        row("b3", "2019-12-05", "sea", "MoU on exclusive economic zones", MOU, stage="ratified"),
        row("b4", "2019-12-21", "army", "military pact", stage="ratified"),
        row("b5", "2022-10-03", "gas", "memorandum on hydrocarbons and oil", MOU, signed_on="2022-10-03", place="Tripoli, LBY"),
        row("b6", "2022-10-04", "gas", "oil deal", signed_on="2022-10"),
        row("b6", "2022-10-04", "sea", "maritime deal", signed_on="2019"),
    ],
    "a trade agreement over three years, and pensions beside it": [
        row("c1", "2022-01-13", "fta", "free trade agreement", stage="negotiating"),
        row("c2", "2024-03-02", "fta", "trade deal", stage="negotiating"),
        row("c3", "2025-05-06", "fta", "Free Trade Agreement", stage="agreed"),
        row("c3", "2025-05-06", "pensions", "Double Contribution Convention", "convention", stage="negotiating"),
        row("c4", "2025-07-24", "fta", "Comprehensive Economic and Trade Agreement", signed_on="2025-07-24", place="London, GBR"),
        row("c5", "2025-07-25", "fta", "landmark trade pact", signed_on="2025-07-24"),
        row("c6", "2025-11-02", "pensions", "double contributions convention", "convention", stage="agreed"),
        row("c7", "2026-02-01", "fta", "trade deal", stage="in force", effective_on="2026-02-01"),
    ],
    "three renewals of one fishing protocol": [
        row("d1", "2014-12-10", "first", "fisheries protocol", "protocol", signed_on="2014-12-10", term="P4Y"),
        row("d2", "2019-01-14", "second", "fishing protocol", "protocol", signed_on="2019-01-14", term="P4Y"),
        row("d3", "2019-01-15", "second", "fish pact", signed_on="2019-01-14"),
        row("d4", "2023-07-17", "second", "fisheries protocol", "protocol", stage="expired", expires_on="2023-07-17"),
        row("d5", "2025-02-02", "third", "new fisheries protocol", "protocol", stage="negotiating"),
        row("d6", "2025-06-20", "third", "protocol on fishing", "protocol", signed_on="2025-06-20"),
    ],
    "jets: a letter, a framework, two contracts under it": [
        row("e1", "2022-02-10", "intent", "letter of intent on fighter jets", INTENT, signed_on="2022-02-10"),
        row("e2", "2022-02-11", "intent", "declaration of intent", INTENT, signed_on="2022-02-10"),
        row("e3", "2023-05-02", "frame", "framework agreement on combat aircraft", FRAME, signed_on="2023-05-02"),
        row("e4", "2023-09-01", "one", "first executive contract", "contract", signed_on="2023-09-01", amount={"amount": 1.2e9, "currency": "USD"}),
        row("e4", "2023-09-01", "frame", "framework agreement", FRAME, signed_on="2023"),
        row("e5", "2023-09-02", "one", "contract for fighter jets", "contract", signed_on="2023-09-01"),
        row("e6", "2024-04-01", "two", "second executive contract", "contract", signed_on="2024-04-01", amount={"amount": 2e9, "currency": "USD"}),
        row("e7", "2024-04-03", "two", "$2 billion jet deal", signed_on="2024-04-01", amount={"amount": 2e9, "currency": "USD"}),
        row("e7", "2024-04-03", "frame", "framework", FRAME, stage=None),
    ],
    "a state visit with many papers": [
        row("f1", "2024-07-09", "nuclear", "memorandum on small reactors", MOU, signed_on="2024-07-09", place="Moscow, RUS"),
        row("f1", "2024-07-09", "climate", "memorandum on climate", MOU, signed_on="2024-07-09", place="Moscow, RUS"),
        row("f1", "2024-07-09", "trade", "programme for trade until 2029", "plan", signed_on="2024-07-09", place="Moscow, RUS"),
        row("f2", "2024-07-09", "joint", "joint statement", "joint statement", place="Moscow, RUS"),
        row("f2", "2024-07-09", "nuclear", "MoU on nuclear power", MOU, place="Moscow, RUS"),
        row("f3", "2024-07-10", "joint", "joint declaration on partnership", "joint declaration", signed_on="2024-07-09"),
        row("f3", "2024-07-10", "climate", "MoU on low-carbon development", MOU, signed_on="2024-07-09"),
        row("f4", "2024-07-10", "polar", "MoU on polar research", MOU, signed_on="2024-07-09", place="Moscow, RUS"),
        row("f4", "2024-07-10", "law", "MoU on arbitration", MOU, signed_on="2024-07-09", place="Moscow, RUS"),
    ],
    "a union treaty with a local name": [
        row("g1", "2023-11-10", "union", "Falepili Union treaty", "treaty", signed_on="2023-11-09", domains=["migration", "climate", "defence"]),
        row("g2", "2023-11-11", "union", "climate migration treaty", "treaty", signed_on="2023-11-10", domains=["migration", "climate"]),
        row("g3", "2024-08-28", "union", "Falepili Union", "treaty", stage="in force", effective_on="2024-08-28"),
        row("g4", "2024-08-29", "notes", "exchange of notes", "exchange of notes", signed_on="2024-08-28"),
    ],
    "disarmament: a treaty, its extension, its suspension, and what it replaced": [
        row("h1", "2010-04-08", "new", "New START", "treaty", signed_on="2010-04-08", place="Prague, CZE", term="P10Y", domains=["arms control"]),
        row("h1", "2010-04-08", "old", "START I treaty", "treaty", signed_on="1991", stage="expired", expires_on="2009-12-05"),
        row("h2", "2010-12-22", "new", "arms control treaty", "treaty", stage="ratified"),
        row("h3", "2021-02-03", "new", "New START nuclear arms treaty", "treaty", stage="extended", domains=["arms control"]),
        row("h4", "2023-02-21", "new", "New START", "treaty", stage="suspended", signed_on="2010"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", RELATIONS.values(), ids=RELATIONS.keys())
@pytest.mark.parametrize("backwards", [False, True], ids=["as reported", "last first"])
def test_what_is_one(rows: list[Row], backwards: bool) -> None:
    items, wanted = [], defaultdict(set)
    for number, (report, _, thing, values) in enumerate(rows):
        one = item("agreement", report, values)
        one.id, one.position = f"{report}.{number}", number
        items.append(one)
        wanted[thing].add(one.id)
    found = [set(merged.members) for merged in consolidate_items(items[::-1] if backwards else items)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted.values()))
