"""Forces: deployments, training, port calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    doers,
    ground,
    is_word,
    meaning,
    phrase_of,
    places_after,
    site_of,
    states_of,
    status_of,
    tail_of,
    things_of,
)
from foedus.language import syntax
from foedus.mentions.model import Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_STATUS = {"future": "planned", "hypothetical": "proposed"}


def by_deploying(document: Document, verb: Token) -> Act | None:
    """ "Norland sent 90 engineers to Estonia", "pledged a battalion", "troops were stationed in Norland"; trainees make it training."""
    status = status_of(document, verb)
    forces = [o for o in things_of(verb) if is_word("force", o) or is_word("trainee", o)]
    if status is None or not forces:
        return None
    sender = states_of(document, verb)
    if syntax.is_passive(verb) and not sender.codes:
        sender = document.party_of(forces[0])
    if not sender.codes or any(c.lower_ in {"home", "back"} for c in verb.children):
        return None
    heads = syntax.obliques(verb, "in", "to", "at", "on", "for") + syntax.obliques(forces[0], "in", "to", "at", "for")
    parties = sender | document.parties_at(heads) | ground(document, heads)
    if len(parties.codes) < 2:
        parties |= site_of(document, verb)
    kind = "training" if all(is_word("trainee", o) for o in forces) else "deployment"
    sure = is_word("giving", verb) and status != "proposed" and not any(is_word("carrier", o) for o in forces)
    if not (2 if kind == "training" or not sure else 1) <= len(parties.codes) <= 8:
        return None
    if is_word("promise", verb) and status == "held":
        status = "planned"
    act = Act(verb, kind, parties, status, document.span(*syntax.phrase(verb)), item=phrase_of(document, forces[0]))
    return circumstances(document, act, verb, None)


def by_training(document: Document, verb: Token) -> Act | None:
    """ "Norland will train Estonian pilots", "pilots are trained in Norland", "cadets train at Oslo"."""
    status = status_of(document, verb)
    if status is None:
        return None
    things = things_of(verb)
    if things:
        if not any(is_word("force", o) or is_word("trainee", o) for o in things):
            return None
        parties = states_of(document, verb) | document.parties_at(things)
    else:
        parties = doers(document, verb) | document.parties_at(syntax.obliques(verb, "with"))
    parties |= ground(document, syntax.obliques(verb, "in", "at")) if len(parties.codes) < 2 else Parties()
    return _training(document, verb, parties, status)


def by_course(document: Document, noun: Token) -> Act | None:
    """ "completed a navigation course in Oslo", "offered training to pilots": training named by a noun."""
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    if not is_word("staging", verb) and not is_word("schooling", verb):
        return None
    status = status_of(document, verb, noun)
    if status is None:
        return None
    first, _ = syntax.phrase(noun)
    parties = doers(document, verb) | document.parties_in(first, noun.i + 1)
    parties |= document.parties_at(syntax.obliques(noun, "for", "of", "by", "with"))
    parties |= document.parties_at(syntax.obliques(verb, "to", "for", "with") + syntax.children(verb, "iobj"))
    if len(parties.codes) < 2:
        parties |= site_of(document, verb, noun)
    return _training(document, noun, parties, status, verb)


def _training(document: Document, word: Token, parties: Parties, status: str, verb: Token | None = None) -> Act | None:
    if not 2 <= len(parties.codes) <= 8:
        return None
    if (verb or word).tag_ in {"VBZ", "VBP"} and status == "held":
        status = "ongoing"
    act = Act(word, "training", parties, status, document.span(*syntax.phrase(word)))
    return circumstances(document, act, verb or word, word)


def by_standing(document: Document, force: Token) -> Act | None:
    """ "Some 300 Norland soldiers are in Estonia", "… have landed in Oslo": forces of one state on the ground of another."""
    head = force.head
    if force.dep_ not in {"nsubj", "nsubj:pass"}:
        return None
    owner = document.party_of(force)
    told = meaning("standing", head)
    if any(c.dep_ == "cop" for c in head.children) and syntax.preposition(head) == "in":
        where, status = document.party_of(head), "ongoing"
    elif told is not None:
        where = ground(document, syntax.obliques(head, "in", "at", "to")) or site_of(document, head)
        status = told
    else:
        return None
    kind = document.modality(head).kind
    parties = owner | where
    if kind == "negated" or len(owner.codes) != 1 or len(where.codes) != 1 or len(parties.codes) != 2:
        return None
    span = document.span(*syntax.phrase(force))
    status = _STATUS.get(kind, status)
    act = Act(force, "deployment", parties, status, span, item=(document.words(span), span))
    return circumstances(document, act, head, None)


def by_docking(document: Document, verb: Token) -> Act | None:
    """ "A Norland corvette called at Oslo", "HMS Silver sails for Oslo"."""
    status = status_of(document, verb)
    ships = syntax.objects(verb) if syntax.is_passive(verb) else syntax.agents(verb)
    flag = _flag(document, ships)
    if status is None or not flag.codes:
        return None
    heads = syntax.obliques(verb, "in", "at", "for", "to") or places_after(document, verb, "in", "at", "for", "to")
    return _call(document, verb, flag, heads, "planned" if verb.tag_ in {"VBZ", "VBP"} else status)


def by_port_call(document: Document, noun: Token) -> Act | None:
    """ "a port call by a Norland corvette", "HMS Silver made a port call in Oslo"."""
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    tails = tail_of(noun)
    ships = [t for t in tails if syntax.preposition(t) in {"by", "of"}]
    flag = _flag(document, ships + syntax.children(noun, "nmod:poss"))
    subjects = doers(document, verb) if verb is not noun else Parties()
    if not flag.codes and verb is not noun:
        flag = _flag(document, syntax.agents(verb))
    status = status_of(document, verb, noun)
    if status is None or not flag.codes:
        return None
    heads = [t for t in tails if syntax.preposition(t) in {"at", "in", "to"}]
    heads += syntax.obliques(verb, "at", "in", "to") if verb is not noun else []
    found = _call(document, noun, flag, heads, status)
    if found is None and subjects.codes and set(subjects.codes) != set(flag.codes):
        span = document.span(*syntax.phrase(noun))
        found = circumstances(document, Act(noun, "port call", flag | subjects, status, span), verb, noun)
    return found


def _call(document: Document, word: Token, flag: Parties, heads: list[Token], status: str) -> Act | None:
    port = ground(document, heads)
    parties = flag | port
    if not port.codes or len(parties.codes) != 2:
        return None
    act = Act(word, "port call", parties, status, document.span(*syntax.phrase(word)))
    circumstances(document, act, word, None)
    act.place = next((p for h in heads if (p := document.at(h.i, PlaceMention)) is not None), act.place)
    return act


def _flag(document: Document, ships: list[Token]) -> Parties:
    """The state under whose flag a ship sails: by its adjective or owner, or by the letters before its name ("HMS")."""
    for ship in ships:
        near = [ship, *ship.children, *ship.doc[max(ship.i - 1, 0) : ship.i + 2]]
        prefix = next((t for t in near if is_word("flag", t)), None)
        if prefix is not None and prefix.text.isupper():
            code = meaning("flag", prefix) or ""
            return Parties((code,), ((prefix.idx, prefix.idx + len(prefix.text)),))
        if is_word("vessel", ship):
            return Parties(*_owner(document, ship))
    return Parties()


def _owner(document: Document, ship: Token) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    found = document.party_of(ship)
    if not found.codes:
        first, _ = syntax.phrase(ship)
        mention = next(iter(document.within(first, ship.i, PartyMention)), None)
        return ((mention.code,), (mention.span,)) if mention is not None else ((), ())
    return found.codes, found.spans
