"""How a decision knows the record of a report again after the report was read anew and every id is another."""

from __future__ import annotations

from collections import Counter
from typing import Any

from foedus.book.wording import words

IDENTITY: dict[str, tuple[str, ...]] = {
    "agreement": ("title", "instrument", "parties", "signed_on"),
    "meeting": ("forum", "format", "parties", "held_on", "place"),
    "statement": ("speaker", "text"),
    "commitment": ("by", "to", "undertaking"),
    "activity": ("kind", "name", "item", "parties", "start_on"),
    "event": ("type", "actor", "recipient", "date"),
}
"""The values that tell the records of one report apart."""
_ENOUGH = 0.5
_ENOUGH_WITH_ID = 0.3
"""A known id still has to look like the record it was: other readers may give one id to something else."""


def reference(report: str, text: str, record: dict[str, Any], kind: str) -> dict[str, Any]:
    """What is kept of a record (its JSON) so that `find_again` knows it: report, kind, id, words, values."""
    spans = record.get("evidence", {}).get("record", ())
    said = " ".join(" ".join(words(text[start:end])) for start, end in spans)
    values = {field: record[field] for field in IDENTITY[kind] if field in record}
    return {"report": report, "kind": kind, "record": record["id"], "words": said, "values": values}


def find_again(reference: dict[str, Any], text: str, records: list[tuple[str, dict[str, Any]]]) -> str | None:
    """The id of the one record among `records` (kind and JSON, of the report with this text) that is meant; None for none.

    The words that show the record and the values that identify it count half each; the nearest one wins, the first of two.
    """
    best: tuple[float, str | None] = (0.0, None)
    for kind, record in records:
        if kind != reference["kind"]:
            continue
        score = _likeness(reference, _of(text, record, kind))
        same = record["id"] == reference["record"]
        if score >= (_ENOUGH_WITH_ID if same else _ENOUGH) and score + same * 0.01 > best[0]:
            best = (score + same * 0.01, record["id"])
    return best[1]


def _of(text: str, record: dict[str, Any], kind: str) -> dict[str, Any]:
    return reference("", text, record, kind)


def _likeness(a: dict[str, Any], b: dict[str, Any]) -> float:
    fields = sorted({*a["values"], *b["values"]})
    if not fields:
        return _shared(a["words"].split(), b["words"].split())
    values = sum(_alike(a["values"].get(field), b["values"].get(field)) for field in fields) / len(fields)
    return 0.5 * _shared(a["words"].split(), b["words"].split()) + 0.5 * values


def _alike(a: Any, b: Any) -> float:
    if a is None or b is None:
        return 0.0
    if isinstance(a, dict) and isinstance(b, dict):
        return float(words(a.get("name"))[-1:] == words(b.get("name"))[-1:])
    if isinstance(a, list) and isinstance(b, list):
        return len({*a} & {*b}) / max(1, len({*a} | {*b}))
    return 1.0 if a == b else _shared(words(str(a)), words(str(b)))


def _shared(a: list[str], b: list[str]) -> float:
    """Dice coefficient of two bags of words; 1 for two empty ones."""
    one, other = Counter(a), Counter(b)
    return 2 * (one & other).total() / (len(a) + len(b)) if a or b else 1.0
