"""The dossier on two parties or more: what holds, what came before, who met, said, promised and did what; every line cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.ask import brief_lines as say
from foedus.ask.between import statements_between
from foedus.ask.changes import changes
from foedus.ask.dates import checked_date, codes_of
from foedus.ask.evidence import Evidence, Quote
from foedus.ask.horizon import horizon
from foedus.ask.lookup import with_proposals
from foedus.ask.parties import party_name
from foedus.ask.show import cell_text
from foedus.ask.standing import CURRENT, standing_of
from foedus.ask.words import date_words, listed
from foedus.book import schema as t
from foedus.book.rows import chunks
from foedus.book.store import Book
from foedus.errors import AskError
from foedus.record import KINDS

MOST = 50
"""Lines of a section, unless asked otherwise."""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A source by its number in the brief, with the words quoted from it where they are quoted."""

    number: int
    quote: Quote | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing: `on` (EDTF) and `text`, `details` that belong to it, the record's id, and who says so."""

    text: str
    citations: tuple[Citation, ...]
    on: str | None = None
    details: tuple[str, ...] = ()
    id: str | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and its lines; `left_out`: how many more there are than were asked for."""

    key: str
    title: str
    lines: tuple[Line, ...]
    left_out: int = 0


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is cited."""

    number: int
    report: str
    title: str | None
    publisher: str | None
    published_on: str | None
    url: str | None
    standing: str


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier as of a day. `since`: what the last section counts from, if it was asked for."""

    parties: tuple[str, ...]
    title: str
    as_of: str
    since: str | None
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]


def brief(
    book: Book,
    *parties: str,
    since: str | None = None,
    today: date | None = None,
    months: int = 12,
    most: int = MOST,
) -> Brief:
    """The dossier on records in which all `parties` take part. Sections without lines stay, so that nothing is passed over.

    `since` adds what changed since then; `months`: how far the section of what comes up looks; `most`: lines of a section,
    the latest ones. Raises `AskError`.
    """
    if len(parties) < 2:
        raise AskError("a brief needs two parties, such as India and USA")
    today, codes = today or date.today(), codes_of(book, parties)
    writer = _Writer(book, codes, today, most)
    sections = [*writer.agreements(), writer.coming(months), *writer.rest()]
    if since is not None:
        sections.append(writer.changed(str(checked_date(since))))
    return Brief(
        parties=tuple(codes),
        title=listed([party_name(code) for code in codes]),
        as_of=today.isoformat(),
        since=since,
        sections=tuple(sections),
        sources=tuple(writer.sources.values()),
    )


class _Writer:
    """Writes sections and numbers the sources in the order in which they are first cited."""

    def __init__(self, book: Book, codes: Sequence[str], today: date, most: int) -> None:
        self.book, self.codes, self.today, self.most = book, codes, today, most
        self.evidence = Evidence(book)
        self.sources: dict[str, Source] = {}
        self.known: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
        kinds = [kind for kind in KINDS if kind != "event"]
        for record in book.records(kinds, party=codes, today=today, proposals=False):
            self.known[record["record_kind"]].append(record)
        self.reports: dict[str, dict[str, Any]] = {}

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Records of one kind between the parties."""
        return self.known[kind]

    def agreements(self) -> list[Section]:
        """What holds, and what came before, with what succeeds what; in a section of their own those that say nothing else."""
        every = self.records("agreement")
        bare = {one["id"]: one for one in every if say.is_bare(one, every)}
        known = {one["id"]: one for one in every if one["id"] not in bare}
        current = {id: one for id, one in known.items() if standing_of(one, self.today) in CURRENT}
        past = [one for id, one in known.items() if id not in current]
        make = lambda one: self.line(one, *say.agreement(one, known, self.today))  # noqa: E731
        return [
            self.section("in-force", "In force, signed or agreed", list(current.values()), make),
            self.section("history", "Earlier agreements and attempts", past, make),
            *([self.mentioned(list(bare.values()))] if bare else []),
        ]

    def mentioned(self, records: list[dict[str, Any]]) -> Section:
        """One line with agreements of which reports give nothing but the parties."""
        cited: list[Citation] = []
        self.load(records)
        for one in records:
            cited += [citation for citation in self.cite(one) if citation not in cited]
        names = Counter(say.name_of(one) for one in records)
        text = ", ".join(f"{name} ({count} records)" if count > 1 else name for name, count in names.items())
        details = (f"records: {', '.join(one['id'] for one in records)}",)
        line = Line(text=f"also mentioned, without particulars: {text}", citations=tuple(cited), details=details)
        return Section(key="mentioned", title="Also mentioned", lines=(line,))

    def coming(self, months: int) -> Section:
        """What runs out or is due."""
        found = horizon(self.book, *self.codes, months=months, today=self.today)
        title = f"Coming up within {months} months, and overdue"
        self.load([one.record for one in found], quotes=False)
        lines = [self.line(one.record, *say.coming(one), quotes=one.quotes) for one in found]
        return Section(
            key="horizon", title=title, lines=tuple(lines[: self.most]), left_out=max(0, len(lines) - self.most)
        )

    def rest(self) -> list[Section]:
        """Meetings, statements, commitments, activities, and where the sources disagree."""
        promised = self.records("commitment")
        open_ = [one for one in promised if one["state"] in ("open", "overdue")]
        closed = [one for one in promised if one["state"] not in ("open", "overdue")]
        make = lambda one: self.line(one, *say.WRITERS[one["record_kind"]](one))  # noqa: E731
        return [
            self.section("meetings", "Meetings", self.records("meeting"), make),
            self.section("statements", "Statements", statements_between(self.book, self.codes), make),
            self.section("commitments", "Open commitments", open_, make),
            self.section("kept", "Commitments fulfilled, broken or superseded", closed, make),
            self.section("activities", "Activities", self.records("activity"), make),
            self.disagreements(),
        ]

    def disagreements(self) -> Section:
        """Each value that sources give differently, with what prefers one."""
        kinds = ("agreement", "meeting", "statement", "commitment", "activity")
        disputed = [record for kind in kinds for record in self.records(kind) if record["conflicts"]]
        rivals = [(one, rival) for one in disputed for found in one["conflicts"].values() for rival in found]
        self.load([_as_told(record, rival) for record, rival in rivals])
        lines = [
            self.rivals(record, field, found) for record in disputed for field, found in record["conflicts"].items()
        ]
        return Section(key="disagreements", title="Where the sources disagree", lines=tuple(lines))

    def rivals(self, record: dict[str, Any], field: str, rivals: list[dict[str, Any]]) -> Line:
        """One field of one record on which sources differ."""
        cited: list[Citation] = []
        details = []
        for rival in rivals:
            numbers = self.cite(_as_told(record, rival), (field,))
            cited += [one for one in numbers if one not in cited]
            mark = "shown: " if rival["preferred"] else ""
            refs = "".join(f" [{one.number}]" for one in numbers)
            details.append(f"{mark}{cell_text(rival['value'])} ({rival['because']}){refs}")
        text = f"{say.name_of(record)}: {say.field_words(field)}"
        return Line(text=text, on=record.get("when"), details=tuple(details), id=record["id"], citations=tuple(cited))

    def changed(self, since: str) -> Section:
        """What the reports since then brought."""
        found = changes(self.book, *self.codes, since=since, today=self.today)
        self.load([one.record for one in found], quotes=False)
        lines = []
        for one in found:
            own = [source for source in one.record["sources"] if source["report"] in one.reports]
            text = f"{one.what}: {one.headline}" + (f" ({one.detail})" if one.detail else "")
            record = one.record | {"sources": own}
            lines.append(self.line(record, one.on, text, (), quotes=one.quotes))
        title = f"What changed since {date_words(since)}"
        shown = tuple(lines[-self.most :])
        return Section(key="changes", title=title, lines=shown, left_out=len(lines) - len(shown))

    def section(
        self, key: str, title: str, records: list[dict[str, Any]], make: Callable[[dict[str, Any]], Line]
    ) -> Section:
        """The latest `most` of the records, in order of time."""
        shown = records[-self.most :]
        self.load(shown)
        with_proposals(self.book, [one for one in shown if one["record_kind"] == "commitment"])
        return Section(key=key, title=title, lines=tuple(map(make, shown)), left_out=len(records) - len(shown))

    def load(self, records: Sequence[dict[str, Any]], quotes: bool = True) -> None:
        """Read what the lines on these records cite, all at once."""
        if quotes:
            self.evidence.load(records)
        cited = dict.fromkeys(source["report"] for record in records for source in record["sources"])
        todo = [id for id in cited if id not in self.reports]
        own = t.reports.c
        query = sa.select(own.id, own.title, own.publisher, own.published_on, own.url)
        with self.book.reading() as connection:
            for some in chunks(todo):
                rows = connection.execute(query.where(own.id.in_(some))).mappings()
                self.reports |= {row["id"]: dict(row) for row in rows}

    def line(
        self,
        record: dict[str, Any],
        on: str | None,
        text: str,
        details: Iterable[str] = (),
        quotes: Sequence[Quote] | None = None,
    ) -> Line:
        """One line about a record, cited."""
        cited = self.cite(record, (), quotes)
        return Line(text=text, on=on, details=tuple(details), id=record["id"], citations=tuple(cited))

    def cite(
        self, record: dict[str, Any], fields: Sequence[str] = (), quotes: Sequence[Quote] | None = None
    ) -> list[Citation]:
        """Every report of the record by number; some with their words."""
        if quotes is None:
            quotes = self.evidence.quotes(record, fields)
        quoted = {one.report: one for one in quotes}
        reports = dict.fromkeys([*quoted, *(one["report"] for one in record["sources"])])
        about = {one["report"]: one for one in record["sources"]}
        return [Citation(number=self.number(about[one]), quote=quoted.get(one)) for one in reports if one in about]

    def number(self, source: dict[str, Any]) -> int:
        """The number of a report, a new one where it is cited for the first time."""
        id = source["report"]
        if id not in self.sources:
            about = {name: value for name, value in self.reports[id].items() if name != "id"}
            number = len(self.sources) + 1
            self.sources[id] = Source(number=number, report=id, standing=source["standing"], **about)
        return self.sources[id].number


def _as_told(record: dict[str, Any], rival: dict[str, Any]) -> dict[str, Any]:
    """The record with only the sources that give a value of one of its fields."""
    return record | {"sources": [one for one in record["sources"] if one["report"] in rival["reports"]]}
