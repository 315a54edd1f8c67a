"""One record with the sentences that its values come from."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from foedus.book.store import Book

_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n")
_LONGEST = 400


def show(book: Book, id: str, today: date | None = None) -> dict[str, Any]:
    """``{"record", "sources"}``: a consolidated record, and what each report claims with the words around each value.

    A source has `report` (its row without text), `record` (id) and `fields`: ``{"field", "value", "evidence"}``, where
    evidence is ``{"start", "end", "before", "words", "after"}`` (offsets into the report's text; before and after lie in
    the same sentence). Raises `NotFoundError`.
    """
    record = book.record(id, today=today)
    sources = []
    for source in record["sources"]:
        report = book.report(source["report"]).report
        fields = []
        for claim in book.claims(source["record"]):
            evidence = [around(report.text, start, end) for start, end in claim["spans"]]
            fields.append({"field": claim["field"], "value": claim["value"], "evidence": evidence})
        about = {name: getattr(report, name) for name in ("id", "url", "title", "publisher", "author", "published_on")}
        sources.append({"report": about, "record": source["record"], "fields": fields})
    return {"record": record, "sources": sources}


def around(text: str, start: int, end: int) -> dict[str, Any]:
    """The words at [start, end) with what stands before and after them in their sentence, blanks made single."""
    low = max(0, start - _LONGEST)
    head = [found.end() for found in _END.finditer(text, low, start)]
    first = head[-1] if head else (low if low == 0 or text[low - 1].isspace() else _next_blank(text, low, start))
    tail = _END.search(text, end - 1 if end > start else end, min(len(text), end + _LONGEST))
    last = max(end, tail.start() + len(tail.group().rstrip())) if tail else min(len(text), end + _LONGEST)
    return {
        "start": start,
        "end": end,
        "before": _single(text[first:start]).lstrip(),
        "words": _single(text[start:end]),
        "after": _single(text[end:last]).rstrip(),
    }


def _next_blank(text: str, low: int, start: int) -> int:
    blank = text.find(" ", low, start)
    return blank + 1 if blank >= 0 else low


def _single(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def cell_text(value: Any, joint: str = "; ") -> str:
    """A value of a record in one line: lists joined, persons "Name (office, CODE)", money "AMOUNT CODE"; "" for none."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return joint.join(cell_text(one, joint) for one in value)
    if isinstance(value, dict):
        if "currency" in value:
            return f"{value['amount']} {value['currency']}"
        about = ", ".join(filter(None, (value.get("office"), value.get("party"))))
        name = value.get("name") or ""
        return f"{name} ({about})".strip() if about else name
    return str(value)
