"""Activitys of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Activity


def find_activities(document: Document) -> list[Activity]:
    """Every activity that the report gives, in text order; [] when it gives none."""
    return []
