"""Agreements of one report: instruments named, what is done to them and by whom, gathered into one record each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_anaphora import find_substitutes, split_plural
from foedus.extract.agreements_deeds import STAGES, Deed, find_deeds
from foedus.extract.agreements_fields import put_effect, put_nearby_day, put_predecessor, put_signing, put_term
from foedus.extract.agreements_instruments import Instrument, find_instruments
from foedus.extract.agreements_joining import Entry, Sighting, place
from foedus.extract.agreements_parties import actors_in, actors_of, named_in
from foedus.extract.agreements_talks import find_talks
from foedus.extract.domains import find_domains
from foedus.extract.draft import Draft
from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.model import MoneyMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Agreement


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
    for seen in _sightings(document):
        if seen is None:
            private = True
            continue
        if before is not None and _goes_on(document, before, seen):
            seen = Sighting(seen.instrument, before.deeds, before.parties, before.partners)
        private = private or seen.private
        if not (private and not entries and not seen.parties and not seen.partners):
            for instrument in split_plural(seen.instrument):
                place(document, entries, replace(seen, instrument=instrument))
        before = seen
    found = [_record(document, entry) for entry in entries]
    unique = {record.id: record for record in found if record is not None}
    return list(unique.values())


def _sightings(document: Document) -> Iterator[Sighting | None]:
    """Every mention of an instrument with what is said of it, in text order; None for a contract of private law."""
    instruments = find_instruments(document)
    talks = find_talks(document, instruments)
    substitutes = find_substitutes(document, instruments)
    places: list[tuple[int, Instrument, Deed | None]] = [(i.head.i, i, None) for i in [*instruments, *substitutes]]
    places += [(i.head.i, i, deed) for i, deed in talks]
    for _, instrument, deed in sorted(places, key=lambda one: one[0]):
        if instrument.needs == "never":
            yield None
        elif deed is None:
            yield _sight(document, instrument)
        else:
            seen = _sight(document, instrument)
            yield Sighting(instrument, [deed], seen.parties | deed.actors, [deed.partners] if deed.partners else [])


def _sight(document: Document, instrument: Instrument) -> Sighting:
    deeds = find_deeds(document, instrument)
    parties, partners = _phrase_parties(document, instrument)
    between = parties
    for deed in deeds:
        if len(between.codes) < 2:
            parties |= deed.actors
        if deed.partners:
            partners.append(deed.partners)
    if partners and not parties:
        parties = _holder(document, instrument)
    return Sighting(instrument, deeds, parties, partners)


def _holder(document: Document, instrument: Instrument) -> Parties:
    """Who has or makes what is only said to be with others: the nearest subject above that is a party."""
    for verb in instrument.head.ancestors:
        if verb.pos_ not in {"VERB", "AUX"} and not syntax.own_subjects(verb):
            continue
        one = None if syntax.is_passive(verb) else syntax.subject(verb)
        if one is not None and one.i != instrument.head.i and (found := actors_of(document, one)):
            return found if len(found.codes) == 1 else Parties()
        if one is not None and one.lower_ == "it":
            return _subject_before(document, one.i)
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
    if seen.deeds or seen.parties or seen.instrument.definite or not before.deeds or seen.instrument.needs:
        return False
    low, here = seen.instrument.low, seen.instrument.head
    same = document.sentence_index(here.i) == document.sentence_index(before.instrument.head.i)
    if same and before.instrument.plural and seen.instrument.head.lower_ in {"one", "another", "other"}:
        return True
    joined = {document.doc[low - 1].lower_, document.doc[low].lower_} & {",", "and", ";"}
    return same and before.instrument.last <= low and bool(joined)


def _phrase_parties(document: Document, instrument: Instrument) -> tuple[Parties, list[Parties]]:
    head = instrument.head
    inside = instrument.first if instrument.named else head.i
    parties, partners = named_in(document, min(instrument.low, inside), head.i, instrument.named), []
    for child in head.children:
        name = syntax.preposition(child)
        first, last = syntax.phrase(child)
        if child.i < head.i or not name:
            if (
                child.dep_ == "acl"
                and child.tag_ == "VBG"
                and len((of := named_in(document, child.i, child.right_edge.i + 1)).codes) > 1
            ):
                parties |= of
            continue
        if name in {"between", "among", "by"}:
            parties |= actors_in(document, first, last)
        elif name == "with":
            partners += [one for t in syntax.conjuncts(child) if (one := _one(document, t))]
        elif len((both := named_in(document, first, last, instrument.named)).codes) > 1:
            parties |= both
    return parties, partners


def _one(document: Document, token: object) -> Parties:
    first, last = syntax.phrase(token)  # type: ignore[arg-type]
    for child in token.children:  # type: ignore[attr-defined]
        if child.dep_ in {"conj", "cc"} and child.i > token.i:  # type: ignore[attr-defined]
            last = min(last, child.left_edge.i)
    return actors_in(document, first, max(last, first + 1))


def _record(document: Document, entry: Entry) -> Agreement | None:
    lead = _lead(entry)
    spans = [document.span(s.instrument.low, s.instrument.high) for s in entry.sightings[:1]]
    deeds = [deed for s in entry.sightings for deed in s.deeds]
    facts = [deed for deed in deeds if deed.stage]
    spans += [document.span(d.verb.i, d.verb.i + 1) for s in entry.sightings[:1] for d in s.deeds]
    draft = Draft(document, "agreement", spans)
    _put_names(document, draft, entry, lead)
    best = max(facts, key=lambda d: STAGES.index(d.stage or "proposed"), default=None)
    if best is not None:
        draft.put("stage", best.stage, document.span(best.verb.i, best.verb.i + 1))
        by = best.actors.codes
        if (
            best.stage not in {"signed", "agreed", "negotiating", "initialled"}
            and by
            and set(by) < set(entry.parties.codes)
        ):
            draft.put("stage_by", by, *best.actors.spans)
    for deed in deeds:
        if deed.stage in {"signed", "agreed", "initialled"} and deed.modality == "actual":
            put_signing(document, draft, deed.verb, deed.stage)
        if deed.modality != "negated":
            put_effect(document, draft, deed.verb, deed.frame)
    signing = next((d for d in facts if d.stage == "signed"), None)
    if signing is not None and "signed_on" not in draft:
        put_nearby_day(document, draft, signing.verb)
    for sighting in entry.sightings:
        if "succeeds" not in draft:
            put_predecessor(document, draft, sighting.instrument.head)
    for deed in deeds:
        codes = tuple(c for c in deed.mediators.codes if c not in entry.parties.codes)
        draft.put("mediators", codes, *deed.mediators.spans)
    _put_signatories(draft, facts, entry)
    _put_scope(document, draft, entry)
    known = sum(f in draft for f in ("signed_on", "place", "signatories", "term", "effective_on"))
    confidence = 0.55 + 0.1 * bool(facts) + 0.06 * known + 0.1 * lead.named
    return draft.finish(min(confidence, 0.97))  # type: ignore[no-any-return]


def _lead(entry: Entry) -> Instrument:
    """The mention that names it best: a proper name, else the longest of the first mentions that are no headline."""
    instruments = [s.instrument for s in entry.sightings]
    named = [i for i in instruments if i.named and i.last - i.first > 1]  # "MoU" alone is no name
    if named:
        return max(named, key=lambda i: (i.last - i.first, -i.first))
    body = [i for i in instruments if not (i.bare and i.head.i < 25)] or instruments
    return body[0] if body[0].needs != "refer" else max(instruments, key=lambda i: (i.needs != "refer", -i.first))


def _put_names(document: Document, draft: Draft, entry: Entry, lead: Instrument) -> None:
    span = document.span(lead.first, lead.last)
    draft.put("title", document.words(span).strip("\"'“”‘’ ,"), span)
    rows = [
        lead.row["instrument"],
        *(s.instrument.row["instrument"] for s in entry.sightings if s.instrument.needs != "refer"),
    ]
    kind = next((row for row in rows if row != "other"), "other")
    draft.put("instrument", kind, document.span(lead.head.i, lead.head.i + 1))
    draft.put("parties", entry.parties.codes, *entry.parties.spans)


def _put_signatories(draft: Draft, facts: list[Deed], entry: Entry) -> None:
    persons = [p for deed in facts if deed.frame == "signed" and deed.stage == "signed" for p in deed.actors.persons]
    known: list[object] = []
    evidence = []
    for person in persons:
        if person.party not in entry.parties.codes or any(person is k for k in known):
            continue
        known.append(person)
        evidence += person.evidence()
    draft.put("signatories", tuple(p.record() for p in known), *evidence)  # type: ignore[attr-defined]


def _describing(document: Document, head: Token) -> list[tuple[int, int]]:
    """Token ranges that say what the instrument is about: its own clause, and one that goes on with "It covers"."""
    if head.dep_ not in {"nsubj", "nsubj:pass"} or head.head.lemma_ not in _describing_verbs():
        return []
    found = [(head.head.i, document.sentence(head.i)[1])]
    after = document.sentence_index(head.i) + 1
    if after < len(document.sentences):
        low, high = document.sentences[after]
        first = document.doc[low]
        if first.lower_ == "it" and first.head.lemma_ in _describing_verbs():
            found.append((first.head.i, high))
    return found


@cache
def _describing_verbs() -> frozenset[str]:
    return frozenset(load_forms("describing_verbs"))


def _put_scope(document: Document, draft: Draft, entry: Entry) -> None:
    domains: dict[str, tuple[int, int]] = {}
    for sighting in entry.sightings:
        instrument = sighting.instrument
        low, high = document.sentence(instrument.head.i)
        put_term(document, draft, instrument.low, instrument.high, low, high)
        for name, span in find_domains(
            document, min(instrument.low, instrument.first), max(instrument.high, instrument.last)
        ).items():
            domains.setdefault(name, span)
        head = instrument.head
        for first, last in _describing(document, head):
            for name, span in find_domains(document, first, last).items():
                domains.setdefault(name, span)
        money = document.within(instrument.low, instrument.high, MoneyMention)
        if money and "amount" not in draft:
            draft.put("amount", money[0].money, money[0].span)
    if not domains:
        low, high = document.sentence(entry.first.instrument.head.i)
        domains = find_domains(document, low, high)
    if domains:
        draft.put("domains", tuple(domains), *domains.values())
