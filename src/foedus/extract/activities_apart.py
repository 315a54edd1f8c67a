"""Visits to several states told at once: "will visit Ghana, Benin and Togo"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.extract.activities_act import Act, ground
from foedus.language import syntax
from foedus.mentions.model import DateMention, Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span


def one_each(document: Document, acts: list[Act]) -> list[Act]:
    """The acts, a visit of one state to several others parted into one for each; what is said of all together is left out of each."""
    return [part for act in acts for part in _parts(document, act)]


def _parts(document: Document, act: Act) -> list[Act]:
    if act.kind != "visit":
        return [act]
    heads = _coordinated(document, act)
    rest = tuple(c for c in act.parties.codes if c not in heads)
    if len(heads) < 2 or len(rest) != 1:
        return [act]
    last = max(head.i for head in heads.values())
    return [_part(document, act, rest[0], code, head, last) for code, head in heads.items()]


def _coordinated(document: Document, act: Act) -> dict[str, Token]:
    """The states that stand side by side in one phrase of the act, each with its word; {} unless two or more do so."""
    low, high = document.sentence(act.token.i)
    words = [t for t in document.tokens_in(act.parties.spans) if low <= t.i < high]
    groups: dict[tuple[int, str], dict[str, Token]] = {}
    for word in words:
        code = _state_at(document, word)
        if code is not None:
            groups.setdefault(_stands_in(word), {}).setdefault(code, word)
    several = [g for (_, first), g in groups.items() if len(g) > 1 and first not in _GUESTS]
    if len(several) != 1 or any(t.dep_.startswith("nsubj") for t in several[0].values()):
        return {}
    return several[0] if not act.host or set(several[0]) <= set(act.host) else {}


_GUESTS = {"from", "of", "by", "with"}
"""Behind these stand those who come."""


def _state_at(document: Document, word: Token) -> str | None:
    """The state that is the head of a phrase by its name, its capital or a town; no adjective, no person."""
    party, place = document.at(word.i, PartyMention), document.at(word.i, PlaceMention)
    if party is not None and (party.root != word.i or party.form == "adjective" or party.code.startswith("org:")):
        return None
    if party is None and (place is None or place.root != word.i):
        return None
    codes = ground(document, [word]).codes
    return codes[0] if len(codes) == 1 else None


def _stands_in(word: Token) -> tuple[int, str]:
    """The word on which the name and those joined to it hang, with their preposition."""
    first = word
    while first.dep_ == "conj" and first.head.pos_ != "VERB":
        first = first.head
    return first.head.i, syntax.preposition(first)


def _part(document: Document, act: Act, own: str, code: str, head: Token, last: int) -> Act:
    spans: list[Span] = [s for s in act.parties.spans if set(_codes(document, s)) <= {own, code}]
    date = _day_beside(document, head) or act.date
    if date is act.date and date is not None and (_names_days(document, date) or _beside_another(act, date, last)):
        date = None
    place = act.place
    if place is None or place.country != code:
        place = _place(document, head)
    parties = Parties(tuple(sorted((own, code))), tuple(spans), act.parties.persons)
    host = (code,) if act.host else ()
    return replace(act, parties=parties, host=host, date=date, until=None, place=place, money=None)


def _codes(document: Document, span: Span) -> tuple[str, ...]:
    tokens = document.tokens_in([span])
    return document.parties_at(tokens).codes or ground(document, tokens).codes


def _day_beside(document: Document, head: Token) -> DateMention | None:
    """The day that stands right behind the name: "to Ghana **on June 20**"."""
    for at in range(head.i + 1, min(head.i + 4, len(document.doc))):
        found = document.at(at, DateMention)
        if found is not None:
            return found
        if document.doc[at].pos_ not in {"ADP", "PUNCT", "DET"} or document.doc[at].text == ",":
            return None
    return None


def _beside_another(act: Act, date: DateMention, last: int) -> bool:
    """Whether the day is told of one of the others alone, in the middle of the list."""
    return act.token.i < date.first < last


def _names_days(document: Document, date: DateMention) -> bool:
    """Whether the date is a stretch of days of all of them together ("from 4 to 14 January")."""
    return "/" in date.edtf and any(c.isdigit() for c in document.words(date.span))


def _place(document: Document, head: Token) -> PlaceMention | None:
    place = document.at(head.i, PlaceMention)
    if place is not None and place.country and document.at(head.i, PartyMention) is None:
        return place
    party = document.at(head.i, PartyMention)
    if party is None:
        return None
    name = document.words(party.span) if party.form == "capital" else party.code
    return PlaceMention(party.start, party.end, party.first, party.last, party.root, name=name, country=party.code)
