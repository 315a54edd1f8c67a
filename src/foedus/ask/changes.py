"""What changed since a day: new records, further stages, disagreements, states that turned, decisions made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, get_args

import msgspec

from foedus.ask.dates import codes_of, day_of
from foedus.ask.evidence import Evidence, Quote
from foedus.ask.lookup import with_proposals
from foedus.ask.show import cell_text
from foedus.ask.standing import standing_of
from foedus.ask.timeline import headline
from foedus.book.edtf import bounds
from foedus.book.follow import state_of
from foedus.book.stages import ORDER
from foedus.book.store import Book
from foedus.errors import AskError
from foedus.record import KINDS

What = Literal["new", "stage", "differs", "state", "confirmed", "decision"]
WHATS: tuple[What, ...] = get_args(What)
By = Literal["published", "read"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one record.

    `what`: `new` (nothing older says it), `stage` (a further stage of an agreement), `differs` (a value beside another
    one), `state` (a commitment fulfilled, overdue …, an agreement expired or succeeded), `confirmed` (said again by an
    independent report), `decision` (by a person). `on`: the day it shows, None where only its time is known.
    """

    on: str | None
    what: What
    kind: str
    headline: str
    detail: str
    id: str
    reports: tuple[str, ...]
    quotes: tuple[Quote, ...]
    record: dict[str, Any]


def changes(
    book: Book,
    *parties: str,
    since: str,
    today: date | None = None,
    by: By = "published",
    kinds: Sequence[str] = (),
    events: bool = False,
    quotes: bool = True,
) -> list[Change]:
    """What changed since the day `since` in records in which all `parties` take part; by day, kind, id.

    `by` "published": reports count from their publication; "read": from the time the book got them. Reports without a
    publication day bring no change by "published". Coded events repeat the other kinds and come only when asked for.
    Without `quotes` no report is read for its words. Raises `AskError`.
    """
    start, today = day_of(since), today or date.today()
    if wrong := set(kinds) - set(KINDS):
        raise AskError(f"unknown kind {sorted(wrong)[0]!r}: one of {', '.join(KINDS)}")
    wanted = kinds or [kind for kind in KINDS if events or kind != "event"]
    view = _View(book, start, today, by, quotes)
    codes = codes_of(book, parties)
    records = book.records(wanted, party=codes, today=today, proposals=False)
    found = [change for record in records for change in view.of(record)]
    with_proposals(book, [one.record for one in found])
    return sorted(found, key=lambda one: (one.on or "9999", KINDS.index(one.kind), one.id, WHATS.index(one.what)))


class _View:
    """The book as it was before a day and as it is now."""

    def __init__(self, book: Book, start: date, today: date, by: By, quotes: bool) -> None:
        self.start, self.today = start.isoformat(), today
        self.before = date.fromordinal(max(1, start.toordinal() - 1))
        self.read = {row["id"]: row["read_at"][:10] for row in book.reports()} if by == "read" else None
        self.evidence = Evidence(book) if quotes else None

    def of(self, record: dict[str, Any]) -> Iterator[Change]:
        """The changes of one record."""
        fresh = [one for one in record["sources"] if (self._day(one) or "") >= self.start]
        old = [one for one in record["sources"] if one not in fresh]
        if fresh and not old:
            detail = f"{len({one['origin'] for one in fresh})} independent reports"
            yield self._change(record, "new", detail if not detail.startswith("1 ") else detail[:-1], fresh)
        elif fresh:
            yield from self._grown(record, fresh, old)
        if not fresh or old:
            yield from self._turned(record)
        for one in record["decisions"]:
            if one["made_at"][:10] >= self.start:
                about = [one["action"], one.get("field"), cell_text(one.get("value")), f"by {one['author']}"]
                yield self._change(record, "decision", " ".join(filter(None, about)), [], one["made_at"][:10])

    def _day(self, source: dict[str, Any]) -> str | None:
        if self.read is not None:
            return self.read.get(source["report"])
        days = bounds(source["published_on"])
        return days[0] if days else None

    def _grown(self, record: dict[str, Any], fresh: list[Any], old: list[Any]) -> Iterator[Change]:
        new = {one["report"] for one in fresh}
        said = False
        before = [stage["stage"] for stage in record.get("stages", ()) if not set(stage["reports"]) <= new]
        for stage in record.get("stages", ()):
            further = not before or ORDER.index(stage["stage"]) > ORDER.index(before[-1])
            if set(stage["reports"]) <= new and (further or stage["stage"] == record.get("stage")):
                said = True
                detail = f"{before[-1]} → {stage['stage']}" if before else stage["stage"]
                yield self._change(record, "stage", detail, _in(fresh, stage["reports"]), field="stage")
        for field, rivals in record["conflicts"].items():
            for rival in rivals:
                if rival["reports"] and set(rival["reports"]) <= new and len(rivals) > 1:
                    said = True
                    others = ", ".join(cell_text(one["value"]) for one in rivals if one is not rival)
                    detail = f"{field}: {cell_text(rival['value'])} beside {others}"
                    yield self._change(record, "differs", detail, _in(fresh, rival["reports"]), field=field)
        more = {one["origin"] for one in fresh} - {one["origin"] for one in old}
        if more and not said:
            plural = "" if len(more) == 1 else "s"
            yield self._change(record, "confirmed", f"{len(more)} more independent report{plural}", fresh)

    def _turned(self, record: dict[str, Any]) -> Iterator[Change]:
        if self.before >= self.today:
            return  # from a day to come nothing has turned yet
        if record["record_kind"] == "commitment":
            then, now = state_of(record, self.before.isoformat()), record["state"]
            ends = [one for one in record["follow_up"] if one["confirmed"] and (one["on"] or "") >= self.start]
            if then != now:
                on = ends[-1]["on"] if ends else (bounds(record.get("due_on")) or (None, None))[1]
                yield self._change(record, "state", f"{then} → {now}", [], on)
        elif record["record_kind"] == "agreement":
            then, now = standing_of(record, self.before), standing_of(record, self.today)
            if then != now:
                yield self._change(record, "state", f"{then} → {now}", [], field="term")

    def _change(
        self,
        record: dict[str, Any],
        what: What,
        detail: str,
        sources: list[dict[str, Any]],
        on: str | None = None,
        field: str = "",
    ) -> Change:
        quoted = record | {"sources": sources} if sources else record
        days = sorted(day for one in sources if (day := self._day(one)))
        return Change(
            on=on or (days[0] if days else None),
            what=what,
            kind=record["record_kind"],
            headline=headline(record),
            detail=detail,
            id=record["id"],
            reports=tuple(one["report"] for one in quoted["sources"]),
            quotes=tuple(self.evidence.quotes(quoted, (field,) if field else ())) if self.evidence else (),
            record=record,
        )


def _in(sources: list[dict[str, Any]], reports: Sequence[str]) -> list[dict[str, Any]]:
    return [one for one in sources if one["report"] in reports]
