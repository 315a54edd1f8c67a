"""Who does things together in a report: sets of parties that one phrase or clause puts side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.extract.agreements_focus import states_in
from foedus.extract.agreements_parties import actors_of
from foedus.language import syntax
from foedus.mentions.model import GroupMention, Parties, PartyMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.language.doc import Token
    from foedus.mentions import Document

_BACK = 4
"""How many sentences back a set may stand that is meant without being named."""
_MOST = 9

_GUARANTORS = {"mediator", "guarantor", "facilitator", "go-between", "broker", "co-mediator"}
_BROKERED = {"brokered", "mediated", "facilitated"}
_DASHES = {"-", "–", "—"}


def cast_at(document: Document, at: int, having: Parties) -> Parties:
    """The set of parties between which token `at` says something; it holds `having`; empty when the report leaves it open.

    The last set put together in the sentences just before, else the one that the whole report puts together most often.
    """
    if document.in_quote(document.doc[at].idx):
        return Parties()
    sets = joint_sets(document)
    here, end = document.sentence_index(at), document.sentence(at)[1]
    before = [(i, one) for i, one in sets if i < end]
    recent = [one for i, one in before if here - document.sentence_index(i) <= _BACK]
    usual = _usual(sets)
    known = any(one.codes == usual.codes for _, one in before)
    if not known or not set(having.codes) <= set(usual.codes) or (recent and recent[-1].codes != usual.codes):
        return Parties()
    return usual


def _usual(sets: list[tuple[int, Parties]]) -> Parties:
    """The set that comes up most often; of two that come up as often, the one that holds the other, else none."""
    counts: Counter[tuple[str, ...]] = Counter(one.codes for _, one in sets)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    if not ranked:
        return Parties()
    chosen = ranked[0]
    if any(count == chosen[1] and not set(codes) <= set(chosen[0]) for codes, count in ranked[1:]):
        return Parties()
    return next(one for _, one in sets if one.codes == chosen[0])


def joint_sets(document: Document) -> list[tuple[int, Parties]]:
    """(token, parties) for every phrase or clause that puts two or more parties together, in text order; kept."""
    known = document.notes.get("joint_sets")
    if known is None:
        found = {i: one for i, one in _sets(document) if 2 <= len(one.codes) <= _MOST}
        known = document.notes["joint_sets"] = _widest(document, found)
    return known  # type: ignore[return-value]


def are_joined(document: Document, pair: Parties) -> bool:
    """Whether the report puts these parties together somewhere: in one phrase, or as the only two states of a sentence."""
    codes = set(pair.codes)
    if any(codes <= set(one.codes) for _, one in joint_sets(document)):
        return True
    return any(set(states_in(document, low, high).codes) == codes for low, high in document.sentences)


def _widest(document: Document, found: dict[int, Parties]) -> list[tuple[int, Parties]]:
    """The sets in text order, those left out that are only a part of another one in the same sentence."""
    of: dict[int, list[set[str]]] = {}
    for i, one in found.items():
        of.setdefault(document.sentence_index(i), []).append(set(one.codes))
    return [
        (i, one)
        for i, one in sorted(found.items(), key=lambda item: item[0])
        if not any(set(one.codes) < other for other in of[document.sentence_index(i)])
    ]


def _sets(document: Document) -> Iterator[tuple[int, Parties]]:
    for mention in document.mentions:
        if isinstance(mention, GroupMention) and len(mention.parties) > 1:
            yield mention.root, Parties(tuple(sorted(set(mention.parties))), (mention.span,))
    for token in document.doc:
        if token.pos_ in {"NOUN", "PROPN", "ADJ", "PRON"}:
            if token.dep_ != "conj" and any(child.dep_ == "conj" for child in token.children):
                yield token.i, actors_of(document, token)
        elif token.text in _DASHES and 0 < token.i < len(document.doc) - 1:
            yield token.i, _of_dash(document, token.i)


def _of_dash(document: Document, dash: int) -> Parties:
    """States joined by dashes: "the Peru-Chile border", "the Peru-Chile-Bolivia talks"."""
    left, right = document.at(dash - 1, PartyMention), document.at(dash + 1, PartyMention)
    found = Parties()
    while left is not None and right is not None and left is not right:
        found |= Parties((left.code,), (left.span,)) | Parties((right.code,), (right.span,))
        after = right.last
        if after + 1 >= len(document.doc) or document.doc[after].text not in _DASHES:
            break
        left, right = right, document.at(after + 1, PartyMention)
    return found


def go_betweens(document: Document) -> Parties:
    """Those said to broker, mediate or guarantee between others, and so to be no party themselves; kept."""
    known = document.notes.get("go_betweens")
    if known is None:
        known = Parties()
        for token in document.doc:
            if token.lemma_.lower() in _GUARANTORS and not any(
                c.lower_ in {"not", "no", "never"} for c in token.children
            ):
                known |= _named_as(document, token)
            elif token.lower_ == "mediation":
                known |= _mediating(document, token)
            elif token.lower_ in _BROKERED and token.i > 1 and document.doc[token.i - 1].text in _DASHES:
                one = document.at(token.i - 2, PartyMention)
                known |= Parties((one.code,), (one.span,)) if one is not None else Parties()
        document.notes["go_betweens"] = known
    assert isinstance(known, Parties)
    return known


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
