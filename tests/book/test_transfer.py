"""Out as JSON Lines and in again: nothing is lost, and the bytes are the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_readings import CHAIN, FERRY, agreement, reading

from foedus.book import Book, export_book, import_book
from foedus.errors import BookError
from foedus.record import Report

BY = {"author": "Ana Vola", "reason": "“as signed”"}


def exported(book: Book) -> bytes:
    stream = io.BytesIO()
    export_book(book, stream)
    return stream.getvalue()


def filled(place: str) -> Book:
    book = Book.open(place)
    for one in CHAIN:
        book.add(one)
    new, five = (book.record(book.report(report).agreements[0].id)["id"] for report in ("r3", "r5"))
    book.correct(new, "term", "P12Y", **BY)
    merge = book.merge(new, five, **BY)
    book.note(new, "two\nlines", author="Ben")
    book.undo(merge.id, **BY)
    return book


def test_out_and_in_again(new_place: Callable[[], str]) -> None:
    with filled(new_place()) as one, Book.open(new_place()) as other:
        lines = exported(one)
        assert import_book(other, io.BytesIO(lines)) == {
            "reports": 5,
            "decisions": 4,
            "watches": 0,
            "same": 0,
            "differing": 0,
        }
        assert exported(other) == lines
        assert other.records("agreement") == one.records("agreement")
        assert import_book(other, io.BytesIO(lines)) == {
            "reports": 0,
            "decisions": 0,
            "watches": 0,
            "same": 5,
            "differing": 0,
        }


def test_decisions_that_come_first_find_their_records_later(new_place: Callable[[], str]) -> None:
    with filled(new_place()) as one, Book.open(new_place()) as other:
        lines = exported(one).splitlines(keepends=True)
        import_book(other, [lines[0], *lines[-4:]])
        assert len(other.decisions(unattached=True)) == 4
        import_book(other, lines[:-4])
        assert other.records("agreement") == one.records("agreement")


def test_a_report_that_differs_is_replaced_only_when_asked(new_place: Callable[[], str]) -> None:
    with filled(new_place()) as one, Book.open(new_place()) as other:
        other.add(reading("r1", "2014-03-02", agreement("r1", title="Other")))
        assert import_book(other, io.BytesIO(exported(one)))["differing"] == 1
        assert other.report("r1").agreements[0].title == "Other"
        import_book(other, io.BytesIO(exported(one)), replace=True)
        assert other.report("r1") == CHAIN[0]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (b'{"is": "report"}\n', "x:1: no line of `foedus export`"),
        (b'{"is": "book", "format": 99}\n', "use a newer foedus"),
        (b'{"is": "book", "format": 1}\nwords\n', "x:2: no line"),
        (b'{"is":"decision","decision":{"id":"d","action":"note","author":"a","made_at":"b"}}\n', "not the beginning"),
    ],
)
def test_what_is_no_export(book: Book, lines: bytes, problem: str) -> None:
    with pytest.raises(BookError, match=problem):
        import_book(book, io.BytesIO(lines), "x")


def test_a_zero_byte_is_kept_on_every_data_base(new_place: Callable[[], str]) -> None:
    with Book.open(new_place()) as book:
        book.add(CHAIN[0])
        one = book.records("agreement")[0]["id"]
        note = book.note(one, "a\x00b\x1ac", author="A\x00na")
        correct = book.correct(one, "term", "P12Y", author="Ben", reason="\x00")
        assert [(d.author, d.value, d.reason) for d in book.decisions()] == [
            (d.author, d.value, d.reason) for d in (note, correct)
        ]


texts = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r"), min_size=1, max_size=40)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(texts, st.one_of(st.none(), texts)), min_size=1, max_size=3), texts)
def test_any_words_come_back_as_they_were(new_place: Callable[[], str], reports: list[Any], note: str) -> None:
    with Book.open(new_place()) as one, Book.open(new_place()) as other:
        for number, (text, title) in enumerate(reports):
            record = agreement(f"h{number}", title=FERRY)
            report = Report.of(text * 11, id=f"h{number}", title=title, publisher=title)
            one.add(
                reading(report.id, None, record, about={n: getattr(report, n) for n in ("text", "title", "publisher")})
            )
        if note.strip():
            one.note(one.records("agreement")[0]["id"], note, author=" ".join(note.split()) or "x")
        lines = exported(one)
        import_book(other, io.BytesIO(lines))
        assert exported(other) == lines
        assert [other.report(row["id"]) for row in other.reports()] == [one.report(row["id"]) for row in one.reports()]
