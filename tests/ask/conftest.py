"""A small book that the questions are asked of; where it matters on SQLite and on PostgreSQL (as the tests of the book)."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pacific import READINGS

from foedus.book import Book

_spec = importlib.util.spec_from_file_location("book_places", Path(__file__).parents[1] / "book" / "conftest.py")
assert _spec is not None
assert _spec.loader is not None
_places = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_places)
cluster, made_place, new_place = _places.cluster, _places.made_place, _places.new_place


def filled(where: str | Path) -> Book:
    """A book with the readings of `pacific`."""
    book = Book.open(where)
    for reading in READINGS:
        book.add(reading)
    return book


@pytest.fixture(scope="session")
def pacific_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the book is; nothing may write to it."""
    path = tmp_path_factory.mktemp("pacific") / "book.db"
    with filled(path) as book:
        book.consolidate()
    return path


@pytest.fixture
def pacific(pacific_path: Path) -> Iterator[Book]:
    """The book, to read only."""
    with Book.open(pacific_path) as book:
        yield book


@pytest.fixture
def anywhere(new_place: Callable[[], str]) -> Iterator[Book]:
    """A book of its own with the readings, in SQLite and in PostgreSQL."""
    with filled(new_place()) as book:
        yield book


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Book]:
    """A book with nothing in it."""
    with Book.open(tmp_path / "empty.db") as book:
        yield book
