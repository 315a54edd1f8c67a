"""Those who bring others together: who is said to broker, mediate or guarantee, and so is no party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_parties import actors_of
from foedus.language import syntax
from foedus.mentions.model import GroupMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_GUARANTORS = {"mediator", "guarantor", "facilitator", "go-between", "broker", "co-mediator", "witness"}
_BROKERED = {"brokered", "mediated", "facilitated"}
_CUES = {*_BROKERED, "mediation"}
_DASHES = {"-", "–", "—"}
_WHERE = {"in", "at", "near"}


def go_betweens(document: Document) -> Parties:
    """Those said to broker, mediate or guarantee between others, and so to be no party themselves; kept."""
    known = document.notes.get("go_betweens")
    if known is None:
        known = Parties()
        for token in document.doc.having(_CUES | _GUARANTORS):
            if (token.lower_ in _CUES or token.lemma_.lower() in _GUARANTORS) and (found := _between(document, token)):
                known |= found
        document.notes["go_betweens"] = known
    assert isinstance(known, Parties)
    return known


def _between(document: Document, token: Token) -> Parties:
    """Who brings others together by what is said at `token`."""
    if token.lemma_.lower() in _GUARANTORS and not any(c.lower_ in {"not", "no", "never"} for c in token.children):
        return _named_as(document, token)
    if token.lower_ == "mediation":
        return _mediating(document, token)
    if token.lower_ in _BROKERED and token.i > 1 and document.doc[token.i - 1].text in _DASHES:
        one = document.at(token.i - 2, PartyMention)
        return Parties((one.code,), (one.span,)) if one is not None else Parties()
    if token.lower_ in _BROKERED and syntax.is_passive(token):
        found = Parties()
        for agent in syntax.agents(token):
            found |= document.party_of(agent)
        return found
    if token.lower_ in _BROKERED and token.pos_ == "VERB" and syntax.children(token, "obj"):
        one_above = syntax.subject(token)
        return document.party_of(one_above) if one_above is not None else Parties()
    return Parties()


def _mediating(document: Document, noun: Token) -> Parties:
    """Whose mediation it is: "the mediation of Chile", "mediation by Chile"."""
    found = Parties()
    for child in noun.children:
        if syntax.preposition(child) in {"of", "by"} or child.dep_ in {"amod", "nmod:poss"}:
            found |= document.party_of(child)
    return found


def _named_as(document: Document, noun: Token) -> Parties:
    """Who the mediator is: "the Chinese mediator", "Chile will act as guarantor", "Chile, the guarantor, said"."""
    found = Parties()
    for child in noun.children:
        if child.dep_ in {"amod", "compound", "nmod:poss"} and (one := document.at(child.i, PartyMention)) is not None:
            found |= Parties((one.code,), (one.span,))
        elif child.dep_ == "nsubj":
            found |= actors_of(document, child)
    if noun.dep_ == "appos":
        found |= document.party_of(noun.head)
    elif noun.dep_ == "obl" and syntax.preposition(noun) == "as":
        one_above = syntax.subject(noun.head)
        found |= actors_of(document, one_above) if one_above is not None else Parties()
    return found


def is_doubtful(document: Document, first: int, last: int, parties: Parties) -> bool:
    """Whether "both sides" in [first, last) seems to take in one who only brokers or only is where they met."""
    groups = document.within(first, last, GroupMention)
    codes = {code for group in groups for code in group.parties}
    if not codes & set(parties.codes):
        return False
    return bool(codes & (set(go_betweens(document).codes) | _mere_places(document)))


def _mere_places(document: Document) -> set[str]:
    """States that the report names only by "in" or "at" them, and nobody of which it names; kept."""
    known = document.notes.get("mere_places")
    if known is None:
        where: dict[str, bool] = {}
        for mention in document.mentions:
            if isinstance(mention, PartyMention):
                only = syntax.preposition(document.doc[mention.root]) in _WHERE
                where[mention.code] = where.get(mention.code, True) and only
            elif isinstance(mention, PersonMention) and mention.person.party:
                where[mention.person.party] = False
        known = document.notes["mere_places"] = {code for code, only in where.items() if only}
    return known  # type: ignore[return-value]
