"""Visits: somebody of one state goes to, is in, or leaves another."""

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
)
from foedus.extract.commitments_bound import nearest_subject
from foedus.language import syntax
from foedus.mentions.model import (
    DateMention,
    GroupMention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
    PlaceMention,
)

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_PEOPLE = (PersonMention, OfficeMention, GroupMention)


def by_travel(document: Document, verb: Token) -> Act | None:
    """ "X visited Oslo", "flew to Rome", "left Norland", "invited her to visit Oslo"."""
    how = meaning("travel", verb)
    status = status_of(document, verb)
    if how is None or status is None:
        return None
    guest = _travellers(document, verb)
    if not guest.codes:
        return None
    heads = [t for t in _goals(document, verb, how) if document.at(t.i, DateMention) is None]
    host = ground(document, heads)
    away = syntax.obliques(verb, "from") or any(c.lower_ in {"home", "back", "away"} for c in verb.children)
    if not host.codes and (
        any(c.lower_ == "here" for c in verb.children)
        or (how == "come" and not heads and not away and verb.tag_ == "VBD")
    ):
        host = here(document)
    found = _visit(document, verb, guest, host, status)
    if found is None:
        return None
    if how == "leave":
        return _after_leaving(verb, found)
    found.place = _place(document, heads) or found.place
    if verb.tag_ in {"VBZ", "VBP"} and found.status == "held":  # "flies to Oslo on Friday"
        found.status = "planned"
    return found


def _travellers(document: Document, verb: Token) -> Parties:
    """The state of those who travel: people in office, a delegation; "I" and "we" of a statement."""
    heads = nearest_subject(verb) or syntax.agents(verb)
    people = [h for h in heads if any(document.at(h.i, kind) for kind in _PEOPLE) or is_word("traveller", h)]
    spoken = bool(heads) and heads[0].lower_ in {"i", "we"}
    if not people and not spoken:
        return Parties()
    found = doers(document, verb)
    return found if found.persons or spoken or people else Parties()


def _goals(document: Document, verb: Token, how: str) -> list[Token]:
    if how == "visit":
        return [t for head in syntax.objects(verb) for t in (head, *syntax.obliques(head, "in", "at", "of", "to"))]
    if how == "leave":
        return _left(verb)
    if how == "return":
        return syntax.obliques(verb, "from")
    return syntax.obliques(verb, "to", "in", "at", "into") or places_after(document, verb, "to", "in", "at")


def _left(verb: Token) -> list[Token]:
    """The country that is left, in a clause of its own; the one for which somebody is yet to leave."""
    ahead = syntax.obliques(verb, "for")
    if ahead:
        return ahead if verb.tag_ not in {"VBD", "VBN"} else []
    return syntax.objects(verb) if verb.tag_ in {"VBD", "VBN"} else []


def _after_leaving(verb: Token, act: Act) -> Act:
    """Who left a country has been there; who leaves for it will be."""
    if syntax.obliques(verb, "for"):
        act.status = "planned"
    else:
        act.date = None
    return act


def _place(document: Document, heads: list[Token]) -> PlaceMention | None:
    for head in heads:
        place = document.at(head.i, PlaceMention)
        if place is not None:
            return place
        for inside in document.within(*syntax.phrase(head), PlaceMention)[:1]:
            return inside
    return None


def _visit(document: Document, word: Token, guest: Parties, host: Parties, status: str) -> Act | None:
    """The visit, when somebody comes from elsewhere; else None."""
    own = set(guest.codes)
    if not own or not host.codes or set(host.codes) <= own or len(own | set(host.codes)) > 8:
        return None
    span = document.span(*syntax.phrase(word))
    return circumstances(document, Act(word, "visit", guest | host, status, span), word, None)


def by_presence(document: Document, head: Token) -> Act | None:
    """ "X was in Oslo", "is due in Rome": a person somewhere abroad."""
    due = is_word("due", head)
    if due:
        if any(c.dep_ == "xcomp" for c in head.children):
            return None
        heads = syntax.obliques(head, "in", "at", "to")
    elif any(c.dep_ == "cop" for c in head.children) and syntax.preposition(head) in {"in", "at"}:
        heads = [head]
    else:
        return None
    subjects = [t for s in syntax.own_subjects(head) for t in syntax.conjuncts(s)]
    guest = document.parties_at(subjects)
    first_person = bool(subjects) and subjects[0].lower_ == "i"
    if first_person:
        guest = doers(document, head)
    if not (guest.codes and (guest.persons or first_person)) and not any(is_word("traveller", s) for s in subjects):
        return None
    status = status_of(document, head)
    if status == "held" and any(c.dep_ == "cop" and c.tag_ in {"VBZ", "VBP"} for c in head.children):
        status = "ongoing"
    if status is None:
        return None
    found = _visit(document, head, guest, ground(document, heads), "planned" if due else status)
    if found is not None:
        found.place = _place(document, heads) or found.place
    return found


def by_visiting(document: Document, word: Token) -> Act | None:
    """ "the visiting minister": somebody abroad, in the state of the dateline or the only other one near."""
    if word.lower_ != "visiting" or word.dep_ != "amod":
        return None
    guest = document.party_of(word.head)
    if not guest.codes:
        return None
    host = here(document)
    if not host.codes:
        low, high = document.sentence(word.i)
        others = [m for m in document.within(low, high, PersonMention) if m.person.party not in {None, *guest.codes}]
        codes = {m.person.party for m in others if m.person.party}
        host = Parties(tuple(codes), (others[0].span,)) if len(codes) == 1 else Parties()
    return _visit(document, word, guest, host, "ongoing")


def by_invitation(document: Document, verb: Token) -> Act | None:
    """ "invited her counterpart to Oslo": a visit proposed."""
    if verb.lemma_.lower() != "invite" or any(c.dep_ in {"xcomp", "ccomp", "advcl"} for c in verb.children):
        return None
    heads = syntax.obliques(verb, "to")
    guest = document.parties_at(syntax.objects(verb))
    heads = [t for t in heads if document.at(t.i, PlaceMention) or document.at(t.i, PartyMention)]
    if status_of(document, verb) is None or not guest.persons:
        return None
    found = _visit(document, verb, guest, ground(document, heads), "proposed")
    if found is not None:
        found.place, found.date = _place(document, heads), None
    return found


def by_visit(document: Document, noun: Token) -> Act | None:
    """ "the visit of President X to Y", "paid a visit to Y", "during a trip to Y, X said", "his visit here"."""
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    guest = _guests(document, noun, verb)
    if not guest.codes:
        return None
    tails = [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"to", "in"}]
    goals = [t for t in tails if document.at(t.i, DateMention) is None]
    carried = verb is not noun and is_word("carries", verb)
    if carried:
        goals += [t for t in syntax.obliques(verb, "to", "in") if t not in goals]
    host = ground(document, goals)
    host = Parties(tuple(c for c in host.codes if c not in guest.codes), host.spans)
    if not host.codes and any(t.lower_ == "here" for t in document.doc[noun.i + 1 : noun.i + 4]):
        host = here(document)
    status = _noun_status(document, noun, verb)
    if status is None:
        return None
    found = _visit(document, noun, guest, host, status)
    if found is None:
        return None
    found.span = document.span(*syntax.phrase(noun))
    found.place = _place(document, [t for t in goals if ground(document, [t]).codes]) or found.place
    if found.date is None and carried:
        circumstances(document, found, verb, noun)
    return found


def _noun_status(document: Document, noun: Token, verb: Token) -> str | None:
    """Status of a visit told as a noun: by its verb where that carries or stages it, else by its words alone."""
    if noun.dep_ in {"obj", "nsubj", "nsubj:pass"} and verb is not noun:
        return status_of(document, verb, noun)
    if any(is_word("ahead", c) for c in noun.children) or syntax.preposition(noun) in {"before", "ahead of"}:
        return "planned"
    if any(c.dep_ == "cop" and c.tag_ in {"VBZ", "VBP"} for c in noun.children):
        return "ongoing"
    if verb is noun or (noun.dep_ in {"obl", "nmod"} and not is_word("carries", verb)):
        return "held" if syntax.preposition(noun) != "for" else None
    return status_of(document, verb, noun)


def _guests(document: Document, noun: Token, verb: Token) -> Parties:
    """Whose visit it is: the possessor, an "of" or "by" phrase, else the subject of the verb that carries the visit."""
    owners = syntax.children(noun, "nmod:poss")
    owners += [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"of", "by"}]
    for owner in owners:
        found = document.party_of(owner)
        people = any(document.at(owner.i, kind) for kind in _PEOPLE) or is_word("traveller", owner)
        if found.codes and (people or _named_state(document, owner, noun)):
            return found
    if any(c.dep_ == "cop" for c in noun.children):  # "is on a visit"
        return document.parties_at(t for s in syntax.own_subjects(noun) for t in syntax.conjuncts(s))
    if verb is noun or not (is_word("carries", verb) or noun.dep_ == "obl"):
        return Parties()
    found = doers(document, verb)
    return found if found.persons or is_word("carries", verb) else Parties()


def _named_state(document: Document, owner: Token, noun: Token) -> bool:
    """ "a visit by the Norland premier": an office that no mention covers, of a named state."""
    return owner.dep_ != "nmod:poss" and document.at(owner.i, PartyMention) is None and noun.i < owner.i
