"""Places of a meeting that no list of cities has: by the parser's word that they are places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_table
from foedus.mentions.model import PartyMention, PersonMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document


@cache
def _short_names() -> dict[str, str]:
    """Name of a city without the word "City" that it bears in the list ("New York") -> its country."""
    ends = (row for row in load_table("cities") if row["forms"].endswith(" City"))
    return {row["forms"].removesuffix(" City"): row["country"] for row in ends}


_ABOUT = {"about", "regarding", "concerning", "over"}
_HOSTS = {"host", "hold", "organise", "organize", "stage"}
_TIMES = {"era", "time", "times", "period", "years", "age", "days"}
_TOWNS = {"city", "town", "capital", "village", "port", "resort", "suburb"}
_AT = {"in", "at", "near", "outside", "aboard", "inside"}


def unlisted_place(document: Document, verb: Token, noun: Token | None) -> PlaceMention | None:
    """The place behind "in" or "at" that hangs on a verb or its noun and stands in no list, under its name as written; else None."""
    low, high = document.sentence(verb.i)
    bases = {t.i for t in (verb, noun) if t is not None}
    for token in document.doc[low:high]:
        if token.ent_type_ != "PLACE" or token.ent_iob_ == "I" or not token.text[:1].isupper():
            continue
        known = any(document.at(token.i, kind) is not None for kind in (PartyMention, PlaceMention, PersonMention))
        if not known:
            name = token if syntax.preposition(token) else token.head
            if name.lower_ not in _TIMES and syntax.preposition(name) in _AT and _is_below(name, bases):
                return _named(document, token.i)
    return None


def _is_below(token: Token, bases: set[int]) -> bool:
    """Whether a token hangs on one of `bases` with no clause and no topic between."""
    for above in token.ancestors:
        if above.i in bases:
            return True
        if above.dep_ in syntax.CLAUSES or above.pos_ == "VERB" or syntax.preposition(above) in _ABOUT:
            return False
    return False


def town_of(document: Document, verb: Token, noun: Token | None) -> PlaceMention | None:
    """ "In the Norlandish **city of Norville**", "at the resort town of …": the place that a word for a town names; else None."""
    for base in (verb, noun):
        for head in syntax.obliques(base, "in", "at") if base is not None else []:
            if head.lower_ in _TOWNS:
                inside = document.within(*syntax.phrase(head), PlaceMention)
                named = [p for p in inside if p.first > head.i and p.name != p.country]
                if named:
                    return named[0]
    return None


def here(document: Document, verb: Token) -> PlaceMention | None:
    """The place of the dateline, where a verb or its object has "here" beside it ("ended its session here"); else None."""
    if document.dateline is None or document.dateline.place is None:
        return None
    near = [verb, *syntax.children(verb, "obj", "obl")]
    return document.dateline.place if any(c.lower_ == "here" for t in near for c in t.children) else None


def host_city(document: Document, verb: Token) -> PlaceMention | None:
    """ "**Norville** will host the summit": a capital as the host is the place; else None."""
    head = syntax.subject(verb) if verb.lemma_ in _HOSTS else None
    if head is None:
        return None
    party = document.at(head.i, PartyMention)
    return document.at(head.i, PlaceMention) if party is not None and party.form == "capital" else None


def goal_of(document: Document, verb: Token) -> PlaceMention | None:
    """The city that somebody goes to, "on to" too ("travelled **on to Norville** for talks"); else None."""
    for place in document.within(*document.sentence(verb.i), PlaceMention):
        root = document.doc[place.root]
        if root.head.i == verb.i and "to" in syntax.preposition(root).split() and place.name != place.country:
            return place
    return None


def _named(document: Document, first: int) -> PlaceMention:
    """The parser's place that begins at a token ("at **Nordholm** naval base"), with the state named behind a comma."""
    doc, last = document.doc, first + 1
    while last < len(doc) and doc[last].ent_iob_ == "I" and doc[last].ent_type_ == "PLACE":
        last += 1
    state = document.at(last + 1, PartyMention) if last + 1 < len(doc) and doc[last].text == "," else None
    name = document.words(document.span(first, last))
    country = state.code if state is not None and state.form == "name" else _short_names().get(name)
    return PlaceMention(*document.span(first, last), first, last, doc[first:last].root.i, name=name, country=country)
