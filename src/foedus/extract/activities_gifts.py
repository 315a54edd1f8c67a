"""Aid: money, relief goods and works that one state gives another; told by the giver, by the taker, or by thanks."""

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
    side_of,
    site_of,
    states_of,
    status_of,
    thanks_above,
    things_of,
)
from foedus.extract.activities_context import both_sides, elsewhere, helped, other_in_sentence, other_side, pair_of
from foedus.extract.activities_goods import is_arms
from foedus.extract.activities_ports import flag_before
from foedus.extract.commitments_terms import only_describes
from foedus.extract.likely import SURELY, taking_part
from foedus.language import syntax
from foedus.mentions.model import MoneyMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_TO = ("to", "for", "toward", "towards", "off", "in", "on")
_PAIR, _MOST = 2, 6
"""More takers than this are not partners."""


def by_gift(document: Document, verb: Token) -> Act | None:
    """ "Norland pledged ten million euros to Estonia", "sent tents": a state gives another money, relief goods, works."""
    status = status_of(document, verb)
    giver = _giver(document, verb)
    if status is None or not giver.codes or any(c.lower_ in {"up", "out"} for c in verb.children):
        return None  # "gave up", "carries out"
    things = things_of(verb)
    low, high = clause_of(verb)
    money = next((m for m in document.within(low, high, MoneyMention) if m.first > verb.i), None)
    goods = _goods(document, verb, things)
    if goods is None and (money is None or not _is_object(document, verb, money) or _is_surety(document, money)):
        return None
    if goods is not None and money is None and goods.lemma_ == "support" and goods.left_edge.i == goods.right_edge.i:
        return None  # "offered support": nothing that is given
    states = _takers(document, verb, things, giver)
    alone = not giver.persons and all(c.startswith("org:") for c in giver.codes)
    if alone and not any(not c.startswith("org:") for c in states.codes):
        return None
    if goods is not None and verb.dep_ == "acl:relcl" and not any(is_word("gifts", t) for t in _core(goods)):
        return None  # "the support which X gives": nothing that is given now
    plain = goods is None or any(is_word("gifts", t) for t in _core(goods))
    plain = plain or is_word("outfitting", verb) or is_word("handing", verb)
    if not states.codes and goes_to_many(verb, things):
        return None
    if not states.codes and plain and not is_word("shipping", verb):
        states = other_in_sentence(document, giver, verb)
    if not states.codes and plain and not elsewhere(document, verb.i, high, giver):
        states = _helped(document, giver, verb, sure=not is_word("shipping", verb))
    if not states.codes:
        pair = taking_part(document, verb.i, least=SURELY)
        states = pair if set(giver.codes) < set(pair.codes) and len(pair.codes) == _PAIR else states
    if len(states.codes) > _MOST or (not states.codes and money is None):
        return None  # a sum is told of also where it is not said to whom it goes
    promised = is_word("promise", verb) and status == "held"
    if status == "held" and verb.tag_ in {"VBZ", "VBP"} and not is_word("handing", verb):
        status = "ongoing"
    if promised:
        status = "proposed" if is_word("offer", verb) else "planned"
    act = Act(verb, "aid", giver | states, status, document.span(low, high), money=money)
    if goods is not None:
        act.item = phrase_of(document, goods)
    return circumstances(document, act, _arrival(verb) or verb, None)


def _arrival(verb: Token) -> Token | None:
    """The arrival of what carries it, which has day and place: "**arrived** on Monday, carrying 40 tonnes of flour"."""
    below = is_word("loaded", verb) and verb.dep_ in {"advcl", "acl"}
    above = syntax.governing_verbs(verb.head)[:1] if verb.dep_ == "acl" else [verb.head]
    return above[0] if below and above and is_word("arriving", above[0]) else None


_MANY = {"country", "nation", "state", "region", "continent", "neighbour", "neighbor", "island"}
_SHORT = 3
"""Names in capitals longer than this, which no list has, are schemes of many ("to COVAX"); the shorter ones may be states."""
_COMMON = {"fund", "world", "appeal", "initiative", "facility", "alliance", "coalition", "bank", "organisation", "organization", "agency"}  # fmt: skip


def goes_to_many(verb: Token, things: list[Token]) -> bool:
    """Whether it is given to states that are not named, or to what is common to many: "aid **to three island nations**", "to the fund"."""
    heads = [t for word in (verb, *things) for t in syntax.obliques(word, "to", "for")]
    heads += [
        t for thing in things for of in syntax.obliques(thing, "of", "in") for t in syntax.obliques(of, "to", "for")
    ]
    heads += [
        t
        for below in (verb, *syntax.children(verb, "advcl", "xcomp"))
        for t in syntax.children(below, "obj")
        if any(c.dep_ == "amod" for c in t.children)
    ]
    return any(
        t.tag_ == "CD"
        or (t.pos_ == "PROPN" and t.is_upper and len(t.text) > _SHORT)
        or (t.lemma_.lower() in _MANY and t.tag_ == "NNS")
        or t.lemma_.lower() in _COMMON
        for t in heads
    )


def _helped(document: Document, giver: Parties, verb: Token, *, sure: bool) -> Parties:
    """Whom the giver helps that is not said: who thanks for it, else the other side."""
    thanks = thanks_above(verb)
    above = (syntax.governing_verbs(thanks) or [thanks]) if thanks is not None and thanks.pos_ == "NOUN" else [thanks]
    found = doers(document, above[0]) if above[0] is not None else Parties()
    return found if found.codes else helped(document, giver, verb, sure=sure)


def _giver(document: Document, verb: Token) -> Parties:
    """The state that gives, also by its envoy or by the aircraft that bring it."""
    found = states_of(document, verb)
    if found.codes or syntax.is_passive(verb):
        return found
    for head in syntax.agents(verb):
        if is_word("carrier", head) or is_word("traveller", head):
            found |= side_of(document, head) or flag_before(document, [head])
    return found


def _goods(document: Document, verb: Token, things: list[Token]) -> Token | None:
    """What is given, when that is for relief or use and no arms: the object, or what somebody is equipped "with"."""
    if is_word("outfitting", verb):
        equipped = syntax.obliques(verb, "with") + [t for o in things for t in syntax.obliques(o, "with")]
        if equipped:
            return next((t for t in equipped if t.pos_ == "NOUN" and not is_arms(document, t)), None)
    useful = is_word("handing", verb)  # whatever can be delivered is a gift when it is handed over
    given = [
        o
        for o in things
        if _mine(o)
        and any(is_word("relief", t) or (useful and t.ent_type_ == "ITEM") for t in _core(o))
        and not is_arms(document, o)
    ]
    return given[0] if given else None


def _mine(thing: Token) -> bool:
    """Whether the thing can be given away: "its support for X", "every support" are no gifts."""
    mine = any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in thing.children)
    return not mine and not any(c.lower_ in {"every", "any", "full"} for c in thing.children)


def _core(thing: Token) -> list[Token]:
    """The noun, what is counted by it ("nine tonnes of medicine") and the nouns before it."""
    return [thing, *syntax.obliques(thing, "of"), *syntax.children(thing, "compound")]


def _is_object(document: Document, verb: Token, money: MoneyMention) -> bool:
    things = things_of(verb)
    if any(money.first <= o.i < money.last or is_word("relief", o) for o in things):
        return True
    inside = [document.within(*syntax.phrase(o), MoneyMention) == [money] for o in things]
    if any(found and (is_word("fund", o) or o.lower_ == "more") for found, o in zip(inside, things, strict=True)):
        return True
    return all(t.pos_ in {"DET", "ADJ", "ADV", "PRON", "ADP", "PROPN"} for t in document.doc[verb.i + 1 : money.first])


def _is_surety(document: Document, money: MoneyMention) -> bool:
    """ "60 billion yen **in guarantees**": money that is not given."""
    root = document.doc[money.root]
    near = [*syntax.obliques(root, "in", "of"), *syntax.obliques(root.head, "in"), root.head]
    return any(is_word("surety", t) for t in near)


def _takers(document: Document, verb: Token, things: list[Token], giver: Parties) -> Parties:
    heads = [*syntax.obliques(verb, *_TO), *syntax.children(verb, "iobj")]
    for thing in things:
        heads += syntax.obliques(thing, *_TO)
    if is_word("outfitting", verb):
        heads += things
    found = document.parties_at(heads) | ground(document, heads)
    for head in heads:
        found |= document.parties_in(*syntax.phrase(head))
    half = {
        m.code for h in heads for m in document.within(*syntax.phrase(h), PartyMention) if only_describes(document, m)
    }
    return Parties(tuple(c for c in found.codes if c not in giver.codes and c not in half), found.spans)


def by_paying(document: Document, verb: Token) -> Act | None:
    """ "a bridge which Norland helped to finance", "Norland paid for the second flight": somebody pays what is another's."""
    status = status_of(document, verb)
    giver = states_of(document, verb)
    thanks = thanks_above(verb)
    if not syntax.is_passive(verb) and thanks is None:
        giver |= doers(document, verb)
    if status is None or not giver.codes or len(giver.codes) > _MOST:
        return None
    things = [t for t in things_of(verb) if t.pos_ in {"NOUN", "PROPN"}] + syntax.obliques(verb, "for")
    things += [t for number in things if number.pos_ == "NUM" for t in syntax.obliques(number, "of")]
    if verb.dep_ == "xcomp" and not things:
        things = things_of(verb.head)
    thing = next(
        (t for t in things if _mine(t) and any(is_word(part, t) for part in ("relief", "works", "force", "cost"))), None
    )
    if thing is None:
        return None
    takers = _takers(document, verb, [thing], giver) | document.parties_in(*syntax.phrase(thing))
    takers = Parties(tuple(c for c in takers.codes if c not in giver.codes), takers.spans)
    takers = takers or _helped(document, giver, verb, sure=True)
    takers = takers or site_of(document, *syntax.governing_verbs(thing))
    if not takers.codes or len(takers.codes) > _MOST:
        return None
    kind = "project" if is_word("works", thing) else "aid"
    if status == "held" and verb.tag_ in {"VBZ", "VBP"}:
        status = "ongoing"
    act = Act(verb, kind, giver | takers, status, document.span(*clause_of(verb)), item=phrase_of(document, thing))
    act.money = next(iter(document.within(*clause_of(verb), MoneyMention)), None)
    return circumstances(document, act, verb, None)


def by_receipt(document: Document, verb: Token) -> Act | None:
    """ "Norland received a loan of ten million euros from Estonia", "was promised vaccines by Estonia"."""
    status = status_of(document, verb)
    things = syntax.children(verb, "obj") if syntax.is_passive(verb) else things_of(verb)
    goods = _goods(document, verb, things) or next((t for t in things if is_word("fund", t)), None)
    if status is None or goods is None or (is_word("promise", verb) and not syntax.is_passive(verb)):
        return None
    taker = states_of(document, verb)
    heads = syntax.obliques(verb, "from") + syntax.obliques(goods, "from")
    giver = document.parties_at(heads)
    if syntax.is_passive(verb):  # "was promised vaccines by Norland"
        giver |= taker
        taker = document.parties_at(things_of(verb))
    if not taker.codes and not giver.codes:
        return None
    parties = taker | giver
    if len(parties.codes) == 1 and not elsewhere(document, verb.i, clause_of(verb)[1], parties):
        parties |= other_side(document, parties, verb)
    if not 2 <= len(parties.codes) <= _MOST:
        return None
    act = Act(verb, "aid", parties, status, document.span(*clause_of(verb)), item=phrase_of(document, goods))
    act.money = next(iter(document.within(*clause_of(verb), MoneyMention)), None)
    return circumstances(document, act, verb, None)


def by_gift_noun(document: Document, noun: Token) -> Act | None:
    """ "thanked Norland for a gift of two boats", "Norland's offer of vaccines", "thanks for the tents": told by a noun."""
    things = syntax.obliques(noun, "of") + syntax.children(noun, "appos")
    thing = next((t for t in things if any(is_word("relief", c) for c in _core(t)) or is_arms(document, t)), None)
    money = next(iter(document.within(*syntax.phrase(noun), MoneyMention)), None)
    if thing is None and money is None:
        return None
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    parties = document.parties_at(syntax.children(noun, "nmod:poss"))
    parties |= document.parties_at(syntax.obliques(noun, "by", "from", "to", "for"))
    if verb is not noun and (is_word("thanking", verb) or is_word("gift_verb", verb)):
        parties |= doers(document, verb) | document.parties_at(things_of(verb))
    if len(parties.codes) == 1:
        parties |= other_side(document, parties, noun)
    status = status_of(document, verb, noun)
    if not 2 <= len(parties.codes) <= _MOST or status is None:
        return None
    if is_word("offer", noun):
        status = "proposed"
    kind = "arms transfer" if thing is not None and is_arms(document, thing) else "aid"
    act = Act(noun, kind, parties, status, document.span(*syntax.phrase(noun)), money=money)
    if thing is not None:
        act.item = phrase_of(document, thing)
    return circumstances(document, act, noun, thing)


SENDING = {"dispatch", "despatch", "sending", "deployment"}
"""Nouns for what is sent and comes home again."""


def by_thanks(document: Document, word: Token) -> Act | None:
    """ "thanked Norland for the tents", "was grateful for two ambulances": goods that one side has had of the other."""
    nouns = syntax.obliques(word, "for")
    if word.pos_ == "NOUN" and not nouns and (verbs := syntax.governing_verbs(word)):
        nouns = syntax.obliques(verbs[0], "for")
    goods = next((t for t in nouns if any(is_word("gifts", c) for c in _core(t)) or is_arms(document, t)), None)
    if goods is None or goods.lemma_.lower() in SENDING:
        return None  # "thanked X for the dispatch of helicopters": they come home again
    verb = word if word.pos_ != "NOUN" else (syntax.governing_verbs(word) or [word])[0]
    parties = doers(document, verb) | document.parties_at(things_of(verb) + syntax.obliques(verb, "to"))
    parties |= document.parties_at(s for head in syntax.own_subjects(word) for s in syntax.conjuncts(head))
    if len(parties.codes) == 1:
        parties |= other_side(document, parties, word)
    if not parties.codes and pair_of(document):
        parties = both_sides(document, word)
    if not 2 <= len(parties.codes) <= _MOST or status_of(document, verb) is None:
        return None
    kind = "arms transfer" if is_arms(document, goods) else "aid"
    span = document.span(*syntax.phrase(goods))
    return Act(goods, kind, parties, "held", span, item=phrase_of(document, goods))


def by_aid_noun(document: Document, noun: Token) -> Act | None:
    """ "announced a grant of ten million euros for Estonia": aid named by a noun, with its amount."""
    verbs = syntax.governing_verbs(noun)
    if noun.pos_ == "PROPN":
        return None  # in the name of a scheme
    if not verbs or meaning("gift_verb", verbs[0]) is None:
        return None
    verb = verbs[0]
    low, high = document.sentence(noun.i)
    money = next(iter(document.within(low, high, MoneyMention)), None)
    giver = states_of(document, verb)
    states = _takers(document, verb, [noun], giver)
    status = status_of(document, verb, noun)
    if not states.codes and goes_to_many(verb, [noun]):
        return None
    if not states.codes and giver.codes and not elsewhere(document, verb.i, high, giver):
        states = helped(document, giver, noun, sure=True)
    if money is None or not giver.codes or not states.codes or status is None or len(states.codes) > _MOST:
        return None
    status = "planned" if status == "held" else status
    act = Act(noun, "aid", giver | states, status, document.span(*syntax.phrase(noun)))
    act.money = money
    return circumstances(document, act, verb, noun)
