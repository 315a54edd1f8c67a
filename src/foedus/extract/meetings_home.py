"""The state that a report is written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.focus import weights_of
from foedus.mentions.model import Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_LONGEST = 30
_ONCE = 2
"""What a state weighs that only the dateline names."""
_SHORT = 22
_SIGNS = {"source", "ministry", "press", "office", "government", "embassy", "presidency", "department"}
_OFFICES = {"ministry", "department", "government", "presidency", "embassy", "chancellery"}


def home(document: Document) -> Parties:
    """The one state whose ministry or capital heads the report (or its dateline); nothing when several or none do."""
    if document.dateline is not None and document.dateline.place is not None and _is_at_home(document):
        return Parties((document.dateline.place.country or "",), (document.dateline.place.span,))
    found = Parties()
    for first, last in document.paragraphs[:3]:
        if last - first > (16 if document.words(document.span(first, last)).endswith(".") else _LONGEST):
            break
        for place in document.within(first, last, PlaceMention):
            if place.country and not stands_in(document.doc[place.root]):
                found |= Parties((place.country,), (place.span,))
        for mention in document.within(first, last, PartyMention):
            if mention.form == "capital" and stands_in(document.doc[mention.root]):
                continue
            if mention.form in {"body", "seat", "capital"} or _of_ministry(document, mention, first):
                found |= Parties((mention.code,), (mention.span,))
    return found if len(found.codes) == 1 else _of_source(document)


def stands_in(token: Token) -> bool:
    """Whether a heading says with a place where its people are ("accompanies the president **in Norville**"), which makes nobody at home there."""
    return syntax.preposition(token) in {"in", "at", "to", "from"}


def _of_source(document: Document) -> Parties:
    """ "Source: Government of the Republic of Norland": the state whose own office signs the last line of the report; else nothing."""
    for first, last in document.paragraphs[:0:-1][:2]:
        words = {t.lower_ for t in document.doc[first:last]}
        if last - first > _SHORT or not words & _SIGNS:
            continue
        states = document.within(first, last, PartyMention)
        if len({m.code for m in states}) == 1 and not states[0].code.startswith("org:"):
            return Parties((states[0].code,), (states[0].span,))
    return Parties()


def _is_at_home(document: Document) -> bool:
    """Whether the state of the dateline is one that the report is about; a minister's words sent from a summit abroad are not of there."""
    place = document.dateline.place if document.dateline is not None else None
    weights = weights_of(document)
    if place is None or not place.country:
        return False
    heavier = [code for code, weight in weights.items() if weight > 2 * weights[place.country]]
    return not heavier or (len(heavier) == 1 and weights[place.country] > _ONCE)


def _of_ministry(document: Document, mention: PartyMention, first: int) -> bool:
    """ "Ministry of Foreign Affairs of the Republic of Norland": the state of a ministry in a heading."""
    if mention.form != "name" or syntax.preposition(document.doc[mention.root]) != "of":
        return False
    return any(t.lower_ in _OFFICES for t in document.doc[max(first, mention.first - 8) : mention.first])
