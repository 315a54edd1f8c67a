"""Instruments of private law: deals that companies, clubs or people make among themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_deeds import faction_nouns, private_nouns
from foedus.extract.agreements_parties import actors_in
from foedus.language import syntax
from foedus.mentions.model import PartyMention

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.language.doc import Token
    from foedus.mentions import Document

_OF_FIRMS = {"company", "corporate", "firm", "club", "player", "takeover", "merger", "sponsorship"}
"""Words before the noun that make it a deal of companies or clubs."""
_BUYING = {"buy", "acquire", "purchase"}
_LEGAL_FORMS = {
    "limited",
    "ltd",
    "inc",
    "corp",
    "corporation",
    "llc",
    "plc",
    "gmbh",
    "ag",
    "co",
    "sa",
    "spa",
    "bv",
    "nv",
}
"""Letters that end the names of companies."""


def _are_companies(head: Token) -> bool:
    """Whether a phrase names companies alone, by the letters of their legal form: "Lund Oil Limited and Orr Gas Inc"."""
    every = syntax.conjuncts(head)
    named = [
        any(t.lower_.rstrip(".") in _LEGAL_FORMS for t in one.doc[one.i : one.i + 2]) or _has_legal_form(one)
        for one in every
    ]
    return any(named) and 2 * sum(named) >= len(named)


def _has_legal_form(noun: Token) -> bool:
    return any(c.lower_.rstrip(".") in _LEGAL_FORMS for c in noun.children)


def _is_takeover(document: Document, verb: Token) -> bool:
    """Whether it is an agreement to merge, or to buy a company: "a deal to acquire Lund Oil"."""
    if verb.lemma_ == "merge":
        return True
    bought = syntax.children(verb, "obj") if verb.lemma_ in _BUYING else []
    return any(_is_company(document, one) for one in bought)


def _is_company(document: Document, noun: Token) -> bool:
    """Whether a noun names a company: a body that is no party, or "Lund-based Orr Gas"."""
    based = any(c.lower_ == "based" for c in noun.children)
    return based or (noun.ent_type_ == "ORG" and document.at(noun.i, PartyMention) is None)


def is_between_firms(document: Document, instrument: Instrument) -> bool:
    """Whether the words behind the noun say that businesses, clubs or people made it: "the deal between the two firms"."""
    if any(c.dep_ in {"compound", "amod"} and c.lower_ in _OF_FIRMS for c in instrument.head.children):
        return True
    if any(_is_takeover(document, clause) for clause in syntax.children(instrument.head, "acl")):
        return True
    done = [c for v in syntax.governing_verbs(instrument.head)[:1] for c in v.children if _are_companies(c)]
    if any(syntax.preposition(c) in {"between", "by"} for c in done):
        return True
    for child in instrument.head.children:
        if syntax.preposition(child) in {"between", "among", "with"} and child.i > instrument.head.i:
            words = {w for t in syntax.conjuncts(child) for w in (t.lower_, t.lemma_.lower())}
            if _are_companies(child):
                return True
            if words & (private_nouns() - faction_nouns()) and not actors_in(document, *syntax.phrase(child)):
                return True
    return False
