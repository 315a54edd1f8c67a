"""Several tellings of one meeting -> one, where nothing keeps them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_days import SAME_DAY
from foedus.extract.meetings_parties import is_holder
from foedus.extract.meetings_talk import Talk
from foedus.extract.meetings_words import is_frame, is_meeting_noun
from foedus.language import syntax
from foedus.mentions.model import DateMention, Parties, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_TO_COME = {"scheduled", "proposed"}
_BESIDE = 4
_DAY = len("2024-05-01")
_HELD = {"held", "under way", ""}
_COUNTED = {"after", "before", "following", "ahead of", "since"}
_AUDIENCES = {"receive", "call", "phone", "telephone", "welcome"}


def unite(document: Document, talks: list[Talk]) -> list[Talk]:
    """Every meeting once, in text order, with what all its tellings give."""
    kept: list[Talk] = []
    for talk in talks:
        _as_session(talk)
    for talk in sorted(talks, key=lambda t: t.token.i):
        alike = (k for k in reversed(kept) if same(k, talk) and not _is_long_ago(document, k, talk))
        known = next(alike, None) or _wider(document, kept, talk)
        known = known or _of_agenda(document, kept, talk)
        if known is None:
            kept.append(talk)
            continue
        known.spans += talk.spans
        known.parties = _sitting(known, talk)
        known.session = known.session or talk.session
        known.date = _finer(known, talk)
        known.place = _nearer(known.place, talk.place)
        known.forum = known.forum or talk.forum
        known.occasion = known.occasion or talk.occasion
        known.host = known.host or talk.host
        known.format = known.format or talk.format
        known.status = talk.status if not known.status else known.status
        known.topics += [t for t in talk.topics if t[0] not in {x[0] for x in known.topics}]
        known.headline = known.headline and talk.headline
        known.readers = tuple(dict.fromkeys(known.readers + talk.readers))
        known.confidence = min(0.9, max(known.confidence, talk.confidence) + 0.05)
    kept = [talk for talk in kept if not _is_summary(talk, kept)]
    for talk in kept:
        talk.status = talk.status or ("held" if talk.headline else "scheduled")
    return kept


def _is_long_ago(document: Document, one: Talk, other: Talk) -> bool:
    """ "The ministers discussed … The last meeting was held in March 2018": a session of long ago, and talks that the report is about."""
    old, new = (one, other) if one.session else (other, one)
    day = document.report.published_on
    if one.session == other.session or old.date is None or new.date is not None or not day or len(old.date.edtf) < _DAY:
        return False
    months = [int(d[:4]) * 12 + int(d[5:7]) for d in (day, old.date.edtf) if d[:4].isdigit() and d[5:7].isdigit()]
    return len(months) == 2 and months[0] - months[1] > 1


def _as_session(talk: Talk) -> None:
    """ "The president is taking part in **the 30th summit of the union**": the union's session, not talks of him with it."""
    code = talk.forum.code if talk.forum is not None else _assembly(talk)
    if code is None or len(talk.parties.codes) != 2 or code not in talk.parties.codes:
        return
    people = tuple(p for p in talk.parties.persons if p.party == code)
    talk.parties, talk.session = Parties((code,), talk.parties.spans, people), True


def _assembly(talk: Talk) -> str | None:
    """The one organisation of a summit or conference that a state hosts or goes to, not talks of the two: "the September **summit** in Norville"."""
    noun = talk.noun or talk.token
    bodies = [code for code in talk.parties.codes if code.startswith("org:")]
    if noun.lower_ not in {"summit", "conference"} or len(bodies) != 1:
        return None
    return None if any(syntax.obliques(t, "with", "between") for t in (noun, talk.verb) if t is not None) else bodies[0]


def _sitting(known: Talk, talk: Talk) -> Parties:
    """Everybody of two tellings; of a session and another telling of it, who sits in the session."""
    if known.session == talk.session or set(known.parties.codes) == set(talk.parties.codes):
        return known.parties | talk.parties
    session, other = (known, talk) if known.session else (talk, known)
    people = tuple(p for p in other.parties.persons if p.party in session.parties.codes)
    return session.parties | Parties((), (), people)


def _wider(document: Document, kept: list[Talk], talk: Talk) -> Talk | None:
    """The talks of three or more told right before, when "they discussed" tells some of the same states and nothing of its own."""
    last = kept[-1] if kept else None
    if last is None or not talk.vague or talk.noun is not None or talk.place is not None or len(last.parties.codes) < 3:
        return None
    told = next(iter(document.tokens_in(last.spans[-1:])), last.token)
    near = document.sentence_index(talk.token.i) - document.sentence_index(told.i) <= _BESIDE
    known = {id(p) for p in last.parties.persons or talk.parties.persons}
    alike = (last.status in _HELD) == (talk.status in _HELD) and all(id(p) in known for p in talk.parties.persons)
    return last if near and alike and set(talk.parties.codes) < set(last.parties.codes) else None


def _of_agenda(document: Document, kept: list[Talk], talk: Talk) -> Talk | None:
    """ "A met B on Monday. The two **would discuss** trade, her office said": what the talks told right before were for."""
    last = kept[-1] if kept else None
    if last is None or not talk.vague or talk.status != "scheduled" or talk.date or talk.place or talk.verb is None:
        return None
    near = document.sentence_index(talk.token.i) - document.sentence_index(last.token.i) <= _BESIDE
    would = any(c.lower_ == "would" for c in talk.verb.children)
    return (
        last
        if near and would and last.status == "held" and set(last.parties.codes) == set(talk.parties.codes)
        else None
    )


def _is_summary(talk: Talk, kept: list[Talk]) -> bool:
    """Whether a telling of one with many ("meets his counterparts of A and B") only sums up talks that are told one by one."""
    others = set(talk.parties.codes) - set(talk.actor.codes)
    if talk.session or talk.verb is None or len(talk.actor.codes) != 1 or len(others) < 2:
        return False
    pairs = [set(t.parties.codes) for t in kept if t is not talk and len(t.parties.codes) == 2]
    told = [{*talk.actor.codes, code} in pairs for code in others]
    return all(told) or (talk.headline and any(told))


def _finer(known: Talk, talk: Talk) -> DateMention | None:
    """The narrower of two dates that agree: a day rather than a month or the days of a visit, the first told when alike."""
    dates = [d for d in (known.date, talk.date) if d is not None]
    return min(dates, key=lambda d: ("/" in d.edtf, -len(d.edtf)), default=None)


def _nearer(known: PlaceMention | None, other: PlaceMention | None) -> PlaceMention | None:
    """The town rather than only its state; the place told first when alike."""
    if known is None or other is None:
        return known or other
    return other if known.country == known.name and other.country == known.country else known


def same(one: Talk, other: Talk) -> bool:
    """Whether two tellings can be of one meeting: the same parties, and nothing that keeps them apart."""
    if _one_edition(one, other):
        return True
    if one.session != other.session and not _one_forum(one, other):
        if one.forum is not None and other.forum is not None and not _one_name(one.forum.name, other.forum.name):
            return False
        if len(one.parties.codes) < 2 or len(other.parties.codes) < 2:
            return False
    if set(one.parties.codes) != set(other.parties.codes) and not _one_forum(one, other):
        return False
    open_ = not one.status or not other.status
    if {one.status, other.status} == {"cancelled", "scheduled"}:
        return False
    if (not open_ and (one.status in _HELD) != (other.status in _HELD)) or _told_apart(one, other):
        return False
    if _of_others(one, other) or _of_others(other, one):
        return False
    if _at_another_hour(one, other):
        return False
    if _is_beside_session(one, other) or _other_guests(one, other) or _is_many(one) != _is_many(other):
        return False
    return not (
        _dates_differ(one, other)
        or _places_differ(one, other)
        or _kinds_differ(one, other)
        or _people_differ(one, other)
        or _editions_differ(one, other)
    )


def _of_others(one: Talk, other: Talk) -> bool:
    """ "They will hold the next round in May. **Experts** will meet before": people told anew, who will not sit where others will."""
    if one.status not in _TO_COME or other.status not in _TO_COME or one.verb is None or other.verb is None:
        return False
    fresh, own = (next(iter(syntax.agents(verb)), None) for verb in (one.verb, other.verb))
    if fresh is None or own is None or fresh.pos_ != "NOUN" or own.pos_ == "PRON" or fresh.lemma_ == own.lemma_:
        return False
    words = {c.lower_ for c in fresh.children if c.dep_ in {"det", "nmod:poss", "nummod"}}
    return bool(words & {"a", "an"}) or (fresh.tag_ == "NNS" and not words)


def _at_another_hour(one: Talk, other: Talk) -> bool:
    """ "**On the same day** the guest was received by the minister": another meeting than that of the sentences before."""
    where = other.token.sent
    if other.vague or one.headline or one.token.i >= where.start:
        return False
    low = where.start_char
    found = SAME_DAY.search(where.text)
    return found is not None and low + found.start() < other.token.idx


def _is_many(talk: Talk) -> bool:
    """ "They **have met three times** since May": several occasions, none of which is the one of another sentence."""
    verb = talk.verb
    return (
        verb is not None and talk.noun is None and any(c.lower_ in {"times", "twice", "thrice"} for c in verb.children)
    )


def _is_beside_session(one: Talk, other: Talk) -> bool:
    """A session, and an audience that somebody gave in its days: "received", "called on" tell no session."""
    if one.session == other.session:
        return False
    verb = (other if one.session else one).verb
    paid = verb is not None and verb.lemma_ == "pay" and is_frame(verb, "verb")
    return paid or (verb is not None and verb.lemma_ in _AUDIENCES and (other if one.session else one).noun is None)


def _other_guests(one: Talk, other: Talk) -> bool:
    """ "Called on **the president**. Later he had talks with **the vice minister**": each names people whom the other does not."""
    if _new_people(one, other):
        return True
    guests = [_guests(talk) for talk in (one, other)]
    known = [{id(p) for p in talk.parties.persons} for talk in (one, other)]
    return bool(guests[0] and guests[1]) and not guests[0] & known[1] and not guests[1] & known[0]


def _new_people(one: Talk, other: Talk) -> bool:
    """ "She met **the minister, A**. She was then received by **the president, B**": the second names somebody new and not the first's guest."""
    if one.session or other.session or other.vague or one.headline:
        return False
    people, fresh = ({id(p): p for p in talk.parties.persons if p.name} for talk in (one, other))
    left = {key for key in _guests(one) if key in people and key not in fresh}
    return bool(left) and any(key not in people for key in fresh)


def _guests(talk: Talk) -> set[int]:
    """The persons of a telling that are not among those who do it."""
    if talk.verb is None or not talk.actor:
        return set()
    return {id(p) for p in talk.parties.persons} - {id(p) for p in talk.actor.persons}


def _told_apart(one: Talk, other: Talk) -> bool:
    """ "A and B met after A had called on the president": two meetings in one sentence."""
    if _counted_from(one, other) or _counted_from(other, one) or _calls_on_another(one, other):
        return True
    verbs = [t.verb for t in (one, other) if t.verb is not None]
    if len(verbs) < 2:
        return False
    if _both_named(verbs[0], verbs[1]):
        return True
    if _on_its_own(verbs[-1]) and _counterpart(verbs[-1]) and _counterpart(verbs[0]) and _new_guest(one, other):
        return True
    return any(
        a.dep_ == "advcl"
        and b in a.ancestors
        and any(c.dep_ == "mark" and c.lower_ in {"after", "before"} for c in a.children)
        for a, b in (verbs, verbs[::-1])
    )


def _counted_from(one: Talk, other: Talk) -> bool:
    """ "A met B two days **after the meeting of** C **with** D": what the time of the first is counted from, with people of its own."""
    noun = other.token
    if one.verb is None or other.verb is not None or one.verb.i == noun.i or one.verb not in noun.ancestors:
        return False
    own = syntax.obliques(noun, "of", "with", "between")
    return syntax.preposition(noun) in _COUNTED and any(t.pos_ == "PROPN" or is_holder(t) for t in own)


def _calls_on_another(one: Talk, other: Talk) -> bool:
    """ "The two held talks. The commodore **also** paid a call on **the governor**": a guest of whom the first telling knows nothing."""
    verb = other.verb
    if verb is None or one.session or other.vague or not _on_its_own(verb) or not _counterpart(verb):
        return False
    return bool(_guests(other) - {id(p) for p in one.parties.persons})


def _on_its_own(verb: Token) -> bool:
    """ "**Later** the general met …", "**Separately**, he called on …"."""
    words = {c.lower_ for c in verb.children} | {
        t.lower_ for c in verb.children if c.dep_.startswith(("obl", "advmod")) for t in c.subtree
    }
    return bool(
        words & {"later", "separately", "afterwards", "meanwhile", "subsequently", "also", "evening", "afternoon"}
    )


def _new_guest(one: Talk, other: Talk) -> bool:
    """Whether the second telling names a guest other than the one whom the first names."""
    shared = {id(p) for p in one.parties.persons} & {id(p) for p in other.parties.persons}
    first = [p for p in one.parties.persons if id(p) not in shared]
    second = [p for p in other.parties.persons if id(p) not in shared]
    return any(a.party is None or b.party is None or a.party == b.party for a in first for b in second)


def _both_named(one: Token, other: Token) -> bool:
    """ "Held talks with A and called on B": coordinated verbs, each with its own counterpart."""
    if syntax.first_conjunct(one).i != syntax.first_conjunct(other).i or one.i == other.i:
        return False
    return all(_counterpart(verb) for verb in (one, other))


def _counterpart(verb: Token) -> bool:
    nouns = [t for t in syntax.objects(verb) if is_meeting_noun(t)] if not syntax.is_passive(verb) else []
    heads = [t for base in (verb, *nouns) for t in syntax.obliques(base, "with", "on", "by")]
    heads += [t for t in syntax.objects(verb) if t not in nouns]
    return any(t.pos_ == "PROPN" or is_holder(t) for t in heads)


def _one_forum(one: Talk, other: Talk) -> bool:
    return (
        one.session
        and other.session
        and one.forum is not None
        and other.forum is not None
        and one.forum.name == other.forum.name
    )


def _one_name(one: str, other: str) -> bool:
    """Whether one name of a series ends with the other: "Trilateral Summit", "Norland-Sutland-Ostland Trilateral Summit"."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return long.endswith(short)


def _one_edition(one: Talk, other: Talk) -> bool:
    """The same numbered session under a longer and a shorter name: "the 35th session of the commission … the 35th A–B Commission"."""
    if (
        one.forum is None
        or other.forum is None
        or one.forum.edition is None
        or one.forum.edition != other.forum.edition
    ):
        return False
    short, long = sorted((one.forum.name, other.forum.name), key=len)
    alike = long.lower().endswith(short.lower()) or _stands_for(short.split()[-1], long)
    codes = set(one.parties.codes), set(other.parties.codes)
    return alike and (
        codes[0] == codes[1] or (one.session != other.session and (codes[0] < codes[1] or codes[1] < codes[0]))
    )


def _stands_for(acronym: str, name: str) -> bool:
    """Whether a word in capitals is made of the first letters of the last words of a name."""
    initials = "".join(w[0] for w in name.split() if w[0].isupper())
    return acronym.isupper() and len(acronym) > 2 and initials.endswith(acronym)


def _editions_differ(one: Talk, other: Talk) -> bool:
    if one.forum is None or other.forum is None:
        return False
    return (
        one.forum.edition is not None and other.forum.edition is not None and one.forum.edition != other.forum.edition
    )


def _dates_differ(one: Talk, other: Talk) -> bool:
    if one.date is None or other.date is None:
        return False
    a, b = sorted((one.date.edtf, other.date.edtf), key=len)
    if b.startswith(a):
        return False
    if "/" in b and len(a) == 10:
        first, _, last = b.partition("/")
        return not first <= a <= last
    return True


def _places_differ(one: Talk, other: Talk) -> bool:
    if one.place is None or other.place is None or one.place.value == other.place.value:
        return False
    return not (one.place.country == other.place.country and one.place.country in (one.place.name, other.place.name))


def _kinds_differ(one: Talk, other: Talk) -> bool:
    calls = {"phone call", "video call"}
    formats = (one.format, other.format)
    if set(formats) == calls and (one.headline or other.headline):
        return False
    if formats[0] != formats[1] and any(f in calls for f in formats):
        return not any(t.format is None and _can_be_call(t) for t in (one, other))
    return False


def _can_be_call(talk: Talk) -> bool:
    """ "They discussed the border", "the conversation between A and B": words that a call can be told by too."""
    return talk.vague or (
        talk.place is None and talk.token.lemma_ in {"conversation", "talk", "speak", "discussion", "exchange"}
    )


def _people_differ(one: Talk, other: Talk) -> bool:
    for code in {*one.parties.codes, *other.parties.codes}:
        people = {id(p) for p in one.parties.persons if p.party == code}
        others = {id(p) for p in other.parties.persons if p.party == code}
        if people and others and len(people & others) < min(len(people), len(others)):
            return True
    return False
