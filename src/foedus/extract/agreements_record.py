"""One agreement record from its mentions: name, parties, stage, signing, term and scope."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.extract.agreements_deeds import STAGES, Deed
from foedus.extract.agreements_fields import (
    put_effect,
    put_made,
    put_nearby_day,
    put_next_term,
    put_predecessor,
    put_signing,
    put_term,
)
from foedus.extract.agreements_frames import describing_verbs
from foedus.extract.agreements_parties import actors_of
from foedus.extract.agreements_same import is_headline
from foedus.extract.domains import find_domains, main_domain
from foedus.extract.draft import Draft
from foedus.language import syntax
from foedus.mentions.model import GroupMention, MoneyMention, PersonMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.extract.agreements_instruments import Instrument
    from foedus.extract.agreements_sighting import Entry
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import Someone
    from foedus.record import Agreement

_SHORT_FORM = re.compile(r"\s*\([A-Za-z]{2,8}\)\s*")
"""A short form in brackets inside a name: "Memorandum of Understanding (MoU) on ports"."""
_CLOSING = {'"', "”", "’"}
_AGREED = STAGES.index("agreed")
_SEVERAL = {"they", "both", "pair", "two"}
_BEFORE = 5
"""So many sentences back the persons may be named who are then "they"."""
_AFTER = 3
"""In so many sentences, from the one that tells of the signing on, the persons who sign are looked for."""


def build_record(document: Document, entry: Entry) -> Agreement | None:
    """The record of one agreement, each value with its words."""
    lead = _lead(entry)
    spans = [document.span(s.instrument.low, s.instrument.high) for s in entry.sightings[:1]]
    deeds = [deed for s in entry.sightings for deed in s.deeds]
    facts = [deed for deed in deeds if deed.stage]
    spans += [document.span(d.verb.i, d.verb.i + 1) for s in entry.sightings[:1] for d in s.deeds]
    draft = Draft(document, "agreement", spans)
    _put_names(document, draft, entry, lead)
    best = _furthest(facts)
    if best is not None:
        draft.put("stage", best.stage, document.span(best.verb.i, best.verb.i + 1))
        by = best.actors.codes
        if (
            best.stage not in {"signed", "agreed", "negotiating", "initialled"}
            and by
            and set(by) < set(entry.parties.codes)
        ):
            draft.put("stage_by", by, *best.actors.spans)
    for deed in sorted(deeds, key=lambda d: not _has_day(document, d)):
        if deed.stage in {"signed", "agreed", "initialled"} and deed.modality == "actual":
            put_signing(document, draft, deed.verb, deed.stage)
        if deed.modality != "negated":
            put_effect(document, draft, deed.verb, deed.frame)
    signing = next((d for d in facts if d.stage == "signed"), None)
    if signing is not None and "signed_on" not in draft:
        put_nearby_day(document, draft, signing.verb)
    if signing is not None and best is not None:
        for deed in entry.common:
            put_signing(document, draft, deed.verb, "signed")
    for sighting in entry.sightings:
        if "succeeds" not in draft:
            put_predecessor(document, draft, sighting.instrument.head)
    for deed in deeds:
        codes = tuple(c for c in deed.mediators.codes if c not in entry.parties.codes)
        draft.put("mediators", codes, *deed.mediators.spans)
    for sighting in entry.sightings:
        put_made(document, draft, sighting.instrument)
    _put_signatories(document, draft, facts, entry)
    _put_scope(document, draft, entry)
    known = sum(f in draft for f in ("signed_on", "place", "signatories", "term", "effective_on"))
    confidence = 0.55 + 0.1 * bool(facts) + 0.06 * known + 0.1 * lead.named
    return draft.finish(min(confidence, 0.97))  # type: ignore[no-any-return]


def _has_day(document: Document, deed: Deed) -> bool:
    """Whether a whole day is told of it, not only "this year"."""
    when = document.when(deed.verb) if deed.stage == "signed" else None
    return when is not None and len(when.edtf) == len("2024-01-01") and when.role == "at"


def _lead(entry: Entry) -> Instrument:
    """The mention that names it best: a proper name, else the longest of the first mentions that are no headline."""
    instruments = [s.instrument for s in entry.sightings]
    named = [i for i in instruments if i.named and i.last - i.first > 1]  # "MoU" alone is no name
    if named:
        return max(named, key=lambda i: (i.last - i.first, -i.first))
    body = [i for i in instruments if not is_headline(i)] or instruments
    return body[0] if body[0].needs != "refer" else max(instruments, key=lambda i: (i.needs != "refer", -i.first))


def _put_names(document: Document, draft: Draft, entry: Entry, lead: Instrument) -> None:
    span = document.span(lead.first, lead.last)
    rows = [
        lead.row["instrument"],
        *(s.instrument.row["instrument"] for s in entry.sightings if s.instrument.needs != "refer"),
    ]
    kind = next((row for row in rows if row != "other"), "other")
    title = kind if lead.stands_for_noun and kind != "other" else _as_title(document.words(span))
    draft.put("title", title, span)
    draft.put("instrument", kind, document.span(lead.head.i, lead.head.i + 1))
    draft.put("parties", entry.parties.codes, *entry.parties.spans)


def _as_title(words: str) -> str:
    """The words without marks around them and without a short form in brackets."""
    title = _SHORT_FORM.sub(" ", words).strip(" ,")
    if ")" in title and "(" not in title:
        title = title[title.rindex(")") + 1 :].strip() or title
    inside = title[1:-1]
    if title[-1:] in _CLOSING and any(mark in inside for mark in '"“‘'):
        return title.lstrip('"“‘') if title[0] in '"“‘' else title  # "on the "Harbour Rules""
    return title.strip("\"'“”‘’ ,")


def _furthest(facts: list[Deed]) -> Deed | None:
    """The deed of the furthest stage; what only shows that it stands counts when nothing more is said."""
    firm = [d for d in facts if d.frame != "stands" and STAGES.index(d.stage or "proposed") >= _AGREED]
    return max(firm or facts, key=lambda d: STAGES.index(d.stage or "proposed"), default=None)


def _put_signatories(document: Document, draft: Draft, facts: list[Deed], entry: Entry) -> None:
    signed = [deed for deed in facts if deed.frame == "signed" and deed.stage == "signed"]
    known: list[Someone] = []
    direct = [p for deed in signed for p in (*deed.actors.persons, *deed.partners.persons)]
    unknown = [p for p in direct if p.party is None]
    if 0 < len(unknown) <= len(entry.parties.codes):
        direct = [p for p in direct if p.party in {None, *entry.parties.codes}]  # they sign, for whom is not said
    else:
        direct = [p for p in direct if p.party in entry.parties.codes]
    later = list(_signers(document, signed))
    known_sides = 0 < len(later) <= len(entry.parties.codes)
    later = [p for p in later if p.party in entry.parties.codes or (known_sides and p.party is None)]
    if not direct and not later:
        later = _meant(document, signed, entry)
    for person in (*direct, *later):
        if all(person is not other for other in known):
            known.append(person)
    draft.put("signatories", tuple(p.record() for p in known), *(span for p in known for span in p.evidence()))


def _signers(document: Document, signed: list[Deed]) -> Iterator[Someone]:
    """Persons who sign in the sentences around without the instrument being said again: "Mr Po signed for Norland"."""
    for deed in signed[:1]:
        here = document.sentence_index(deed.verb.i)
        for low, high in document.sentences[here : here + _AFTER]:
            for verb in document.doc[low:high]:
                if not _is_signing(verb) or verb.i == deed.verb.i or syntax.is_passive(verb):
                    continue
                if document.modality(verb).kind == "actual":
                    for one in syntax.own_subjects(verb):
                        yield from actors_of(document, one).persons


def _meant(document: Document, signed: list[Deed], entry: Entry) -> list[Someone]:
    """The persons whom "they" or "the two ministers" who sign mean: one of each party, named together in a sentence just before."""
    for deed in signed[:1]:
        one = syntax.subject(deed.verb) if deed.verb.lemma_ != "exchange" else None
        if (
            one is None
            or one.ent_type_ == "PERSON"
            or syntax.is_passive(deed.verb)
            or not (one.lower_ in _SEVERAL or _are_persons(document, one))
        ):
            continue
        here = document.sentence_index(deed.verb.i)
        for low, high in reversed(document.sentences[max(here - _BEFORE, 0) : here]):
            named = [m.person for m in document.within(low, high, PersonMention) if m.form != "pronoun"]
            named += [person for m in document.within(low, high, GroupMention) for person in m.persons]
            own = [p for i, p in enumerate(named) if all(p is not q for q in named[:i])]
            if own and sorted(str(p.party) for p in own) == sorted(entry.parties.codes):
                return own
            if own:
                return []
    return []


def _are_persons(document: Document, noun: Token) -> bool:
    """Whether the group that a noun stands for is of persons ("the two ministers"), not of states."""
    group = document.at(noun.i, GroupMention)
    return group is not None and bool(group.persons)


def _is_signing(verb: Token) -> bool:
    """Whether it says that somebody signs, what not being said again: "signed for Norland", "put pen to paper"."""
    if verb.pos_ == "VERB" and verb.lemma_ == "sign":
        return all(t.pos_ == "PRON" for t in syntax.children(verb, "obj"))
    if verb.lemma_ not in {"put", "set", "affix"}:
        return False
    return any(t.lemma_ in {"pen", "name", "signature"} for t in syntax.children(verb, "obj"))


def _describing(document: Document, head: Token) -> list[tuple[int, int]]:
    """Token ranges that say what the instrument is about: its own clause, and one that goes on with "It covers"."""
    if head.dep_ not in {"nsubj", "nsubj:pass"} or head.head.lemma_ not in describing_verbs():
        return []
    found = [(head.head.i, document.sentence(head.i)[1])]
    after = document.sentence_index(head.i) + 1
    if after < len(document.sentences):
        low, high = document.sentences[after]
        first = document.doc[low]
        if first.lower_ == "it" and first.head.lemma_ in describing_verbs():
            found.append((first.head.i, high))
    return found


def _put_scope(document: Document, draft: Draft, entry: Entry) -> None:
    domains: dict[str, tuple[int, int]] = {}
    for sighting in entry.sightings:
        instrument = sighting.instrument
        low, high = document.sentence(instrument.head.i)
        put_term(document, draft, instrument.low, instrument.high, low, high)
        put_next_term(document, draft, instrument.head)
        inside = (min(instrument.low, instrument.first), max(instrument.high, instrument.last))
        if instrument.plural and instrument.first > instrument.head.i:
            inside = (instrument.first, instrument.last)  # one of several, told by its matter
        for first, last in (inside, *_describing(document, instrument.head)):
            for name, span in find_domains(document, first, last).items():
                domains.setdefault(name, span)
        money = document.within(instrument.low, instrument.high, MoneyMention)
        if money and "amount" not in draft:
            draft.put("amount", money[0].money, money[0].span)
    if not any(deed.frame == "listed" for s in entry.sightings for deed in s.deeds):
        domains = domains or _around(document, entry)
    if domains:
        draft.put("domains", tuple(domains), *domains.values())


def _around(document: Document, entry: Entry) -> dict[str, tuple[int, int]]:
    """What the sentences that tell of it are about, the first that says something; else what the whole report is about."""
    for sighting in entry.sightings:
        if found := find_domains(document, *document.sentence(sighting.instrument.head.i)):
            return found
    return main_domain(document)
