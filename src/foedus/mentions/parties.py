"""States, international organisations and their bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.model import PartyMention

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_STUB = {
    "India": "IND",
    "Indian": "IND",
    "U.S.": "USA",
    "US": "USA",
    "China": "CHN",
    "Chinese": "CHN",
    "Japan": "JPN",
    "Russia": "RUS",
    "France": "FRA",
}


def find_parties(document: Document) -> list[PartyMention]:
    """Every state, organisation and state body named, in text order, longest form first."""
    return [
        PartyMention(t.idx, t.idx + len(t.text), t.i, t.i + 1, t.i, code=_STUB[t.text])
        for t in document.doc
        if t.text in _STUB
    ]
