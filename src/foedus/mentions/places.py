"""Cities and countries as places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.mentions.model import PlaceMention


def find_places(document: Document) -> list[PlaceMention]:
    """Every place, in text order."""
    return []
