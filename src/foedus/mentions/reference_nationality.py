"""Persons meant by their state and a word for their kind: "the Peruvian leader", "the Peruvian visitor", "the Peruvian"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import GroupMention, PartyMention, PersonMention, Someone
from foedus.mentions.offices_words import singular

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document

_HEADS = {
    "president", "premier", "king", "queen", "chancellor", "emir", "sultan", "leader", "monarch", "emperor", "prince", "sheikh", "pope",
}  # fmt: skip
"""Offices of those that a report calls the leader of a state."""


@cache
def _nouns() -> dict[str, str]:
    """Noun for a person -> id of its row ("leader", "minister", "person")."""
    rows = [row for row in load_table("descriptions") if row["of"] == "person"]
    return {form: row["id"] for row in rows for form in split_forms(row["forms"])}


def resolve_nationals(document: Document) -> list[PersonMention]:
    """Mentions for such words, in text order, where the report has named just one person of that state whom they fit."""
    found: list[PersonMention] = []
    for token in document.doc.having(_nouns().keys()):
        kind = _nouns().get(token.lower_)
        if kind is None or token.pos_ != "NOUN" or document.at(token.i, PersonMention) is not None:
            continue
        state = _state(document, token)
        group = document.at(token.i, GroupMention)
        if state is None or group is not None:
            continue
        who = _person(document, token, kind, state)
        if who is not None:
            first = min(state.first, token.left_edge.i)
            start, end = document.span(first, token.i + 1)
            who.mentions.append((start, end))
            found.append(PersonMention(start, end, first, token.i + 1, token.i, person=who, form="office"))
    return found


def _state(document: Document, token: Token) -> PartyMention | None:
    """The state whose adjective stands before the noun, behind "the" or a possessive pronoun."""
    definite = any(c.lower_ in {"the", "his", "her", "its", "their"} for c in token.lefts)
    marks = [c for c in token.lefts if c.dep_ in {"amod", "compound"}]
    states = [m for c in marks if (m := document.at(c.i, PartyMention)) is not None and m.form == "adjective"]
    named = any(c.dep_ in {"flat", "appos"} or c.ent_type_ == "PERSON" for c in token.children)
    return states[0] if definite and len(states) == 1 and not named else None


def _person(document: Document, token: Token, kind: str, state: PartyMention) -> Someone | None:
    people: dict[int, Someone] = {}
    for mention in document.all_of(PersonMention):
        if mention.first < token.i and mention.person.party == state.code:
            people[id(mention.person)] = mention.person
    fitting = [who for who in people.values() if _fits(who, token.lower_, kind)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(who: Someone, noun: str, kind: str) -> bool:
    """Whether the office allows the word; a person without one may be called a guest, but no minister."""
    words = set((who.office or "").casefold().replace("-", " ").split())
    if noun == "leader":
        return bool(words & _HEADS) or {"prime", "minister"} <= words
    if kind == "person":
        return noun not in {"man", "woman"} or who.gender in {None, "male" if noun == "man" else "female"}
    return singular(noun) in words or (noun in {"official", "diplomat", "envoy", "politician"} and bool(words))
