"""Readings made by hand for the tests of the book."""

from __future__ import annotations

from typing import Any

from foedus.record import Agreement, Reading, Report, stable_id

FERRY = "Ferry Line Agreement"


def text_of(id: str) -> str:
    """The text of a made report: each one its own."""
    return f"Some words of report {id}. Fiji and Tonga signed it. They will build ferries."


def agreement(report: str, number: int = 0, *, id: str | None = None, **values: Any) -> Agreement:
    """An agreement of Fiji and Tonga with the given values."""
    evidence = {"record": ((number, number + 10),), **dict.fromkeys(values, ((0, 4),))}
    base: dict[str, Any] = {"parties": ("FJI", "TON"), "instrument": "agreement"}
    return Agreement(
        id=id or stable_id(report, "agreement", number), evidence=evidence, confidence=0.9, **(base | values)
    )


def reading(
    id: str, published: str | None, *agreements: Agreement, about: dict[str, Any] | None = None, **others: Any
) -> Reading:
    """A report with these records; `about`: publisher, url, text."""
    report = Report(**({"id": id, "published_on": published, "text": text_of(id)} | (about or {})))
    return Reading(report=report, agreements=agreements, **others)


CHAIN = [
    reading("r1", "2014-03-02", agreement("r1", title=FERRY, signed_on="2014-03-01", stage="signed", term="P10Y")),
    reading(
        "r2",
        "2024-03-04",
        agreement("r2", title=FERRY, signed_on="2024-03-03", stage="signed", term="P10Y", succeeds="the 2014 accord"),
        agreement("r2", 1, title="2014 accord"),
    ),
    reading("r3", "2024-03-05", agreement("r3", title="ferry line deal", signed_on="2024-03-04", stage="signed")),
    reading("r4", "2024-06-01", agreement("r4", title=FERRY, signed_on="2024-03-03", stage="in force")),
    reading(
        "r5", "2024-06-01", agreement("r5", title="Fisheries Training Pact", signed_on="2024-03-03", stage="signed")
    ),
]
