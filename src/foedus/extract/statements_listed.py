"""Who speak together by a plural noun: "the foreign ministers of Peru, Chile and Bolivia said", and later "the Ministers stressed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.statements_speaker import SEVERAL, Speaker, of_parties
from foedus.mentions.model import OfficeMention, PartyMention, PersonMention, Someone
from foedus.mentions.offices_words import is_rank, singular
from foedus.record import Person, Span

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_JOINING = {",", "and", "the", "of", "plus", "&", "as", "well"}
_MEMBERS = {"countries", "states", "nations", "members", "participants", "leaders", "heads", "representatives"}
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_FARTHEST = 9
"""Tokens between a plural and the "of" behind which the states stand ("ministers of foreign affairs of")."""


def is_plural_office(head: Token) -> bool:
    """Whether the noun is a plural for holders of an office or for those whom states send ("ministers", "leaders")."""
    low = head.lower_
    return (head.tag_ in {"NNS", "NNPS"} and is_rank(low)) or low in _MEMBERS


def listed(document: Document, head: Token) -> list[PartyMention]:
    """The parties behind "of" or "from" after a plural noun, or as adjectives in front of it; [] for fewer than two."""
    doc, high = document.doc, document.sentence(head.i)[1]
    start = head.i + 1
    while start < min(high - 1, head.i + _FARTHEST):
        token = doc[start]
        if token.pos_ in {"VERB", "AUX"} or token.is_punct:
            return _in_front(document, head)
        at = start + 1 + (doc[start + 1].lower_ == "the")
        if token.lower_ in {"of", "from"} and document.at(at, PartyMention) is not None:
            return _distinct(_from(document, start + 1, high))
        start += 1
    return _in_front(document, head)


def _from(document: Document, at: int, high: int) -> list[PartyMention]:
    """The parties named one after the other from token `at` on."""
    doc, found = document.doc, []
    while at < high:
        party, office = document.at(at, PartyMention), document.at(at, OfficeMention)
        if party is not None:
            found.append(party)
            at = party.last
        elif doc[at].lower_ in _JOINING:
            at += 1
        elif office is not None and office.party is not None and office.party_span is not None:
            found += document.within(office.first, office.last, PartyMention)[:1]
            at = office.last
        else:
            break
    return found


def _in_front(document: Document, head: Token) -> list[PartyMention]:
    """The parties of "the Peruvian and Chilean foreign ministers"."""
    doc, low = document.doc, document.sentence(head.i)[0]
    at, found = head.i - 1, []
    while at >= low and head.i - at < _FARTHEST:
        party = document.at(at, PartyMention)
        if party is not None and party.form == "adjective":
            found.append(party)
            at = party.first - 1
        elif doc[at].pos_ in {"NOUN", "PROPN", "ADJ"} or (found and doc[at].lower_ in {"and", ","}):
            at -= 1
        else:
            break
    return _distinct(found[::-1])


def _distinct(found: list[PartyMention]) -> list[PartyMention]:
    once = list({m.code: m for m in reversed(found)}.values())[::-1]
    return once if len(once) > 1 else []


def speak_together(document: Document, head: Token) -> Speaker | None:
    """Those whose states the phrase of a plural noun lists, or who were so listed before "the Ministers"; None for all others."""
    if not is_plural_office(head) and head.lower_ not in SEVERAL:
        return None
    own = listed(document, head)
    if own:
        return _speaker(document, head, head, own)
    before = {c.lower_ for c in head.children if c.i < head.i and c.dep_ != "case"}
    if not before & {"the", "these", "both", "all"} or any(
        document.at(c.i, PartyMention) is not None for c in head.children
    ):
        return None
    return listed_before(document, head, next((_COUNTS[w] for w in before if w in _COUNTS), 0))


def listed_before(document: Document, head: Token, count: int = 0) -> Speaker | None:
    """The last who were listed before token `head`, by states or by name, `count` of them when it is given; None for none.

    For a plural of an office, only holders of it ("the Ministers": not "the Presidents of Peru and Chile").
    """
    doc = document.doc
    rank = singular(head.lower_) if is_plural_office(head) and head.lower_ not in _MEMBERS else ""
    for low, high in reversed(document.sentences[: document.sentence_index(head.i)]):
        people = _people(document, low, high, rank)
        if len(people) > 1 and count in {0, len(people)}:
            return _of_people(head, people)
        for token in doc[low:high]:
            if not is_plural_office(token) or (rank and singular(token.lower_) != rank):
                continue
            found = listed(document, token)
            if found and count in {0, len(found)}:
                return _speaker(document, head, token, found)
    return None


def _people(document: Document, low: int, high: int, rank: str) -> list[PersonMention]:
    """Persons of different parties with an office of that rank who are named in one sentence."""
    found: dict[str, PersonMention] = {}
    for mention in document.within(low, high, PersonMention):
        who = mention.person
        if mention.form == "name" and who.party and who.office and rank in who.office.lower().split():
            found.setdefault(who.party, mention)
    return list(found.values()) if rank else []


def _of_people(head: Token, people: list[PersonMention]) -> Speaker:
    own = (head.idx, head.idx + len(head.text))
    spans = [own, *(s for m in people for s in (m.span, *m.person.evidence()))]
    return Speaker([m.person.record() for m in people], spans, head.i, head.i + 1, (), True)


def _speaker(document: Document, head: Token, named: Token, parties: list[PartyMention]) -> Speaker:
    """The holders by name where the report names one for each party, else the parties."""
    rank = singular(named.lower_)
    holders = [_holder(document, rank, m.code) for m in parties]
    known = [who for who in holders if who is not None]
    if len(known) == len(parties) and rank:
        own = (head.idx, head.idx + len(head.text))
        spans = [own, *(m.span for m in parties), *(s for who in known for s in who.evidence())]
        return Speaker([who.record() for who in known], spans, head.i, head.i + 1, (), head.i != named.i)
    found = of_parties(document, [m.code for m in parties], head, [m.span for m in parties])
    if (
        is_rank(named.lower_) and named.lower_ not in _MEMBERS
    ):  # one holder for each party, whom the report does not name
        words, span = _office_words(document, named, parties)
        found.persons = [Person(None, words, m.code) for m in parties]
        found.spans.append(span)
    found.pronoun = head.i != named.i
    return found


def _office_words(document: Document, head: Token, parties: list[PartyMention]) -> tuple[str, Span]:
    """The office of one of those whom the plural names, and where it stands ("ministers of foreign affairs of Peru and Chile")."""
    doc, low = document.doc, document.sentence(head.i)[0]
    first, last = head.i, head.i + 1
    while first > low and doc[first - 1].dep_ in {"amod", "compound"} and document.at(first - 1, PartyMention) is None:
        first -= 1
    while first < head.i and doc[first].lower_ in _COUNTS:
        first += 1
    if parties[0].first > last:
        last = next((t.i for t in reversed(doc[last : parties[0].first]) if t.lower_ in {"of", "from"}), last)
    span = document.span(first, last)
    at, one = head.idx - span[0], singular(head.lower_)
    words = document.report.text[span[0] : span[1]]
    one = head.text[0] + one[1:] if head.text[:1].isupper() else one
    return " ".join((words[:at] + one + words[at + len(head.text) :]).split()), span


def _holder(document: Document, rank: str, code: str) -> Someone | None:
    """The one person of the report with an office of that rank for that party."""
    found = {
        id(m.person): m.person
        for m in document.all_of(PersonMention)
        if m.person.party == code and rank in (m.person.office or "").lower().split()
    }
    return next(iter(found.values())) if len(found) == 1 else None
