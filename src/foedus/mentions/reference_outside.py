"""Who stands outside of "both sides": whoever urges, thanks or invites the two is none of them.

"France urged both countries to talk": the other two. Runs last; a group that its own clause contradicts is read anew, or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.focus import pair_in_focus
from foedus.mentions.model import GroupMention, Parties
from foedus.mentions.reference_pair import nearest_states

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document

_TO = {"to", "with", "for", "on", "upon", "between", "at", "from"}
_PARTNERS = {"obj", "iobj", "obl"}
_PAIR = 2


def put_outside(document: Document) -> None:
    """Read groups of two anew whose own clause has one of them as the one who speaks to both."""
    for group in document.all_of(GroupMention):
        if len(group.parties) < _PAIR or group.persons:
            continue
        outside = _outside(document, document.doc[group.root])
        if outside & set(group.parties):
            others = _without(document, group.root, outside) if len(group.parties) == _PAIR else Parties()
            group.parties, group.antecedents = others.codes, others.spans


def _outside(document: Document, token: Token) -> set[str]:
    """The parties of the subject of the verb of address whose object or goal the word is."""
    if token.dep_ not in _PARTNERS or (token.dep_ == "obl" and syntax.preposition(token) not in _TO):
        return set()
    verb = token.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in load_forms("addressing_verbs") or syntax.is_passive(verb):
        return set()
    subject = syntax.subject(verb)
    return set(document.party_of(subject).codes) if subject is not None and subject.i < token.i else set()


def _without(document: Document, token: int, outside: set[str]) -> Parties:
    """The two states that the report is about, else those that the nearest sentence before names, when none of them stands outside."""
    pair = pair_in_focus(document)
    if pair.codes and not outside & set(pair.codes):
        return pair
    return nearest_states(document, token, _PAIR, outside)
