"""Two records of two reports, as the judge compares them."""

from __future__ import annotations

from typing import Any

from foedus.book.items import Item
from foedus.book.judge import likeness
from foedus.book.verdict import Verdict

Record = dict[str, Any]


def item(kind: str, report: str, values: Record) -> Item:
    """One record of a report; `published` stands beside its fields, people are given as "Ana Vola FJI"."""
    values = dict(values)
    published = values.pop("published", None)
    for field in ("signatories", "participants"):
        if field in values:
            values[field] = [person(one) for one in values[field]]
    if isinstance(values.get("speaker"), str):
        values["speaker"] = person(values["speaker"])
    return Item(f"{kind}-{report}", report, kind, 0, values, published, None, report)


def person(named: str) -> Record:
    """A person: name, and the code of a party behind it."""
    *names, last = named.split()
    known = len(last) == 3 and last.isupper()
    return {"name": " ".join(names if known else [*names, last]), "office": None, "party": last if known else None}


def judged(kind: str, one: Record, other: Record) -> Verdict:
    """The verdict, the same in both directions."""
    verdict = likeness(item(kind, "r1", one), item(kind, "r2", other))
    assert verdict == likeness(item(kind, "r2", other), item(kind, "r1", one))
    assert verdict.because
    return verdict
