"""Common works: what states build, finance or open together, and what they make together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    clause_of,
    doers,
    is_word,
    phrase_of,
    site_of,
    status_of,
    things_of,
)
from foedus.extract.activities_context import both_sides, elsewhere, other_side
from foedus.extract.activities_goods import is_arms
from foedus.extract.activities_whose import whose
from foedus.language import syntax
from foedus.mentions.model import MoneyMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_MOST = 8


def by_making(document: Document, verb: Token) -> Act | None:
    """ "They will jointly produce missiles", "agreed to build a joint observatory", "built a bridge with Y"."""
    status = status_of(document, verb)
    thing = next((o for o in things_of(verb) if is_arms(document, o) or is_works(o)), None)
    if status is None or thing is None or _is_let_in(verb, thing):
        return None
    parties = doers(document, verb)
    heads = syntax.obliques(verb, "with", "by", "alongside") + syntax.obliques(thing, "with", "between")
    parties |= document.parties_at(heads)
    for clause in syntax.children(thing, "acl", "acl:relcl"):
        parties |= document.parties_at(syntax.obliques(clause, "with", "by"))
    arms = is_arms(document, thing) and not is_works(thing)
    joint = arms or any(is_word("joint", c) for c in (*thing.children, *verb.children))
    if len(parties.codes) == 1 and not arms:
        parties |= site_of(document, verb, thing)
    if len(parties.codes) < 2 and not arms and is_agreed(verb) and not _is_private(parties, verb):
        parties |= both_sides(document, verb) if not parties.codes else other_side(document, parties, verb)
    if (
        not 2 <= len(parties.codes) <= 8
        or (arms and not _jointly(verb))
        or not (joint or heads or len(parties.codes) >= 2)
    ):
        return None
    if status == "held" and is_agreed(verb) and not is_word("finished", verb):
        status = "planned"
    kind = "co-production" if arms else "project"
    act = Act(verb, kind, parties, status, document.span(*syntax.phrase(verb)), item=phrase_of(document, thing))
    if kind == "project":
        act.name = phrase_of(document, thing)
    return circumstances(document, act, verb, thing)


def _is_let_in(verb: Token, thing: Token) -> bool:
    """ "opens its ports to ships": works that are there already."""
    return is_word("letting_in", verb) and bool(syntax.obliques(thing, "to") or syntax.obliques(verb, "to"))


def _jointly(verb: Token) -> bool:
    return (
        "co" in verb.lower_[:3]
        or any(is_word("joint", c) or is_word("shared", c) for c in verb.children)
        or bool(syntax.obliques(verb, "with"))
    )


def is_agreed(word: Token) -> bool:
    """Whether `word` stands under an agreement: "agreed to build", "a memorandum on a bridge", "signed for a railway"."""
    if any(is_word("accord", s) for s in syntax.own_subjects(word)):
        return True
    at = word
    for above in word.ancestors:
        if is_word("accord", above):
            return True
        own = [s for s in syntax.own_subjects(above) if not is_word("accord", s)] if above is not word.head else []
        if at.dep_ in {"advcl", "acl:relcl"} or own:
            return False
        at = above
    return False


def _is_private(parties: Parties, verb: Token) -> bool:
    """Whether those who build are named and are no states: "for companies to build"."""
    subject = syntax.subject(verb)
    return not parties.codes and subject is not None and subject.pos_ == "NOUN" and not is_word("accord", subject)


def is_works(token: Token) -> bool:
    """Whether `token` names works: "railway"; "line" or "link" only of rail, power and the like."""
    works = is_word("works", token)
    if not works and not is_word("tracks", token):
        return False
    if any(is_word("intangible", t) for t in syntax.obliques(token, "of")):
        return False  # "a network of cooperation", "a bridge of friendship"
    if works:
        return True
    beside = [*token.children, *token.doc[max(token.i - 2, 0) : token.i]]
    return any(is_word("track", c) for c in beside)


def by_works(document: Document, noun: Token) -> Act | None:
    """ "construction of the railway", "a tunnel linking X with Y", "agreed on a joint centre": works of two states."""
    if noun.dep_ == "appos" and is_works(noun.head):
        return None
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    above = noun.head if noun.dep_ == "nmod" and is_word("building", noun.head) else None
    built = next((c for c in noun.children if c.dep_ in {"acl", "acl:relcl"} and _is_building(c)), None)
    linking = _links(noun)
    joint = any(is_word("shared", c) for c in noun.children)
    agreed = is_agreed(noun)
    handled = verb is not noun and _is_building(verb) and noun.dep_ in {"obj", "nsubj:pass", "nsubj"}
    if handled and _is_let_in(verb, noun):
        return None
    begun = above is not None and is_word("founding", above)
    if not (
        begun
        or linking
        or (joint and (agreed or handled or above))
        or (agreed and (above or handled or built or _is_new(noun)))
    ):
        return None
    parties = _builders(document, noun, verb, built)
    if begun and len(parties.codes) < 2:
        parties |= doers(document, verb) if verb is not noun and not parties.codes else Parties()
        parties |= site_of(document, verb, noun)
    low, high = document.sentence(noun.i)
    if len(parties.codes) < 2 and not elsewhere(document, low, high, parties):
        parties |= other_side(document, parties, noun) if parties.codes else both_sides(document, noun)
    status = status_of(document, built or verb, noun if verb is not noun else None)
    if not 2 <= len(parties.codes) <= _MOST or status is None:
        return None
    if status == "held" and (agreed or linking) and not (handled and is_word("finished", verb)):
        status = "planned"
    span = document.span(*syntax.phrase(above or noun))
    act = Act(noun, "project", parties, status, span, name=phrase_of(document, noun), item=phrase_of(document, noun))
    act.money = next(iter(document.within(*clause_of(verb), MoneyMention)), None)
    return circumstances(document, act, built or verb, noun)


def by_help(document: Document, verb: Token) -> Act | None:
    """ "a school built with Norland aid", "the bridge was financed through a Norland loan": works that another state paid for."""
    helps = [t for t in syntax.obliques(verb, "with", "by", "through", "under", "from") if is_word("fund", t)]
    helper = document.parties_at(helps)
    for head in helps if not helper.codes else ():
        helper |= whose(document, head)
    things = things_of(verb) or [verb.head]
    if len(helper.codes) != 1 or things[0].pos_ not in {"NOUN", "PROPN"}:
        return None
    thing = things[0]
    status = status_of(document, verb)
    others = site_of(document, verb, thing, *syntax.governing_verbs(verb)[:1])
    others = others if set(others.codes) - set(helper.codes) else other_side(document, helper, verb)
    parties = helper | others
    if status is None or len(parties.codes) != 2:
        return None
    kind = "project" if is_works(thing) else "aid"
    act = Act(verb, kind, parties, status, document.span(*syntax.phrase(thing)), item=phrase_of(document, thing))
    return circumstances(document, act, verb, thing)


def _is_building(verb: Token) -> bool:
    return is_word("building", verb)


def _is_new(noun: Token) -> bool:
    """Whether the noun phrase brings something up, not something that is there: "a bridge"."""
    return any(c.lower_ in {"a", "an", "new"} for c in noun.children) or any(c.dep_ == "nummod" for c in noun.children)


def _links(noun: Token) -> bool:
    """Whether the works lie between two: "between X and Y", "linking X with Y", "to Y across the border"."""
    between = [t for t in syntax.obliques(noun, "between") if len(syntax.conjuncts(syntax.first_conjunct(t))) > 1]
    clauses = [c for c in noun.children if c.dep_ in {"acl", "acl:relcl"}]
    clauses += [c for clause in clauses for c in clause.children if c.dep_ in {"xcomp", "conj"}]
    return bool(between) or any(is_word("linking", c) and not syntax.is_passive(c) for c in clauses)


def _builders(document: Document, noun: Token, verb: Token, built: Token | None) -> Parties:
    """Who builds: who agrees or acts, who pays or builds by a clause of the noun, between whom it lies."""
    found = document.parties_at(syntax.obliques(noun, "between", "with", "by"))
    if built is not None:
        found |= document.parties_at(syntax.agents(built) if syntax.is_passive(built) else ())
        found |= document.parties_at(syntax.obliques(built, "with", "by", "for"))
    if verb is not noun and (is_word("accord", verb) or _is_building(verb)):
        found |= doers(document, verb) | document.parties_at(syntax.obliques(verb, "with"))
    return found
