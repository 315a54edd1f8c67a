"""Goods and money: arms transfers, co-production, aid, common projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    clause_of,
    doers,
    ground,
    is_word,
    meaning,
    phrase_of,
    site_of,
    states_of,
    status_of,
    things_of,
)
from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.model import MoneyMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_TO = ("to", "for", "toward", "towards", "off", "in", "on")


def is_arms(document: Document, thing: Token) -> bool:
    """Whether the noun phrase of `thing` names arms: `lexicon/arms.csv`."""
    arms = load_forms("arms")
    return any(
        t.lower_ in arms or t.lemma_.lower() in arms for t in document.doc[thing.left_edge.i : syntax.phrase(thing)[1]]
    )


def by_transfer(document: Document, verb: Token) -> Act | None:
    """ "X delivered two frigates to Y", "X ordered jets from Y", "two boats were handed over to Y"."""
    status = status_of(document, verb)
    thing = next((o for o in things_of(verb) if is_arms(document, o)), None)
    if status is None or thing is None:
        return None
    actor = states_of(document, verb)
    heads = syntax.obliques(verb, "to", "from", "with") + syntax.children(verb, "iobj")
    other = document.parties_at(heads + syntax.obliques(thing, "to", "from", "with", "for"))
    if not other.codes:
        other = _named_after(document, verb, "to")
    if not actor.codes:
        actor = document.party_of(thing) or document.parties_in(*syntax.phrase(thing, clauses=True))
        actor = actor if syntax.is_passive(verb) else Parties()
        if not (other.codes or len(actor.codes) > 1) or not (actor.codes or syntax.is_passive(verb)):
            return None
    parties = actor | other | _inside(document, thing)
    if len(parties.codes) == len(actor.codes) > 1 or (
        verb.dep_ in {"xcomp", "advcl"} and syntax.children(verb.head, "obj")
    ):
        return None  # several, and nobody to give to
    carried = any(is_word("carrier", o) for o in things_of(verb))
    alone = status != "proposed" and is_word("handing" if carried else "giving", verb)
    if not (1 if alone else 2) <= len(parties.codes) <= 8:
        return None
    if is_word("promise", verb) and status == "held":
        status = "planned"
    span = document.span(*syntax.phrase(verb))
    act = Act(verb, "arms transfer", parties, status, span, item=phrase_of(document, thing))
    act.money = next(iter(document.within(*clause_of(verb), MoneyMention)), None)
    return circumstances(document, act, verb, None)


def _named_after(document: Document, verb: Token, preposition: str) -> Parties:
    """The states named right after `preposition` in the clause of the verb ("jets, some to X and some to Y")."""
    _, high = clause_of(verb)
    mentions = document.within(verb.i + 1, high, PartyMention)
    found = [m for m in mentions if m.form != "adjective" and document.doc[m.first - 1].lower_ == preposition]
    return Parties(tuple(sorted({m.code for m in found})), tuple(m.span for m in found))


def _inside(document: Document, thing: Token) -> Parties:
    """The state that the parse takes into the phrase of what it is given ("promised Oslo weapons")."""
    mentions = document.within(thing.left_edge.i, thing.i, PartyMention)
    inside = [m for m in mentions if m.form != "adjective" and document.doc[m.root].dep_ != "nmod:poss"]
    return Parties(tuple(sorted({m.code for m in inside})), tuple(m.span for m in inside))


def by_deal_noun(document: Document, noun: Token) -> Act | None:
    """ "the purchase of jets from Y", "deliveries of tanks to Y": a transfer named by a noun."""
    thing = next((t for t in syntax.obliques(noun, "of") if is_arms(document, t)), None)
    if thing is None:
        return None
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    actor = document.parties_at(syntax.children(noun, "nmod:poss") + syntax.obliques(noun, "by"))
    if not actor.codes and verb is not noun and (is_word("dealing", verb) or is_word("status", verb)):
        actor = states_of(document, verb)
    heads = [t for t in noun.subtree if t.i > noun.i and syntax.preposition(t) in {"to", "from", "by"}]
    parties = actor | document.parties_at(heads)
    status = status_of(document, verb, noun)
    if not actor.codes or status is None or not (1 if status == "proposed" else 2) <= len(parties.codes) <= 8:
        return None
    act = Act(
        noun, "arms transfer", parties, status, document.span(*syntax.phrase(noun)), item=phrase_of(document, thing)
    )
    return circumstances(document, act, verb, noun)


def by_making(document: Document, verb: Token) -> Act | None:
    """ "They will jointly produce missiles", "agreed to build a joint observatory", "built a bridge with Y"."""
    status = status_of(document, verb)
    thing = next((o for o in things_of(verb) if is_arms(document, o) or is_word("works", o)), None)
    if status is None or thing is None:
        return None
    parties = doers(document, verb)
    heads = syntax.obliques(verb, "with", "by", "alongside") + syntax.obliques(thing, "with", "between")
    parties |= document.parties_at(heads)
    for clause in syntax.children(thing, "acl", "acl:relcl"):
        parties |= document.parties_at(syntax.obliques(clause, "with", "by"))
    arms = is_arms(document, thing) and not is_word("works", thing)
    joint = arms or any(is_word("joint", c) for c in (*thing.children, *verb.children))
    if len(parties.codes) == 1 and not arms:
        parties |= site_of(document, verb, thing)
    if (
        not 2 <= len(parties.codes) <= 8
        or (arms and not _jointly(verb))
        or not (joint or heads or len(parties.codes) >= 2)
    ):
        return None
    kind = "co-production" if arms else "project"
    act = Act(verb, kind, parties, status, document.span(*syntax.phrase(verb)), item=phrase_of(document, thing))
    if kind == "project":
        act.name = phrase_of(document, thing)
    return circumstances(document, act, verb, thing)


def _jointly(verb: Token) -> bool:
    return (
        "co" in verb.lower_[:3]
        or any(is_word("joint", c) for c in verb.children)
        or bool(syntax.obliques(verb, "with"))
    )


def by_gift(document: Document, verb: Token) -> Act | None:
    """ "Norland pledged ten million euros to Estonia": a state gives money or relief goods to a state named as who gets it."""
    status = status_of(document, verb)
    giver = states_of(document, verb)
    if status is None or not giver.codes:
        return None
    things = things_of(verb)
    low, high = clause_of(verb)
    money = next((m for m in document.within(low, high, MoneyMention) if m.first > verb.i), None)
    goods = next((o for o in things if is_word("relief", o) and not is_arms(document, o)), None)
    if goods is None and (money is None or not _is_object(document, verb, money)):
        return None
    states = _takers(document, verb, things, giver)
    orgs_alone = not giver.persons and all(c.startswith("org:") for c in giver.codes)
    if not states.codes or len(states.codes) > 6 or orgs_alone:
        return None
    promised = is_word("promise", verb) and status == "held"
    act = Act(verb, "aid", giver | states, "planned" if promised else status, document.span(low, high), money=money)
    if goods is not None:
        act.item = phrase_of(document, goods)
    return circumstances(document, act, verb, None)


def _is_object(document: Document, verb: Token, money: MoneyMention) -> bool:
    things = things_of(verb)
    if any(money.first <= o.i < money.last or is_word("relief", o) for o in things):
        return True
    if any(document.within(*syntax.phrase(o), MoneyMention) == [money] and is_word("fund", o) for o in things):
        return True
    return all(t.pos_ in {"DET", "ADJ", "ADV", "PRON", "ADP", "PROPN"} for t in document.doc[verb.i + 1 : money.first])


def _takers(document: Document, verb: Token, things: list[Token], giver: Parties) -> Parties:
    heads = [*syntax.obliques(verb, *_TO), *syntax.children(verb, "iobj")]
    for thing in things:
        heads += syntax.obliques(thing, *_TO)
    found = document.parties_at(heads) | ground(document, heads)
    for head in heads:
        found |= document.parties_in(*syntax.phrase(head))
    return Parties(tuple(c for c in found.codes if c not in giver.codes), found.spans)


def by_aid_noun(document: Document, noun: Token) -> Act | None:
    """ "announced a grant of ten million euros for Estonia": aid named by a noun, with its amount."""
    verbs = syntax.governing_verbs(noun)
    if not verbs or meaning("gift_verb", verbs[0]) is None:
        return None
    verb = verbs[0]
    low, high = document.sentence(noun.i)
    money = next(iter(document.within(low, high, MoneyMention)), None)
    giver = states_of(document, verb)
    states = _takers(document, verb, [noun], giver)
    status = status_of(document, verb, noun)
    if money is None or not giver.codes or not states.codes or status is None or len(states.codes) > 6:
        return None
    act = Act(
        noun, "aid", giver | states, "planned" if status == "held" else status, document.span(*syntax.phrase(noun))
    )
    act.money = money
    return circumstances(document, act, verb, noun)
