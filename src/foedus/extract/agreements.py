"""Agreements of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Agreement


def find_agreements(document: Document) -> list[Agreement]:
    """Every agreement that the report gives, in text order; [] when it gives none."""
    return []
