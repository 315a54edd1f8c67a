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
    side_of,
    status_of,
    tail_of,
)
from foedus.extract.activities_context import both_sides, other_side, pair_of
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
    heads = [t for t in _goals(document, verb, how) if document.at(t.i, DateMention) is None]
    host = ground(document, heads) | _own_country(document, heads)
    guest = _travellers(document, verb)
    homeward = _is_homeward(verb, how)
    if not host.codes or homeward:
        host = here(document, verb) if homeward else _unsaid_host(document, verb, how, heads, guest)
    if not guest.codes and not homeward and _is_traveller(document, verb):
        guest = other_side(document, host, verb)
    if not guest.codes:
        return None
    found = _visit(document, verb, guest, host, status)
    if found is None:
        return None
    if how == "leave" or homeward:
        return _after_leaving(verb, found)
    found.place = _place(document, heads) or found.place
    if verb.tag_ in {"VBZ", "VBP"} and found.status == "held":  # "flies to Oslo on Friday"
        found.status = "planned"
    return found


def _unsaid_host(document: Document, verb: Token, how: str, heads: list[Token], guest: Parties) -> Parties:
    """Where they come to when no state is named: "came here", "arrived on Monday"; a town of the other of two states."""
    away = syntax.obliques(verb, "from") or any(c.lower_ in {"home", "back", "away"} for c in verb.children)
    if any(document.at(h.i, PlaceMention) for h in heads) and not away:
        return other_side(document, guest, verb)
    if any(c.lower_ == "here" for c in verb.children) or (
        (how == "come" or is_word("arriving", verb)) and not heads and not away and verb.tag_ in {"VBD", "VBN"}
    ):
        return here(document, verb) or other_side(document, guest, verb)
    return Parties()


def _is_homeward(verb: Token, how: str) -> bool:
    """ "left in the evening", "flew home": somebody has been where the report is written."""
    if verb.tag_ not in {"VBD", "VBN"} or how == "visit":
        return False
    home = any(c.lower_ == "home" and c.dep_ == "advmod" for c in verb.children)
    return (how == "leave" and not syntax.objects(verb)) or (home and not syntax.obliques(verb, "from"))


def _own_country(document: Document, heads: list[Token]) -> Parties:
    """ "his country", "her capital", "the host country": the state of whom it belongs to."""
    return next((p for h in heads if is_word("homeland", h) and (p := side_of(document, h)).codes), Parties())


def _is_traveller(document: Document, verb: Token) -> bool:
    """Whether the subject is somebody in office, or a pronoun for one, whose state the report does not say there."""
    heads = nearest_subject(verb) or syntax.agents(verb)
    return any(
        is_word("traveller", h) or h.lower_ in {"he", "she"} or any(document.at(h.i, kind) for kind in _PEOPLE)
        for h in heads
    )


def _travellers(document: Document, verb: Token) -> Parties:
    """The state of those who travel: people in office, a delegation; "I" and "we" of a statement."""
    heads = nearest_subject(verb) or syntax.agents(verb)
    if not syntax.own_subjects(verb) and verb.dep_ == "acl" and is_word("invitation", verb.head):
        heads = _invited(verb.head)
    people = [
        h
        for h in heads
        if any(document.at(h.i, kind) for kind in _PEOPLE) or is_word("traveller", h) or _are_people(document, h)
    ]
    spoken = bool(heads) and heads[0].lower_ in {"i", "we"}
    if not people and not spoken:
        return Parties()
    found = doers(document, verb) if heads != _invited(verb.head) else document.parties_at(people)
    if not found.codes:
        for head in people:
            found |= side_of(document, head)
    return found


def _invited(invitation: Token) -> list[Token]:
    """Who may come by "an invitation to visit": to whom it goes, or who accepts it."""
    verb = invitation.head
    if invitation.dep_ == "obj" and is_word("accepting", verb):
        return syntax.agents(verb)
    return syntax.obliques(invitation, "to") + syntax.obliques(verb, "to") + syntax.children(verb, "iobj")


def _are_people(document: Document, head: Token) -> bool:
    """ "the Norlanders": a people, by a word that is elsewhere an adjective."""
    mention = document.at(head.i, PartyMention)
    certain = any(c.lower_ == "the" for c in head.children)
    return mention is not None and mention.form == "adjective" and head.tag_ in {"NNS", "NNPS"} and certain


def _goals(document: Document, verb: Token, how: str) -> list[Token]:
    if how == "visit":
        return [t for head in syntax.objects(verb) for t in (head, *syntax.obliques(head, "in", "at", "of", "to"))]
    if how == "leave":
        return _left(verb)
    if how == "return":
        return syntax.obliques(verb, "from")
    if how == "set":  # "headed for Rome", no "headed in"
        return syntax.obliques(verb, "to", "for", "into")
    if how == "call":
        if any(c.dep_ in {"xcomp", "advcl", "ccomp"} for c in verb.children):
            return []
        return [t for t in syntax.obliques(verb, "on") if document.at(t.i, PartyMention)]
    if how == "spend":
        spent = syntax.objects(verb)
        return syntax.obliques(verb, "in", "at") if any(is_word("time", t) for t in spent) else []
    return syntax.obliques(verb, "to", "in", "at", "into") or places_after(document, verb, "to", "in", "at")


def _left(verb: Token) -> list[Token]:
    """The country that is left, in a clause of its own; the one for which somebody is yet to leave."""
    ahead = syntax.obliques(verb, "for")
    if ahead:
        return ahead if verb.tag_ not in {"VBD", "VBN"} else []
    return syntax.objects(verb) if verb.tag_ in {"VBD", "VBN"} else []


def _after_leaving(verb: Token, act: Act) -> Act:
    """Who left a country has been there; who leaves for it will be."""
    if syntax.obliques(verb, "for") and verb.tag_ not in {"VBD", "VBN"}:
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
        party = document.at(head.i, PartyMention)
        if party is not None and party.form in {"name", "capital"} and not party.code.startswith("org:"):
            name = document.words(party.span) if party.form == "capital" else party.code
            return PlaceMention(
                party.start, party.end, party.first, party.last, party.root, name=name, country=party.code
            )
    return None


def _visit(document: Document, word: Token, guest: Parties, host: Parties, status: str) -> Act | None:
    """The visit, when somebody comes from elsewhere; else None."""
    own = set(guest.codes)
    if not own or not host.codes or set(host.codes) <= own or len(own | set(host.codes)) > 8:
        return None
    span = document.span(*syntax.phrase(word))
    both = guest | host
    parties = Parties(both.codes, both.spans, guest.persons)
    return circumstances(document, Act(word, "visit", parties, status, span, host=host.codes), word, None)


def by_presence(document: Document, head: Token) -> Act | None:
    """ "X was in Oslo", "is due in Rome": a person somewhere abroad."""
    due = is_word("due", head)
    if due:
        if any(c.dep_ == "xcomp" for c in head.children):
            return None
        heads = syntax.obliques(head, "in", "at", "to")
        heads = [h for h in heads if document.at(h.i, DateMention) is None]
    elif any(c.dep_ == "cop" for c in head.children) and syntax.preposition(head) in {"in", "at"}:
        heads = [head]
    else:
        return None
    subjects = [t for s in syntax.own_subjects(head) for t in syntax.conjuncts(s)]
    guest = document.parties_at(subjects)
    first_person = bool(subjects) and subjects[0].lower_ == "i"
    if first_person:
        guest = doers(document, head)
    host = ground(document, heads)
    office = any(is_word("traveller", s) or _is_official(document, s) for s in subjects)
    if not (guest.codes and (guest.persons or first_person)) and not office:
        return None
    guest = guest or (other_side(document, host, head) if office else guest)
    if not host.codes and not heads and due and any(c.lower_ in {"here", "back"} for c in head.children):
        host = other_side(document, guest, head)
    status = status_of(document, head)
    if status == "held" and any(c.dep_ == "cop" and c.tag_ in {"VBZ", "VBP"} for c in head.children):
        status = "ongoing"
    if status is None:
        return None
    found = _visit(document, head, guest, host, "planned" if due else status)
    if found is not None:
        found.place = _place(document, heads) or found.place
    return found


def _is_official(document: Document, head: Token) -> bool:
    """Whether the words stand for somebody in office, by the office or by the name of one who has it."""
    person = document.at(head.i, PersonMention)
    return document.at(head.i, OfficeMention) is not None or (person is not None and person.person.office is not None)


def by_visiting(document: Document, word: Token) -> Act | None:
    """ "the visiting minister": somebody abroad, in the state of the dateline or the only other one near."""
    if word.lower_ != "visiting" or word.dep_ != "amod":
        return None
    guest = document.party_of(word.head)
    host = here(document, word)
    if not guest.codes and (is_word("traveller", word.head) or _is_official(document, word.head)):
        guest = other_side(document, host, word) if host.codes else both_sides(document, word)
        if len(guest.codes) == 2 and pair_of(document):  # which of the two is the guest is not said
            span = document.span(*syntax.phrase(word.head))
            return Act(word, "visit", guest, "ongoing", span)
    if not guest.codes:
        return None
    if host.codes == guest.codes:
        host = Parties()
    if not host.codes:
        low, high = document.sentence(word.i)
        others = [m for m in document.within(low, high, PersonMention) if m.person.party not in {None, *guest.codes}]
        codes = {m.person.party for m in others if m.person.party}
        host = Parties(tuple(codes), (others[0].span,)) if len(codes) == 1 else other_side(document, guest, word)
    found = _visit(document, word, guest, host, "ongoing")
    if found is not None:
        found.date = None  # the day of what the visitor does
    return found


def by_invitation(document: Document, verb: Token) -> Act | None:
    """ "invited her counterpart to Oslo": a visit proposed."""
    if verb.lemma_.lower() != "invite" or any(c.dep_ in {"xcomp", "ccomp", "advcl"} for c in verb.children):
        return None
    heads = syntax.obliques(verb, "to")
    guests = syntax.objects(verb)
    guest = document.parties_at(guests)
    heads = [
        t for t in heads if document.at(t.i, PlaceMention) or document.at(t.i, PartyMention) or is_word("homeland", t)
    ]
    host = ground(document, heads) | _own_country(document, heads)
    named = any(document.at(g.i, kind) for g in guests for kind in _PEOPLE)
    if not guest.codes and (named or any(is_word("traveller", g) or g.lower_ in {"him", "her"} for g in guests)):
        guest = next((p for g in guests if (p := side_of(document, g)).codes), other_side(document, host, verb))
    people = named or guest.persons or any(is_word("traveller", g) or g.lower_ in {"him", "her"} for g in guests)
    if status_of(document, verb) is None or not people:
        return None
    found = _visit(document, verb, guest, host, "proposed")
    if found is not None:
        found.place, found.date = _place(document, heads), None
    return found


def by_visit(document: Document, noun: Token) -> Act | None:
    """ "the visit of President X to Y", "paid a visit to Y", "during a trip to Y, X said", "his visit here"."""
    verbs = syntax.governing_verbs(noun)
    paid = next((c for c in noun.children if c.dep_ == "acl:relcl" and is_word("carries", c)), None)
    verb = paid or (verbs[0] if verbs else noun)  # "the visit that X will pay to Y"
    guest = _guests(document, noun, verb)
    tails = [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"to", "in"}]
    goals = [t for t in tails if document.at(t.i, DateMention) is None]
    carried = verb is not noun and is_word("carries", verb)
    if carried:
        goals += [t for t in syntax.obliques(verb, "to", "in") if t not in goals]
    host = ground(document, goals) | _own_country(document, goals)
    if not host.codes and any(t.lower_ == "here" for t in document.doc[noun.i + 1 : noun.i + 4]):
        host = here(document, noun)
    if not guest.codes and host.codes and _is_somebodys(document, noun, verb):
        guest = other_side(document, host, noun)
    if not guest.codes:
        return None
    host = Parties(tuple(c for c in host.codes if c not in guest.codes), host.spans)
    if not host.codes and not goals and _is_somebodys(document, noun, verb):
        host = other_side(document, guest, noun)
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


def _is_somebodys(document: Document, noun: Token, verb: Token) -> bool:
    """Whether the visit is one that somebody makes: "his visit", "the visit of X", "paid a visit", "during the visit"."""
    if any(is_word("ahead", c) for c in noun.children) and noun.dep_ in {"nsubj", "nsubj:pass"}:
        return True
    if syntax.children(noun, "nmod:poss") or (verb is not noun and is_word("carries", verb)):
        return True
    owners = [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"of", "by"}]
    if any(_is_official(document, t) or is_word("traveller", t) for t in owners):
        return True
    if owners and any(c.lower_ == "the" for c in noun.children):
        return True
    return syntax.preposition(noun) in {"during", "in the course of", "on the occasion of"}


def _noun_status(document: Document, noun: Token, verb: Token) -> str | None:
    """Status of a visit told as a noun: by its verb where that carries or stages it, else by its words alone."""
    if verb is not noun and (noun.dep_ in {"obj", "nsubj", "nsubj:pass"} or verb.head is noun):
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
    if verb is not noun and noun.dep_ == "nmod" and is_word("invitation", noun.head):
        owners += syntax.children(noun.head, "nmod:poss")
    owners += [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"of", "by"}]
    for owner in owners:
        found = document.party_of(owner)
        people = any(document.at(owner.i, kind) for kind in _PEOPLE) or is_word("traveller", owner)
        if found.codes and (people or _named_state(document, owner, noun)):
            return found
    if noun.dep_ == "nmod" and syntax.preposition(noun) == "on" and document.at(noun.head.i, PersonMention):
        return document.party_of(noun.head)  # "President X, on a visit to Y"
    if any(c.dep_ == "cop" for c in noun.children):  # "is on a visit"
        return document.parties_at(t for s in syntax.own_subjects(noun) for t in syntax.conjuncts(s))
    if verb is noun or not (is_word("carries", verb) or noun.dep_ == "obl"):
        return Parties()
    found = doers(document, verb)
    return found if found.persons or is_word("carries", verb) else Parties()


def _named_state(document: Document, owner: Token, noun: Token) -> bool:
    """ "a visit by the Norland premier": an office that no mention covers, of a named state."""
    return owner.dep_ != "nmod:poss" and document.at(owner.i, PartyMention) is None and noun.i < owner.i


def by_receiving(document: Document, verb: Token) -> Act | None:
    """ "Norland will receive an Estonian team", "welcomed a delegation from Estonia": a visit told by its host."""
    status = status_of(document, verb)
    guests = [t for t in syntax.objects(verb) if is_word("party_of_guests", t) or _is_person(document, t)]
    people = any(is_word("party_of_guests", t) for t in guests)
    abroad = any(document.at(t.i, PlaceMention) for t in syntax.obliques(verb, "to"))  # "welcomed X to Oslo"
    if status is None or not guests or not (people or abroad or status == "planned" or verb.dep_ == "xcomp"):
        return None
    if verb.tag_ in {"VBZ", "VBP"} and not (people or abroad):
        return None  # "X receives Y": a meeting, as pictures and headlines have it
    host = doers(document, verb)
    guest = Parties()
    for head in guests:
        guest |= side_of(document, head) or document.parties_at(syntax.obliques(head, "of", "from"))
    if not guest.codes and host.codes and status == "planned":
        guest = other_side(document, host, verb)
    found = _visit(document, verb, guest, host, status) if len(host.codes) == 1 else None
    if found is not None:
        found.place = _place(document, syntax.obliques(verb, "in", "at", "to")) or found.place
    return found


def _is_person(document: Document, token: Token) -> bool:
    return document.at(token.i, PersonMention) is not None or is_word("opposite", token)
