"""Statements of one party about another: those addressed to it, those on what both did, those that name it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.ask.concerns import concerning, parties_named
from foedus.ask.lookup import records_with
from foedus.ask.search_index import refresh
from foedus.book.edtf import bounds
from foedus.book.store import Book
from foedus.errors import BookError


def statements_between(
    book: Book, codes: Sequence[str], since: str | None = None, until: str | None = None
) -> list[dict[str, Any]]:
    """Statements of one of the parties `codes` that concern another of them, by day.

    They have the other as speaker too or as addressee, are about an agreement, meeting or activity of all of them, or
    name the other.
    """
    try:
        found, together = _indexed(book, codes, since, until)
    except BookError:  # a book that cannot be written has perhaps no index
        found, together = _read_all(book, codes)
    return [one for one in found if _within(one, since, until) and _concerns(one, codes, together)]


def _within(record: dict[str, Any], since: str | None, until: str | None) -> bool:
    days, first, last = bounds(record.get("when")), bounds(since), bounds(until)
    if days is None:
        return first is None and last is None
    return (first is None or days[1] >= first[0]) and (last is None or days[0] <= last[1])


def _indexed(
    book: Book, codes: Sequence[str], since: str | None, until: str | None
) -> tuple[list[dict[str, Any]], set[str]]:
    """The statements that may be meant, by day, and the records of the parties together that statements are about."""
    refresh(book)
    with book.reading() as connection:
        ids, together = concerning(connection, codes)
    return records_with(book, sorted(ids), since=since, until=until), together


def _read_all(book: Book, codes: Sequence[str]) -> tuple[list[dict[str, Any]], set[str]]:
    """The same without an index: every statement of the parties."""
    together = {
        source["record"]
        for kind in ("agreement", "meeting", "activity")
        for record in book.records(kind, party=codes)
        for source in record["sources"]
    }
    said = {one["id"]: one for code in codes for one in book.records("statement", party=code)}
    return sorted(said.values(), key=lambda one: (one.get("when") is None, one.get("when") or "", one["id"])), together


def _concerns(record: dict[str, Any], codes: Sequence[str], together: set[str]) -> bool:
    speakers = [record.get("speaker"), *record.get("joint_with", ())]
    mine = {one["party"] for one in speakers if one and one.get("party")}
    others = [code for code in codes if code not in mine]
    if not mine & set(codes):
        return False
    if not others or record.get("addressee") in others or together & set(record.get("about", ())):
        return True
    return not parties_named(record.get("text") or "").isdisjoint(others)
