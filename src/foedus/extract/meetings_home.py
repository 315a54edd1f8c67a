"""The state that a report is written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.model import Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.mentions import Document


def home(document: Document) -> Parties:
    """The one state whose ministry or capital heads the report (or its dateline); nothing when several or none do."""
    if document.dateline is not None and document.dateline.place is not None and document.dateline.place.country:
        return Parties((document.dateline.place.country,), (document.dateline.place.span,))
    found = Parties()
    for first, last in document.paragraphs[:3]:
        if last - first > 16:
            break
        for place in document.within(first, last, PlaceMention):
            if place.country:
                found |= Parties((place.country,), (place.span,))
        for mention in document.within(first, last, PartyMention):
            if mention.form in {"body", "seat", "capital"}:
                found |= Parties((mention.code,), (mention.span,))
    return found if len(found.codes) == 1 else Parties()
