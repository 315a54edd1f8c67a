"""Verbs by which somebody is bound: "the pact obliges X to …", "provides for the delivery by X of …", "they tasked their ministers to …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import bound, bound_of, named_last
from foedus.extract.commitments_clause import acts_of, end_of, has_to, is_unreal, made
from foedus.extract.commitments_deal import goes_on, is_deal, under_terms
from foedus.extract.commitments_frames import Binding, is_act, is_word
from foedus.extract.commitments_verbs import is_deed, is_future, left_out, own_subject
from foedus.language import syntax
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document


def by_obliging(document: Document, verb: Token) -> Iterator[Binding]:
    """ "The pact obliges X to …", "commits them to a truce": the object is bound."""
    if is_unreal(document, verb) and not is_future(verb):
        return
    if verb.dep_ == "acl:relcl" and is_word("draft", verb.head):
        return
    if syntax.is_passive(verb) and not (_is_by_deal(verb) or under_terms(document, verb)):
        now = any(c.dep_ == "aux:pass" and c.tag_ in {"VBZ", "VBP"} for c in verb.children)
        now = now and verb.dep_ in {"ROOT", "conj", "parataxis"}
        if not now or verb.lemma_.lower() in {"expect", "suppose", "call"} or not goes_on(document, verb):
            return
    if is_word("duty_told", verb) and not syntax.is_passive(verb):
        return
    obliged = syntax.objects(verb) + syntax.children(verb, "iobj")
    if _is_by_other(document, verb, obliged):
        return
    by = Parties()
    if any(t.lower_ in {"themselves", "itself"} for t in obliged):
        by = bound(document, verb)
    by = by or bound_of(document, obliged)
    if not by.codes and any(t.lower_ == "them" for t in obliged):
        by = named_last(document, verb.i)
    yield from left_out(document, verb, "agreed")
    for clause in verb.children:
        if clause.i < verb.i:
            continue
        with_it = clause.tag_ == "VBG" and any(
            c.lower_ == "with" and c.dep_ in {"mark", "case"} for c in clause.children
        )
        if clause.dep_ in {"xcomp", "ccomp", "advcl"} and clause.tag_ in {"VB", "VBG"} and (has_to(clause) or with_it):
            for act in acts_of(clause):
                who = own_subject(document, act) or by
                if who.codes:
                    yield made(document, who, act, verb, "agreed", 0)
        elif by.codes and clause.dep_ == "obl" and syntax.preposition(clause) == "to" and is_deed(clause):
            last = end_of(document, clause, clause.i, clause.right_edge.i + 1)
            yield Binding(by, clause.left_edge.i, last, clause, verb, "committed", 0)


def _is_by_other(document: Document, verb: Token, obliged: list[Token]) -> bool:
    """Whether a state or body wants it of others ("the EU requires both to …"), and no agreement or oneself ("bind themselves") obliges."""
    giver = syntax.subject(verb)
    if giver is None or syntax.is_passive(verb) or is_deal(giver):
        return False
    own = any(t.lower_ in {"themselves", "itself"} for t in obliged)
    return not own and bool(bound_of(document, [giver]).codes)


def _is_by_deal(verb: Token) -> bool:
    """Whether somebody is obliged by an agreement: "under the accord X is required to …", "X is obliged by the pact to …"."""
    around = [
        *syntax.children(verb, "obl", "obl:agent"),
        *(t for o in syntax.children(verb, "obl") for t in o.children),
    ]
    return any(is_word("deal", t) or t.ent_type_ == "INSTRUMENT" for t in around)


def by_providing(document: Document, verb: Token) -> Iterator[Binding]:
    """ "The accord provides for the delivery by X of …": X, behind "by", is bound."""
    if is_unreal(document, verb) and not is_future(verb):
        return
    for deed in (*syntax.obliques(verb, "for"), *syntax.children(verb, "obj")):
        by = bound_of(document, syntax.obliques(deed, "by"))
        if by.codes and deed.i > verb.i and is_word("deed", deed):
            last = end_of(document, deed, deed.i, deed.right_edge.i + 1)
            yield Binding(by, deed.left_edge.i + (deed.left_edge.dep_ == "case"), last, deed, verb, "agreed", 0)


def by_tasking(document: Document, verb: Token) -> Iterator[Binding]:
    """ "They tasked their ministers with finishing it", "the ministers were charged to …": who gives the task is bound."""
    if is_unreal(document, verb):
        return
    tasked = syntax.objects(verb) + syntax.children(verb, "iobj")
    if not tasked or not _is_own(document, verb, tasked[0]):
        return
    by = bound_of(document, tasked) if syntax.is_passive(verb) else bound(document, verb)
    for clause in verb.children if by.codes else ():
        marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "case"}}
        if clause.i > verb.i and (
            (clause.tag_ == "VB" and "to" in marks) or (clause.tag_ == "VBG" and "with" in marks)
        ):
            for act in acts_of(clause):
                if is_act(act, willed=True):
                    yield made(document, by, act, verb, "agreed" if len(by.codes) > 1 else "plans", 0)


def _is_own(document: Document, verb: Token, tasked: Token) -> bool:
    """Whether those that get the task serve those that give it."""
    if syntax.is_passive(verb) and not syntax.agents(verb):
        return tasked.tag_ in {"NNS", "NNPS", "NNP"}
    if any(t.dep_ == "nmod:poss" and t.pos_ == "PRON" for t in document.doc[tasked.left_edge.i : tasked.i]):
        return True
    if any(c.dep_ == "amod" and c.lower_ in _CONCERNED for c in tasked.children) or is_word("joint_body", tasked):
        return True
    codes, givers = bound_of(document, [tasked]).codes, bound(document, verb).codes
    return bool(codes) and set(codes) <= set(givers)


_CONCERNED = {"relevant", "respective", "competent", "concerned", "appropriate", "responsible"}
"""Words for those of one's own people that a task falls to ("instructed the **relevant** ministries to …")."""
