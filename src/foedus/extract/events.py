"""Events of one report in PLOVER and CAMEO codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Activity, Agreement, Commitment, Event, Meeting, Statement


def find_events(
    document: Document,
    agreements: Sequence[Agreement] = (),
    meetings: Sequence[Meeting] = (),
    statements: Sequence[Statement] = (),
    commitments: Sequence[Commitment] = (),
    activities: Sequence[Activity] = (),
) -> list[Event]:
    """Every event that the report gives, in text order, with those that follow from the report's other records."""
    return []
