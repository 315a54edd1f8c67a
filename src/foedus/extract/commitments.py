"""Commitments of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Commitment


def find_commitments(document: Document) -> list[Commitment]:
    """Every commitment that the report gives, in text order; [] when it gives none."""
    return []
