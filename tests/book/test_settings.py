"""What a connection to a book is set to, while another process sets it too."""

from __future__ import annotations

import sqlite3

import pytest

from foedus.book.engine import _set


class _Busy:
    """A connection that says so often that the book is locked."""

    def __init__(self, said: str, often: int) -> None:
        self.said, self.often, self.asked = said, often, 0

    def execute(self, statement: str) -> None:
        self.asked += 1
        assert statement == "PRAGMA journal_mode=WAL"
        if self.asked <= self.often:
            raise sqlite3.OperationalError(self.said)


def test_waits_while_another_turns_the_journal() -> None:
    busy = _Busy("database is locked", 3)
    _set(busy, "journal_mode=WAL")
    assert busy.asked == 4


def test_a_read_only_book_stays_as_it_is() -> None:
    busy = _Busy("attempt to write a readonly database", 9)
    _set(busy, "journal_mode=WAL")
    assert busy.asked == 1


@pytest.mark.parametrize("said", ["disk I/O error", "database is locked"])
def test_says_what_is_wrong(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_PATIENCE", "0")
    with pytest.raises(sqlite3.OperationalError, match=said):
        _set(_Busy(said, 10**9), "journal_mode=WAL")
