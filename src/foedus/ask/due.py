"""What the horizon asks of a record, as columns of the index: when a commitment is due, when an agreement runs out."""

from __future__ import annotations

from datetime import date
from typing import Any

from foedus.ask.standing import end_of, standing_of
from foedus.book.edtf import bounds

NOT_DUE: dict[str, str | None] = {"due_first": None, "due_last": None, "due_on": None}
"""The columns of a record that is never on the horizon."""
RENEWS: dict[str, str | None] = {"due_first": "", "due_last": "9999", "due_on": ""}
"""Those of an agreement that renews itself: when it is up depends on the day of the question."""


def due_columns(record: dict[str, Any]) -> dict[str, str | None]:
    """The first and last day on which a commitment is due or an agreement runs out, and that date itself (EDTF)."""
    if record["record_kind"] == "agreement":
        end = end_of(record, date.max)
        if end is None or standing_of(record, date.min) in ("ended", "not concluded"):  # they are so on any day
            return NOT_DUE
        if end.renews:
            return RENEWS
        on = end.on
    else:
        on = last_day_of(record)
    days = bounds(on)
    return {"due_first": days[0], "due_last": days[1], "due_on": on} if days else NOT_DUE


def last_day_of(commitment: dict[str, Any]) -> str:
    """The date by which a commitment is due, "" for none: "from 2026" is no day by which."""
    due = str(commitment.get("due_on") or "")
    return "" if due.endswith("/..") else due
