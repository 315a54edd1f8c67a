"""The party of holders of national offices by what is left: the other side of talks, the holder of the same office, the host.

Runs when pronouns and groups are resolved. Nothing is concluded of a report that is not clearly about two states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.affiliations_reference import renew_groups
from foedus.mentions.affiliations_report import has_office, is_national
from foedus.mentions.affiliations_voice import learn_from_words
from foedus.mentions.focus import SURE, other_in_focus, pair_in_focus
from foedus.mentions.home import home_state
from foedus.mentions.model import PartyMention, PersonMention, Someone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.record import Span

_WITH = {"with", "by", "to", "on"}
_TALKS = {
    "talk", "talks", "meeting", "meetings", "conversation", "call", "discussion", "discussions", "consultation", "consultations", "audience",
    "luncheon", "dinner", "session",
}  # fmt: skip
_MEETS = {
    "meet",
    "receive",
    "speak",
    "call",
    "telephone",
    "phone",
    "welcome",
    "greet",
    "host",
    "confer",
    "talk",
    "hold",
    "see",
    "visit",
}
_SPELLED = {"defense": "defence", "premier": "prime minister", "pm": "prime minister", "fm": "foreign minister"}
_HOSTS = {"host", "hosts"}
_JOURNEYS = {"travel", "fly", "arrive", "go", "head", "come", "journey", "return", "depart", "land", "stop"}


def learn_from_the_rest(document: Document) -> None:
    """Give a party to such persons without one, and to groups of them; those for whom two readings are left keep none."""
    learn_from_words(document)
    names = [m for m in document.all_of(PersonMention) if m.form in {"name", "surname"}]
    for mention in names:
        who = mention.person
        if who.party is not None:
            continue
        known = _host(document, mention) or _partner(document, mention, names)
        if known is not None and not held(names, who, known[0]):
            who.party, who.party_span = known
            _learn_guest(document, mention)
    for who in _people(names):
        if who.party is None and is_national(who.office):
            known = _by_office(document, who, names)
            if known is not None and not _meets_one_of(document, who, names, known[0]):
                who.party, who.party_span = known
    renew_groups(document)


def held(names: Iterable[PersonMention], who: Someone, code: str) -> bool:
    """Whether another person of the report holds the same office of that state."""
    office = plain_office(who.office)
    return bool(office) and any(
        m.person is not who and m.person.party == code and plain_office(m.person.office) == office for m in names
    )


def plain_office(office: str | None) -> str:
    """An office in one spelling ("Minister of Foreign Affairs" -> "foreign minister"), "" for none."""
    words = " ".join(_SPELLED.get(word, word) for word in (office or "").casefold().split())
    if words.startswith(("minister of ", "minister for ")):
        words = f"{words.split(' ', 2)[2].removeprefix('national ')} minister"
    return words.replace("foreign affairs minister", "foreign minister")


def _people(names: list[PersonMention]) -> list[Someone]:
    return list({id(m.person): m.person for m in names}.values())


def _host(document: Document, mention: PersonMention) -> tuple[str, Span] | None:
    """ "Their host, Prime Minister X": the state that the report is written from, where none of its people is the guest."""
    doc, low = document.doc, document.sentence(mention.first)[0]
    at = mention.first - 1
    while (
        at > low
        and mention.first - at < 8
        and (doc[at].pos_ in {"NOUN", "PROPN", "ADJ", "ADP", "DET"} or doc[at].text == ",")
    ):
        if doc[at].lower_ in _HOSTS and doc[at - 1].lower_ in {"his", "her", "their", "its"}:
            home = home_state(document)
            guest = document.party_of(doc[at - 1]) if doc[at - 1].lower_ != "their" else None
            guests = guest.codes if guest else ()
            if home is not None and document.dateline is not None and home.code not in guests:
                return home.code, home.span
            other = other_in_focus(document, guests[0]) if len(guests) == 1 else None
            return (other.codes[0], other.spans[0]) if other and other.codes else None
        if doc[at].pos_ == "VERB":
            return None
        at -= 1
    return None


def _learn_guest(document: Document, host: PersonMention) -> None:
    """Give "his" in "his host, X" the other state of the report."""
    doc, at = document.doc, host.first - 1
    while at > 0 and host.first - at < 8 and doc[at].lower_ not in _HOSTS:
        at -= 1
    guest = document.at(at - 1, PersonMention) if at > 0 and doc[at].lower_ in _HOSTS else None
    other = other_in_focus(document, host.person.party or "", SURE) if guest is not None else None
    if guest is not None and guest.person.party is None and other is not None and other.codes:
        guest.person.party, guest.person.party_span = other.codes[0], other.spans[0]


def _partner(document: Document, mention: PersonMention, names: list[PersonMention]) -> tuple[str, Span] | None:
    """The other state of the report for whoever one of the first is said to have met or talked with."""
    who = mention.person
    if not is_national(who.office):
        return None
    codes = _meeting(document, mention)
    if len(codes) != 1 or codes[0].startswith("org:"):
        return None
    if (goal := _goal(document, mention)) is not None and goal.code not in codes:
        return (goal.code, goal.span) if has_office(goal.code, who.office) else None
    other = other_in_focus(document, codes[0], SURE)
    if _scenes(document, mention) - {*other.codes, *codes}:
        return None
    return (other.codes[0], other.spans[0]) if other.codes and has_office(other.codes[0], who.office) else None


def _meeting(document: Document, mention: PersonMention) -> tuple[str, ...]:
    """The states of those who are said to meet the person or to talk with him; () for nobody."""
    verb = _met(document.doc[mention.root])
    if verb is None:
        return ()
    passive = syntax.is_passive(verb)
    subjects = syntax.children(verb, "nsubj:pass" if passive else "nsubj") or [t for t in [syntax.subject(verb)] if t]
    return document.parties_at(subjects).codes


def _meets_one_of(document: Document, who: Someone, names: list[PersonMention], code: str) -> bool:
    """Whether somebody of that state meets the person or talks with him, who so is of another."""
    return any(code in _meeting(document, m) for m in names if m.person is who)


def _scenes(document: Document, mention: PersonMention) -> set[str]:
    """The states that the sentence before the person names as where it happens: "while **in Norland**, they met the president"."""
    states = document.within(document.sentence(mention.first)[0], mention.first, PartyMention)
    return {m.code for m in states if syntax.preposition(document.doc[m.root]) in {"in", "at"}}


def _goal(document: Document, mention: PersonMention) -> PartyMention | None:
    """The one state that the sentence says, before the person, somebody came to: "**travelled to Norland** and met the president"."""
    states = document.within(document.sentence(mention.first)[0], mention.first, PartyMention)
    ends = [m for m in states if m.form in {"name", "capital"} and _is_end(document.doc[m.root])]
    return ends[0] if len({m.code for m in ends}) == 1 and not ends[0].code.startswith("org:") else None


def _is_end(root: Token) -> bool:
    """Whether a word says where a journey ends."""
    return syntax.preposition(root) in {"to", "in"} and root.head.pos_ == "VERB" and root.head.lemma_ in _JOURNEYS


def _met(root: Token) -> Token | None:
    """The verb of meeting whose object or partner the word is, also by "talks with"."""
    head = root.head
    if root.dep_ in {"obj", "obl", "obl:agent"} and head.pos_ == "VERB" and head.lemma_ in _MEETS:
        return head if root.dep_ == "obj" or syntax.preposition(root) in _WITH else None
    if root.dep_ in {"nmod", "obl"} and syntax.preposition(root) == "with":
        if head.lower_ in _TALKS and head.dep_ in {"obj", "nmod", "obl"}:
            return next(iter(syntax.governing_verbs(head)), None)
        if head.pos_ == "VERB" and any(c.lower_ in _TALKS for c in syntax.children(head, "obj")):
            return head
    return None


def _by_office(document: Document, who: Someone, names: list[PersonMention]) -> tuple[str, Span] | None:
    """The one state of the two that the report is about whose holder of the same office is not known, where the other's is."""
    pair = pair_in_focus(document, SURE)
    office = plain_office(who.office)
    if not pair.codes or office in {"minister", "secretary", "deputy minister", "senator"}:
        return None
    same = [p for p in _people(names) if p is not who and plain_office(p.office) == office]
    if any(p.party is None for p in same) or len({p.party for p in same}) != 1 or len(same) != 1:
        return None
    known = same[0].party
    if known not in pair.codes:
        return None
    at = 1 - pair.codes.index(known)
    other = other_in_focus(document, known or "", SURE)
    return (pair.codes[at], other.spans[0]) if has_office(pair.codes[at], who.office) else None
