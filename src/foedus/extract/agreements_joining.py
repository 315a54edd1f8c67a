"""Which mentions of instruments are one agreement, and which stand for one at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_parties import protagonist
from foedus.extract.agreements_same import BODY_MAKES, HEADLINE, is_same
from foedus.extract.agreements_sighting import Entry, Sighting
from foedus.extract.agreements_unsaid import complete, is_referred
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.extract.agreements_deeds import Deed
    from foedus.mentions import Document

_FIRM = {"signed", "initialled"}
_SOFT = {"agreed", "proposed", "negotiating", "rejected"}
_ALONE = {"withdrawn", "notice given", "ratified"}
"""What one state does by itself to an instrument of many, whose other parties then need no naming."""
_WITH_MANY = {"convention", "treaty", "protocol"}


def place(document: Document, entries: list[Entry], seen: Sighting) -> None:
    """Join the sighting to the agreement it means, or begin a new one (one a partner, for "agreements with A and B")."""
    for own in _party_sets(document, seen):
        known = next((e for e in reversed(entries) if is_same(document, e, seen, own)), None)
        parties = own if known is not None else complete(document, entries, seen, own)
        if known is None and parties is not own:
            known = next((e for e in reversed(entries) if is_same(document, e, seen, parties)), None)
        if known is not None:
            known.sightings.append(seen)
            known.parties = Parties(known.parties.codes, known.parties.spans, (known.parties | parties).persons)
        elif _enough(seen, parties) and _counts(seen):
            entries.append(Entry(parties, [seen]))


def _party_sets(document: Document, seen: Sighting) -> list[Parties]:
    """The sets of parties that the mention makes agreements between: one, but for a plural with several partners."""
    mine, partners = seen.parties, seen.partners
    if seen.instrument.plural and len(partners) == 1 and len(partners[0].codes) > 1 and len(mine.codes) < 2:
        partners = [Parties((code,), partners[0].spans) for code in partners[0].codes if code not in mine.codes]
        if not mine:
            mine = protagonist(document, seen.instrument.head.i, partners[0])
    if seen.instrument.plural and len(partners) > 1:
        return [mine | partner for partner in partners]
    for partner in partners:
        mine |= partner
    return [mine]


def _enough(seen: Sighting, parties: Parties) -> bool:
    if len(parties.codes) >= 2:
        return True
    if (
        len(parties.codes) == 1
        and seen.instrument.named
        and not seen.partners
        and _ALONE & {d.stage for d in seen.deeds}
    ):
        return seen.instrument.row["instrument"] in _WITH_MANY
    adopted = any(deed.stage == "agreed" for deed in seen.deeds)
    body = len(parties.codes) == 1 and parties.codes[0].startswith("org:")
    return body and adopted and seen.instrument.row["instrument"] in BODY_MAKES


def _counts(seen: Sighting) -> bool:
    """Whether the words are enough for a record of their own."""
    deeds = [d for d in seen.deeds if d.stage]
    needs = seen.instrument.needs
    known = seen.instrument.definite or seen.instrument.named or seen.instrument.year is not None
    if _is_told_of(seen):
        return False
    if seen.deeds and not deeds and not known and all(d.modality != "actual" for d in seen.deeds):
        return False
    if deeds and (_only_stands(seen, deeds) or _only_hoped(seen)):
        return False
    if needs == "talks" or any(d.frame in {"listed", "heading"} for d in deeds):
        return bool(deeds)
    if (
        needs == "refer"
        and seen.instrument.plural
        and (seen.instrument.definite or seen.instrument.last - seen.instrument.first < 2)
    ):
        return False
    if needs == "refer":
        return any(d.frame in _FIRM for d in deeds)
    if needs == "sign" and deeds and all(d.frame == "stands" for d in deeds) and len(seen.parties.codes) < 2:
        return False
    if seen.instrument.row["instrument"] in BODY_MAKES and len(seen.parties.codes) > 1 and not seen.deeds:
        return True
    if needs == "sign" and not seen.deeds and seen.instrument.row["instrument"] not in BODY_MAKES:
        return False
    if needs == "sign" and not seen.instrument.named:
        together = any(d.stage == "agreed" and len(d.actors.codes) > 1 for d in deeds)
        return together or any(d.stage not in _SOFT for d in deeds)
    if needs == "exchange":
        return any(d.verb.lemma_ == "exchange" for d in deeds)
    if needs in {"deed", "joint"} and not seen.instrument.named:
        return bool(deeds)
    if deeds or is_referred(seen.instrument) or seen.instrument.named:
        return True
    return len(seen.parties.codes) + len(seen.partners) >= 2


def _is_told_of(seen: Sighting) -> bool:
    """Whether the words only say what one told of before is: "it is Norland's fifth trade deal"."""
    children = list(seen.instrument.head.children)
    pronoun = any(c.dep_ == "nsubj" and c.lower_ in {"it", "this", "that", "these"} for c in children)
    return pronoun and any(c.dep_ == "cop" for c in children)


def _only_hoped(seen: Sighting) -> bool:
    """Whether "agreement" without an article is what they want to come to ("met to reach agreement on prices"), no instrument."""
    one = seen.instrument
    alone = one.bare and one.row["id"] == "agreement" and not one.named and not one.plural and one.head.i >= HEADLINE
    plain = alone and one.head.doc[one.head.i - 1].dep_ not in {"compound", "amod"}
    return plain and all(deed.frame == "agreed" and deed.modality != "actual" for deed in seen.deeds)


def _only_stands(seen: Sighting, deeds: list[Deed]) -> bool:
    """Whether all that is said is that some "truce" or "arrangements" hold: an instrument told of elsewhere, or none."""
    if any(deed.stage != "in force" for deed in deeds) or len(seen.parties.codes) > 1:
        return False
    one = seen.instrument
    return not one.named and one.year is None and (one.plural or one.last - one.first < 2)
