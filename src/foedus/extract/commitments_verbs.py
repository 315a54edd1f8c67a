"""Verbs by which a party binds itself: agree, pledge, decide, announce money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.commitments_believed import by_all, by_belief, facing, to_another, with_whom
from foedus.extract.commitments_bound import bound, bound_of
from foedus.extract.commitments_clause import acts_of, end_of, gapped_subject, has_to, is_asked, is_gap, is_unreal, made
from foedus.extract.commitments_frames import Binding, is_act, is_doing, is_refraining, is_word
from foedus.extract.commitments_given import promised
from foedus.language import syntax
from foedus.mentions.model import MoneyMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Firmness

_CLAUSES = {"xcomp", "ccomp", "advcl", "acl", "obl", "nmod", "obj", "csubj:pass"}
_TRUCES = {"ceasefire", "cease-fire", "truce"}
_NOMINAL = {"obl", "nmod", "obj"}


def by_binding(document: Document, verb: Token, firmness: Firmness) -> Iterator[Binding]:
    """ "X agreed to …", "pledged that it would …", "agreed on opening …", "agreed to a truce", "pledged ten boats"."""
    if is_unreal(document, verb):
        return
    if verb.lemma_ == "expect" and syntax.is_passive(verb):
        return  # what is foretold of somebody
    if any(t.lower_ == "principle" for t in syntax.obliques(verb, "in")):
        return
    if verb.dep_ == "ccomp" and is_word("denying", verb.head):
        return
    if is_asked(verb) or _is_question(verb) or _is_described(verb) or _was_given_up(verb, firmness) or _is_of_old(verb):
        return
    by = bound(document, verb) or by_all(document, verb) or by_belief(document, verb, firmness)
    by = by or facing(document, verb)
    by = to_another(document, verb, by)
    if firmness == "agreed" and len(by.codes) == 1:
        by = with_whom(document, verb, by)
    if is_word("deciding", verb) and len(by.codes) > 1:
        firmness = "agreed"  # what two decide they agree
    given = False
    for clause in (*verb.children, *_next_infinitive(verb)):
        if clause.i < verb.i or not (clause.dep_ in _CLAUSES or _is_on_deed(clause)):
            continue
        for one in _of_clause(document, verb, clause, by, firmness):
            given = given or clause.tag_ != "VBN"
            yield one
        if given and clause.dep_ in _NOMINAL and not any(_is_on_deed(c) for c in verb.children):
            break
    yield from left_out(document, verb, firmness)
    known = bool(by.codes) or syntax.is_passive(verb)
    if not given and known and firmness in {"pledged", "committed"} and not is_word("affirming", verb):
        yield from promised(document, verb, by, firmness)


def _is_question(verb: Token) -> bool:
    """ "Have they promised to stop?": an auxiliary before the subject, and a question mark."""
    turned = any(
        c.dep_ == "aux" and s.dep_ in syntax.SUBJECTS and c.i < s.i < verb.i
        for c in verb.children
        for s in verb.children
    )
    return turned and any(t.text == "?" for t in verb.doc[verb.i : verb.right_edge.i + 2])


def left_out(document: Document, verb: Token, firmness: Firmness) -> Iterator[Binding]:
    """ "A pledged to pay, **and B to build**": those joined whose verb is left out."""
    for other in syntax.children(verb, "conj"):
        for act in syntax.children(other, "orphan") if other.pos_ in {"PROPN", "NOUN"} else ():
            who = bound_of(document, [other]) if act.tag_ == "VB" and has_to(act) else Parties()
            if who.codes and is_act(act, willed=firmness != "hopes"):
                yield made(document, who, act, verb, firmness, 0)


def _next_infinitive(verb: Token) -> list[Token]:
    """The infinitive right behind a verb of a relative clause that the parse hangs on the noun ("a text in which they undertake **to lay** …")."""
    to = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    alone = to is not None and to.lower_ == "to" and verb.dep_ == "acl:relcl"
    act = to.head if alone and to is not None else None
    return [act] if act is not None and act.tag_ == "VB" and act.i > verb.i and act.head is verb.head else []


def _is_of_old(verb: Token) -> bool:
    """Whether it goes with what was done before ("has **in the past** helped its neighbours, promising …", "repeatedly vowed")."""
    at = verb.head if verb.dep_ == "advcl" and verb.tag_ == "VBG" else verb
    old = any(t.lower_ == "past" for t in syntax.obliques(at, "in"))
    return old or any(c.dep_ == "advmod" and c.lower_ in {"previously", "formerly", "once"} for c in at.children)


def _was_given_up(verb: Token, firmness: Firmness) -> bool:
    """ "Had planned to", "had hoped to": what was meant before and came otherwise."""
    before = any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)
    return firmness in {"plans", "hopes"} and before and not (is_word("deciding", verb) and verb.dep_ == "ccomp")


def _is_apart(verb: Token, clause: Token) -> bool:
    """Whether something stands between verb and infinitive: an object that is chosen, a clause of somebody else."""
    if any(c.dep_ == "obj" and c.i < clause.i for c in verb.children) or syntax.own_subjects(clause):
        return True
    if any(c.dep_ == "ccomp" and verb.i < c.i < clause.i and syntax.own_subjects(c) for c in verb.children):
        return True
    return any(t.text == ";" for t in verb.doc[verb.i : clause.i])


def _is_of_thing(document: Document, verb: Token, clause: Token) -> bool:
    """Whether a thing is promised and the infinitive only says what for ("promised Norland a grant to rebuild the port")."""
    things = [c for c in syntax.children(verb, "obj", "obl:unmarked") if verb.i < c.i < clause.i]
    return any(
        document.at(c.i, MoneyMention) is not None
        or (c.dep_ == "obj" and c.pos_ == "NOUN" and not bound_of(document, [c]).codes and not is_word("given", c))
        for c in things
    )


def _is_negated(act: Token) -> bool:
    return any(is_word("negative", c) for c in act.children)


def _is_described(verb: Token) -> bool:
    """Whether a participle only describes somebody ("seemed intended to …"), or an active verb one that is going to ("prepared to fire")."""
    if is_word("adjectival", verb):
        return is_word("adjectival_only", verb) and not syntax.is_passive(verb) and verb.pos_ == "VERB"
    alone = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "aux:pass"} for c in verb.children)
    return alone and verb.dep_ in {"xcomp", "acl", "amod"}


def _of_clause(document: Document, verb: Token, clause: Token, by: Parties, firmness: Firmness) -> Iterator[Binding]:
    if firmness == "agreed" and clause.lemma_.lower() in _TRUCES:
        return  # an agreement
    marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "case"}}
    infinitive = clause.dep_ not in _NOMINAL and clause.tag_ == "VB" and "to" in marks and not is_asked(clause)
    if infinitive and (firmness in {"plans", "agreed"} or is_word("affirming", verb)) and _is_apart(verb, clause):
        return
    of_thing = firmness in {"pledged", "committed"} and (infinitive or clause.tag_ == "VBG")
    if of_thing and _is_of_thing(document, verb, clause):
        return
    of = {"of"} if is_word("assuring", verb) else set()  # "assured X of sending …"
    if infinitive or (clause.tag_ == "VBG" and marks & {"to", "on", "in", *of}):
        acts = acts_of(clause)
    elif (clause.dep_ in _NOMINAL or _is_on_deed(clause)) and marks & {"to", "on", "upon"} and by.codes:
        for deed in [clause, *_deeds_beside(clause)]:
            if _is_deed_or_sum(document, deed):
                last = end_of(document, deed, deed.i, deed.right_edge.i + 1)
                parts = [c.left_edge.i for c in deed.children if c.i < deed.i and c.dep_ not in {"cc", "punct", "case"}]
                first = min([deed.i, *parts]) if deed.dep_ == "conj" else max(deed.left_edge.i, verb.i + 1)
                yield Binding(by, first, last, deed, verb, firmness, 0)
        return
    elif (
        clause.dep_ in {"ccomp", "advcl", "csubj:pass"}
        and clause.pos_ in {"VERB", "NOUN", "ADJ", "AUX"}
        and not is_asked(clause)
    ):
        yield from _that_clause(document, verb, clause, by, firmness)
        return
    else:
        return
    for act in acts:
        if infinitive and act is not clause and is_future(act, would=True):
            continue  # a clause of its own: "agreed to pay and Norland would send engineers"
        if is_gap(act) or (is_word("harm", act) and firmness != "agreed" and not _is_negated(act)):
            continue
        talks = (is_meeting(act) and act.lemma_.lower() != "host") or _goes_to_talks(act)
        if is_word("offering", verb) and (talks or not is_doing(act)):
            continue
        if (firmness == "hopes" and is_meeting(act)) or is_signing(act) or (verb.lemma_ == "vote" and _is_of_deal(act)):
            continue
        if (
            firmness == "plans"
            and is_meeting(act)
            and any(c.lower_ == "next" for t in syntax.objects(act) for c in t.children)
        ):
            continue
        parted = act is not clause or gapped_subject(act) is not None
        who = (own_subject(document, act) if parted else Parties()) or by
        if who.codes and is_act(act, willed=firmness != "hopes"):
            yield made(document, who, act, verb, firmness, 0)


def _is_on_deed(noun: Token) -> bool:
    """Whether a noun joined to the verb itself repeats its preposition: "agreed on a loan and, later, **on the opening** of a port"."""
    return noun.dep_ == "conj" and noun.pos_ == "NOUN" and syntax.preposition(noun) in {"on", "upon"}


def _deeds_beside(noun: Token) -> list[Token]:
    """The nouns joined to one that repeat its preposition: "agreed on the sale of ten boats **and on the opening** of a port"."""
    return [t for t in syntax.conjuncts(noun)[1:] if syntax.preposition(t) in {"to", "on", "upon"}]


def _is_deed_or_sum(document: Document, noun: Token) -> bool:
    """Whether a noun is something to be done, or a contribution whose amount is given ("committed to an investment of $3m")."""
    sums = document.within(noun.i, noun.right_edge.i + 1, MoneyMention)
    return is_deed(noun) or (is_word("fund", noun) and bool(sums))


def _goes_to_talks(act: Token) -> bool:
    """ "Is ready to return to the table": to talk is no more than a meeting."""
    return any(t.lemma_.lower() == "table" or is_word("session", t) for t in syntax.obliques(act, "to"))


def by_arranged(document: Document, word: Token) -> Iterator[Binding]:
    """ "X is set to deliver …", "are due to open …": only what states do."""
    if not any(c.dep_ in {"cop", "aux:pass"} and c.tag_ in {"VBZ", "VBP"} for c in word.children):
        return
    if is_unreal(document, word):
        return
    by = bound(document, word)
    for clause in word.children if by.codes else ():
        if clause.i > word.i and clause.dep_ in {"xcomp", "ccomp", "advcl"} and clause.tag_ == "VB" and has_to(clause):
            for act in acts_of(clause):
                if is_word("act", act) and not is_meeting(act):
                    yield made(document, by, act, word, "plans", 0)


def is_meeting(verb: Token) -> bool:
    """Whether the act is a meeting alone: "will hold the next round", "will host the talks"; to host a named one is more."""
    things = [*syntax.children(verb, "obj", "nsubj:pass"), *([verb.head] if verb.dep_ == "acl:relcl" else [])]
    things += [verb.doc[t.i - 1] for t in things if t.tag_ == "WDT" and t.i]
    drills = [verb.head, *verb.head.children] if verb.dep_ == "acl:relcl" else []
    if is_word("holding", verb) and any(is_word("drill", t) or t.ent_type_ == "EXERCISE" for t in drills):
        return True  # an activity named with it
    if verb.lemma_.lower() in {"sign", "initial"} and any(is_word("deal", t) or t.lower_ == "it" for t in things):
        return True  # the agreement has a record of its own
    return is_word("holding", verb) and any(is_word("session", t) and t.pos_ == "NOUN" for t in things)


def is_signing(act: Token) -> bool:
    """Whether the act makes an agreement, which has a record of its own: "to sign", "to sign the accord", "to put its name to it"."""
    things = syntax.children(act, "obj")
    if act.lemma_.lower() in {"sign", "initial"}:
        return all(is_word("deal", t) or t.ent_type_ == "INSTRUMENT" or t.lower_ == "it" for t in things)
    return act.lemma_.lower() == "put" and any(t.lower_ in {"name", "signature"} for t in things)


def _is_of_deal(act: Token) -> bool:
    """ "Voted to ratify the accord", "to leave the convention": the agreement has a record of its own."""
    return any(is_word("deal", t) or t.ent_type_ == "INSTRUMENT" for t in syntax.children(act, "obj"))


def is_deed(noun: Token) -> bool:
    """Whether the noun is something to be done: a truce, an exchange, a joint force."""
    joint = any(c.dep_ in {"amod", "compound"} and c.lower_ in {"joint", "common", "mixed"} for c in noun.children)
    return is_word("deed", noun) or (joint and is_word("joint_body", noun)) or (joint and is_word("joint_deed", noun))


def _that_clause(document: Document, verb: Token, clause: Token, by: Parties, firmness: Firmness) -> Iterator[Binding]:
    """ "agreed that X will …", "confirmed that X would …": X is bound, or who said it."""
    for act in acts_of(clause):
        if not _will_be(act, verb, firmness) or syntax.children(act, "csubj", "csubj:pass"):
            continue
        owner = bound(document, act, fallback=by)
        if _is_demand(act) and not (owner.codes and set(owner.codes) <= set(by.codes)):
            if firmness != "agreed" or not by.codes or not _is_for_all(act):
                continue
            owner = by
        again = any(t.lower_ == "it" for t in syntax.own_subjects(act))
        if again and act.lemma_ == "do" and any(c.lower_ == "so" for c in act.children):
            continue  # "and that it will do so before the snow": told already
        if owner.codes or (by.codes and firmness not in {"hopes", "plans"}):
            yield made(document, owner if owner.codes else by, act, verb, firmness, 0, clause=True)


def _is_for_all(act: Token) -> bool:
    """ "agreed that **each country** should open an office", "that a **joint committee** should be set up", "that **their officials** should …"."""
    for subject in syntax.own_subjects(act):
        body = is_word("joint_body", subject) or is_word("measure", subject)
        if body and syntax.is_passive(act) and not is_meeting(act):
            return True
        if any(c.lower_ in {"each", "both", "their", "either"} for c in subject.children):
            return True
    return False


def _is_demand(act: Token) -> bool:
    """ "agreed that Norland **should** withdraw": what is wanted, of others as a rule."""
    return any(c.dep_ == "aux" and c.lower_ in {"should", "must", "ought"} for c in act.children)


def _will_be(act: Token, verb: Token, firmness: Firmness) -> bool:
    """Whether the clause after "agreed that", "assured him that" says what will be done or come about."""
    if firmness == "hopes" or (is_word("affirming", verb) and (is_word("gather", act) or is_meeting(act))):
        return False
    negated = any(is_word("negative", c) for c in act.children)
    if negated and firmness != "pledged" and not (is_refraining(act) or is_word("act", act)):
        return False
    if not is_future(act, would=True):
        joint = next((s for s in syntax.own_subjects(act) if is_word("joint_body", s)), None)
        return firmness == "agreed" and joint is not None and act.tag_ == "VBZ" and is_word("assemble", act)
    if act.pos_ not in {"VERB", "ADJ"} and any(c.dep_ == "aux" and c.lower_ == "should" for c in act.children):
        return False
    if verb.tag_ in {"VBP", "VBZ"} and any(c.dep_ == "aux" and is_word("duty", c) for c in act.children):
        return False  # "we agree that we must …" is an opinion
    outcome = is_word("assuring", verb) and is_word("outcome", act)
    return is_act(act, willed=is_word("assuring", verb)) or outcome


def own_subject(document: Document, act: Token) -> Parties:
    """Who is named right before the "to" of a gapped clause: "obliges X to fly them home and Y to pay"."""
    heads = [c for c in act.children if c.i < act.i and c.dep_ in {"nsubj", "conj", "obj", "obl", "dislocated"}]
    if not heads and (before := gapped_subject(act)) is not None:
        heads = [before]
    return bound_of(document, heads[-1:])


def is_future(verb: Token, *, would: bool = False) -> bool:
    """Whether a future auxiliary hangs on `verb`; with `would`, also those of reported and prescribed futures."""
    return any(
        c.dep_ == "aux" and (is_word("future", c) or (would and is_word("reported_future", c))) for c in verb.children
    )
