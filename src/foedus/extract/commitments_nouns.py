"""Nouns by which a party binds itself: "its intention to reopen a port", "a pledge of $3m", "the decision of X to withdraw"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import bound, bound_of, named_last
from foedus.extract.commitments_clause import acts_of, end_of, has_to, is_unreal, made
from foedus.extract.commitments_frames import Binding, is_act, is_doing, is_word
from foedus.extract.commitments_verbs import is_future, is_signing
from foedus.language import syntax
from foedus.mentions.focus import SURE, pair_in_focus
from foedus.mentions.model import MoneyMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Firmness


def by_noun(document: Document, noun: Token, firmness: Firmness) -> Iterator[Binding]:
    """The act after the noun, or its amount, when a verb gives or takes the word as valid."""
    verb = _voiced(document, noun)
    by = _owner(document, noun, verb) if verb is not None else _named_owner(document, noun, firmness)
    if verb is None:
        if not by.codes:
            return
        verb = noun
    if not by.codes and noun.dep_ == "nsubj:pass" and not is_word("taking", verb):  # "a decision was made to …"
        by = named_last(document, noun.i) or pair_in_focus(document, SURE)
    if not by.codes:
        return
    if noun.dep_.startswith("nsubj") and noun.head.tag_ == "VB" and has_to(noun.head) and noun.head.i > noun.i:
        for act in acts_of(noun.head):  # "its commitment is to deploy …"
            if is_doing(act):
                yield made(document, by, act, noun, firmness, 0)
        return
    apart = [c for c in syntax.children(verb, "xcomp", "advcl") if c.tag_ == "VB" and c.left_edge.i > noun.i]
    for clause in (*noun.children, *apart):
        marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "case"}}
        if clause.i < noun.i:
            continue
        if clause.dep_ in {"acl", "xcomp", "advcl"} and "to" in marks and clause.tag_ in {"VB", "VBG"}:
            for act in acts_of(clause):
                willed = firmness in {"pledged", "committed"}
                if (
                    is_act(act, willed=willed)
                    and not is_signing(act)
                    and (is_doing(act) or not is_word("wanting", noun))
                ):
                    yield made(document, by, act, noun, firmness, 0)
        elif clause.dep_ in {"acl", "ccomp"} and "that" in marks and firmness not in {"hopes", "plans"}:
            for act in acts_of(clause):
                came = is_word("outcome", act) and is_word("assurance", noun)
                if is_future(act, would=True) and (is_act(act, willed=True) or came):
                    yield made(document, by, act, noun, firmness, 0, clause=True)
        elif clause.dep_ == "nmod" and syntax.preposition(clause) in {"of", "to"}:
            money = document.within(clause.left_edge.i, clause.right_edge.i + 1, MoneyMention)
            of = syntax.preposition(clause) == "of"
            if (money and of) or is_word("deed", clause) or (of and _is_given(noun, clause)):
                last = end_of(document, clause, clause.i, clause.right_edge.i + 1)
                first = clause.left_edge.i + (clause.left_edge.dep_ == "case")
                yield Binding(by, first, last, clause, noun, firmness, 0)


def _is_given(noun: Token, thing: Token) -> bool:
    """Whether an offer or pledge is one of things that can be handed over: counted, or several."""
    counted = thing.tag_ == "NNS" or any(c.dep_ == "nummod" for c in thing.children)
    return is_word("given", noun) and counted and not is_word("abstract", thing)


def _voiced(document: Document, noun: Token) -> Token | None:
    """The verb that gives the word ("reaffirmed its intention") or takes it ("accepted the offer"); None when unreal."""
    first = syntax.first_conjunct(noun)  # "their commitment to … and their determination to …"
    verb = first.head
    told_of = first.dep_ == "nmod" and syntax.preposition(first) == "of" and verb.dep_ in {"obj", "nsubj:pass", "iobj"}
    if told_of and is_word("informing", verb.head):
        return None if is_unreal(document, verb.head) else verb.head  # "informed the meeting of its decision to …"
    given = first.dep_ in {"obj", "nsubj:pass", "obl"} or (first.dep_ == "nsubj" and first.i > verb.i)
    noted = told_of and verb.lower_ == "note" and verb.head.lemma_ == "take"  # "took note of the pledge of X to …"
    if noted:
        return None if is_unreal(document, verb.head) else verb
    if verb.pos_ != "VERB" or not given or not is_word("voicing", verb):
        return None
    if any(c.dep_ == "det" and c.lower_ in {"no", "any"} for c in noun.children):
        return None
    if any(t.lower_ == "principle" for t in syntax.obliques(noun, "in")):
        return None
    if is_word("taking", verb) and is_word("wanting", noun):
        return None  # "praised their willingness to …"
    return None if is_unreal(document, verb) else verb


def _named_owner(document: Document, noun: Token, firmness: Firmness) -> Parties:
    """Whose word it is that no verb gives: "**Norland**'s pledge to …", "a commitment **by Norland** to …"; nobody when it is unreal or over."""
    if firmness not in {"committed", "pledged"} or noun.lemma_.lower() == "offer" or _is_undone(noun):
        return Parties()
    first = syntax.first_conjunct(noun)
    if any(c.lower_ in {"no", "any", "earlier", "previous", "past"} for c in noun.children):
        return Parties()
    above = next(iter(syntax.governing_verbs(noun)), None)
    if above is not None and is_unreal(document, above):
        return Parties()
    if first.dep_ not in {"nsubj", "obj", "ROOT", "obl", "appos", "nsubj:pass", "nsubj:outer"}:
        return Parties()
    owner = bound_of(
        document, syntax.children(noun, "nmod:poss") + syntax.obliques(noun, "by", "from") + _next_to(noun)
    )
    return owner or _by_adjective(document, noun)


def _by_adjective(document: Document, noun: Token) -> Parties:
    """Whose word it is by its adjective ("a **Norlandish** pledge to …"); no body, to which it may be given."""
    states = [m for c in noun.children if c.i < noun.i and (m := document.at(c.i, PartyMention)) is not None]
    return Parties((states[0].code,), (states[0].span,)) if states and states[0].form == "adjective" else Parties()


def _next_to(noun: Token) -> list[Token]:
    """Who stands right behind the word with "by", though the parse hangs it on the verb ("welcomed the offer **by Norland** to …")."""
    return [t for t in syntax.obliques(noun.head, "by") if t.left_edge.i == noun.i + 1]


def _is_undone(noun: Token) -> bool:
    """Whether it is told of the word that it was kept, broken or taken back."""
    return noun.dep_ in {"nsubj:pass", "obj"} and is_word("unvoicing", noun.head)


def _owner(document: Document, noun: Token, verb: Token) -> Parties:
    """Whose word it is: its possessor or "of" phrase, else who gives it; of a word that is taken only the former."""
    for child in syntax.children(noun, "nmod:poss"):
        if child.pos_ == "PRON":
            return bound(document, verb)
    nouns = syntax.children(noun, "nmod:poss") + syntax.obliques(noun, "of", "by", "from") + _next_to(noun)
    owner = bound_of(document, nouns)
    if owner.codes or is_word("taking", verb):
        return owner
    adjective = document.party_of(noun)
    if adjective.codes and not all(code.startswith("org:") for code in adjective.codes):
        return Parties(adjective.codes, adjective.spans)
    return bound(document, verb)  # "a World Bank pledge" may be one to the bank
