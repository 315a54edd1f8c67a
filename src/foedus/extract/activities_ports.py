"""Port calls: the ship of one state in the port of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    doers,
    ground,
    is_word,
    meaning,
    places_after,
    status_of,
    tail_of,
)
from foedus.language import syntax
from foedus.mentions.model import Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document


_BACK = 8
"""How many sentences before it "the ship" is looked for."""


def by_docking(document: Document, verb: Token) -> Act | None:
    """ "A Norland corvette called at Oslo", "HMS Silver sails for Oslo"."""
    status = status_of(document, verb)
    ships = syntax.objects(verb) if syntax.is_passive(verb) else syntax.agents(verb)
    flag = _flag(document, ships) or flag_before(document, ships)
    if status is None or not flag.codes:
        return None
    heads = [] if syntax.is_passive(verb) else [o for o in syntax.objects(verb) if o.pos_ == "PROPN"]
    heads += syntax.obliques(verb, "in", "at", "for", "to")
    heads = heads or places_after(document, verb, "in", "at", "for", "to")
    return _call(document, verb, flag, heads, "planned" if verb.tag_ in {"VBZ", "VBP"} else status)


def by_port_call(document: Document, noun: Token) -> Act | None:
    """ "a port call by a Norland corvette", "HMS Silver made a port call in Oslo"."""
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    tails = tail_of(noun)
    ships = [t for t in tails if syntax.preposition(t) in {"by", "of"}]
    flag = _flag(document, ships + syntax.children(noun, "nmod:poss"))
    of_port = any(c.lower_ in {"port", "goodwill", "harbour"} for c in noun.children)
    if not flag.codes and of_port:
        flag = document.parties_at(syntax.children(noun, "nmod:poss")) or document.party_of(noun)
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


def flag_before(document: Document, ships: list[Token]) -> Parties:
    """The flag of "the ship": of the last ship before it that sails under one."""
    if not any(is_word("vessel", s) and any(c.lower_ in {"the", "this"} for c in s.children) for s in ships):
        return Parties()
    low = max(document.sentence_index(ships[0].i) - _BACK, 0)
    for token in reversed(document.doc[document.sentences[low][0] : ships[0].i]):
        if is_word("flag", token) or is_word("vessel", token):
            found = _flag(document, [token])
            if found.codes:
                return found
    return Parties()


def _owner(document: Document, ship: Token) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    found = document.party_of(ship)
    if not found.codes:
        first, _ = syntax.phrase(ship)
        mention = next(iter(document.within(first, ship.i, PartyMention)), None)
        return ((mention.code,), (mention.span,)) if mention is not None else ((), ())
    return found.codes, found.spans
