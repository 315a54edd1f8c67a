"""Blocks found by comparing neighbours give what comparing everything with everything would."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_readings import CHAIN, agreement, reading

from foedus.book import Book, check_book
from foedus.book import schema as t
from foedus.book.blocks import family_of
from foedus.book.items import Item
from foedus.book.merge import consolidate_items
from foedus.record import Activity, Commitment, Event, Meeting, Person, Reading, Statement, stable_id, to_json

PAIR = ("FJI", "TON")
days = st.sampled_from(
    [
        "2019-01-05",
        "2023-12-30",
        "2024-01-02",
        "2024-01-03",
        "2024-02",
        "2024",
        "2024-03-01",
        "2025-11-20",
        "2033-01-01",
    ]
)
maybe_days = st.one_of(st.none(), days)
said = st.sampled_from(
    [
        "the ferry line will open before the winter season",
        "the ferry line will open before the winter season begins in Suva",
        "fish know no borders and no nets should divide them",
        "two patrol boats sail north",
        "ferry line",
        "",
    ]
)
titles = st.sampled_from([None, "Ferry Line Agreement", "ferry line deal", "2014 accord", "Fisheries Training Pact"])
instruments = st.sampled_from([None, "agreement", "treaty", "memorandum of understanding"])
stages = st.sampled_from([None, "negotiating", "signed", "in force"])


def one(cls: type, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[type, dict[str, Any]]]:
    return st.fixed_dictionaries(values).map(lambda found: (cls, {k: v for k, v in found.items() if v is not None}))


records = st.one_of(
    one(
        type(CHAIN[0].agreements[0]), parties=st.just(PAIR), title=titles, instrument=instruments, stage=stages,
        signed_on=maybe_days, succeeds=st.sampled_from([None, "the 2014 accord", "the Ferry Line Agreement"]),
    ),
    one(Meeting, parties=st.just(PAIR), held_on=maybe_days, forum=st.sampled_from([None, "Reef Forum"]),
        edition=st.sampled_from([None, 3])),
    one(Meeting, parties=st.just(("FJI", "TON", "WSM")), held_on=maybe_days, forum=st.just("Reef Forum"),
        edition=st.sampled_from([None, 3, 4])),
    one(Statement, speaker=st.just(Person("Ana Vola", "Minister", "TON")), text=said, made_on=maybe_days),
    one(Commitment, by=st.just(("TON",)), to=st.sampled_from([(), ("FJI",)]), undertaking=said, due_on=maybe_days),
    one(Activity, kind=st.just("visit"), parties=st.just(PAIR), name=titles, start_on=maybe_days, end_on=maybe_days),
    one(Event, type=st.just("AGREE"), actor=st.just(PAIR), date=maybe_days, cameo=st.sampled_from(["030", "057"])),
)  # fmt: skip
NAMES = {"Agreement": "agreements", "Meeting": "meetings", "Statement": "statements", "Commitment": "commitments"}
NAMES |= {"Activity": "activities", "Event": "events"}


def readings_of(drawn: list[tuple[str | None, list[tuple[type, dict[str, Any]]]]]) -> list[Reading]:
    """A reading for each report drawn: its day and its records."""
    made = []
    for number, (published, told) in enumerate(drawn):
        kinds: dict[str, list[Any]] = {}
        for place, (cls, values) in enumerate(told):
            evidence = {"record": ((0, 5),), **dict.fromkeys(values, ((0, 4),))}
            id = stable_id(f"n{number}", cls.__name__, place)
            kinds.setdefault(NAMES[cls.__name__], []).append(cls(id=id, evidence=evidence, confidence=0.9, **values))
        agreements = kinds.pop("agreements", [])
        made.append(
            reading(f"n{number}", published, *agreements, **{name: tuple(some) for name, some in kinds.items()})
        )
    return made


def compared(readings: list[Reading]) -> dict[str, list[str]]:
    """Id of a consolidated record -> its members, when every record of a family is compared with every other."""
    families: dict[str, list[Item]] = {}
    for reading_ in readings:
        report = reading_.report
        for position, (kind, record) in enumerate(reading_.records()):
            item = Item.of(
                id=record.id, report_id=report.id, kind=kind, position=position, json=to_json(record).decode(),
                published_on=report.published_on, url=None, origin=report.id,
            )  # fmt: skip
            family = family_of(kind, item.values, report.id).split(" 20")[0] if kind == "event" else None
            families.setdefault(family or family_of(kind, item.values, report.id), []).append(item)
    return {merged.id: sorted(merged.members) for items in families.values() for merged in consolidate_items(items)}


def members(book: Book) -> dict[str, list[str]]:
    book.consolidate()
    with book.reading() as connection:
        rows = connection.execute(sa.select(t.records.c.canonical_id, t.records.c.id).order_by(t.records.c.id))
        found: dict[str, list[str]] = {}
        for canonical, id in rows:
            found.setdefault(canonical, []).append(id)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(maybe_days, st.lists(records, min_size=1, max_size=3)), min_size=2, max_size=8), st.data())
def test_neighbours_are_enough(drawn: list[Any], data: st.DataObject) -> None:
    readings = readings_of(drawn)
    wanted = compared(readings)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "book.db"
        with Book.open(place) as book:
            for one_ in data.draw(st.permutations(readings)):
                book.add(one_)
                if data.draw(st.booleans()):
                    book.consolidate()
            assert members(book) == wanted
        assert check_book(place) == []


def test_many_at_once_are_as_one_by_one(new_place: Callable[[], str]) -> None:
    changed = reading("r1", "2014-03-02", agreement("r1", title="Ferry Line Agreement", signed_on="2014-03-01"))
    with Book.open(new_place()) as one_, Book.open(new_place()) as other:
        for reading_ in [*CHAIN, changed]:
            one_.add(reading_)
        outcomes = [outcome for _, outcome in other.add_all([*CHAIN, CHAIN[0], changed], at_once=4)]
        assert outcomes == ["new"] * 5 + ["same", "changed"]
        assert other.records("agreement") == one_.records("agreement")


def test_what_is_far_away_is_not_touched(book: Book) -> None:
    for number in range(30):
        told = agreement(f"a{number}", title=f"Pact on subject{number}", signed_on=f"{1990 + number}-05-05")
        book.add(reading(f"a{number}", f"{1990 + number}-05-06", told))
    assert book.consolidate() == 30
    book.add(reading("b", "1995-05-07", agreement("b", title="Pact on subject5", signed_on="1995-05-05")))
    assert book.consolidate() == 1
    assert len(book.records("agreement")) == 30
