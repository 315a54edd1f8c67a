"""The words behind a consolidated record: which report says so, in which sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from foedus.ask.show import around
from foedus.book.publishers import STANDINGS
from foedus.book.store import Book
from foedus.record import Reading, Span

_SIDE = 160
"""Characters of a sentence that are quoted before and after the words."""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one report with what stands beside them in their sentence; "…" where that was cut."""

    report: str
    record: str
    start: int
    end: int
    before: str
    words: str
    after: str

    @property
    def sentence(self) -> str:
        """All of it."""
        return f"{self.before}{self.words}{self.after}"


class Evidence:
    """Quotes from the reports of a book; each report is read once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._readings: dict[str, Reading] = {}
        self._spans: dict[str, dict[str, dict[str, tuple[Span, ...]]]] = {}

    def reading(self, report: str) -> Reading:
        """One report of the book. Raises `NotFoundError`."""
        if report not in self._readings:
            found = self._readings[report] = self._book.report(report)
            self._spans[report] = {record.id: record.evidence for _, record in found.records()}
        return self._readings[report]

    def quotes(self, record: dict[str, Any], fields: Sequence[str] = (), most: int = 3) -> list[Quote]:
        """At most `most` quotes for a consolidated record, one an independent report, official documents first.

        They show the first of `fields` that a report gives, else what shows the record as a whole.
        """
        found: list[Quote] = []
        seen: set[str] = set()
        for source in sorted(record["sources"], key=lambda one: STANDINGS.index(one["standing"])):
            if source["origin"] in seen or len(found) == most:
                continue
            if quote := self._quote(source, fields):
                seen.add(source["origin"])
                found.append(quote)
        return found

    def _quote(self, source: dict[str, Any], fields: Sequence[str]) -> Quote | None:
        report, record = str(source["report"]), str(source["record"])
        text = self.reading(report).report.text
        spans = next(self._known(report, record, (*fields, "record")), ())
        for start, end in spans[:1]:
            return self.at(text, report, record, start, end)
        return None

    def _known(self, report: str, record: str, fields: Sequence[str]) -> Iterator[tuple[Span, ...]]:
        evidence = self._spans[report].get(record, {})
        return (evidence[field] for field in fields if evidence.get(field))

    @staticmethod
    def at(text: str, report: str, record: str, start: int, end: int) -> Quote:
        """The quote of the words at [start, end)."""
        part = around(text, start, end)
        before, after = part["before"], part["after"]
        if len(before) > _SIDE:
            before = "… " + before[-_SIDE:].partition(" ")[2]
        if len(after) > _SIDE:
            after = after[:_SIDE].rpartition(" ")[0] + " …"
        return Quote(
            report=report, record=record, start=start, end=end, before=before, words=part["words"], after=after
        )


def independent(record: dict[str, Any]) -> int:
    """How many independent reports say so: syndicated copies count once."""
    return len({source["origin"] for source in record["sources"]})
