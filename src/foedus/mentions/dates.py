"""Dates and durations -> EDTF and ISO 8601, relative to the dateline and the publication date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.mentions.model import Dateline, DateMention, DurationMention


def find_dateline(document: Document) -> Dateline | None:
    """The dateline at the head of the report, if there is one."""
    return None


def find_dates(document: Document) -> list[DateMention | DurationMention]:
    """Every date and duration, in text order."""
    return []
