"""Agreements of one report: instruments named, what is done to them and by whom, gathered into one record each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.extract.agreements_anaphora import find_pronouns, find_substitutes, split_plural
from foedus.extract.agreements_brokers import go_betweens
from foedus.extract.agreements_deeds import Deed, find_deeds
from foedus.extract.agreements_firms import is_between_firms
from foedus.extract.agreements_instruments import Instrument, find_instruments
from foedus.extract.agreements_joining import place
from foedus.extract.agreements_likely import by_likeness
from foedus.extract.agreements_listed import find_listed
from foedus.extract.agreements_parties import actors_in, actors_of, listed_from, named_in
from foedus.extract.agreements_record import build_record
from foedus.extract.agreements_same import is_headline
from foedus.extract.agreements_sighting import Entry, Sighting
from foedus.extract.agreements_speaker import is_first_person, speaking_party
from foedus.extract.agreements_talks import find_talks
from foedus.extract.agreements_together import share_what_is_told
from foedus.language import syntax
from foedus.mentions.document import parties_of
from foedus.mentions.focus import aside
from foedus.mentions.model import ForumMention, GroupMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Agreement


_CHANGING = {"implement", "amend", "extend", "supplement", "renew", "update", "prolong", "complement", "revise"}
_WHOSE = {
    "of",
    "on",
    "to",
    "for",
    "in",
    "from",
    "under",
    "concerning",
    "regarding",
    "about",
    "linking",
    "against",
    "over",
}
_BESIDE = {"margin", "margins", "sideline", "sidelines", "occasion", "eve"}
"""Nouns for what goes on while an agreement is made: "on the margins of the Norland-Sudria match"."""
_APART = {"apart", "aside", "besides", "except", "unlike"}
_OPINIONS = {"necessity", "importance", "need", "urgency", "desirability"}
_OF_STATES = {"treaty", "convention", "protocol"}
"""Kinds that firms do not make."""
_TRUCES = {"ceasefire", "peace agreement"}
_TRUCE_WORDS = {"ceasefire", "cease-fire", "truce", "hostage", "peace", "armistice"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
"""Tags of verbs behind which a noun phrase begins, whatever the parse puts before them."""
_FEW = 5
"""So many members of a body make an agreement by themselves; of more the body does."""
_GOING_ON = {"", "sign", "deed"}
"""Needs of nouns that can go on with a list of instruments."""


def find_agreements(document: Document) -> list[Agreement]:
    """Every agreement that the report gives, in text order; [] when it gives none.

    Needs two parties, resolved from the text; one record for each distinct instrument between one set of parties. Found
    once a document: other extractors that ask again get what is noted.
    """
    known = document.notes.get("agreements")
    if known is None:
        known = document.notes["agreements"] = _find(document)
    return list(known)  # type: ignore[call-overload, no-any-return]


def _find(document: Document) -> list[Agreement]:
    entries: list[Entry] = []
    before: Sighting | None = None
    private = False
    mentions: list[Sighting] = []
    for seen in _sightings(document):
        if seen is None:
            private = True
            continue
        mentions.append(seen)
        if before is not None and _goes_on(document, before, seen):
            seen = Sighting(seen.instrument, before.deeds, before.parties, before.partners)
        private = private or seen.private
        of_states = seen.instrument.row["instrument"] in _OF_STATES or seen.instrument.named
        if not (private and not entries and not seen.parties and not seen.partners) or of_states:
            for instrument in split_plural(seen.instrument):
                place(document, entries, replace(seen, instrument=instrument))
        before = seen
    if entries or not private:
        entries += by_likeness(document, entries, [seen.instrument for seen in mentions if not seen.private])
    entries.sort(key=lambda entry: entry.first.instrument.head.i)
    entries = [entry for entry in entries if not _is_heading_of(entry, entries)]
    found = [build_record(document, entry) for entry in share_what_is_told(document, entries, mentions)]
    unique = {record.id: record for record in found if record is not None}
    return list(unique.values())


def _is_heading_of(entry: Entry, entries: list[Entry]) -> bool:
    """Whether only the headline tells it, and the text then tells one of the same parties, or of some of them, that it can mean."""
    if not all(is_headline(s.instrument) for s in entry.sightings):
        return False
    if any(d.frame == "heading" for s in entry.sightings for d in s.deeds):
        return False
    kinds = {s.instrument.row["instrument"] for s in entry.sightings}
    for other in entries:
        first = other.first.instrument
        below = not is_headline(first) and first.head.i > entry.first.instrument.head.i
        if below and other.parties and set(other.parties.codes) <= set(entry.parties.codes):
            own = {s.instrument.row["instrument"] for s in other.sightings}
            if own & kinds or "agreement" in own | kinds:
                return True
    return False


def _sightings(document: Document) -> Iterator[Sighting | None]:
    """Every mention of an instrument with what is said of it, in text order; None for a contract of private law."""
    instruments = find_instruments(document)
    talks = find_talks(document, instruments)
    listed = find_listed(document, instruments)
    substitutes = [*find_substitutes(document, instruments), *find_pronouns(document, instruments)]
    places: list[tuple[int, Instrument, Deed | None]] = [(i.head.i, i, None) for i in [*instruments, *substitutes]]
    places += [(i.head.i, i, deed) for i, deed in talks]
    heads = {one.head.i for one in instruments}
    for _, instrument, deed in sorted(places, key=lambda one: one[0]):
        if any(c.lower_ in _OPINIONS and syntax.preposition(c) == "on" for c in instrument.head.children):
            continue  # they are of one mind on the need for something
        if (whole := _other_name_of(instrument)) is not None and whole.i in heads:
            instrument = replace(instrument, means=whole.i)
        if instrument.needs == "never" or (instrument.head.i not in listed and is_between_firms(document, instrument)):
            yield None
        elif deed is None:
            yield _sight(document, instrument, listed.get(instrument.head.i))
        else:
            seen = _sight(document, instrument)
            several = sum(
                syntax.preposition(t) == "with" for c in instrument.head.children for t in syntax.conjuncts(c)
            )
            if several > 1 and len(seen.partners) == several:  # "talks with Peru and with Chile"
                instrument, partners = replace(instrument, plural=True), seen.partners
            else:
                partners = [deed.partners] if deed.partners else []
            yield Sighting(instrument, [deed], seen.parties | deed.actors, partners)


def _sight(document: Document, instrument: Instrument, listed: Deed | None = None) -> Sighting:
    deeds = find_deeds(document, instrument) + ([listed] if listed is not None else [])
    parties, partners = _phrase_parties(document, instrument)
    between = parties
    for deed in deeds:
        if _is_go_between(document, instrument, deed) or _is_refused_by_others(deed):
            continue
        if len(between.codes) < 2 and not _mediates(instrument, deed):
            parties |= deed.actors
        if deed.partners:
            partners.append(deed.partners)
    if partners and not parties:
        parties = _holder(document, instrument)
    return Sighting(instrument, deeds, parties, partners)


def _is_go_between(document: Document, instrument: Instrument, deed: Deed) -> bool:
    """Whether a truce is only discussed by one who is said to mediate: "a truce was discussed by Norland and the Front"."""
    words = {t.lower_ for t in instrument.head.doc[instrument.first : instrument.last]}
    truce = instrument.row["instrument"] in _TRUCES or bool(words & _TRUCE_WORDS)
    return (
        truce
        and deed.frame in {"negotiating", "proposed"}
        and bool(set(deed.actors.codes) & (set(go_betweens(document).codes) | aside(document)))
    )


def _is_refused_by_others(deed: Deed) -> bool:
    """Whether several reject it: more often those whom it harms than those who made it."""
    return deed.frame == "rejected" and len(deed.actors.codes) > 1


def _mediates(instrument: Instrument, deed: Deed) -> bool:
    """Whether one alone who works on a peace or tables one seems to do it for others."""
    talked = deed.frame in {"negotiating", "proposed"} and len(deed.actors.codes) == 1
    return talked and not deed.partners and instrument.row["instrument"] in _TRUCES


def _holder(document: Document, instrument: Instrument) -> Parties:
    """Who has or makes what is only said to be with others: the nearest subject above that is a party."""
    for verb in instrument.head.ancestors:
        if verb.pos_ not in {"VERB", "AUX"} and not syntax.own_subjects(verb):
            continue
        one = None if syntax.is_passive(verb) else syntax.subject(verb)
        if one is not None and one.i != instrument.head.i and (found := actors_of(document, one)):
            return found if len(found.codes) == 1 else Parties()
        if one is not None and one.lower_ == "it":
            above = syntax.subject(verb.head) if verb.dep_ == "ccomp" else None
            who = actors_of(document, above) if above is not None else Parties()
            return who if len(who.codes) == 1 else _subject_before(document, one.i)
        if any(t.tag_ in {"WDT", "WP"} for t in syntax.own_subjects(verb)):
            return document.party_of(one) if one is not None else Parties()
    return Parties()


def _subject_before(document: Document, pronoun: int) -> Parties:
    """The one state that is the subject of the clause or sentence just before "it"; empty when it is not clear."""
    here = document.sentence_index(pronoun)
    for low, high in ((document.sentences[here][0], pronoun), document.sentences[here - 1] if here else (0, 0)):
        subjects = [t for t in document.doc[low:high] if t.dep_ in {"nsubj", "nsubj:pass"} and t.lower_ != "it"]
        for noun in subjects[:1]:
            found = actors_of(document, noun)
            return found if len(found.codes) == 1 else Parties()
    return Parties()


def _goes_on(document: Document, before: Sighting, seen: Sighting) -> bool:
    """Whether `seen` is the next in a list: "signed an agreement on coal and a protocol on rails"."""
    if (
        seen.deeds
        or seen.parties
        or seen.instrument.definite
        or not before.deeds
        or seen.instrument.needs not in _GOING_ON
        or (seen.instrument.needs == "deed" and seen.instrument.bare and not seen.instrument.plural)
    ):
        return False
    low, here = seen.instrument.low, seen.instrument.head
    same = document.sentence_index(here.i) == document.sentence_index(before.instrument.head.i)
    several = before.instrument.plural or before.instrument.stands_for_noun
    if same and several and seen.instrument.head.lower_ in {"one", "another", "other"}:
        return True
    joined = {document.doc[low - 1].lower_, document.doc[low].lower_} & {",", "and", ";"}
    return same and before.instrument.last <= low and bool(joined)


def _phrase_parties(document: Document, instrument: Instrument) -> tuple[Parties, list[Parties]]:
    head = instrument.head
    inside = instrument.first if instrument.named else head.i
    low = max((t.i + 1 for t in head.doc[instrument.low : inside] if t.tag_ in _FINITE), default=instrument.low)
    parties, partners = named_in(document, min(low, inside), head.i, instrument.named), []
    if set(parties.codes) & (between := set(go_betweens(document).codes)):
        parties = Parties(tuple(c for c in parties.codes if c not in between), parties.spans)
    if not parties or parties.codes[0].startswith("org:"):
        parties = _members(document, instrument) or parties
    parties |= _of_its_subject(document, instrument)
    for noun in (t for c in syntax.children(head, "acl") for t in syntax.children(c, "obl")):
        if syntax.preposition(noun) == "as":  # "a pact, also known as an accord, with Peru"
            beside = [c for c in noun.children if syntax.preposition(c) == "with"]
            partners += [one for c in beside if (one := _one(document, c))]
    for child in head.children:
        if child.dep_ == "nmod:poss" and is_first_person(child):
            parties |= speaking_party(document, child)
        if child.dep_ == "nmod:poss" and (owner := document.at(child.i, GroupMention)) is not None:
            parties |= parties_of(owner)
        first, last = syntax.phrase(child)
        opens = document.doc[first].lower_ if document.doc[first].dep_ == "case" and child.pos_ == "PROPN" else ""
        name = syntax.preposition(child) or opens  # "with" on the first word of "New Zealand"
        if child.i < head.i or not name:
            if (
                child.dep_ == "acl"
                and child.tag_ == "VBG"
                and len((of := named_in(document, child.i, child.right_edge.i + 1)).codes) > 1
            ):
                parties |= of
            continue
        if name in {"between", "among", "by"}:
            found = _without_go_between(document, first, last)
            parties |= found if len(found.codes) > 1 else found | listed_from(document, first)
        elif name == "with":
            sides = [*syntax.conjuncts(child), *(_parted(document, child) if instrument.plural else ())]
            partners += [one for t in sides if (one := _one(document, t))]
        elif len((both := named_in(document, first, last, instrument.named)).codes) > 1:
            parties |= both if child.i < instrument.high and name in _WHOSE and not _is_beside(child) else Parties()
        elif name == "of" and (whose := document.at(child.i, PartyMention)) is not None and _has_partner(head, last):
            parties |= parties_of(whose)
    return parties, partners


def _is_beside(noun: Token) -> bool:
    """Whether it only says beside what else, or apart from what, an agreement is made."""
    return noun.lower_ in _BESIDE or any(c.lower_ in _APART for c in noun.children)


def _members(document: Document, instrument: Instrument) -> Parties:
    """The few members of the body whose name an agreement bears: "the Quad arrangement on maps"."""
    for forum in document.within(instrument.low, instrument.head.i, ForumMention):
        if 1 < len(forum.members) <= _FEW:
            return Parties(tuple(sorted(forum.members)), (forum.span,))
    return Parties()


def _parted(document: Document, partner: Token) -> list[Token]:
    """Further partners that a clause on the first one parts from it, so that the parse joins them to what is above: "with Peru, signed
    in 2020, and **Chile**, signed in 2021"."""
    noun, doc = partner.head, partner.doc
    above = [c for c in (*noun.children, *noun.head.children) if c.dep_ == "conj" and c.i > partner.i]
    return [c for c in above if c.pos_ == "PROPN" and document.at(c.i, PartyMention) and doc[c.i - 1].lower_ == "and"]


def _other_name_of(instrument: Instrument) -> Token | None:
    """The noun of the instrument that this is only another name of: "a **pact**, often referred to as an accord"."""
    verb = instrument.head.head
    called = instrument.head.dep_ == "obl" and verb.dep_ == "acl" and verb.lemma_ in {"refer", "know", "call", "dub"}
    return verb.head if called and syntax.preposition(instrument.head) == "as" else None


def _of_its_subject(document: Document, instrument: Instrument) -> Parties:
    """Those whose agreement it is made to carry out or change: "the protocol which implements the Norland-Sudria agreement"."""
    for clause in syntax.children(instrument.head, "acl", "acl:relcl"):
        for noun in syntax.children(clause, "obj") if clause.lemma_ in _CHANGING else ():
            found = named_in(document, noun.left_edge.i, noun.right_edge.i + 1)
            if len(found.codes) == 2:
                return found
    return Parties()


def _has_partner(head: Token, last: int) -> bool:
    """Whether the noun, or what follows its owner, also says with whom: "the protocol of Norland with Sudria"."""
    beside = last < len(head.doc) and head.doc[last].lower_ == "with"
    return beside or any(syntax.preposition(c) == "with" for c in head.children)


def _without_go_between(document: Document, first: int, last: int) -> Parties:
    """Who makes it; nobody when "the two sides" seem to hold the one who only brokered it."""
    found = actors_in(document, first, last)
    doubtful = document.within(first, last, GroupMention) and set(found.codes) & set(go_betweens(document).codes)
    return Parties() if doubtful else found


def _one(document: Document, token: object) -> Parties:
    first, last = syntax.phrase(token)  # type: ignore[arg-type]
    for child in token.children:  # type: ignore[attr-defined]
        if child.dep_ in {"conj", "cc"} and child.i > token.i:  # type: ignore[attr-defined]
            last = min(last, child.left_edge.i)
    return actors_in(document, first, max(last, first + 1))
