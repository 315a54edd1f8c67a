"""Everything that several parties did together, in one list."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from foedus.ask.between import statements_between
from foedus.ask.dates import checked_date, codes_of
from foedus.ask.parties import party_name
from foedus.ask.words import date_words, term_words
from foedus.book.edtf import bounds
from foedus.book.store import Book
from foedus.record import KINDS


def timeline(
    book: Book,
    *parties: str,
    since: str | None = None,
    until: str | None = None,
    events: bool = False,
    today: date | None = None,
    proposals: bool = True,
) -> list[dict[str, Any]]:
    """``{"on", "on_from", "kind", "headline", "id", "record"}`` for each record in which all `parties` take part.

    Statements of one of them about another are in it too (see `statements_between`). By day, then kind in the order of the
    format, then id; undated ones last. Coded events repeat the other kinds, so they come only when asked for. Without
    `proposals` the follow-up of a commitment is only what counts, which is much less to read. Raises `AskError`.
    """
    codes = codes_of(book, parties)
    since, until = checked_date(since), checked_date(until)
    kinds = [kind for kind in KINDS if events or kind != "event"]
    records: list[dict[str, Any]] = []
    if len(codes) > 1:
        records = statements_between(book, codes, since, until)
        kinds.remove("statement")
    records += book.records(kinds, party=codes, since=since, until=until, today=today, proposals=proposals)
    found = [
        {
            "on": record.get("when"),
            "on_from": record.get("when_from"),
            "kind": record["record_kind"],
            "headline": headline(record),
            "id": record["id"],
            "record": record,
        }
        for record in records
    ]
    return sorted(found, key=_order)


def _order(entry: dict[str, Any]) -> tuple[bool, str, int, str]:
    days = bounds(entry["on"])
    return (days is None, days[0] if days else "", KINDS.index(entry["kind"]), entry["id"])


def headline(record: dict[str, Any]) -> str:
    """One line that says what a consolidated record is, from its values alone."""
    return _HEADLINES[record["record_kind"]](record)


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _names(codes: list[str] | None) -> str:
    return _and([party_name(code) for code in codes or []])


def _person(person: dict[str, Any] | None) -> str:
    if not person:
        return ""
    party = party_name(person["party"]) if person.get("party") else None
    about = ", ".join(filter(None, (person.get("office"), party)))
    name = person.get("name")
    return f"{name} ({about})" if name and about else name or about


def _agreement(record: dict[str, Any]) -> str:
    text = record.get("title") or record.get("instrument") or "agreement"
    if record.get("stage"):
        text += f": {record['stage']}"
    if record.get("term"):
        text += f", term {term_words(record['term'])}"
    return text


def _meeting(record: dict[str, Any]) -> str:
    name = record.get("forum") or f"{record.get('format') or ''} meeting".strip()
    if record.get("edition"):
        name = f"{name}, no. {record['edition']}"
    people = _and([p["name"] for p in record.get("participants", []) if p.get("name")][:4])
    return name + (f": {people}" if people else "") + _status(record, "held") + _open_day(record)


def _open_day(record: dict[str, Any]) -> str:
    """ " (day not given)", where what was held or done stands at the day of its first report."""
    return " (day not given)" if record.get("when_from") == "published_on" else ""


def _status(record: dict[str, Any], plain: str) -> str:
    status = record.get("status")
    return f" ({status})" if status and status != plain else ""


def _statement(record: dict[str, Any]) -> str:
    words = record.get("text") or ""
    said = f"“{words}”" if record.get("mode") == "direct" else words
    return f"{_person(record.get('speaker')) or 'unnamed'}: {said}"


def _commitment(record: dict[str, Any]) -> str:
    to = _names(record.get("to"))
    undertaking, due = record.get("undertaking") or "", _due(record)
    state = f" ({record['state']})" if record.get("state") not in (None, "open") else ""
    return f"{_names(record.get('by'))}{' to ' + to if to else ''}: {undertaking}{due}{state}"


def _due(record: dict[str, Any]) -> str:
    """``, due 31 May 2026``; "" where the undertaking itself says so."""
    due, undertaking = date_words(record.get("due_on")), record.get("undertaking") or ""
    said = re.sub(r"(\w+) (\d{1,2}), (\d{4})", r"\2 \1 \3", undertaking)  # May 31, 2026
    return f", due {due}" if due and not re.search(rf"\b{re.escape(due)}\b", said) else ""


def _activity(record: dict[str, Any]) -> str:
    name = record.get("name") or record.get("item")
    kind = record.get("kind") or "activity"
    return (f"{kind}: {name}" if name else kind) + _status(record, "held") + _open_day(record)


def _event(record: dict[str, Any]) -> str:
    to = _names(record.get("recipient"))
    code = " ".join(filter(None, (record.get("type"), record.get("mode"), record.get("cameo"))))
    return f"{_names(record.get('actor')) or '?'}{' → ' + to if to else ''}: {code}"


_HEADLINES = {
    "agreement": _agreement,
    "meeting": _meeting,
    "statement": _statement,
    "commitment": _commitment,
    "activity": _activity,
    "event": _event,
}
