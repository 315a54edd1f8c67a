"""Statements of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Statement


def find_statements(document: Document) -> list[Statement]:
    """Every statement that the report gives, in text order; [] when it gives none."""
    return []
