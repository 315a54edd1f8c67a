"""Whose a force, a cargo or a delegation is, and whom a clause names: by owners, adjectives, makers and senders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import ground, is_word, meaning, side_of
from foedus.language import syntax
from foedus.mentions.model import Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_OF = ("of", "from", "by", "belonging")
_ASIDE = {
    "after", "since", "despite", "amid", "against", "before", "over", "about", "on", "following", "ahead", "like", "unlike", "under", "as",
    "according", "without", "besides", "beside", "except", "because", "versus", "than", "per", "during", "amidst", "near", "across",
    "regarding", "concerning", "towards", "until", "via",
}  # fmt: skip
"""Behind these stand circumstances, not those who act."""


_AT = {"in", "at", "into"}
"""Behind these stands where it is: only whose ground that is counts."""


def whose(document: Document, head: Token, *, deep: int = 3) -> Parties:
    """The owners of what `head` names: "Kenyan police", "a batch of Polish tanks", "a ship from Oslo", "aid paid by Norland"."""
    found = side_of(document, head)
    if found.codes or deep == 0:
        return found
    inside = [m for m in document.within(head.left_edge.i, head.i, PartyMention) if m.form == "adjective"]
    if inside:
        return Parties((inside[0].code,), (inside[0].span,))
    for part in syntax.obliques(head, *_OF):
        found |= whose(document, part, deep=deep - 1)
    for clause in head.children:
        if not found.codes and clause.dep_ in {"acl", "acl:relcl"} and syntax.is_passive(clause):
            found |= document.parties_at(syntax.agents(clause))
            found |= document.parties_at(syntax.obliques(clause, "from"))
    if not found.codes and head.dep_ == "nmod" and is_word("collective", head.head):
        found = document.party_of(head.head) or _possessor(document, head.head)
    return found


def _possessor(document: Document, head: Token) -> Parties:
    return document.parties_at(syntax.children(head, "nmod:poss"))


def named_in(document: Document, noun: Token) -> Parties:
    """Everybody in the phrase of a noun for an act: "the delivery of Polish tanks to Norland by a ship of Estonia"."""
    first, last = syntax.phrase(noun, clauses=True)
    return document.parties_in(first, last) | flags_in(document, first, last)


def flags_in(document: Document, first: int, last: int) -> Parties:
    """The states of the ships named with the letters of a navy in tokens [first, last) ("HMS Alder")."""
    found = Parties()
    for token in document.doc[first:last]:
        if token.is_upper and (code := meaning("flag", token)) is not None:
            found |= Parties((code,), ((token.idx, token.idx + len(token.text)),))
    return found


def gathered(document: Document, verb: Token) -> Parties:
    """Everybody in subject, objects and obliques of a verb, circumstances left aside."""
    heads = [*syntax.agents(verb), *syntax.objects(verb)]
    if syntax.is_passive(verb) and verb.dep_ in {"acl", "acl:relcl"}:
        heads.append(verb.head)
    sites = []
    near = {"to", "for"} if is_word("promise", verb) else {"in", "at", "to", "into", "from"}
    for child in verb.children:
        if child.dep_ in {"obl", "obl:agent", "iobj", "obl:arg"}:
            first = syntax.preposition(child).split(" ")[0]
            if first in _AT:
                sites += syntax.conjuncts(child) if first in near else []
            elif first == "from" and (bodies := _bodies(document, child)):
                heads += bodies
            elif first not in _ASIDE:
                heads += syntax.conjuncts(child)
                sites += syntax.conjuncts(child) if first in near else []
    found = ground(document, sites)
    for head in heads:
        one = document.party_of(head)
        found |= one if one.codes else _inside(document, head)
    return found


def _bodies(document: Document, head: Token) -> list[Token]:
    """The international bodies from which somebody or something comes."""
    parties = ((t, document.at(t.i, PartyMention)) for t in syntax.conjuncts(head))
    return [t for t, party in parties if party is not None and party.code.startswith("org:")]


def _inside(document: Document, head: Token) -> Parties:
    low, high = syntax.phrase(head)
    return document.parties_in(low, high)
