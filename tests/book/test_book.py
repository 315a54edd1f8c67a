"""The book keeps every claim, merges what is one thing, and never depends on the order of reading."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_readings import CHAIN, FERRY, agreement, reading

from foedus.book import Book
from foedus.book.edtf import bounds, gap
from foedus.errors import BookError, NotFoundError
from foedus.record import Activity, Commitment, Meeting, Person, Reading, Report, Statement


def test_reading_twice_changes_nothing(book: Book) -> None:
    assert [book.add(one) for one in CHAIN] == ["new"] * 5
    before = book.records("agreement")
    assert [book.add(one) for one in CHAIN] == ["same"] * 5
    assert book.records("agreement") == before
    assert book.report("r2") == CHAIN[1]
    with pytest.raises(NotFoundError):
        book.report("r9")


def test_one_record_a_thing(book: Book) -> None:
    for one in CHAIN:
        book.add(one)
    old, new, other = sorted(
        book.records("agreement", party="TON"), key=lambda record: (record["when"], -len(record["sources"]))
    )
    assert [source["report"] for source in old["sources"]] == ["r1", "r2"]
    assert [source["report"] for source in new["sources"]] == ["r2", "r3", "r4"]
    assert [source["report"] for source in other["sources"]] == ["r5"]
    assert new["succeeds_id"] == old["id"]
    assert old["succeeded_by_id"] == new["id"]
    assert new["signed_on"] == "2024-03-03"
    assert [(c["value"], c["reports"], c["preferred"]) for c in new["conflicts"]["signed_on"]] == [
        ("2024-03-03", ["r2", "r4"], True),
        ("2024-03-04", ["r3"], False),
    ]
    assert [(stage["stage"], stage["on"]) for stage in new["stages"]] == [("signed", "2024-03-03"), ("in force", None)]
    assert new["stage"] == "in force"


def test_the_order_of_reading_never_matters(new_place: Callable[[], str]) -> None:
    results = []
    for order in itertools.islice(itertools.permutations(CHAIN), 0, 120, 17):
        with Book.open(new_place()) as book:
            for one in order:
                book.add(one)
                book.consolidate()
            results.append(book.records("agreement"))
    assert all(result == results[0] for result in results)


def test_a_changed_report_replaces_its_claims(book: Book) -> None:
    for one in CHAIN:
        book.add(one)
    assert book.add(reading("r5", "2024-06-01")) == "changed"
    assert len(book.records("agreement")) == 2
    corrected = Reading(report=Report(id="r3", published_on="2024-03-05", text="Corrected."), agreements=())
    assert book.add(corrected) == "changed"
    assert all(not record["conflicts"] for record in book.records("agreement"))
    assert book.report("r3").report.text == "Corrected."


def test_syndicated_copies_count_once(book: Book) -> None:
    for id, text, day in (("c1", "Same words.", "1"), ("c2", "Same  words", "1"), ("c3", "Others.", "2")):
        one = agreement(id, title=FERRY, signed_on=f"2024-03-0{day}")
        book.add(Reading(report=Report(id=id, published_on=f"2024-03-0{6 - int(day)}", text=text), agreements=(one,)))
    (record,) = book.records("agreement")
    assert record["signed_on"] == "2024-03-02"
    assert {source["origin"] for source in record["sources"] if source["report"] != "c3"} == {
        record["sources"][1]["origin"]
    }


def test_since_until_party(book: Book) -> None:
    for one in CHAIN:
        book.add(one)
    assert len(book.records("agreement", since="2024")) == 2
    assert len(book.records("agreement", until="2014-03")) == 1
    assert len(book.records("agreement", since="2014-03-02", until="2024-03-02")) == 0
    assert book.records("agreement", party=["FJI", "PER"]) == []
    with pytest.raises(BookError):
        book.records("treaty")


def test_ids_of_members_and_beginnings_find_the_record(book: Book) -> None:
    for one in CHAIN:
        book.add(one)
    whole = book.record(CHAIN[3].agreements[0].id)
    assert book.record(whole["id"][:14]) == whole
    for wrong in ("ag-", "zz", "", "%"):
        with pytest.raises(NotFoundError):
            book.record(wrong)


def test_other_kinds_are_merged_too(book: Book) -> None:
    words = "The line will carry more people than any before it"
    for id, day in (("a", "01"), ("b", "02")):
        base: dict[str, Any] = {"evidence": {"record": ((0, 4),)}, "confidence": 0.8}
        book.add(
            reading(
                id,
                f"2024-05-{day}",
                meetings=(Meeting(id=f"me-{id}", parties=("FJI", "TON"), held_on="2024-05-01", **base),),
                statements=(Statement(id=f"st-{id}", speaker=Person("Ana Vola", None, "TON"), text=words, **base),),
                commitments=(
                    Commitment(
                        id=f"co-{id}",
                        by=("TON",),
                        to=("FJI",),
                        undertaking="deliver three new ferries",
                        due_on="2025",
                        **base,
                    ),
                ),
                activities=(
                    Activity(id=f"ac-{id}", kind="visit", parties=("FJI", "TON"), start_on="2024-05-01", **base),
                ),
            )
        )
    for kind in ("meeting", "statement", "commitment", "activity"):
        (record,) = book.records(kind, party="TON")
        assert len(record["sources"]) == 2, kind
    assert book.records("commitment", today=date(2025, 12, 31))[0]["state"] == "open"
    assert book.records("commitment", today=date(2026, 1, 1))[0]["state"] == "overdue"


def test_two_records_of_one_report_stay_two(book: Book) -> None:
    twice = reading(
        "t", "2024-01-01", agreement("t", signed_on="2024-01-01"), agreement("t", 1, signed_on="2024-01-01")
    )
    book.add(twice)
    assert len(book.records("agreement")) == 2


def test_a_repeated_id_within_a_report_is_kept_apart(book: Book) -> None:
    assert book.add(reading("t", "2024-01-01", agreement("t"), agreement("t"))) == "new"
    assert len(book.records("agreement")) == 2


def test_two_books_open_at_once(new_place: Callable[[], str]) -> None:
    place = new_place()
    with Book.open(place) as one, Book.open(place) as two:
        one.add(CHAIN[0])
        assert two.add(CHAIN[0]) == "same"
        two.add(CHAIN[1])
        assert len(one.reports()) == 2


def test_what_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="there is no record book yet"):
        Book.open(tmp_path / "none.db", create=False)
    with pytest.raises(BookError, match="is a folder"):
        Book.open(tmp_path)
    (tmp_path / "text.db").write_text("words, only words, and more of them than a header has\n" * 40, "utf-8")
    with pytest.raises(BookError, match="not a record book"):
        Book.open(tmp_path / "text.db")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE things (id)")
    other.close()
    with pytest.raises(BookError, match="not a record book"):
        Book.open(tmp_path / "other.db")


def test_a_newer_book_is_refused(tmp_path: Path) -> None:
    Book.open(tmp_path / "book.db").close()
    newer = sqlite3.connect(tmp_path / "book.db")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    with pytest.raises(BookError, match="use a newer foedus"):
        Book.open(tmp_path / "book.db")


def test_the_migrations_make_the_tables_of_the_schema(blank_place: Callable[[], str]) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from foedus.book.engine import open_engine
    from foedus.book.schema import metadata

    engine = open_engine(blank_place(), create=True)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-05-08/2024-05-10", ("2024-05-08", "2024-05-10")),
        ("XXXX-10-31", None),
        ("2024-02-30", None),
        ("2024-22", ("2024-06-01", "2024-08-31")),
        ("soon", None),
        (None, None),
    ],
)
def test_days_of_a_date(value: str | None, days: tuple[str, str] | None) -> None:
    assert bounds(value) == days


def test_gap_counts_days_between() -> None:
    assert gap(("2024-01-01", "2024-01-31"), ("2024-01-15", "2024-01-15")) == 0
    assert gap(("2024-02-03", "2024-02-03"), ("2024-01-01", "2024-01-31")) == 3
    assert gap(None, ("2024-01-01", "2024-01-31")) is None
