"""Agreements whose parties no phrase gives: an instrument that the network sees made, with the parties it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_beliefs import STAGES, clear_pair
from foedus.extract.agreements_brokers import go_betweens
from foedus.extract.agreements_deeds import Deed, as_fact, find_deeds, private_nouns
from foedus.extract.agreements_guessed import is_only_a_citizen
from foedus.extract.agreements_joining import is_none, is_only_hoped
from foedus.extract.agreements_many import is_of_many
from foedus.extract.agreements_same import is_headline, may_be
from foedus.extract.agreements_sighting import Entry, Sighting
from foedus.extract.agreements_unsaid import is_of_others
from foedus.extract.likely import likely_parties
from foedus.language import syntax
from foedus.mentions.deeds import LikelyDeed, likely_deeds
from foedus.mentions.model import Parties
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.extract.agreements_instruments import Instrument
    from foedus.language.doc import Token
    from foedus.mentions import Document

LEAST = 0.4
_AGREED, _ELSE = 0.4, 0.65
"""How sure the network must be of who takes part: where these are the parties found, and where they are others."""
_UNFIT = {"never", "refer"}
_TOLD = {"sign", "name", "exchange"}
_NO_FACT = {"negated", "hypothetical"}


def by_likeness(document: Document, entries: list[Entry], instruments: Iterable[Instrument]) -> list[Entry]:
    """The agreements that the network sees among `instruments`, which no entry has yet, in text order."""
    deeds = [deed for deed in likely_deeds(document, LEAST) if deed.label in STAGES]
    if not deeds:
        return []
    taken = {seen.instrument.head.i for entry in entries for seen in entry.sightings}
    found: list[Entry] = []
    for instrument in instruments:
        if instrument.head.i in taken or instrument.plural or not _is_fit(document, instrument):
            continue
        deed = _deed_of(document, instrument, deeds)
        if deed is None:
            continue
        parties = likely_parties(document, deed.token)
        if len(parties.codes) < 2:
            parties = clear_pair(document, {instrument.head.i, deed.token}, Parties())
        who = partners(document, deed.token)
        if who.belief < (_AGREED if who.parties.codes == parties.codes else _ELSE):
            continue
        if not parties.codes or any(may_be(entry, instrument, parties) for entry in [*entries, *found]):
            continue
        if any(is_only_a_citizen(document, code) for code in parties.codes):
            continue
        seen = _sighting(document, instrument, deed, parties)
        inside = any(_is_made_by(instrument, s.instrument) for e in [*entries, *found] for s in e.sightings)
        if not (inside or is_none(seen) or is_only_hoped(seen) or _is_of_others(document, seen)):
            found.append(Entry(parties, [seen]))
    return found


def _is_fit(document: Document, instrument: Instrument) -> bool:
    """Whether the network may say by itself whose it is: no headline, and no truce, whose brokers and victims are named beside it.

    What only counts when it is signed, or is called so in a quotation, needs a predicate that says what is done to it. What is
    only denied, asked or imagined is none.
    """
    if instrument.needs in _UNFIT or instrument.row["instrument"] == "ceasefire" or is_headline(instrument):
        return False
    deeds = find_deeds(document, instrument)
    if is_of_many(document, Sighting(instrument, deeds, Parties(), [])):
        return False
    if instrument.needs in _TOLD or document.in_quote(instrument.head.idx):
        return any(deed.stage and deed.frame != "stands" for deed in deeds)
    return not deeds or any(deed.stage for deed in deeds)


def _deed_of(document: Document, instrument: Instrument, deeds: list[LikelyDeed]) -> LikelyDeed | None:
    """The likely deed that is told of the instrument: on its head, or on a verb or noun above it in its sentence."""
    head = instrument.head
    above = {head.i, *(t.i for t in syntax.governing_verbs(head)), *(t.i for t in list(head.ancestors)[:2])}
    below = {c.i for c in head.children if c.dep_ in {"acl", "acl:relcl"}}
    own = [
        d
        for d in deeds
        if d.token in above | below and document.sentence_index(d.token) == document.sentence_index(head.i)
    ]
    return max(own, key=lambda d: d.belief, default=None)


def _is_of_others(document: Document, seen: Sighting) -> bool:
    """Whether it is made with firms or persons, or the parties found are those who only broker it."""
    heads = [seen.instrument.head, *(deed.verb for deed in seen.deeds)]
    if set(seen.parties.codes) & set(go_betweens(document).codes) or is_of_others(document, heads):
        return True
    sides = [c for head in heads for c in head.children if syntax.preposition(c) in {"with", "between"}]
    sides += [one for deed in seen.deeds if (one := syntax.subject(deed.verb)) is not None]
    return any(_is_firm(side) for side in sides)


def _is_firm(noun: Token) -> bool:
    word = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (word in private_nouns() or word.endswith("maker"))


def _is_made_by(now: Instrument, one: Instrument) -> bool:
    """Whether it is only what another instrument sets up or is about: "a memorandum creating a framework for talks"."""
    return one.head.i < now.head.i and any(above.i == one.head.i for above in now.head.ancestors)


def _kind(document: Document, word: Token) -> str:
    """The modality of a verb, of a noun that of the verb above it where that one is not done."""
    own = document.modality(word).kind
    above = syntax.governing_verbs(word)[:1] if word.pos_ in {"NOUN", "PROPN"} else []
    return next((kind for verb in above if (kind := document.modality(verb).kind) != "actual"), own)


def _sighting(document: Document, instrument: Instrument, likely: LikelyDeed, parties: Parties) -> Sighting:
    deeds = find_deeds(document, instrument)
    verb = document.doc[likely.token]
    kind = _kind(document, verb)
    stage = as_fact(STAGES[likely.label], kind, verb)
    if not any(deed.stage for deed in deeds) and kind not in _NO_FACT and stage is not None:
        deeds.append(Deed("likely", stage, verb, parties, Parties(), kind, Parties(), False))
    return Sighting(instrument, deeds, parties, [])
