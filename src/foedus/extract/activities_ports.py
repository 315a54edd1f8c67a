"""Port calls: the ship of one state in the port of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    doers,
    ground,
    here,
    is_word,
    meaning,
    places_after,
    status_of,
    tail_of,
    things_of,
)
from foedus.extract.activities_context import other_side
from foedus.extract.activities_goods import is_warship
from foedus.extract.activities_whose import whose
from foedus.language import syntax
from foedus.mentions.model import DateMention, Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document


_ANY = {"group", "force", "detachment", "company"}
"""Words for ships that are also words for people."""
_BACK = 8
"""How many sentences before it "the ship" is looked for."""


def by_docking(document: Document, verb: Token) -> Act | None:
    """ "A Norland corvette called at Oslo", "HMS Silver sails for Oslo"."""
    status = status_of(document, verb)
    if any(is_word("exercise_cue", o) or o.ent_type_ == "EXERCISE" for o in syntax.objects(verb)):
        return None  # "joins the exercise"
    if any(t.lemma_.lower() == "duty" for o in syntax.objects(verb) for t in syntax.obliques(o, "of")):
        return None  # "completed a tour of duty"
    ships = syntax.objects(verb) if syntax.is_passive(verb) else syntax.agents(verb)
    if is_word("shipped_off", verb) and verb.lemma_ != "sail":  # "will send the frigate X to Oslo"
        ships = [o for o in things_of(verb) if is_warship(o)]
        if not ships:
            return None
        flag = _flag(document, ships) or doers(document, verb)
        goals = syntax.obliques(verb, "to") or syntax.obliques(ships[0], "to")
        return _call(document, verb, flag, goals, status) if goals and status and len(flag.codes) == 1 else None
    flag = _flag(document, ships) or flag_before(document, ships) or _sailing_before(document, ships)
    if status is None or not flag.codes:
        return None
    heads = [] if syntax.is_passive(verb) else [o for o in syntax.objects(verb) if o.pos_ == "PROPN"]
    heads += syntax.obliques(verb, "in", "at", "for", "to")
    heads = heads or places_after(document, verb, "in", "at", "for", "to")
    present = verb.tag_ in {"VBZ", "VBP"} and not is_word("arriving", verb)
    status = "planned" if present else status
    beside = [t for s in ships for c in syntax.children(s, "appos") for t in syntax.conjuncts(c) if t is not c]
    flags: dict[tuple[str, ...], Parties] = {}
    for ship in (*ships, *beside):
        if len((own := _flag(document, [ship])).codes) == 1:
            flags.setdefault(own.codes, own)
    flags = flags or {flag.codes: flag}
    calls = [call for own in flags.values() if (call := _call(document, verb, own, heads, status)) is not None]
    if not calls:
        return None
    calls[0].more += tuple(calls[1:])
    return calls[0]


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
    if not flag.codes and any(c.dep_ == "cop" for c in noun.children):  # "is on a port visit"
        flag = _flag(document, syntax.own_subjects(noun))
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
    heads = [h for h in heads if document.at(h.i, DateMention) is None]
    port = ground(document, heads) or _of_harbour(document, heads) or _unsaid_port(document, word, heads, flag)
    ports = [h for h in heads if h.i > word.i and ground(document, [h]).codes]
    together = len(ports) > 1 and all(syntax.first_conjunct(h) == ports[0] for h in ports)
    if len(flag.codes) == 1 and len(set(port.codes) - set(flag.codes)) > 1 and together:
        calls = [call for head in ports if (call := _call(document, word, flag, [head], status)) is not None]
        if calls:
            calls[0].more = tuple(calls[1:])
        return calls[0] if calls else None
    parties = flag | port
    if not port.codes or len(parties.codes) != 2:
        return None
    act = Act(word, "port call", parties, status, document.span(*syntax.phrase(word)), host=port.codes)
    circumstances(document, act, word, None)
    act.place = next((p for h in heads if (p := _port_at(document, h)) is not None), act.place)
    return act


def _port_at(document: Document, head: Token) -> PlaceMention | None:
    """The town in the words for the port: "**Callao**", "the **Callao** naval base", "the coastal city of **Callao**"."""
    found = document.at(head.i, PlaceMention)
    if found is not None or not is_word("harbour", head):
        return found
    inside = [p for p in document.within(*syntax.phrase(head), PlaceMention) if p.name and p.country != p.name]
    return inside[-1] if inside else None


def _flag(document: Document, ships: list[Token]) -> Parties:
    """The state under whose flag a ship sails: by its adjective or owner, or by the letters before its name ("HMS")."""
    for ship in ships:
        if any(is_word("peaceful", c) for c in ship.children):
            continue  # "fishing boats"
        if ship.lemma_.lower() in _ANY and any(is_word("trainee", t) for t in syntax.obliques(ship, "of")):
            continue  # "a group of students"
        near = [ship, *ship.children, *ship.doc[max(ship.i - 1, 0) : ship.i + 2]]
        prefix = next((t for t in near if is_word("flag", t)), None)
        if prefix is not None and prefix.text.isupper():
            code = meaning("flag", prefix) or ""
            return Parties((code,), ((prefix.idx, prefix.idx + len(prefix.text)),))
        if is_word("vessel", ship) or any(is_word("vessel", t) for t in syntax.obliques(ship, "of")):
            return Parties(*_owner(document, ship))
    return Parties()


def _of_harbour(document: Document, heads: list[Token]) -> Parties:
    """ "The Norland port": a harbour by whose it is."""
    found = Parties()
    for head in heads:
        if is_word("harbour", head):
            found |= whose(document, head)
    return found


def _unsaid_port(document: Document, word: Token, heads: list[Token], flag: Parties) -> Parties:
    """The state of a port that no list knows, or that is not named: of the dateline, else the other of two states."""
    if len(flag.codes) != 1 or (not heads and word.pos_ == "VERB") or is_word("leaving", word):
        return Parties()
    if heads and not any(h.pos_ == "PROPN" or is_word("harbour", h) for h in heads):
        return Parties()
    line = here(document, word)
    return line if line.codes and line.codes != flag.codes else other_side(document, flag, word, sure=True)


def _sailing_before(document: Document, ships: list[Token]) -> Parties:
    """The flag of "it" or "she": of the last ship in the sentences before, where that is the last thing to have a flag."""
    if not ships or ships[0].lower_ not in {"it", "she", "they"}:
        return Parties()
    low = max(document.sentence_index(ships[0].i) - 2, 0)
    for token in reversed(document.doc[document.sentences[low][0] : ships[0].i]):
        if is_word("flag", token) or (is_word("vessel", token) and token.dep_.startswith("nsubj")):
            found = _flag(document, [token])
            if found.codes:
                return found
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
    found = whose(document, ship)
    if not found.codes:
        first, _ = syntax.phrase(ship)
        mention = next(iter(document.within(first, ship.i, PartyMention)), None)
        return ((mention.code,), (mention.span,)) if mention is not None else ((), ())
    return found.codes, found.spans
