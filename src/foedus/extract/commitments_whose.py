"""Whose people or things a noun of a commitment names: "his country", "the Norlandish plane maker", a namesake of somebody known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_deeds import private_nouns
from foedus.extract.commitments_frames import statement_at
from foedus.mentions.model import OfficeMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_MARKS = ("amod", "nmod:poss", "compound")


def namesake(document: Document, head: Token) -> Parties:
    """The party of the person whom the report names by the same surname, where it knows one: "President Joe Vale", "Joseph R. Vale, Jr."."""
    own = document.at(head.i, PersonMention)
    if own is None or own.person.party or own.form == "pronoun":
        return Parties()
    surname = document.doc[own.last - 1].lower_
    others = [
        m for m in document.all_of(PersonMention) if m.person.party and document.doc[m.last - 1].lower_ == surname
    ]
    codes = {m.person.party for m in others}
    return Parties((str(codes.pop()),), (own.span, others[0].span)) if len(codes) == 1 else Parties()


def _told_of(document: Document, token: Token) -> Parties:
    """The only party that the sentence names before `token` as one that does something ("Norland will stay: its president …")."""
    low, _ = document.sentence(token.i)
    found = Parties()
    for subject in document.doc[low : token.i]:
        if subject.dep_ in {"nsubj", "nsubj:pass"} and document.at(subject.i, PartyMention) is not None:
            found |= document.party_of(subject)
    return found if len(found.codes) == 1 else Parties()


def is_some_people(document: Document, head: Token) -> bool:
    """Whether people of a nationality are meant, not their state: "more Norlanders", "ethnic Norlanders"."""
    party = document.at(head.i, PartyMention)
    people = party is not None and party.form == "adjective" and head.tag_ in {"NNS", "NNPS"}
    return people and any(c.dep_ in {"amod", "nummod"} and c.i < head.i for c in head.children)


def is_some_members(document: Document, head: Token) -> bool:
    """ "Eleven NATO countries": some members of an organisation, whom it does not speak for."""
    body = any(m.code.startswith("org:") for c in head.children if (m := document.at(c.i, PartyMention)) is not None)
    return body and any(c.dep_ == "nummod" for c in head.children)


def in_office(document: Document, head: Token) -> Parties:
    """ "The Norlandish official", of whom the report elsewhere does not say whose he is."""
    office = document.at(head.i, OfficeMention)
    return (
        Parties((office.party,), (office.party_span,))
        if office is not None and office.party and office.party_span
        else Parties()
    )


def of_something_public(document: Document, head: Token) -> Parties:
    """ "A Norlandish task force", "the Norlandish plane maker": its state, unless it is private or has something done to it."""
    private = head.lower_ in private_nouns() or head.lemma_.lower() in private_nouns()
    some = head.tag_ in {"NNS", "NNPS"} and not any(c.dep_ in {"det", "nmod:poss", "nummod"} for c in head.children)
    if private or some or head.pos_ not in {"NOUN", "PROPN"} or head.dep_ == "nsubj:pass":
        return Parties()  # "Norlandish farmers"
    marks = [c for c in head.children if c.dep_ in _MARKS and document.at(c.i, PartyMention)]
    return plain(document.parties_at(marks)) if len(marks) == 1 else Parties()


def of_own(document: Document, head: Token) -> Parties:
    """ "His country", "her government", "its officers": the party of who is meant, else of who speaks."""
    for child in head.children:
        if child.dep_ != "nmod:poss" or child.pos_ != "PRON":
            continue
        owner = document.party_of(child)
        statement = statement_at(document, head)
        within = statement is not None and any(
            a <= s[0] < min(b, child.idx) for s in owner.spans[1:] for a, b in statement.evidence["text"]
        )
        if statement is not None and statement.speaker is not None and statement.speaker.party and not within:
            return Parties((statement.speaker.party,), tuple(statement.evidence["speaker"]))
        owner = owner if owner.codes or child.lower_ != "its" else _told_of(document, head)
        if owner.codes:
            return plain(owner)
    return Parties()


def plain(parties: Parties) -> Parties:
    return Parties(parties.codes, parties.spans)
