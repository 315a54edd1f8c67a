"""What a thing and a verb tell together: arms that arrive, soldiers who serve, a dam that is built, whoever does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    is_order,
    is_word,
    meaning,
    meanings,
    phrase_of,
    site_of,
    status_of,
)
from foedus.extract.activities_context import elsewhere, other_side
from foedus.extract.activities_goods import is_arms, is_receiver, is_warship
from foedus.extract.activities_projects import is_works
from foedus.extract.activities_whose import gathered, named_in, whose
from foedus.extract.commitments_bound import bound
from foedus.extract.likely import SURELY, taking_part
from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.model import MoneyMention, Parties, PartyMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.language.doc import Token
    from foedus.mentions import Document

_DOING = {
    "arms transfer": "do_transfer",
    "aid": "give",
    "deployment": "do_force",
    "training": "do_train",
    "project": "do_build",
    "co-production": "do_make",
}
_NAMING = {
    "arms transfer": "transfer_noun",
    "aid": "transfer_noun",
    "deployment": "force_noun",
    "training": "teaching",
    "project": "building_noun",
    "co-production": "making_noun",
}
"""By which nouns the same acts are named: "the delivery of jets"."""
_OBJECTS = {"obj", "nsubj", "nsubj:pass", "ROOT", "appos", "iobj"}
_MOST = 3
"""More states than this in one clause are not giver and taker."""


def by_thing(document: Document, thing: Token) -> Act | None:
    """The act that a noun for arms, goods, forces, trainees or works shares in, by the verb or the noun above it."""
    for kind in _kinds(document, thing):
        for verb, noun in _deeds(thing, kind):
            found = _read(document, kind, thing, verb, noun)
            if found is not None:
                return found
    return None


def _kinds(document: Document, thing: Token) -> Iterator[str]:
    """What may be done with the thing, likeliest first."""
    if thing.dep_ in {"compound", "amod", "flat"}:
        return
    if not meanings(thing) and thing.ent_type_ != "ITEM" and thing.lower_ not in load_forms("arms"):
        return
    if _is_core(thing) and is_arms(document, thing):
        yield "co-production"
        yield "arms transfer"
    elif _is_relief(thing):
        yield "aid"
    if is_word("trainee", thing) or is_word("force", thing) or is_word("troops", thing):
        yield "training"
    if is_word("plainly_force", thing) and not is_word("vessel", thing):
        yield "deployment"
    if is_works(thing):
        yield "project"


def _is_core(thing: Token) -> bool:
    """Whether arms are what the noun names, not what it is about ("arms pact")."""
    return thing.lower_ in load_forms("arms") or thing.ent_type_ == "ITEM" or is_word("gear", thing)


def _is_relief(thing: Token) -> bool:
    return is_word("plainly_aid", thing) or (
        is_word("carrier", thing) and any(is_word("rescue", t) or is_word("relief", t) for t in thing.children)
    )


def _deeds(thing: Token, kind: str) -> Iterator[tuple[Token, Token | None]]:
    """The verbs of which the thing is subject or object, each with the noun between them ("took **delivery** of jets")."""
    doing, naming = _DOING[kind], _NAMING[kind]
    for clause in thing.children:
        aside = any(c.tag_ in {"WDT", "WP"} and c.dep_ == "obl" for c in clause.children)  # "for which X sent a team"
        if clause.dep_ in {"acl", "acl:relcl"} and clause.pos_ == "VERB" and is_word(doing, clause) and not aside:
            yield clause, None
    top, noun = syntax.first_conjunct(thing), None
    while top.dep_ in {"nmod", "conj"} and (is_word(naming, top.head) or is_word("collective", top.head)):
        top = top.head
        if is_word(naming, top) and not is_word("collective", top):
            noun = top
    if (ship := _freighter(top)) is not None:
        top = ship
    with_it = top.dep_ == "obl" and syntax.preposition(top) == "with" and is_word("outfitting", top.head)
    if noun is not None:
        yield (syntax.governing_verbs(noun) or [noun])[0], noun
    elif is_receiver(top):
        return  # "gives the ships access"
    elif (top.dep_ in _OBJECTS or with_it) and top.head.pos_ == "VERB" and is_word(doing, top.head):
        yield top.head, None


def _freighter(cargo: Token) -> Token | None:
    """What carries the cargo: "a **plane** with 40 tonnes of flour", "a **ship** carrying tents"."""
    if cargo.dep_ == "nmod" and syntax.preposition(cargo) in {"with", "of"} and is_word("freighter", cargo.head):
        return cargo.head
    loaded = cargo.head
    if cargo.dep_ in {"obj", "obl"} and loaded.dep_ in {"acl", "acl:relcl"} and is_word("loaded", loaded):
        return loaded.head if is_word("freighter", loaded.head) else None
    return None


def _read(document: Document, kind: str, thing: Token, verb: Token, noun: Token | None) -> Act | None:
    status = status_of(document, verb, noun)
    if status is None or not _fits(document, kind, thing, verb, noun):
        return None
    parties = _parties(document, kind, thing, verb, noun)
    if parties is None and kind == "deployment":
        parties = taking_part(document, (noun or verb).i, least=SURELY)
    if parties is None or len(parties.codes) < 2:
        return None
    if status == "held" and _is_dealt(verb, noun):
        status = "planned"
    if status == "held" and verb.tag_ in {"VBZ", "VBP"} and kind in {"deployment", "training"}:
        status = "ongoing"
    told = meaning("standing", verb)
    if kind == "deployment" and told is not None and status == "held" and verb.dep_ in {"acl", "acl:relcl"}:
        status = told
    span = document.span(*syntax.phrase(noun or verb))
    act = Act(noun or verb, kind, parties, status, span, item=phrase_of(document, thing), confidence=0.6)
    if kind == "project":
        act.name = act.item
    if kind in {"aid", "project"}:
        act.money = next(iter(document.within(*syntax.phrase(verb), MoneyMention)), None)
    return circumstances(document, act, verb, noun)


def _is_dealt(verb: Token, noun: Token | None) -> bool:
    return (noun is not None and is_word("dealing", verb)) or is_word("promise", verb) or is_word("ordering", verb)


def _fits(document: Document, kind: str, thing: Token, verb: Token, noun: Token | None) -> bool:
    """Whether thing and verb together mean an act of that kind."""
    if kind == "training":
        if is_order(verb):
            return False
        low, high = document.sentence(thing.i)
        if is_word("coaching", thing) and is_word("going_out", verb):
            return False  # those who teach have come
        taught = verb.lemma_.lower() in _SURELY or any(is_word("teaching", t) for t in document.doc[low:high])
        return taught and not any(is_word("exercise_cue", t) for t in document.doc[low:high])
    if kind == "arms transfer" and is_word("shipped_off", verb) and is_warship(thing):
        return False
    if kind == "arms transfer" and thing.dep_ == "nsubj" and noun is None and syntax.children(verb, "obj"):
        return False  # "the ship has sent a team"
    if kind == "arms transfer" and noun is None and is_warship(thing) and not _changes_hands(verb):
        return _is_freight(thing) and is_word("freight", thing.head)
    if kind == "arms transfer" and any(is_word("firing", t) for t in (*syntax.own_subjects(verb), verb.head)):
        return False  # "the tests sent missiles into the sea"
    if kind == "arms transfer" and verb.lemma_.lower() in _GREETING and is_word("vessel", thing):
        return _is_freight(thing)
    if kind == "arms transfer" and verb.lemma_.lower() in _MOVING and not syntax.is_passive(verb):
        return noun is not None or _is_freight(thing)
    if kind == "deployment" and any(is_word("exercise_cue", t) for t in verb.subtree):
        return False  # they come for an exercise
    if kind == "deployment" and is_word("leaving", verb):
        ahead = syntax.obliques(verb, "for", "on") if syntax.own_subjects(verb) else []
        if any(document.parties_in(*syntax.phrase(t)).codes for t in ahead):
            return True  # "left for Norland", "left on a mission in Norland"
        where = syntax.obliques(verb, "from") + [o for o in syntax.objects(verb) if o.i != thing.i]
        return bool(where) and verb.tag_ in {"VBD", "VBN"}  # "left Norland", not "are to leave"
    if kind == "project" and is_word("letting_in", verb):
        return not (syntax.obliques(verb, "to") or syntax.obliques(thing, "to"))
    if kind == "co-production":
        return any(is_word("joint", c) or is_word("shared", c) for c in (*verb.children, *(noun or verb).children)) or (
            bool(syntax.obliques(noun or verb, "in", "at", "with"))
        )
    return True


_SURELY = {"train", "instruct", "coach", "teach", "mentor", "graduate", "retrain"}


_GREETING = {"welcome", "receive", "greet", "accept"}


def _changes_hands(verb: Token) -> bool:
    """Whether a ship that this is done to gets another owner: "handed over the frigate X", no "mobilised the frigate X"."""
    return any(is_word(part, verb) for part in ("handing", "ordering", "promise", "giving", "receiving"))


_MOVING = {"arrive", "land", "reach", "return", "fly", "come"}


def _is_freight(thing: Token) -> bool:
    """Whether arms that arrive are brought for good: "the first of 12 howitzers", "jets bought from Norland"; no ship on a voyage."""
    whole = [thing, *thing.children]
    if any(is_word(part, t) for t in whole for part in ("vessel", "carrier", "flag")):
        near = [*thing.children, thing.head, *thing.head.children]
        return any(is_word("freight", t) for t in near)
    return thing.i > 0


def _parties(document: Document, kind: str, thing: Token, verb: Token, noun: Token | None) -> Parties | None:
    """Two states, or a state and a body, that the clause names; of one named, with the ground or the other side."""
    owner = whose(document, thing)
    found = owner | named_in(document, noun) if noun is not None else owner
    if len(found.codes) < 2 and (noun is None or is_word("dealing", verb) or is_word("staging", verb) or _is_act(verb)):
        found |= gathered(document, verb)
        if not syntax.own_subjects(verb) or syntax.own_subjects(verb)[0].pos_ == "PRON":
            found |= Parties() if syntax.is_passive(verb) else bound(document, verb)
    found = without_bodies(found)
    if not found.codes or (kind in _GIFTS and _are_all_givers(document, found, verb)):
        return None
    if len(found.codes) == 1 and kind in {"deployment", "training"}:
        found |= _senders(document, verb)
    if len(found.codes) == 1 and not is_word("promise", verb):
        found |= site_of(document, *(t for t in (verb, noun, thing) if t is not None))
        low, high = document.sentence(verb.i)
        if len(found.codes) == 1 and kind != "project" and not elsewhere(document, low, high, found):
            found |= other_side(document, found, verb, sure=kind not in {"aid", "project"} or is_word("handing", verb))
    return found if 2 <= len(found.codes) <= _MOST else None


def _senders(document: Document, verb: Token) -> Parties:
    """The body from which they come, wherever the parse hangs it: "arrived in Norland **from the Nordic Council**"."""
    named = document.within(*syntax.phrase(verb), PartyMention)
    found = [m for m in named if m.code.startswith("org:") and syntax.preposition(document.doc[m.root]) == "from"]
    return Parties((found[0].code,), (found[0].span,)) if found else Parties()


_GIFTS = {"arms transfer", "aid", "deployment"}


def _are_all_givers(document: Document, found: Parties, verb: Token) -> bool:
    """Whether all who are named stand in the subject together: who is given something is not said."""
    if len(found.codes) < 2 or syntax.is_passive(verb):
        return False
    heads = syntax.agents(verb)
    return len(heads) > 1 and set(document.parties_at(heads).codes) == set(found.codes)


def _is_act(verb: Token) -> bool:
    return any(is_word(part, verb) for part in _DOING.values()) or is_word("accord", verb)


def without_bodies(parties: Parties) -> Parties:
    """Of two or more states with international bodies beside them, only the states."""
    states = tuple(c for c in parties.codes if not c.startswith("org:"))
    return Parties(states, parties.spans, parties.persons) if len(states) >= 2 else parties
