"""Goods and money: arms transfers, co-production, aid, common projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    clause_of,
    is_word,
    phrase_of,
    states_of,
    status_of,
    things_of,
)
from foedus.extract.activities_context import elsewhere, other_side
from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.model import MoneyMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span


def is_arms(document: Document, thing: Token) -> bool:
    """Whether the noun phrase of `thing` names arms (`lexicon/arms.csv`): a weapon, or a vehicle or gear that is said to be military.

    What the thing is for or of whom it is ("spares for the aircraft") does not count.
    """
    arms, last = load_forms("arms"), syntax.phrase(thing)[1]
    for child in thing.children:
        if child.i > thing.i and child.dep_ == "nmod" and syntax.preposition(child) not in {"of", ""}:
            last = min(last, child.left_edge.i)
        if child.dep_ == "conj" and is_word("plainly_aid", thing) and not is_word("gear", thing):
            last = min(last, child.left_edge.i)  # "medicines and 20 dinghies"
    words = document.doc.tokens[thing.left_edge.i : last]
    if any(is_word("peaceful", t) for t in document.doc.tokens[thing.left_edge.i : thing.i]):
        return False  # "an aid plane", "fishing boats"
    if thing.ent_type_ == "ITEM" and thing.tag_ == "NNPS":
        return True  # "six Silver Pikes"
    if any(t.lower_ in arms or t.lemma_.lower() in arms for t in words):
        return True
    return any(is_word("gear", t) for t in words) and any(is_word("martial", t) for t in words)


def by_transfer(document: Document, verb: Token) -> Act | None:
    """ "X delivered two frigates to Y", "X ordered jets from Y", "two boats were handed over to Y"."""
    status = status_of(document, verb)
    thing = next((o for o in things_of(verb) if is_arms(document, o)), None)
    if status is None or thing is None or (is_word("shipped_off", verb) and is_warship(thing)):
        return None
    if _has_come(verb) or is_receiver(thing):
        return None
    actor = states_of(document, verb)
    heads = syntax.obliques(verb, "to", "from", "with") + syntax.children(verb, "iobj")
    other = document.parties_at(heads + syntax.obliques(thing, "to", "from", "with", "for"))
    if not other.codes:
        other = _named_after(document, verb, "to")
    if any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for t in syntax.obliques(verb, "to", "in") for c in t.children):
        return None  # "to its border"
    if not other.codes and any(t.tag_ == "CD" for t in (*syntax.obliques(verb, "to"), *syntax.obliques(thing, "to"))):
        return None  # "to four of its allies"
    if not actor.codes and verb.dep_ == "acl" and not syntax.is_passive(verb):  # "a ceremony to hand over"
        actor = other_side(document, other, verb)
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
    if len(parties.codes) == 1 and not elsewhere(document, verb.i, clause_of(verb)[1], parties):
        parties |= _unsaid(document, parties, verb, thing)
    carried = any(is_word("carrier", o) for o in things_of(verb))
    alone = status != "proposed" and is_word("handing" if carried else "giving", verb)
    if not (1 if alone else 2) <= len(parties.codes) <= 8:
        return None
    if status == "held" and (is_word("promise", verb) or is_word("ordering", verb)):
        status = "proposed" if is_word("offer", verb) else "planned"
    elif status == "held" and verb.tag_ in {"VBZ", "VBP"} and verb.dep_ == "acl:relcl":
        status = "ongoing"  # "which sends guns of its own"
    span = document.span(*syntax.phrase(verb))
    first = things_of(verb)[0]
    kind = (
        "aid" if first is not thing and is_word("plainly_aid", first) else "arms transfer"
    )  # "medicines and 20 dinghies"
    act = Act(verb, kind, parties, status, span, item=phrase_of(document, thing if kind != "aid" else first))
    act.money = next(iter(document.within(*clause_of(verb), MoneyMention)), None)
    return circumstances(document, act, verb, None)


def is_receiver(thing: Token) -> bool:
    """Whether something else is given to the thing: "gives **the ships** access"."""
    later = [c for c in syntax.children(thing.head, "obj") if c.i > thing.i]
    return thing.dep_ in {"iobj", "obj"} and thing.head.pos_ == "VERB" and bool(later)


def _has_come(verb: Token) -> bool:
    """Whether the promise only describes what then came: "jets **promised** by X arrived in Y"."""
    if verb.dep_ not in {"acl", "acl:relcl"} or not is_word("promise", verb):
        return False
    top = syntax.first_conjunct(verb.head)
    while top.dep_ == "nmod" and is_word("collective", top.head):
        top = top.head
    return top.dep_ in {"nsubj", "nsubj:pass"} and top.head.pos_ == "VERB" and is_word("do_transfer", top.head)


def is_warship(thing: Token) -> bool:
    """A ship by name ("the frigate HMS Alder"): sent, it sails and comes home again."""
    return any(is_word("flag", t) and t.is_upper for t in thing.doc[thing.left_edge.i : thing.i + 3]) or (
        is_word("vessel", thing) and any(c.dep_ in {"appos", "flat"} for c in thing.children)
    )


def _unsaid(document: Document, known: Parties, verb: Token, thing: Token) -> Parties:
    """The other of two states, when something is handed over or bought and only one of them is named."""
    heads = syntax.obliques(verb, "to", "from") + syntax.obliques(thing, "to", "from", "for")
    told = heads or (verb.dep_ == "acl" and is_word("handing", verb)) or verb.dep_ == "acl:relcl"
    return other_side(document, known, verb) if told and is_word("giving", verb) else Parties()


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


_BY_WAY_OF = {"with", "through", "by", "for"}


def by_deal_noun(document: Document, noun: Token) -> Act | None:
    """ "the purchase of jets from Y", "deliveries of tanks to Y": a transfer named by a noun."""
    thing = next((t for t in syntax.obliques(noun, "of") if is_arms(document, t)), None)
    if thing is None:
        return None
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    actor = document.parties_at(syntax.children(noun, "nmod:poss") + syntax.obliques(noun, "by"))
    told = is_word("dealing", verb) or is_word("status", verb) or syntax.preposition(noun) in _BY_WAY_OF
    if not actor.codes and verb is not noun and told:
        actor = states_of(document, verb)
    heads = [t for t in noun.subtree if t.i > noun.i and syntax.preposition(t) in {"to", "from", "by", "with"}]
    parties = actor | document.parties_at(heads)
    status = status_of(document, verb, noun)
    if status == "held" and verb is not noun and is_word("dealing", verb):
        status = "planned"  # signed for, and not yet delivered
    if not actor.codes or status is None or not (1 if status == "proposed" else 2) <= len(parties.codes) <= 8:
        return None
    act = Act(
        noun, "arms transfer", parties, status, document.span(*syntax.phrase(noun)), item=phrase_of(document, thing)
    )
    return circumstances(document, act, verb, noun)


def cargo_of(document: Document, act: Act) -> tuple[str, Span] | None:
    """What the planes or ships that are sent bring, when that is relief: "sent two aircraft **with 88 tonnes of food**"; None for arms proper."""
    tokens = document.tokens_in([act.item[1]]) if act.item is not None else []
    inside = {t.i for t in tokens}
    head = next((t for t in tokens if t.head.i not in inside), None)
    if head is None or not (is_word("freighter", head) or is_word("carrier", head)):
        return None
    verbs = [
        v for v in (act.token, *syntax.conjuncts(act.token), *syntax.children(act.token, "advcl")) if v.pos_ == "VERB"
    ]
    loads = [t for word in (head, *verbs) for t in syntax.obliques(word, "with")]
    loads += [o for v in verbs if v is not act.token for o in syntax.objects(v)]
    for load in loads:
        near = [load, *syntax.obliques(load, "of"), *load.children]
        if any(is_word("plainly_aid", t) for t in near) and not is_arms(document, load):
            return phrase_of(document, load)
    return None
