"""Verbs by which a party binds itself or is bound: agree, pledge, decide, announce money, oblige."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import bound, bound_of
from foedus.extract.commitments_clause import acts_of, end_of, is_unreal, made
from foedus.extract.commitments_frames import Binding, is_act, is_word
from foedus.language import syntax
from foedus.mentions.model import MoneyMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Firmness

_CLAUSES = {"xcomp", "ccomp", "advcl", "acl", "obl", "nmod", "obj"}
_NOMINAL = {"obl", "nmod", "obj"}


def by_binding(document: Document, verb: Token, firmness: Firmness) -> Iterator[Binding]:
    """ "X agreed to …", "pledged that it would …", "agreed on opening …", "agreed to a truce", "pledged ten boats"."""
    if is_unreal(document, verb):
        return
    by = bound(document, verb)
    given = False
    for clause in verb.children:
        if clause.i < verb.i or clause.dep_ not in _CLAUSES:
            continue
        for one in _of_clause(document, verb, clause, by, firmness):
            given = given or clause.tag_ != "VBN"
            yield one
        if given and clause.dep_ in _NOMINAL:
            break
    if not given and by.codes and firmness in {"pledged", "committed"} and not is_word("affirming", verb):
        yield from _promised(document, verb, by, firmness)


def _of_clause(document: Document, verb: Token, clause: Token, by: Parties, firmness: Firmness) -> Iterator[Binding]:
    marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "case"}}
    infinitive = clause.dep_ not in _NOMINAL and clause.tag_ == "VB" and "to" in marks
    if infinitive or (clause.tag_ == "VBG" and marks & {"to", "on", "in"}):
        acts = acts_of(clause)
    elif clause.dep_ in _NOMINAL and marks & {"to", "on"} and is_word("deed", clause) and by.codes:
        last = end_of(document, clause, clause.i, clause.right_edge.i + 1)
        first = max(clause.left_edge.i, verb.i + 1)
        yield Binding(by, first, last, clause, verb, firmness, 0)
        return
    elif clause.dep_ in {"ccomp", "advcl"} and clause.pos_ in {"VERB", "NOUN", "ADJ", "AUX"} and "if" not in marks:
        yield from _that_clause(document, verb, clause, by, firmness)
        return
    else:
        return
    for act in acts:
        if is_act(act) and by.codes:
            yield made(document, by, act, verb, firmness, 0)


def _that_clause(document: Document, verb: Token, clause: Token, by: Parties, firmness: Firmness) -> Iterator[Binding]:
    """ "agreed that X will …", "confirmed that X would …": X is bound, or who said it."""
    for act in acts_of(clause):
        if is_future(act, would=True) and is_act(act):
            owner = bound(document, act, fallback=by)
            if owner.codes or (by.codes and firmness not in {"hopes", "plans"}):
                yield made(document, owner if owner.codes else by, act, verb, firmness, 0, clause=True)


def _promised(document: Document, verb: Token, by: Parties, firmness: Firmness) -> Iterator[Binding]:
    """ "pledged 5 million dollars", "promised two boats": an object that can be given."""
    if syntax.is_passive(verb):
        return
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in {"obj", "nsubj", "iobj", "obl", "obl:unmarked"}]
    noun = next((c for c in after if c.dep_ in {"obj", "nsubj"}), None)
    low, high = document.sentence(verb.i)
    money = next((m for m in document.within(verb.i + 1, high, MoneyMention) if _follows(document, verb, m)), None)
    if noun is None and money is None:
        return
    if noun is not None and money is None:
        concrete = any(c.dep_ in {"nummod", "det"} for c in noun.children) or is_word("deed", noun)
        if noun.tag_ in {"WP", "PRP", "WDT"} or is_word("abstract", noun) or not concrete:
            return
    first = min([c.left_edge.i for c in after] + ([money.first] if money is not None else []))
    last = max([c.right_edge.i + 1 for c in after] + ([money.last] if money is not None else []))
    first = max(low, first, verb.i + 1)
    yield Binding(by, first, end_of(document, verb, first, min(high, last)), verb, verb, firmness, 0)


def _follows(document: Document, verb: Token, money: MoneyMention) -> bool:
    """Whether the amount is what the verb is about: right after it, but for small words, or its object."""
    between = document.doc[verb.i + 1 : money.first]
    small = all(t.pos_ in {"DET", "ADJ", "ADV", "PRON", "ADP", "NUM", "PROPN"} for t in between) and len(between) <= 4
    return small and not any(t.lower_ in {"for", "on", "at"} for t in between)


def by_giving(document: Document, verb: Token, firmness: Firmness) -> Iterator[Binding]:
    """ "announced 4 million crowns for …": money alone makes it a pledge."""
    if is_unreal(document, verb) or syntax.is_passive(verb):
        return
    for noun in syntax.children(verb, "obj")[:1]:
        inside = document.within(noun.left_edge.i, noun.right_edge.i + 1, MoneyMention)
        money = document.at(noun.i, MoneyMention) or (inside[0] if inside and is_word("fund", noun) else None)
        by = bound(document, verb)
        if money is not None and by.codes:
            last = max(c.right_edge.i for c in verb.children if c.i >= noun.i and c.dep_ in {"obj", "obl"}) + 1
            yield Binding(by, noun.left_edge.i, end_of(document, verb, noun.i, last), verb, verb, firmness, 0)


def by_obliging(document: Document, verb: Token) -> Iterator[Binding]:
    """ "The pact obliges X to …", "commits them to a truce": the object is bound."""
    if is_unreal(document, verb) and not is_future(verb):
        return
    if syntax.is_passive(verb):
        return
    by = bound_of(document, syntax.objects(verb))
    if not by.codes:
        return
    for clause in verb.children:
        if clause.i < verb.i:
            continue
        if clause.dep_ in {"xcomp", "ccomp", "advcl"} and clause.tag_ == "VB":
            for act in acts_of(clause):
                yield made(document, by, act, verb, "agreed", 0)
        elif clause.dep_ == "obl" and syntax.preposition(clause) == "to" and is_word("deed", clause):
            last = end_of(document, clause, clause.i, clause.right_edge.i + 1)
            yield Binding(by, clause.left_edge.i, last, clause, verb, "committed", 0)


def is_future(verb: Token, *, would: bool = False) -> bool:
    """Whether a future auxiliary hangs on `verb`; with `would`, also those of reported and prescribed futures."""
    return any(
        c.dep_ == "aux" and (is_word("future", c) or (would and is_word("reported_future", c))) for c in verb.children
    )
