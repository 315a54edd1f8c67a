"""Who makes a deed that no frame foresees: the names that the network takes for its parties, if they make sense together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.deeds import party_beliefs
from foedus.mentions.focus import other_in_focus, pair_in_focus
from foedus.mentions.model import Parties, PersonMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from collections.abc import Collection

    from foedus.language.doc import Token
    from foedus.mentions import Document

FAIR, SURE = 0.7, 0.9
"""Belief from which a name in the sentence counts as a party, and one in a sentence before it. Chosen on the development reports."""
MOST = 4
"""More states than this in one sentence are a list of names, not partners."""
LEAST_SURE, SURELY = 0.3, 0.6
"""How sure it must be that these take part and nobody else: in a deed, and in an agreement, where a wrong party is worse.

Chosen on the annotated reports of `corpus/train` and the development reports.
"""
_BACK = 2
"""So many sentences back the other party may stand."""
_ANAPHORIC = {"the", "this", "that", "these", "those", "its", "their", "his", "her", "such"}


def taking_part(document: Document, token: int, without: Collection[str] = (), least: float = LEAST_SURE) -> Parties:
    """Two or more, none of them in `without`, who surely take part in the deed that the word at `token` tells, with their words; else empty."""
    found = partners(document, token, without)
    return found.parties if len(found.parties.codes) > 1 and found.belief >= least else Parties()


def completed(document: Document, token: int, parties: Parties) -> Parties:
    """The parties with the others of those who surely take part in the deed; as they are where nobody or somebody else surely does."""
    sure = taking_part(document, token, least=SURELY)
    return parties | sure if set(parties.codes) <= set(sure.codes) else parties


def likely_parties(document: Document, token: int) -> Parties:
    """The parties of the deed that the word at `token` tells, with their words; empty when it is not clear that there are two.

    Those of whom the network is sure; else names in its own sentence come first. A single one is completed by the other of the pair that the report is about, else by the
    likeliest name in the sentences before; none at all, by that pair.
    """
    if sure := taking_part(document, token, least=SURELY):
        return sure
    low, high = document.sentence(token)
    ranked = party_beliefs(document, token)
    own = [(belief, parties) for belief, head, parties in ranked if low <= head < high and belief >= FAIR]
    found = Parties()
    for _, parties in own:
        found |= parties
    if len(found.codes) > 1:
        return found if len(found.codes) <= MOST else Parties()
    likely = {code: belief for belief, _, parties in reversed(ranked) for code in parties.codes}
    if not found.codes:
        pair = pair_in_focus(document)
        return pair if pair.codes and all(likely.get(code, 0) >= SURE for code in pair.codes) else Parties()
    other = other_in_focus(document, found.codes[0])
    if other.codes and likely.get(other.codes[0], 0) >= FAIR:
        return found | other
    first = document.sentences[max(0, document.sentence_index(token) - _BACK)][0]
    for belief, head, parties in ranked:
        if belief >= SURE and first <= head < low and len(parties.codes) == 1 and parties.codes != found.codes:
            return found | parties
    return Parties()


def is_of_stranger(document: Document, verb: Token) -> bool:
    """ "**President Holm** met his neighbours": who does it is named, and nobody knows of which state."""
    subject = syntax.subject(verb)
    named = document.at(subject.i, PersonMention) if subject is not None else None
    return named is not None and named.form != "pronoun" and named.person.party is None


def refers_back(noun: Token) -> bool:
    """Whether a noun with its article or possessive points at what was told before: "the meeting", "that round"."""
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    own = [c for c in noun.children if c.dep_ in {"det", "nmod:poss"} or c.lower_ == "such"]
    bare = not any(
        c.dep_ in {"nmod", "acl", "acl:relcl", "amod", "compound"} and c.lower_ != "such" for c in noun.children
    )
    return bare and any(c.lower_ in _ANAPHORIC for c in own)


def predicate_of(token: Token) -> tuple[Token, Token | None]:
    """The verb that says how the deed is meant, and the noun that tells it when it is told by one."""
    if token.pos_ in {"VERB", "AUX"}:
        return token, None
    verbs = syntax.governing_verbs(token)
    return (verbs[0] if verbs else token), token
