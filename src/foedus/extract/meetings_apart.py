"""One telling of several meetings: "held separate meetings with A and B", "meets his counterparts from A, B and C"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.extract.circumstances import actors_before
from foedus.extract.meetings_listed import listed_after
from foedus.extract.meetings_parties import side
from foedus.language import syntax
from foedus.mentions.model import DateMention, Parties, PersonMention

if TYPE_CHECKING:
    from foedus.extract.meetings_talk import Talk
    from foedus.language.doc import Token
    from foedus.mentions import Document

_FELLOWS = {"counterparts", "colleagues", "homologues", "peers"}
_MEETINGS = {"meetings", "bilaterals", "calls", "conversations", "sessions", "audiences", "encounters"}
_SINGLE = {"separate", "individual", "bilateral", "one-on-one", "separately", "individually"}
_TOGETHER = {"joint", "together", "jointly", "trilateral", "quadrilateral", "tripartite", "three-way", "four-way", "multilateral", "collectively", "group"}  # fmt: skip
_SEES = {"meet", "see", "receive", "call", "hold", "have", "pay", "confer", "speak"}
_HOSTS = {"host", "receive", "welcome", "greet"}
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PAIR = 2
_MANY = 3
_REACH = 8


def apart(document: Document, talk: Talk, noun: Token | None) -> list[Talk]:
    """The talks with each of several counterparts, where the words say or imply that each was met alone; else the talks as told."""
    actor = _actor(document, talk, noun)
    groups = _further(document, talk.token, actor)
    everybody = talk
    for group in groups:
        everybody = replace(everybody, parties=everybody.parties | group)
    if len(actor.codes) == 1 and len(days := _by_day(document, everybody, actor)) > 1:
        return [replace(_with_one(everybody, actor.codes[0], code), date=day) for code, day in days.items()]
    if groups and len(actor.codes) == 1:
        return _each_group(talk, actor, groups)
    others = [c for c in talk.parties.codes if c not in actor.codes]
    if len(actor.codes) == len(others) == 1 and len(guests := _named_guests(document, talk, noun, others[0])) > 1:
        return [_with_guest(talk, guests, guest) for guest in guests]
    if len(actor.codes) != 1 or len(others) < 2 or not _is_each(talk, noun, len(others)):
        return [talk]
    return [_with_one(talk, actor.codes[0], code) for code in others]


def _named_guests(document: Document, talk: Talk, noun: Token | None, code: str) -> list[PersonMention]:
    """Those of one state whom somebody of another sees, each by name and office: "saw **President A and**, for two hours, **Minister B**"."""
    verb = talk.token
    words = {c.lower_ for base in (verb, noun) if base is not None for c in base.children}
    if verb.lemma_ not in _SEES or words & _TOGETHER or _is_one_sitting(noun):
        return []
    known = {id(p) for p in talk.parties.persons}
    found = dict[int, PersonMention]()
    for mention in document.within(verb.i, document.sentence(verb.i)[1], PersonMention):
        if found and any(t.pos_ == "VERB" for t in document.doc[list(found.values())[-1].last : mention.first]):
            break
        if id(mention.person) in known and mention.form == "name" and mention.person.party in {code, None}:
            found.setdefault(id(mention.person), mention)
    guests = list(found.values())
    return guests if all(m.person.name and m.person.office for m in guests) else []


def _with_guest(talk: Talk, guests: list[PersonMention], guest: PersonMention) -> Talk:
    """The talks with one of them; all but the first begin with their own name."""
    gone = {id(m.person) for m in guests if m is not guest}
    people = tuple(p for p in talk.parties.persons if id(p) not in gone)
    spans = list(talk.spans) if guest is guests[0] else [*talk.spans, guest.span]
    parties = Parties(talk.parties.codes, talk.parties.spans, people)
    return replace(talk, parties=parties, spans=spans, topics=list(talk.topics))


def apart_by_noun(document: Document, talk: Talk, noun: Token) -> list[Talk]:
    """ "**Separate meetings between** the president and his counterparts of A and B": one with each; else the talks as told."""
    words = {c.lower_ for c in noun.children}
    if noun.tag_ != "NNS" or not words & {"separate", "individual"} or len(talk.parties.codes) <= _PAIR:
        return [talk]
    heads = syntax.obliques(noun, "between", "of", "by")
    first = side(document, heads[:1])
    if len(first.codes) != 1:
        return [talk]
    return [_with_one(talk, first.codes[0], code) for code in talk.parties.codes if code != first.codes[0]]


def _by_day(document: Document, talk: Talk, actor: Parties) -> dict[str, DateMention]:
    """Party -> its own day, where each of the guests has one: "meets A on Monday **and B on Tuesday**"; {} otherwise."""
    verb, high = talk.token, document.sentence(talk.token.i)[1]
    days = [
        d for d in document.within(verb.i + 1, high, DateMention) if d.role == "at" and len(d.edtf) == len("2024-01-01")
    ]
    if len({d.edtf for d in days}) < 2:
        return {}
    found: dict[str, DateMention] = {}
    at = verb.i + 1
    for day in days:
        named = document.parties_in(at, day.first)
        codes = [c for c in named.codes if c in talk.parties.codes and c not in actor.codes]
        if (
            len(codes) == 1
            and codes[0] not in found
            and not any(t.pos_ == "VERB" for t in document.doc[at : day.first])
        ):
            found[codes[0]] = day
        at = day.last
    return found if len({d.edtf for d in found.values()}) == len(found) else {}


def _further(document: Document, verb: Token, actor: Parties) -> list[Parties]:
    """Those behind a further "with" of a verb: "spoke with A and, an hour later, **with B**", wherever the parser hung them."""
    high = document.sentence(verb.i)[1]
    found, seen = list[Parties](), False
    for token in document.doc[verb.i + 1 : high]:
        if token.pos_ == "VERB":
            break
        if token.lower_ != "with" or token.pos_ != "ADP":
            continue
        joined = seen and "and" in {t.lower_ for t in document.doc[max(verb.i, token.i - _REACH) : token.i]}
        group = listed_after(document, token.i + 1, high) if joined else Parties()
        if group.codes and not set(group.codes) & set(actor.codes):
            found.append(group)
        seen = True
    return found


def _each_group(talk: Talk, actor: Parties, groups: list[Parties]) -> list[Talk]:
    """The talks with the first guests, and one with each further group."""
    later = {code for group in groups for code in group.codes}
    first = [c for c in talk.parties.codes if c not in later and c not in actor.codes]
    made = [_with_one(talk, actor.codes[0], code) for code in first]
    for group in groups:
        one = _with_one(talk, actor.codes[0], group.codes[0])
        people = tuple(p for p in talk.parties.persons if p.party == actor.codes[0])
        made.append(replace(one, parties=actor | group | Parties((), (), people)))
    return made


def _actor(document: Document, talk: Talk, noun: Token | None) -> Parties:
    verb = talk.token
    actor = actors_before(document, verb)
    if not actor.codes or set(actor.codes) == set(talk.parties.codes):
        actor = talk.actor
    if not actor.codes:
        heads = _fellows(verb)
        there = side(document, heads or syntax.obliques(noun if noun is not None else verb, "with"))
        actor = Parties(tuple(c for c in talk.parties.codes if c not in there.codes))
    return actor


def _fellows(verb: Token) -> list[Token]:
    return [t for t in [*syntax.objects(verb), *syntax.obliques(verb, "with")] if t.lower_ in _FELLOWS]


def _is_each(talk: Talk, noun: Token | None, count: int) -> bool:
    """Whether each of several was met alone: by "separately", by a plural of meetings, by a list of many."""
    verb = talk.token
    words = {c.lower_ for base in (verb, noun) if base is not None for c in base.children}
    if words & {"separately", "individually"} or _is_repeated(verb, noun):
        return True
    if words & _TOGETHER or _is_one_sitting(noun):
        return False
    if _is_counted(talk, count):
        return True
    if verb.lemma_ == "speak" and noun is None and _is_named_each(talk, count):
        return True
    if noun is not None and noun.tag_ == "NNS":
        apart = bool(words & _SINGLE) or noun.lower_ in _MEETINGS
        if apart and {"with", "to"} & {syntax.preposition(t) for t in [*verb.children, *noun.children]}:
            return True
    fellows = _fellows(verb)
    if verb.lemma_ in _HOSTS:
        return False
    near = verb.doc[verb.i + 1 : min(verb.i + _REACH, len(verb.doc))]
    if verb.lemma_ == "meet" and any(_are_of_several(t) for t in near if t.lower_ in _FELLOWS):
        return True
    if any(syntax.obliques(t, "from", "of") for t in fellows):
        return True
    if noun is not None or syntax.is_passive(verb) or verb.lemma_ != "meet":
        return False
    return count >= _MANY and (not fellows or sum(p.party is not None for p in talk.parties.persons) > _MANY)


def _is_named_each(talk: Talk, count: int) -> bool:
    """ "Has spoken to the Norlandish premier, **X**, and the Sutlandish president, **Y**": each by his own name, so each on a line of his own."""
    guests = [p.party for p in talk.parties.persons if p.name and p.party not in talk.actor.codes]
    return len(guests) == len(set(guests)) == count and None not in guests


def _is_one_sitting(noun: Token | None) -> bool:
    """ "Will hold **a meeting** with her counterparts from A, B and C": one occasion, of all."""
    return noun is not None and noun.tag_ == "NN" and any(c.lower_ in {"a", "an", "the"} for c in noun.children)


def _is_counted(talk: Talk, count: int) -> bool:
    """ "Received **three delegations** from A, B and C": as many guests as states."""
    things = [t for t in syntax.objects(talk.token) if t.tag_ in {"NNS", "NNPS"}]
    return any(_NUMBERS.get(c.lower_, 0) == count for t in things for c in t.children)


def _are_of_several(fellows: Token) -> bool:
    """ "Her counterparts Amina Wekesa **of** Kenya and Kofi Boateng **of** Ghana": each named with a state of his own."""
    behind = [t for t in fellows.doc[fellows.i + 1 : fellows.sent.end] if t.pos_ == "ADP"]
    return sum(t.lower_ == "of" and t.head.pos_ == "PROPN" for t in behind[:3]) > 1


def _is_repeated(verb: Token, noun: Token | None) -> bool:
    """ "Spoke **with** A and, an hour later, **with** B": each behind a preposition of its own."""
    heads = [t for base in (verb, noun) if base is not None for t in syntax.obliques(base, "with")]
    return sum(any(c.dep_ == "case" and c.lower_ == "with" for c in t.children) for t in heads) > 1


def _with_one(talk: Talk, actor: str, code: str) -> Talk:
    return replace(
        talk,
        parties=Parties(
            tuple(sorted({actor, code})),
            talk.parties.spans,
            tuple(p for p in talk.parties.persons if p.party in {code, actor}),
        ),
        spans=list(talk.spans),
        topics=list(talk.topics),
        confidence=talk.confidence - 0.05,
    )
