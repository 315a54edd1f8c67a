"""The state that a report is written from: by its dateline, the ministry or capital at its head, or the capital at its foot."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.focus import weights_of
from foedus.mentions.model import PartyMention, PlaceMention
from foedus.mentions.parties_settled import state_then

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_NOTE = "mentions: home"
_LONGEST = 16
"""Tokens of a line that may be a heading or a foot."""
_HEADINGS = 4
_BODIES = {"ministry", "department", "government", "presidency", "embassy", "chancellery", "mission", "consulate"}
_SEATS = {"New York", "New York City", "Geneva", "Vatican City"}
"""Seats of world bodies: a dateline there says nothing of whose the ministers are."""
_LEAST = 0.35
"""How much a report says about the state of its dateline, against the state that it says most about, if it is home."""


def home_state(document: Document) -> PartyMention | None:
    """The state of the dateline, else the only one whose ministry, seat or capital stands in a heading or at the foot."""
    place = document.dateline.place if document.dateline else None
    if place is not None and place.country is not None:
        return _state(document, place) if place.name not in _SEATS else None
    if _NOTE not in document.notes:
        document.notes[_NOTE] = _by_heading(document)
    found = document.notes[_NOTE]
    return found if isinstance(found, PartyMention) else None


def is_about(document: Document, code: str) -> bool:
    """Whether the report is about that state too: a dateline abroad says nothing of whose the ministers are."""
    weights = weights_of(document)
    return weights[code] >= _LEAST * max(weights.values(), default=0)


def _state(document: Document, place: PlaceMention) -> PartyMention:
    code = state_then(place.country or "", document.report.published_on)
    return PartyMention(*place.span, place.first, place.last, place.root, code=code, form="name")


def _by_heading(document: Document) -> PartyMention | None:
    found: dict[str, PartyMention] = {}
    for first, last in document.paragraphs[:_HEADINGS]:
        if last - first > _LONGEST:
            break
        for state in _in_heading(document, first, last):
            found.setdefault(state.code, state)
    if not found and document.paragraphs:
        first, last = document.paragraphs[-1]
        found = {state.code: state for state in _in_foot(document, first, last)}
    return next(iter(found.values())) if len(found) == 1 else None


def _in_heading(document: Document, first: int, last: int) -> list[PartyMention]:
    """States whose ministry or embassy the line is, in full or by a name that only one state's has."""
    if any(t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VBD", "VBZ", "VBP"} for t in document.doc[first:last]):
        return []
    found = [
        m
        for m in document.within(first, last, PartyMention)
        if m.form in {"body", "seat"}
        or (m.form == "name" and _heads_body(document, m, first))
        or (m.form in {"name", "adjective"} and _speaks(document, m, first, last))
    ]
    low = " ".join(t.lower_ for t in document.doc[first:last])
    named = {m.code: m for m in reversed(document.all_of(PartyMention))}
    found += [named[code] for form, code in _bodies().items() if low.startswith(form) and code in named]
    return found


def _heads_body(document: Document, state: PartyMention, first: int) -> bool:
    """Whether the words before the state in the line are its body's ("Embassy of Peru in Chile")."""
    before = [t.lower_ for t in document.doc[first : state.first]]
    return (
        bool(before) and before[-1] in {"of", "the"} and any(w in _BODIES for w in before) and before.count("in") == 0
    )


_SPEECHES = {"statement", "statements", "remarks", "intervention", "speech", "address", "response", "explanation"}


def _speaks(document: Document, state: PartyMention, first: int, last: int) -> bool:
    """Whether the line is the state's statement ("UK statement at the OSCE", "Statement by Peru at the Assembly")."""
    doc, at = document.doc, state.first
    if state.code.startswith("org:"):
        return False
    if at == first:
        return any(t.lower_ in _SPEECHES for t in doc[state.last : min(state.last + 2, last)])
    before = [t.lower_ for t in doc[first:at] if t.lower_ != "the"]
    return len(before) > 1 and before[-1] in {"by", "of", "from"} and before[-2] in _SPEECHES


@cache
def _bodies() -> dict[str, str]:
    """Names of ministries that only one state has -> the state."""
    return {form: row["state"] for row in load_table("home_bodies") for form in split_forms(row["forms"])}


def _in_foot(document: Document, first: int, last: int) -> list[PartyMention]:
    """The capital of a last line that is little more than place and day ("Lima, 4 May 2024")."""
    if last - first > _LONGEST // 2 or any(t.pos_ in {"VERB", "AUX"} for t in document.doc[first:last]):
        return []
    return [m for m in document.within(first, last, PartyMention) if m.form == "capital" and m.first - first < 2]
