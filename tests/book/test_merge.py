"""What is one thing: scores with reasons, the same in any order; stages, renewals, successors; a chain over thirty years."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_readings import agreement, reading

from foedus.book import Book
from foedus.book.items import Item, forum_key
from foedus.book.judge import likeness
from foedus.book.merge import consolidate_items, grouped
from foedus.record import Activity, Commitment, Meeting, Person, Reading, Statement, stable_id

BASE: dict[str, Any] = {"evidence": {"record": ((0, 4),)}, "confidence": 0.8}
PAIR = ("IND", "USA")


def framework(report: str, number: int = 0, **values: Any) -> Any:
    return agreement(report, number, parties=PAIR, **({"instrument": "framework agreement"} | values))


CHAIN = [
    reading("c1", "1995-01-13", framework("c1", title="Agreed Minute on Defense Ties", signed_on="1995-01-12", stage="signed")),
    reading(
        "c2",
        "2005-06-29",
        framework("c2", title="New Framework for Defence Ties", stage="signed", term="P10Y", succeeds="the Agreed Minute of January 1995"),
        framework("c2", 1, title="Agreed Minute", stage="in force"),
    ),
    reading("c3", "2015-01-26", framework("c3", title="defence framework", stage="negotiating")),
    reading("c4", "2015-06-03", framework("c4", title="Framework for Defence Ties", signed_on="2015-06-03", stage="signed")),
    reading(
        "c5",
        "2025-10-31",
        framework("c5", title="Framework for the Major Defence Partnership", stage="signed", term="P10Y", succeeds="2015"),
        framework("c5", 1, title="the one", stage="signed"),
    ),
    reading("c6", "2025-11-01", framework("c6", title="defence framework", signed_on="2025-11-01", stage="signed")),
    reading(
        "c7",
        "2025-11-03",
        framework("c7", title='ten-year "major defence partnership" framework', signed_on="2025-10-31", stage="signed"),
        framework("c7", 1, title="Framework for Defence Ties", signed_on="2015-06", stage="signed"),
    ),
]  # fmt: skip


def test_a_chain_of_four_agreements(book: Book) -> None:
    for one in reversed(CHAIN):
        book.add(one)
    found = {record["id"]: record for record in book.records("agreement")}
    assert len(found) == 4
    first = next(record for record in found.values() if record["succeeds_id"] is None)
    chain = [first]
    while chain[-1]["succeeded_by_id"]:
        chain.append(found[chain[-1]["succeeded_by_id"]])
    assert [[source["report"] for source in record["sources"]] for record in chain] == [
        ["c1", "c2"], ["c2"], ["c3", "c4", "c5", "c7"], ["c5", "c6", "c7"],
    ]  # fmt: skip
    assert [later["succeeds_id"] for later in chain[1:]] == [earlier["id"] for earlier in chain[:-1]]
    assert {one["value"] for one in chain[3]["conflicts"]["signed_on"]} == {"2025-10-31", "2025-11-01"}
    assert [(stage["stage"], stage["on"], stage["reported_on"]) for stage in chain[2]["stages"]] == [
        ("negotiating", None, "2015-01-26"),
        ("signed", "2015-06-03", "2015-06-03"),
    ]
    reasons = {link["to"]: link["because"] for link in book.links(relation="succeeds")}
    assert reasons[chain[1]["id"]] == "of the same name, signed when the term of the earlier one ran out"
    assert reasons[chain[2]["id"]] == "follows “2015”"


def test_a_renewal_with_no_known_term_is_a_proposal(book: Book) -> None:
    for id, day in (("a", "2004-03-01"), ("b", "2014-03-01")):
        book.add(reading(id, day, agreement(id, title="Ferry Line Agreement", signed_on=day, stage="signed")))
    (link,) = book.links()
    assert (link["confirmed"], link["because"]) == (False, "of the same name, 10 years later")
    later = book.record(link["from"])
    assert later["succeeds_id"] is None
    book.link(later["id"], "succeeds", link["to"], author="Ana")
    assert book.record(later["id"])["succeeds_id"] == link["to"]


def test_before_at_and_after_the_signing(book: Book) -> None:
    title = "Ferry Line Treaty"
    told = [("a", "2023-05-01", "negotiating", {}), ("b", "2024-03-04", "signed", {"signed_on": "2024-03-03"})]
    told += [("c", "2024-09-01", "ratified", {}), ("d", "2025-02-01", "in force", {"effective_on": "2025-01-01"})]
    for id, day, stage, values in told:
        values = values if "effective_on" not in values else values | {"signed_on": "2024-03"}
        book.add(reading(id, day, agreement(id, title=title, instrument="treaty", stage=stage, **values)))
    (record,) = book.records("agreement")
    assert record["stage"] == "in force"
    assert [(one["stage"], one["on"]) for one in record["stages"]] == [
        ("negotiating", None), ("signed", "2024-03-03"), ("ratified", None), ("in force", "2025-01-01"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ADMM-Plus", "ASEAN Defence Ministers’ Meeting-Plus (ADMM-Plus)"),
        ("ADMM-Plus", "ADMM Plus Meeting"),
        ("East Asia Summit", "EAS"),
    ],
)
def test_a_forum_under_its_names(one: str, other: str) -> None:
    assert forum_key(one) == forum_key(other)
    assert forum_key(one) != forum_key("ADMM")


def test_the_edition_of_a_forum_is_one_meeting_whoever_is_named(book: Book) -> None:
    for id, forum, parties in (
        ("a", "ADMM-Plus", ("IND", "org:ASEAN")),
        ("b", "ASEAN Defence Ministers’ Meeting-Plus (ADMM-Plus)", ("MYS",)),
        ("c", "ADMM-Plus", ("AUS", "JPN", "MYS")),
    ):
        one = Meeting(id=f"me-{id}", forum=forum, edition=12, parties=parties, **BASE)
        book.add(reading(id, "2025-11-01", meetings=(one,)))
    (record,) = book.records("meeting")
    assert len(record["sources"]) == 3
    assert record["sources"][1]["because"] == "the same edition of the forum"


def test_every_comparison_says_why() -> None:
    items = list(_items(CHAIN))
    for a, b in itertools.combinations(items, 2):
        verdict = likeness(a, b)
        assert verdict == likeness(b, a)
        assert -1 <= verdict.score <= 1
        assert verdict.because


def _items(readings: list[Reading]) -> Iterator[Item]:
    import msgspec

    for one in readings:
        for number, (kind, record) in enumerate(one.records()):
            about = {"published_on": one.report.published_on, "url": None, "origin": one.report.id}
            yield Item(record.id, one.report.id, kind, number, msgspec.to_builtins(record), **about)


days = st.sampled_from([None, "2024", "2024-03", "2024-03-03", "2024-03-04", "2024-03-14", "2023-12-01", "XXXX-03-03"])
published = st.sampled_from([None, "2023-11-02", "2024-03-03", "2024-03-04", "2024-03-05", "2024-06-01"])
stages = st.sampled_from([None, "negotiating", "signed", "in force", "suspended"])
titles = st.sampled_from([None, "ferry pact", "Ferry Line Agreement", "fisheries deal", "agreement", "2014 accord"])
kinds = st.sampled_from([None, "agreement", "treaty", "plan"])
undertakings = st.sampled_from(["build three ferries", "build three new ferries", "open a school", "hold ferry talks"])
statuses = st.sampled_from(["held", "planned", "cancelled"])
words = st.sampled_from(["we will build the ferries for all", "the ferries for all we will build soon", "no comment"])


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    """A few reports about two states and their ferries, alike enough to be merged and to contradict each other."""
    found = []
    for number in range(draw(st.integers(2, 5))):
        id, day = f"r{number}", draw(published)
        given = {"title": draw(titles), "signed_on": draw(days), "stage": draw(stages), "instrument": draw(kinds)}
        values = {name: value for name, value in given.items() if value}
        pacts = [agreement(id, n, **values) for n in range(draw(st.integers(0, 2)))]
        due = draw(st.sampled_from([None, "2024", "2025"]))
        promised = Commitment(
            id=stable_id(id, "commitment"), by=("TON",), to=("FJI",), undertaking=draw(undertakings), due_on=due, **BASE
        )
        held = Meeting(id=stable_id(id, "meeting"), parties=("FJI", "TON"), held_on=draw(days), **BASE)
        done = Activity(
            id=stable_id(id, "activity"), kind="project", parties=("FJI", "TON"), item="three ferries",
            start_on=draw(days), status=draw(statuses), **BASE,
        )  # fmt: skip
        said = Statement(
            id=stable_id(id, "statement"), speaker=Person("Ana Vola", None, "TON"), text=draw(words), **BASE
        )
        others = {"meetings": (held,), "commitments": (promised,), "activities": (done,), "statements": (said,)}
        found.append(reading(id, day, *pacts, **others))
    return found


@settings(max_examples=80, deadline=None)
@given(readings(), st.randoms(use_true_random=False))
def test_groups_never_depend_on_order(found: list[Reading], random: Any) -> None:
    for kind in ("agreement", "meeting", "commitment", "activity"):
        items = [item for item in _items(found) if item.kind == kind]
        once = [merged.record for merged in consolidate_items(items)]
        again = [item for item in _items(found) if item.kind == kind]
        random.shuffle(again)
        assert [merged.record for merged in consolidate_items(again)] == once
        for group in grouped(list(items)):
            assert len({item.report for item in group.items}) == len(group.items)


@pytest.fixture(scope="module")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with nothing in it, to copy."""
    path = tmp_path_factory.mktemp("empty") / "book.db"
    Book.open(path).close()
    return path


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(readings(), st.randoms(use_true_random=False))
def test_a_book_is_the_same_in_any_order_at_any_pace(empty_book: Path, found: list[Reading], random: Any) -> None:
    seen = []
    for number in range(3):
        order = found if number == 0 else random.sample(found, len(found))
        with tempfile.TemporaryDirectory() as folder:
            path = shutil.copy(empty_book, folder)
            with Book.open(path) as book:
                for one in order:
                    if number and random.random() < 0.5:
                        book.add(reading(one.report.id, "2020-01-01"))  # an earlier version of the report
                    book.add(one)
                    if random.random() < 0.5:
                        book.consolidate()
                if number == 2:
                    book.rebuild()
                kinds = ("agreement", "meeting", "statement", "commitment", "activity")
                seen.append(([book.records(kind) for kind in kinds], book.links(), book.persons()))
    assert seen[0] == seen[1] == seen[2]


def test_order_and_place_do_not_matter_on_either_store(new_place: Callable[[], str]) -> None:
    seen = []
    for order in (CHAIN, CHAIN[::-1]):
        with Book.open(new_place()) as book:
            for one in order:
                book.add(one)
                book.consolidate()
            seen.append((book.records("agreement"), book.links()))
    assert seen[0] == seen[1]
