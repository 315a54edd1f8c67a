"""The words behind a consolidated record: which report says so, in which sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.ask.show import around
from foedus.book import schema as t
from foedus.book.publishers import STANDINGS
from foedus.book.rows import chunks
from foedus.book.store import Book
from foedus.errors import NotFoundError
from foedus.record import Span

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


class _Shown(msgspec.Struct):
    """Of a report's record, only where its words stand."""

    evidence: dict[str, tuple[Span, ...]] = {}


_SHOWN = msgspec.json.Decoder(_Shown)


class Evidence:
    """Quotes from the reports of a book; each report is read once, and only what is quoted of it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._texts: dict[str, str] = {}
        self._spans: dict[tuple[str, str], dict[str, tuple[Span, ...]]] = {}

    def load(self, records: Iterable[dict[str, Any]], most: int = 3) -> None:
        """Read what `quotes` most likely needs for these records, in few queries instead of several a record."""
        self._read([(one["report"], one["record"]) for record in records for one in _quotable(record)[:most]])

    def quotes(self, record: dict[str, Any], fields: Sequence[str] = (), most: int = 3) -> list[Quote]:
        """At most `most` quotes for a consolidated record, one an independent report, official documents first.

        They show the first of `fields` that a report gives, else what shows the record as a whole.
        """
        found: list[Quote] = []
        seen: set[str] = set()
        for source in sorted(record["sources"], key=_by_standing):
            if source["origin"] in seen or len(found) == most:
                continue
            if quote := self._quote(source, fields):
                seen.add(source["origin"])
                found.append(quote)
        return found

    def _quote(self, source: dict[str, Any], fields: Sequence[str]) -> Quote | None:
        report, record = str(source["report"]), str(source["record"])
        self._read([(report, record)])
        spans = next(self._known(report, record, (*fields, "record")), ())
        for start, end in spans[:1]:
            return self.at(self._texts[report], report, record, start, end)
        return None

    def _known(self, report: str, record: str, fields: Sequence[str]) -> Iterator[tuple[Span, ...]]:
        evidence = self._spans[report, record]
        return (evidence[field] for field in fields if evidence.get(field))

    def _read(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Texts of reports and places of words in their records, those that are not known yet. Raises `NotFoundError`."""
        todo = [pair for pair in dict.fromkeys(wanted) if pair not in self._spans]
        if not todo:
            return
        reports = dict.fromkeys(report for report, _ in todo if report not in self._texts)
        about, own = t.reports.c, t.records.c
        with self._book.reading() as connection:
            for some in chunks(list(reports)):
                query = sa.select(about.id, about.text).where(about.id.in_(some))
                self._texts |= {row[0]: row[1] for row in connection.execute(query)}
            if missing := [report for report in reports if report not in self._texts]:
                raise NotFoundError(f"no report {missing[0]!r} in the record book")
            self._spans |= {key: {} for key in todo}
            for some in chunks(sorted({record for _, record in todo})):
                rows = connection.execute(sa.select(own.report_id, own.id, own.json).where(own.id.in_(some)))
                self._spans |= {(row[0], row[1]): _SHOWN.decode(row[2]).evidence for row in rows}

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


def _by_standing(source: dict[str, Any]) -> int:
    return STANDINGS.index(source["standing"])


def _quotable(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The first source of each group of copies, official documents first."""
    found: dict[str, dict[str, Any]] = {}
    for source in sorted(record["sources"], key=_by_standing):
        found.setdefault(source["origin"], source)
    return list(found.values())


def independent(record: dict[str, Any]) -> int:
    """How many independent reports say so: syndicated copies count once."""
    return len({source["origin"] for source in record["sources"]})
