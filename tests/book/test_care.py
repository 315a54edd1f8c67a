"""A damaged, locked, full, older or newer book is named as such; a repair says what it does; a backup is whole."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from made_readings import CHAIN, FERRY, agreement, reading

from foedus.book import Book, backup_book, check_book, repair_book
from foedus.errors import BookError


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """A book with the reports of `CHAIN`, a decision, and everything computed."""
    where = new_place()
    with Book.open(where) as book:
        for one in CHAIN:
            book.add(one)
        book.note(book.records("agreement")[0]["id"], "seen", author="Ana")
        book.consolidate()
    return where


def test_a_sound_book_has_no_problems(place: str) -> None:
    assert check_book(place) == []


@pytest.mark.parametrize(
    ("damage", "said", "left"),
    [
        ("DELETE FROM claims WHERE field = 'title'", "its claims are not those of the record", 0),
        ("UPDATE records SET family = 'agreement:X' WHERE report_id = 'r5'", "is filed among other neighbours", 0),
        ("UPDATE records SET block = id", "is not as this version computes it", 0),
        ("UPDATE consolidated SET json = '{}'", "are not what its reports give", 0),
        ("DELETE FROM report_bands", "", 0),
        ("INSERT INTO report_bands (key, report_id) VALUES (1, 'r1')", "is not filed among its near copies", 0),
        ("INSERT INTO links VALUES ('a', 'b', 'succeeds', 1, 'x', 1, 'y', NULL, '[]')", "1 links lead nowhere", 0),
        ("UPDATE decision_targets SET record_id = 'ag-gone'", "is held to a record that is not there", 0),
        ("UPDATE reports SET text = 'short' WHERE id = 'r1'", "lies outside its report", 1),
        ("UPDATE records SET json = '{\"id\": 3}' WHERE report_id = 'r1'", "is not of the format", 1),
        ("INSERT INTO near_copies VALUES ('r1', 'r8', 1, 'x')", "1 rows belong to nothing", 0),
    ],
)
def test_damage_is_named_and_repaired(place: str, damage: str, said: str, left: int) -> None:
    with Book.open(place) as book:
        before = book.records("agreement")
        with book.writing() as connection:
            connection.execute(sa.text(damage))
    problems = check_book(place)
    assert any(said in problem.what for problem in problems) if said else problems == []
    assert all(problem.repair or problem.notice for problem in problems)
    rest = repair_book(place, problems)
    if left:  # only the source itself can help: the report is read again
        assert rest
        with Book.open(place) as book:
            assert not book.has(CHAIN[0].report)
            assert book.add(CHAIN[0]) == "changed"
            assert book.records("agreement") == before
    else:
        assert rest == []
        with Book.open(place) as book:
            assert book.records("agreement") == before
    assert check_book(place) == []


def test_a_book_of_an_older_version_is_told_in_one_line(place: str) -> None:
    with Book.open(place) as book:
        before = book.records("agreement")
        with book.writing() as connection:
            connection.execute(sa.text("UPDATE records SET family = 'agreement:X'"))
    (problem,) = check_book(place)
    assert "older version" in problem.what
    assert "`foedus repair --yes`" in problem.what
    assert repair_book(place, [problem]) == []
    assert check_book(place) == []
    with Book.open(place) as book:
        assert book.records("agreement") == before


def test_few_places_are_named_with_the_reason(place: str) -> None:
    with Book.open(place) as book, book.writing() as connection:
        connection.execute(sa.text("UPDATE records SET family = 'agreement:X' WHERE report_id = 'r5'"))
    *problems, notice = check_book(place)
    assert problems
    assert notice.notice
    assert "`foedus repair --yes`" in notice.what


def test_a_waiting_decision_is_a_notice(place: str) -> None:
    with Book.open(place) as book:
        book.add(reading("r1", "2014-03-02"))
        book.add(reading("r2", "2024-03-04"))
        book.consolidate()
    (problem,) = check_book(place)
    assert problem.notice
    assert "no longer gives the record" in problem.what


def test_a_backup_is_a_book_with_the_same_content(place: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Book.open(place) as book:
        backup_book(book, copy)
        with Book.open(copy, create=False) as other:
            assert other.records("agreement") == book.records("agreement")
            assert other.decisions() == book.decisions()
            assert other.report("r2") == CHAIN[1]
    assert check_book(copy) == []
    assert sorted(path.name for path in tmp_path.glob("copy.db*")) == ["copy.db"]
    with Book.open(copy) as book, pytest.raises(BookError, match="cannot be written"):
        backup_book(book, tmp_path / "no" / "such" / "folder.db")


def test_a_backup_while_others_write(place: str, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with Book.open(place) as book:
            number = 0
            while not done.is_set() and number < 200:
                one = agreement(f"w{number}", title=FERRY, signed_on="2024-03-03")
                book.add(reading(f"w{number}", "2024-03-04", one))
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            with Book.open(place) as book:
                backup_book(book, tmp_path / f"{number}.db")
    finally:
        done.set()
        writer.join()
    for number in range(3):
        assert [p for p in check_book(tmp_path / f"{number}.db") if not p.notice] == []


def sqlite_book(tmp_path: Path) -> Path:
    path = tmp_path / "book.db"
    with Book.open(path) as book:
        for one in CHAIN:
            book.add(one)
        book.consolidate()
    return path


def test_a_locked_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sqlite_book(tmp_path)
    monkeypatch.setenv("FOEDUS_PATIENCE", "1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Book.open(path) as book:
        assert len(book.records("agreement")) == 3
        with pytest.raises(BookError, match="another program has been writing for 1 s; try again"):
            book.add(reading("r6", None))
        other.execute("ROLLBACK")
        assert book.add(reading("r6", None)) == "new"
    other.close()


def test_a_locked_book_on_a_server(made_place: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_PATIENCE", "1")
    where = made_place()
    with Book.open(where) as one, Book.open(where) as two:
        with one.writing(), pytest.raises(BookError, match="another program has been writing for 1 s; try again"):
            two.add(CHAIN[0])
        assert two.add(CHAIN[0]) == "new"


def test_a_full_disk(tmp_path: Path) -> None:
    path = sqlite_book(tmp_path)
    with Book.open(path) as book:
        before = book.records("agreement")
        with book.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        large = reading("large", None, about={"text": "Words and more words. " * 20000})
        with pytest.raises(BookError, match="the disk is full; what was read before is kept"):
            book.add(large)
        assert book.records("agreement") == before
    assert check_book(path) == []
    with Book.open(path) as book:
        assert book.add(large) == "new"


def test_a_torn_book(tmp_path: Path) -> None:
    path = sqlite_book(tmp_path)
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(path.stat().st_size - 12288))
    try:
        problems = check_book(path)
    except BookError as error:
        assert "damaged" in str(error)  # noqa: PT017
    else:
        assert any(problem.where == "file" and not problem.repair for problem in problems)


def test_a_book_without_a_table(tmp_path: Path) -> None:
    path = sqlite_book(tmp_path)
    other = sqlite3.connect(path)
    other.execute("DROP TABLE stale_blocks")
    other.close()
    with Book.open(path) as book, pytest.raises(BookError, match="a table is missing"):
        book.records("agreement")


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("mysql://x/y", "not mysql"),
        ("postgresql://", "no PostgreSQL|no such|PostgreSQL"),
        ("://", "not an address"),
        ("postgresql://u:secret@127.0.0.1:1/x", "no PostgreSQL answers there"),
    ],
)
def test_what_is_no_address_of_a_book(where: str, problem: str) -> None:
    with pytest.raises(BookError, match=problem) as caught:
        Book.open(where)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
