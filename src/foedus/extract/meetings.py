"""Meetings of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Meeting


def find_meetings(document: Document) -> list[Meeting]:
    """Every meeting that the report gives, in text order; [] when it gives none."""
    return []
