"""Visits: somebody of one state goes to, is in, or leaves another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    doers,
    ground,
    has_after,
    here,
    is_word,
    meaning,
    places_after,
    scene_of,
    side_of,
    status_of,
    tail_of,
)
from foedus.extract.activities_context import other_side
from foedus.extract.activities_whose import whose
from foedus.extract.commitments_subject import nearest_subject
from foedus.language import syntax
from foedus.mentions.home import home_state, is_about
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

PEOPLE = (PersonMention, OfficeMention, GroupMention)


def by_travel(document: Document, verb: Token) -> Act | None:
    """ "X visited Oslo", "flew to Rome", "left Norland", "invited her to visit Oslo"."""
    how = meaning("travel", verb)
    status = status_of(document, verb)
    if how is None or status is None:
        return None
    heads = [t for t in _goals(document, verb, how) if document.at(t.i, DateMention) is None]
    if how != "return" and not heads:
        heads = scene_of(verb)
    host = ground(document, heads) | own_country(document, heads)
    guest = _travellers(document, verb)
    homeward = _is_homeward(verb, how)
    ahead = []
    if how == "leave" and verb.tag_ in {"VBD", "VBN"}:
        ahead = [t for head in (verb, *syntax.objects(verb)) for t in syntax.obliques(head, "for", "to")]
    if ahead and ground(document, ahead).codes:  # "left Dhaka for Accra": on the way, when they set out from home
        origin = ground(document, syntax.objects(verb)) or here(document, verb)
        if not guest.codes and _is_traveller(document, verb):
            guest = origin
        aim = ground(document, ahead)
        if guest.codes and (not origin.codes or set(origin.codes) <= set(guest.codes)) and aim.codes != guest.codes:
            found = visit_of(document, verb, guest, ground(document, ahead), status)
            if found is not None:
                found.place = place_in(document, ahead)
                found.status = "ongoing" if status == "held" else status
            return found
    if not host.codes or homeward:
        host = here(document, verb) if homeward else _unsaid_host(document, verb, how, heads, guest)
    if not guest.codes and not homeward and _is_traveller(document, verb):
        guest = other_side(document, host, verb) or unsaid_home(document, host)
    if not guest.codes:
        return None
    if (invitation := _invitation(verb)) is not None and not is_word("accepting", invitation.head):
        status = "proposed"
    found = visit_of(document, verb, guest, host, status)
    if found is None:
        return None
    if how == "leave" or homeward:
        found.place = place_in(document, heads)
        return _after_leaving(document, verb, found)
    found.place = place_in(document, heads) or found.place
    if verb.tag_ in {"VBZ", "VBP"} and found.status == "held" and not _is_headline(document, verb, found):
        found.status = "planned"  # "flies to Oslo on Friday"
    return found


def _is_headline(document: Document, verb: Token, act: Act) -> bool:
    """ "President X arrives in Oslo": the present of headlines and captions, for what is not ahead."""
    if not is_word("arriving", verb):
        return False
    today = str(document.report.published_on or "")
    return act.date is None or (bool(today) and act.date.edtf[:10] <= today)


def unsaid_home(document: Document, host: Parties) -> Parties:
    """The state that the report is written from, for people whose state is not said ("the Prime Minister will fly to Rome")."""
    state = home_state(document)
    if state is None or not host.codes or state.code in host.codes or not is_about(document, state.code):
        return Parties()
    return Parties((state.code,), (state.span,))


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
    home = any(c.lower_ == "home" and c.dep_ == "advmod" and not has_after(c, "from") for c in verb.children)
    return (how == "leave" and not syntax.objects(verb)) or (home and not syntax.obliques(verb, "from"))


def own_country(document: Document, heads: list[Token]) -> Parties:
    """ "his country", "her capital", "the host country": the state of whom it belongs to."""
    return next((p for h in heads if is_word("homeland", h) and (p := side_of(document, h)).codes), Parties())


def _is_traveller(document: Document, verb: Token) -> bool:
    """Whether the subject is somebody in office, or a pronoun for one, whose state the report does not say there."""
    heads = nearest_subject(verb) or syntax.agents(verb)
    return any(
        is_word("traveller", h) or h.lower_ in {"he", "she"} or any(document.at(h.i, kind) for kind in PEOPLE)
        for h in heads
    )


def _travellers(document: Document, verb: Token) -> Parties:
    """The state of those who travel: people in office, a delegation; "I" and "we" of a statement."""
    heads = nearest_subject(verb) or syntax.agents(verb)
    invitation = _invitation(verb)
    if invitation is not None:
        heads = _invited(invitation)
    heads = [h for h in heads if h.lemma_.lower() not in _STATES]
    people = [
        h
        for h in heads
        if any(document.at(h.i, kind) for kind in PEOPLE)
        or is_word("traveller", h)
        or _are_people(document, h)
        or _is_some_of_them(document, h)
    ]
    spoken = bool(heads) and heads[0].lower_ in {"i", "we"}
    if not people and not spoken:
        return Parties()
    found = doers(document, verb) if invitation is None else document.parties_at(people)
    if not found.codes:
        for head in people:
            found |= side_of(document, head) or whose(document, head)
    return found


_STATES = {"nation", "country", "state", "neighbour", "neighbor"}
"""These come close, go to war and leave unions; nobody travels."""


def _is_some_of_them(document: Document, head: Token) -> bool:
    """ "A group of Norland lawmakers", "members of the committee": some of those who travel in office."""
    if is_word("plainly_force", head):
        return False
    some = [t for t in syntax.obliques(head, "of") if is_word("traveller", t) or is_official(document, t)]
    return is_word("collective", head) and (bool(some) or head.lemma_.lower() == "member")


def _invitation(verb: Token) -> Token | None:
    """The invitation by which somebody may come: "an **invitation** to visit", "extended an **invitation** to X, to visit"."""
    if syntax.own_subjects(verb) or verb.tag_ != "VB":
        return None
    if verb.dep_ == "acl":
        return verb.head if is_word("invitation", verb.head) else None
    if verb.dep_ not in {"advcl", "xcomp"}:
        return None
    return next((o for o in syntax.children(verb.head, "obj") if is_word("invitation", o)), None)


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
    goals = syntax.obliques(verb, "to", "in", "at", "into") or places_after(document, verb, "to", "in", "at")
    return goals + [t for t in _further(verb) if t not in goals]


def _further(verb: Token) -> list[Token]:
    """The goals that stand in parts of the clause without a verb of their own: "will fly to X on Monday, **to Y** on Tuesday"."""
    first = [c for c in verb.children if c.dep_ == "conj" and c.pos_ in {"PROPN", "NOUN"} and c.i > verb.i]
    return [t for c in first for t in syntax.conjuncts(c) if syntax.preposition(t) == "to"]


def _left(verb: Token) -> list[Token]:
    """The country that is left, in a clause of its own; the one for which somebody is yet to leave."""
    ahead = syntax.obliques(verb, "for")
    if ahead:
        return ahead if verb.tag_ not in {"VBD", "VBN"} else []
    return syntax.objects(verb) if verb.tag_ in {"VBD", "VBN"} else []


def _after_leaving(document: Document, verb: Token, act: Act) -> Act:
    """Who left a country has been there; who leaves for it will be."""
    if syntax.obliques(verb, "for") and verb.tag_ not in {"VBD", "VBN"}:
        act.status = "planned"
    else:
        act.date, act.until = None, _last_day(document, act)
    return act


def _last_day(document: Document, act: Act) -> DateMention | None:
    """The day on which somebody left, when it is one that the report tells as news."""
    today = document.report.published_on
    day = act.date.edtf if act.date is not None and act.date.role != "since" else ""
    if today is None or len(day) != 10 or "X" in day or act.status != "held":
        return None
    gone = (date.fromisoformat(today[:10]) - date.fromisoformat(day)).days
    return act.date if 0 <= gone <= _RECENT else None


_RECENT = 7


def place_in(document: Document, heads: list[Token]) -> PlaceMention | None:
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


def visit_of(document: Document, word: Token, guest: Parties, host: Parties, status: str) -> Act | None:
    """The visit, when somebody comes from elsewhere; else None."""
    own = set(guest.codes)
    if not own or not host.codes or set(host.codes) <= own or len(own | set(host.codes)) > 8:
        return None
    span = document.span(*syntax.phrase(word))
    both = guest | host
    parties = Parties(both.codes, both.spans, guest.persons)
    return circumstances(document, Act(word, "visit", parties, status, span, host=host.codes), word, None)


def is_official(document: Document, head: Token) -> bool:
    """Whether the words stand for somebody in office, by the office or by the name of one who has it."""
    person = document.at(head.i, PersonMention)
    return document.at(head.i, OfficeMention) is not None or (person is not None and person.person.office is not None)


def by_visit(document: Document, noun: Token) -> Act | None:
    """ "the visit of President X to Y", "paid a visit to Y", "during a trip to Y, X said", "his visit here"."""
    if any(c.dep_ in {"compound", "amod"} and c.lower_ in {"port", "harbour", "harbor"} for c in noun.children):
        return None  # of a ship
    if noun.dep_ == "compound":
        return None  # "tour events"
    if is_of_ship(noun) or any(t.lemma_.lower() == "duty" for t in syntax.obliques(noun, "of")):
        return None  # "a tour of duty"
    verbs = syntax.governing_verbs(noun)
    paid = next((c for c in noun.children if c.dep_ == "acl:relcl" and is_word("carries", c)), None)
    verb = paid or (verbs[0] if verbs else noun)  # "the visit that X will pay to Y"
    if verb.pos_ == "VERB" and any(is_word("freighter", t) for t in syntax.agents(verb)):
        return None  # "the train made its first trip"
    guest = _guests(document, noun, verb) or _who_goes_there(document, verb)
    tails = [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"to", "in"}]
    goals = [t for t in tails if document.at(t.i, DateMention) is None]
    carried = verb is not noun and is_word("carries", verb)
    if carried:
        goals += [t for t in syntax.obliques(verb, "to", "in") if t not in goals]
        goals += scene_of(verb)
    host = ground(document, goals) | own_country(document, goals)
    if not host.codes and any(t.lower_ == "here" for t in document.doc[noun.i + 1 : noun.i + 4]):
        host = here(document, noun)
    if not guest.codes and host.codes and _is_somebodys(document, noun, verb):
        guest = other_side(document, host, noun)
        if not guest.codes and verb is not noun:
            guest = unsaid_home(document, host)
    if not guest.codes:
        return None
    host = Parties(tuple(c for c in host.codes if c not in guest.codes), host.spans)
    region = any(
        c.dep_ == "compound" and c.pos_ == "PROPN" and not document.at(c.i, PartyMention) for c in noun.children
    )
    if not host.codes and not goals and not region and _is_somebodys(document, noun, verb):
        host = other_side(document, guest, noun)
    status = _noun_status(document, noun, verb)
    if status is None:
        return None
    found = visit_of(document, noun, guest, host, status)
    if found is None:
        return None
    found.span = document.span(*syntax.phrase(noun))
    found.place = place_in(document, [t for t in goals if ground(document, [t]).codes]) or found.place
    if found.date is None and carried:
        circumstances(document, found, verb, noun)
    copula = any(c.dep_ == "cop" for c in noun.children)
    if copula and found.date is not None and any(t.pos_ == "VERB" for t in document.doc[noun.i + 1 : found.date.first]):
        found.date, found.status = None, status  # "who is on a visit is scheduled to meet her on Monday"
    return found


def is_of_ship(noun: Token) -> bool:
    """Whether the visit is one of a ship: "the visit of the frigate", "the ship's visit"."""
    owners = [*syntax.children(noun, "nmod:poss"), *syntax.obliques(noun, "of", "by")]
    whole = [t for owner in owners for t in (owner, *owner.children)]
    return any(is_word("vessel", t) and t.lemma_.lower() not in {"force", "group", "navy", "fleet"} for t in whole)


def _is_somebodys(document: Document, noun: Token, verb: Token) -> bool:
    """Whether the visit is one that somebody makes: "his visit", "the visit of X", "paid a visit", "during the visit"."""
    if any(is_word("ahead", c) for c in noun.children) and noun.dep_ in {"nsubj", "nsubj:pass"}:
        return True
    if syntax.children(noun, "nmod:poss") or (verb is not noun and is_word("carries", verb)):
        return True
    owners = [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"of", "by"}]
    if any(is_official(document, t) or is_word("traveller", t) for t in owners):
        return True
    if owners and any(c.lower_ == "the" for c in noun.children):
        return True
    return syntax.preposition(noun) in {"during", "in the course of", "on the occasion of"}


def _noun_status(document: Document, noun: Token, verb: Token) -> str | None:
    """Status of a visit told as a noun: by its verb where that carries or stages it, else by its words alone."""
    if any(c.dep_ == "cop" and c.tag_ in {"VBZ", "VBP"} for c in noun.children) and syntax.preposition(noun) == "on":
        return "ongoing"
    if verb is not noun and (noun.dep_ in {"obj", "nsubj", "nsubj:pass"} or verb.head is noun):
        return status_of(document, verb, noun)
    if any(is_word("ahead", c) for c in noun.children) or syntax.preposition(noun) in {"before", "ahead of"}:
        return "planned"
    if any(c.dep_ == "cop" and c.tag_ in {"VBZ", "VBP"} for c in noun.children):
        return "ongoing"
    if verb is noun or (noun.dep_ in {"obl", "nmod"} and not is_word("carries", verb)):
        preposition = syntax.preposition(noun)
        if preposition == "of" and noun.dep_ == "nmod":  # "within the scope of his visit"
            preposition = syntax.preposition(noun.head)
        if verb is not noun and preposition in _IN_COURSE and document.modality(verb).kind == "future":
            return "planned"  # "during his visit, X will open a school"
        return "held" if preposition != "for" else None
    return status_of(document, verb, noun)


_IN_COURSE = {"during", "in the course of", "on", "in", "within", "on the occasion of"}


def _guests(document: Document, noun: Token, verb: Token) -> Parties:
    """Whose visit it is: the possessor, an "of" or "by" phrase, else the subject of the verb that carries the visit."""
    owners = syntax.children(noun, "nmod:poss")
    if owners and owners[0].pos_ == "PRON" and verb.dep_ == "advcl" and verb.i < verb.head.i:
        subject = syntax.subject(verb.head)  # "Wrapping up **his** visit, **X** flew home"
        found = document.party_of(subject) if subject is not None else Parties()
        if found.persons and not syntax.own_subjects(verb):
            return found
    if verb is not noun and noun.dep_ == "nmod" and is_word("invitation", noun.head):
        owners += syntax.children(noun.head, "nmod:poss")
    owners += [t for t in tail_of(noun) if syntax.preposition(syntax.first_conjunct(t)) in {"of", "by"}]
    for owner in owners:
        found = document.party_of(owner)
        people = any(document.at(owner.i, kind) for kind in PEOPLE) or is_word("traveller", owner)
        if found.codes and (people or _named_state(document, owner, noun)):
            return found
    if noun.dep_ == "nmod" and syntax.preposition(noun) == "on" and document.at(noun.head.i, PersonMention):
        return document.party_of(noun.head)  # "President X, on a visit to Y"
    if any(c.dep_ == "cop" for c in noun.children):  # "is on a visit"
        own = syntax.own_subjects(noun)
        if own and own[0].tag_ in {"WP", "WDT"} and noun.dep_ == "acl:relcl":
            own = [noun.head]
        return document.parties_at(t for s in own for t in syntax.conjuncts(s))
    if verb is noun or not (is_word("carries", verb) or noun.dep_ == "obl"):
        return Parties()
    found = doers(document, verb)
    if found.persons or is_word("carries", verb):
        return found
    official = any(is_word("traveller", t) or is_official(document, t) for t in syntax.agents(verb))
    return found if official and noun.dep_ == "obl" and syntax.preposition(noun) in _ON_THE_WAY else Parties()


def _who_goes_there(document: Document, verb: Token) -> Parties:
    """Who leaves for the place at which a visit is planned: "**X** departs for Norland, where a visit is planned"."""
    above = [v for place in scene_of(verb) for v in syntax.governing_verbs(place)]
    leaving = bool(above) and meaning("travel", above[0]) is not None and syntax.is_passive(verb)
    return _travellers(document, above[0]) if leaving else Parties()


_ON_THE_WAY = {"on", "for", "after", "during"}


def _named_state(document: Document, owner: Token, noun: Token) -> bool:
    """ "a visit by the Norland premier": an office that no mention covers, of a named state."""
    return owner.dep_ != "nmod:poss" and document.at(owner.i, PartyMention) is None and noun.i < owner.i
