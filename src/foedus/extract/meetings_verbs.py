"""Meetings told by a verb: "met", "held talks with", "was received by", "spoke by phone with"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.circumstances import is_well_wishing
from foedus.extract.meetings_across import (
    OFFICES,
    across,
    call_words,
    is_of_others,
    is_of_talks,
    is_own,
    noun_format,
    other_heads,
    union_of,
)
from foedus.extract.meetings_apart import apart
from foedus.extract.meetings_bodies import Body, body_of, is_body
from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_fits import fits, is_of_firm, is_official
from foedus.extract.meetings_likely_parties import is_likely, likely_sides
from foedus.extract.meetings_listed import is_second_office
from foedus.extract.meetings_own import accredited_to
from foedus.extract.meetings_parties import count_of, in_focus, side, subjects
from foedus.extract.meetings_places import goal_of, host_city
from foedus.extract.meetings_rest import two_states
from foedus.extract.meetings_talk import Talk, is_passive, is_recurring, status_of
from foedus.extract.meetings_unplaced import is_of_state, is_unplaced, office_here
from foedus.extract.meetings_words import (
    Frame,
    frames,
    has_particle,
    is_frame,
    is_meeting_noun,
    is_reception,
)
from foedus.language import syntax
from foedus.mentions.focus import aside
from foedus.mentions.model import ForumMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_MIRRORS = {"counterpart", "counterparts", "colleague", "colleagues", "homologue", "homologues", "peer", "peers"}
_PAST = {"earlier", "previous", "past", "former", "prior", "preliminary"}
_HOSTS = {"receive", "host"}
_HOSTING = {"host", "mediate", "broker", "facilitate", "sponsor", "chair", "convene"}
_FURTHER = {"also", "separately", "additionally", "earlier", "later", "further", "likewise", "then", "subsequently", "meanwhile"}  # fmt: skip
_INTENTIONS = {
    "intention",
    "plan",
    "plans",
    "wish",
    "desire",
    "hope",
    "readiness",
    "willingness",
    "decision",
    "intent",
    "proposal",
    "offer",
}
_THREE = 3
_NEAR = 3
_SHORT = 60
"""Words between a telling and "the meeting" that somebody else attended too."""
_RETURNED = {"get_call", "make_call"}
_GREETINGS = {"receive", "meet", "meet_with", "meet_up", "host", "bring_together"}
_GATHERING = {"meet", "convene", "come_together", "body_sits"}
_MEMBERS = {"ministers", "leaders", "heads", "presidents", "chiefs", "ambassadors", "envoys", "members", "states"}


def by_verb(document: Document, verb: Token, talks: list[Talk]) -> list[Talk]:
    """The talks that a verb tells, one with each of several counterparts; [] when it tells none."""
    if is_well_wishing(verb):
        return []
    lemma = verb.lemma_.lower()
    for frame in frames("noun-verb").get(lemma, ()):
        noun = _meeting_object(verb, frame)
        if noun is not None and has_particle(verb, frame.particle) and not {c.lower_ for c in noun.children} & _PAST:
            talk = _told(document, verb, frame, noun, talks)
            return [] if talk is None else apart(document, talk, noun)
    for frame in frames("verb").get(lemma, ()):
        if has_particle(verb, frame.particle) and (talk := _told(document, verb, frame, None, talks)) is not None:
            return apart(document, talk, None)
    return []


def _meeting_object(verb: Token, frame: Frame) -> Token | None:
    """The noun of a meeting that is the object of a light verb ("hold **talks**"), or behind its particle ("engage in **talks**")."""
    heads = [] if is_passive(verb) and frame.id not in _RETURNED else syntax.objects(verb)
    if frame.particle:
        heads = heads + syntax.obliques(verb, frame.particle, "in", "for", "to")
    for head in heads:
        if is_meeting_noun(head):
            return head
        inner = [t for t in syntax.obliques(head, "of") if is_meeting_noun(t)]
        if inner and head.lower_ in {
            "round",
            "series",
            "set",
            "hours",
            "days",
            "hour",
            "day",
            "number",
            "couple",
            "session",
        }:
            return inner[0]
    return None


def _told(document: Document, verb: Token, frame: Frame, noun: Token | None, talks: list[Talk]) -> Talk | None:
    status = status_of(document, verb)
    if (
        status is None
        or (noun is None and frame.id in _GREETINGS and (is_reception(verb) or is_of_talks(verb)))
        or is_recurring(document, verb)
        or (frame.needs == "both" and _is_purpose(verb))
        or (is_passive(verb) and noun is None and "obj" not in frame.roles)
    ):
        return None
    if frame.id == "attend" and noun is not None and is_of_others(document, noun):
        return None
    who, body = _who(document, verb, frame, talks)
    if frame.id == "attend" and noun is not None and talks and _is_that(noun, who, talks[-1]):
        return None
    if frame.needs == "body" and not body.parties.codes:
        return None
    heads = [t for t in other_heads(verb, frame, noun) if not is_own(t) and not is_second_office(document, t)]
    if heads and all(is_of_firm(t) for t in heads):
        return None
    others = across(document, verb, frame, noun, heads, who)
    if noun is not None and len(others.codes) > 1 and _is_for_others(document, verb, noun, who):
        who = Parties()  # "Norville hosted the talks of Sutland and Ostland"
    phone = call_words(document, verb)
    if not fits(document, frame, verb, who, others, heads, bool(phone)):
        return None
    if not who.codes and (len(others.codes) > 1 or any(t.lower_ in _MIRRORS for t in heads)):
        who |= _whoever(document, verb, others, talks)
        if not who.codes and (any(t.lower_ in _MIRRORS for t in heads) or _lacks_one(document, verb, heads)):
            return None
    if not who.codes and len(others.codes) > 1 and _is_somebody_else(document, verb, others):
        return None
    if frame.id == "bring_together":
        who, others = (others, Parties()) if not is_passive(verb) else (who, Parties())
    low, high = syntax.phrase(verb, clauses=False)
    talk = Talk(
        verb, who | others, [document.span(low, high)], status, frame.format or None, verb=verb, noun=noun, actor=who
    )
    _shape(document, talk, frame, verb, phone)
    put_circumstances(document, talk, verb, noun)
    _as_journey(document, talk, verb)
    if (
        talk.place is not None
        and talk.place.name == talk.place.country
        and _is_of_guests(document.doc[talk.place.root], heads)
    ):
        talk.place = None
    if body.parties.codes:
        talk.session, talk.forum = True, talk.forum or body.forum
    face_to_face = any(_is_beside(document, t, talk) for t in talks)
    if frame.id == "speak_together" and others.codes and not face_to_face and _is_call(document, verb):
        talk.format = "phone call"
    if frame.id == "attend" and noun is not None and (union := union_of(document, noun)).codes:
        talk.parties, talk.session = Parties(union.codes, union.spans, who.persons), True
        return talk
    _complete(document, talk, verb, who, others, heads, talks)
    if not talk.actor.codes:
        rest = tuple(c for c in talk.parties.codes if c not in others.codes)
        talk.actor = Parties(rest, who.spans, who.persons)
    if noun is not None and len(talk.parties.codes) < count_of(noun) > _THREE:
        return None  # "attended the four-party summit": who else sits there is not known
    if len(talk.parties.codes) < 2:
        return talk if not heads and _of_union(document, talk, verb, frame) else None
    if frame.id in _HOSTS:
        host = who if not is_passive(verb) else side(document, syntax.agents(verb))
        talk.host = Parties(host.codes, host.spans) if len(host.codes) == 1 else None
    return talk


def _is_of_guests(root: Token, heads: list[Token]) -> bool:
    """ "Will hold a video meeting with leaders **in Norland**": where the guests are."""
    return root.head.tag_ == "NNS" and any(root.head.i == t.i for t in heads)


def _as_journey(document: Document, talk: Talk, verb: Token) -> None:
    """ "Will **fly to Norville** on Sunday **to meet** her": the day and the town of the journey, where the meeting has none."""
    going = verb.head
    if not _is_to(verb) or talk.status not in {"scheduled", ""} or not is_frame(going, "travelling"):
        return
    talk.place = talk.place or goal_of(document, going)
    day = document.when(going) if talk.date is None else None
    talk.date = day if day is not None and "/" not in day.edtf else talk.date


def _is_for_others(document: Document, verb: Token, noun: Token, who: Parties) -> bool:
    """Whether who holds the talks is only their host or go-between: a city, or a state that hosts talks **between** others."""
    if who.codes and set(who.codes) <= aside(document):
        return True
    between = side(document, syntax.obliques(noun, "between"))
    if len(between.codes) > 1 and not set(between.codes) & set(who.codes):
        return True
    if verb.lemma_ not in _HOSTING:
        return False
    return host_city(document, verb) is not None or len(side(document, syntax.obliques(noun, "between")).codes) > 1


def _is_call(document: Document, verb: Token) -> bool:
    """Whether "spoke with" by itself tells a call: no other word of the sentence says that they met ("talking to her during the meeting")."""
    met = any(is_meeting_noun(t) for t in syntax.obliques(verb, "at", "during", "in", "after"))
    there = _is_to(verb) and verb.head.pos_ in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"} and document.where(verb.head)
    return verb.tag_ != "VBG" and not met and document.where(verb) is None and not there


def _is_that(noun: Token, who: Parties, last: Talk) -> bool:
    """ "A and B will attend **the meeting**": the talks told right before, of these and others."""
    definite = any(c.lower_ in {"the", "this"} for c in noun.children)
    near = 0 <= noun.sent.start - last.token.sent.end <= _SHORT
    own = syntax.obliques(noun, "with", "between", "of", "among", "for")
    told = near and not own and not last.session
    return definite and bool(who.codes) and (set(who.codes) < set(last.parties.codes) or told)


def _is_beside(document: Document, told: Talk, talk: Talk) -> bool:
    """Whether talks in a room, with one of the same parties, were told shortly before: he who "spoke with" his host phoned nobody."""
    near = document.sentence_index(talk.token.i) - document.sentence_index(told.token.i) <= _NEAR
    return (
        near and told.format not in {"phone call", "video call"} and set(told.parties.codes) == set(talk.parties.codes)
    )


def _is_to(verb: Token) -> bool:
    """ "Is in Norville **to talk** to his counterpart"."""
    return any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.children)


def _lacks_one(document: Document, verb: Token, heads: list[Token]) -> bool:
    """ "The **summit**: the premier to meet A and B": who meets them is not known, and they do not meet one another."""
    subject = syntax.subject(verb)
    if is_passive(verb) or subject is None or not heads:
        return False
    return is_meeting_noun(subject) or document.at(subject.i, ForumMention) is not None


def _is_somebody_else(document: Document, verb: Token, others: Parties) -> bool:
    """ "**Foreign minister** meets A and B officials": one holder whose state is not known; the guests do not meet one another."""
    subject = syntax.subject(verb)
    if subject is None or is_passive(verb) or len(syntax.conjuncts(subject)) > 1:
        return False
    if subject.lower_ in {"we", "i"} and subject.i < verb.i and not side(document, [subject]).codes:
        return True
    return is_unplaced(document, subject) or (
        subject.tag_ in {"NN", "NNP"} and subject.lemma_.lower() in OFFICES and not side(document, [subject]).codes
    )


def _is_purpose(verb: Token) -> bool:
    """ "Held talks **to discuss** the border": what the talks were for, not talks of their own."""
    above = verb.head
    return (
        _is_to(verb)
        and verb.dep_ in {"advcl", "acl", "xcomp"}
        and (is_meeting_noun(above) or is_frame(above, "verb", "noun-verb"))
    )


def _shape(document: Document, talk: Talk, frame: Frame, verb: Token, phone: list[str]) -> None:
    """Format by the noun or the words for a call; what is invited to is proposed."""
    if talk.noun is not None:
        talk.format = noun_format(document, talk.noun, bool(phone))
        if talk.status == "held" and is_frame(verb, "proposing") and "obj" in frame.roles:
            talk.status = "proposed"
    talk.vague = frame.needs == "both"
    if phone and frame.needs in {"phone", "both"}:
        talk.format = phone[0]
    if talk.format is None and any(t.lower_ == "delegation" for t in other_heads(verb, frame, talk.noun)):
        talk.format = "delegation-level"


def _who(document: Document, verb: Token, frame: Frame, talks: list[Talk]) -> tuple[Parties, Body]:
    """Who meets by the subject of a verb, and the joint body that the subject names, if it is one."""
    who = _same_actor(document, verb, talks) or subjects(document, verb, talks)
    if verb.tag_ == "VBG" and syntax.subject(verb) is None and verb.head.pos_ == "VERB":
        who |= subjects(document, verb.head, talks)
    beside = side(document, syntax.obliques(verb, "besides", "apart from", "in addition to"))
    if beside.codes and set(beside.codes) < set(who.codes):
        who = Parties(tuple(c for c in who.codes if c not in beside.codes), who.spans, who.persons)
    posted = accredited_to(document, syntax.subject(verb))
    if posted.codes and set(posted.codes) < set(who.codes):
        who = Parties(tuple(c for c in who.codes if c not in posted.codes), who.spans, who.persons)
    if not who and verb.dep_ == "acl" and verb.head.lower_ in _INTENTIONS:
        who = side(document, syntax.children(verb.head, "nmod:poss")) or subjects(document, verb.head.head, talks)
    if _is_by_description(document, syntax.subject(verb), who):
        who = Parties()
    body = body_of(document, syntax.subject(verb), talks) if len(who.codes) != 1 and frame.needs != "both" else Body()
    if body.parties.codes and not who.codes:
        return body.parties, body
    return who, body if set(body.parties.codes) == set(who.codes) else Body()


def _is_by_description(document: Document, subject: Token | None, who: Parties) -> bool:
    """ "**The working group** will convene": a body by its bare noun, taken for the organisation that the text named last."""
    if subject is None or not is_body(subject) or len(who.codes) != 1 or not who.codes[0].startswith("org:"):
        return False
    return not document.within(*syntax.phrase(subject), PartyMention)


def _same_actor(document: Document, verb: Token, talks: list[Talk]) -> Parties:
    """ "He **also** met …" right after talks: he who was their subject, not the guest who was named last; else nothing."""
    subject = syntax.subject(verb)
    if subject is None or subject.lower_ not in {"he", "she", "it"} or not talks:
        return Parties()
    if not any(c.lower_ in _FURTHER for c in verb.children):
        return Parties()
    last = talks[-1]
    near = document.sentence_index(verb.i) - document.sentence_index(last.token.i) <= _NEAR
    named = document.at(subject.i, PersonMention)
    guests = {id(p) for p in last.parties.persons} - {id(p) for p in last.actor.persons}
    if not near or len(last.actor.codes) != 1 or (named is not None and id(named.person) not in guests):
        return Parties()
    return last.actor


def _whoever(document: Document, verb: Token, others: Parties, talks: list[Talk]) -> Parties:
    """The official without a state who meets "her counterparts": of the report's own state."""
    subject = syntax.subject(verb)
    return office_here(document, [subject], None, others, talks) if subject is not None else Parties()


def _of_union(document: Document, talk: Talk, verb: Token, frame: Frame) -> bool:
    """Whether the members of an organisation meet ("NORTO foreign ministers met in Oslo"): a session with the organisation as party."""
    head = syntax.subject(verb)
    if (
        head is None
        or (frame.id not in _GATHERING and talk.noun is None)
        or len(talk.parties.codes) != 1
        or not talk.parties.codes[0].startswith("org:")
    ):
        return False
    party = document.at(head.i, PartyMention)
    whole = party is not None and (
        party.form == "organisation" or (party.form == "body" and party.code.startswith("org:"))
    )
    if any(c.dep_ == "cc" for t in head.subtree if t.i < verb.i for c in t.children):
        return False  # "union and Sutlandish negotiators will meet": not the union by itself
    if not (whole or (head.tag_ in {"NNS", "NNPS"} and head.lower_ in _MEMBERS)) or not (talk.date or talk.place):
        return False
    talk.session, talk.format = True, talk.format or "multilateral"
    return True


def _complete(
    document: Document, talk: Talk, verb: Token, who: Parties, others: Parties, heads: list[Token], talks: list[Talk]
) -> None:
    """Adds a side that the words leave open: an office of the place where they meet, the report's own office."""
    if len(talk.parties.codes) > 1:
        return
    subject = syntax.subject(verb)
    if not talk.parties.codes and heads and subject is not None:
        talk.parties |= _again(document, verb, subject, heads, talks)
    if not talk.parties.codes:
        if len(talk.parties.persons) == 2 and any(p.office for p in talk.parties.persons):
            talk.parties |= two_states(document)
    elif who.codes and not others.codes and not heads and subject is not None and subject.lower_ == "we":
        pair = in_focus(document, subject, talks)
        talk.parties = pair if set(who.codes) < set(pair.codes) else talk.parties
    elif who.codes and not others.codes and (heads or not who.codes[0].startswith("org:")):
        talk.parties |= _sent(document, subject, heads, who) or office_here(document, heads, talk.place, who, talks)
    elif others.codes and not who.codes and subject is not None:
        talk.parties |= office_here(document, [subject], None, others, talks)
    people = [t for t in heads if is_unplaced(document, t) or is_official(document, side(document, [t]))]
    if (
        len(talk.parties.codes) < 2
        and people
        and subject is not None
        and talk.parties.persons
        and is_likely(document, verb, talk.noun, *syntax.objects(verb))
    ):
        likely = likely_sides(document, talk.noun or verb, verb)
        added = set(likely.codes) - set(talk.parties.codes)
        of_body = added and all(c.startswith("org:") for c in added) and is_of_state(document, subject)
        talk.parties |= likely if set(talk.parties.codes) <= set(likely.codes) and not of_body else Parties()


def _again(document: Document, verb: Token, subject: Token, heads: list[Token], talks: list[Talk]) -> Parties:
    """ "He also met the vice minister", of a visit: the two parties of the talks right before, when both sides are officials without state."""
    if not talks or len(talks[-1].parties.codes) != 2 or talks[-1].session:
        return Parties()
    near = document.sentence_index(verb.i) - document.sentence_index(talks[-1].token.i) <= _NEAR
    person = document.at(subject.i, PersonMention)
    same = person is not None and any(p is person.person for p in talks[-1].parties.persons)
    if not near or not same or not any(is_unplaced(document, t) for t in heads):
        return Parties()
    guests = tuple(m.person for t in heads if (m := document.at(t.i, PersonMention)) is not None)
    people = (person.person, *guests) if person is not None else guests
    return Parties(talks[-1].parties.codes, talks[-1].parties.spans, people)


def _sent(document: Document, subject: Token | None, heads: list[Token], known: Parties) -> Parties:
    """ "The ambassador **to Norland** called on the minister": the minister is of the state that the envoy is sent to."""
    there = accredited_to(document, subject)
    if not there.codes or set(there.codes) & set(known.codes) or not any(is_unplaced(document, t) for t in heads):
        return Parties()
    people = tuple(m.person for t in heads if (m := document.at(t.i, PersonMention)) is not None)
    return Parties(there.codes, there.spans, people)
