"""Amounts of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.mentions.model import MoneyMention


def find_money(document: Document) -> list[MoneyMention]:
    """Every amount, in text order."""
    return []
