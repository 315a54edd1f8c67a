"""Agreements whose parties no phrase gives: an instrument that the network sees made, with the parties it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_deeds import Deed, find_deeds
from foedus.extract.agreements_sighting import Entry, Sighting
from foedus.extract.likely import likely_parties
from foedus.language import syntax
from foedus.mentions.deeds import LikelyDeed, likely_deeds
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.extract.agreements_instruments import Instrument
    from foedus.mentions import Document

STAGES = {
    "signed": "signed", "agreed": "agreed", "initialled": "initialled", "negotiating": "negotiating", "proposed": "proposed",
    "ratified": "ratified", "force": "in force", "renewed": "renewed", "amended": "amended", "suspended": "suspended",
    "ended": "terminated", "rejected": "rejected",
}  # fmt: skip
"""The network's labels of what is done to instruments."""
LEAST = 0.8
_UNFIT = {"never", "refer"}
_NO_FACT = {"negated", "hypothetical"}


def by_likeness(document: Document, entries: list[Entry], instruments: Iterable[Instrument]) -> list[Entry]:
    """The agreements that the network sees among `instruments`, which no entry has yet, in text order."""
    deeds = [deed for deed in likely_deeds(document, LEAST) if deed.label in STAGES]
    if not deeds:
        return []
    taken = {seen.instrument.head.i for entry in entries for seen in entry.sightings}
    found: list[Entry] = []
    for instrument in instruments:
        if instrument.head.i in taken or instrument.needs in _UNFIT or instrument.plural:
            continue
        deed = _deed_of(document, instrument, deeds)
        if deed is None:
            continue
        parties = likely_parties(document, deed.token)
        if parties.codes and not any(_may_be(entry, instrument, parties) for entry in [*entries, *found]):
            found.append(Entry(parties, [_sighting(document, instrument, deed, parties)]))
    return found


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


def _may_be(entry: Entry, instrument: Instrument, parties: Parties) -> bool:
    """Whether the instrument may be one that is known: of the same parties, and not plainly of another kind."""
    if set(entry.parties.codes) != set(parties.codes):
        return False
    kinds = {seen.instrument.row["instrument"] for seen in entry.sightings}
    return (
        instrument.row["instrument"] in kinds
        or instrument.definite
        or "agreement" in kinds | {instrument.row["instrument"]}
    )


def _sighting(document: Document, instrument: Instrument, likely: LikelyDeed, parties: Parties) -> Sighting:
    deeds = find_deeds(document, instrument)
    verb = document.doc[likely.token]
    kind = document.modality(verb).kind
    if not any(deed.stage for deed in deeds) and kind not in _NO_FACT:
        stage = STAGES[likely.label]
        deeds.append(Deed("likely", stage, verb, parties, Parties(), kind, Parties(), False))
    return Sighting(instrument, deeds, parties, [])
