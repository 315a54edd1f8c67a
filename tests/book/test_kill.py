"""A writer that is killed leaves a book that is whole, and its work can be done again to the end; two write at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from foedus.book import Book, check_book
from foedus.record import KINDS

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_killed_at_some_points(blank_place: Callable[[], str]) -> None:
    place = blank_place()
    ways = "statement" if "://" in place else "statement,step"
    command = [
        sys.executable,
        BENCHMARKS / "kill.py",
        "--place",
        place,
        "--kills",
        "6",
        "--reports",
        "6",
        "--ways",
        ways,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["problems"] == []
    assert sum(found["killed"].values()) == 6


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from made_world import readings
from foedus.ask.search_index import refresh
from foedus.book import Book

made = list(readings(16, seed=4))
own = made[:12] if sys.argv[3] == "0" else made[:3:-1]
print("ready", flush=True)
sys.stdin.readline()
with Book.open(sys.argv[2]) as book:
    for reading in own[:6]:
        book.add(reading)
        book.consolidate()
    for _ in book.add_all(own[6:], at_once=2):
        book.records("agreement")
    refresh(book)
"""


def test_two_writers_at_once(blank_place: Callable[[], str]) -> None:
    place = blank_place()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, BENCHMARKS, place, str(number)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"FOEDUS_PATIENCE": "120"},
        )
        for number in range(2)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:  # both are there: the book is made and filled by both
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        assert writer.communicate()[1] == ""
        assert writer.returncode == 0
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from made_world import readings
    finally:
        sys.path.remove(str(BENCHMARKS))
    made = list(readings(16, seed=4))
    alone_at = blank_place()
    with Book.open(place) as book, Book.open(alone_at) as alone:
        for reading in made:
            alone.add(reading)
        assert [row["id"] for row in book.reports()] == sorted_ids(alone)
        for kind in KINDS:
            assert book.records(kind) == alone.records(kind)
    assert check_book(place) == []


def sorted_ids(book: Book) -> list[str]:
    return [row["id"] for row in book.reports()]
