"""Named meeting series."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.mentions.model import ForumMention


def find_forums(document: Document) -> list[ForumMention]:
    """Every named meeting series with its edition, in text order."""
    return []
