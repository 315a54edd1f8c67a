"""Which mentions of instruments are one agreement, and which stand for one at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_beliefs import surely_made, tokens_of
from foedus.extract.agreements_brokers import go_betweens
from foedus.extract.agreements_frames import describing_verbs
from foedus.extract.agreements_guessed import beliefs_of, told_belief
from foedus.extract.agreements_many import is_of_many
from foedus.extract.agreements_parties import protagonist
from foedus.extract.agreements_same import BODY_MAKES, HEADLINE, is_headline, is_named_short, is_same, may_be
from foedus.extract.agreements_sighting import Entry, Sighting
from foedus.extract.agreements_unsaid import complete, is_made_known, is_referred, may_be_made
from foedus.extract.agreements_words import is_acted_on, is_article_new, is_listed, topic_of
from foedus.language import syntax
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.extract.agreements_deeds import Deed
    from foedus.language.doc import Token
    from foedus.mentions import Document

_FIRM = {"signed", "initialled"}
_PUT_DOWN = {"agreed", "signed", "initialled"}
_SOFT = {"agreed", "proposed", "negotiating", "rejected"}
_COUNTED = {"first", "second", "third", "fourth", "fifth", "latest"}
_QUARRELS = {"dispute", "disagreement", "row", "quarrel", "tension", "contention", "difference", "concern"}
"""Nouns behind which an agreement is only what somebody disagrees about."""
_BACK = 3
"""So many sentences back the signing is looked for with which "another agreement covers" goes on."""
_TOLD, _EACH = 0.7, 0.6
"""Belief that the noun tells an agreement, and that each of its parties takes part, from which it counts whatever is done to it."""
_JOINT = {"joint_statement", "joint_declaration"}
_ALONE = {"withdrawn", "notice given", "ratified", "signed"}
"""What one state does by itself to an instrument of many, whose other parties then need no naming."""
_WITH_MANY = {"convention", "treaty", "protocol", "agreement"}


def place(document: Document, entries: list[Entry], seen: Sighting) -> None:
    """Join the sighting to the agreement it means, or begin a new one (one a partner, for "agreements with A and B")."""
    if seen.instrument.means is not None:
        _join_meant(entries, seen)
        return
    many = is_of_many(document, seen)
    if entries and _is_joined_later(seen):
        return
    seen = _told_on(document, entries, seen)
    for own in _party_sets(document, seen):
        like = [e for e in reversed(entries) if not many or any(s.instrument.named for s in e.sightings)]
        like = [e for e in like if e.parties or not own]
        like.sort(key=lambda e: is_acted_on(e.first.instrument.head))  # the new one before the old one that it changes
        sure = _sure(document, seen, own)
        known = next((e for e in like if sure <= set(e.parties.codes) and is_same(document, e, seen, own)), None)
        parties = own if known is not None else complete(document, entries, seen, own)
        if known is None and parties is not own:
            known = next((e for e in reversed(entries) if is_same(document, e, seen, parties)), None)
        if known is not None:
            named = parties if is_named_short(known, seen, parties) else known.parties
            known.sightings.append(seen)
            known.parties = Parties(named.codes, named.spans, (known.parties | parties).persons)
        elif _enough(document, seen, parties) and (
            _counts(document, seen) or _is_surely_made(document, entries, seen, parties)
        ):
            entries.append(Entry(parties, [seen]))


def _sure(document: Document, seen: Sighting, own: Parties) -> set[str]:
    """Those of whom the network is sure that they make what is told of more than by "the treaty": it is none of others before."""
    one = seen.instrument
    if len(own.codes) > 1 or one.last - one.first < 2 or one.needs == "refer" or one.plural:
        return set()
    sure = set(surely_made(document, tokens_of(seen)).codes)
    return sure if set(own.codes) <= sure else set()


def _told_on(document: Document, entries: list[Entry], seen: Sighting) -> Sighting:
    """The mention with the signing of the sentence before, where it goes on with a further one: "**A second** document covers rails"."""
    one, verb = seen.instrument, seen.instrument.head.head
    if seen.deeds or not one.other or one.definite or one.head.dep_ != "nsubj" or verb.lemma_ not in describing_verbs():
        return seen
    before = [
        (e, d)
        for e in entries
        for s in e.sightings
        for d in s.deeds
        if d.stage == d.frame == "signed" and d.verb.i < one.head.i
    ]
    if not before or seen.parties or seen.partners or document.modality(verb).kind != "actual":
        return seen
    entry, deed = max(before, key=lambda known: known[1].verb.i)
    if document.sentence_index(one.head.i) - document.sentence_index(deed.verb.i) > _BACK:
        return seen
    return Sighting(one, [deed], entry.parties, [])


def _is_joined_later(seen: Sighting) -> bool:
    """Whether others only may or do become parties of one told before: "are free to **sign up to** the agreement"."""
    one = seen.instrument
    joining = [
        d for d in seen.deeds if d.verb.lemma_ in {"join", "accede"} or any(c.lower_ == "up" for c in d.verb.children)
    ]
    return (
        bool(joining)
        and len(joining) == len(seen.deeds)
        and one.definite
        and not one.named
        and one.last - one.first < 2
    )


def _join_meant(entries: list[Entry], seen: Sighting) -> None:
    """Join what is said of "it" to the agreement that it stands for, when that is one."""
    for entry in entries:
        if any(one.instrument.head.i == seen.instrument.means for one in entry.sightings):
            entry.sightings.append(seen)
            return


def _party_sets(document: Document, seen: Sighting) -> list[Parties]:
    """The sets of parties that the mention makes agreements between: one, but for a plural with several partners."""
    mine, partners = seen.parties, seen.partners
    if seen.instrument.plural and len(partners) == 1 and len(partners[0].codes) > 1 and len(mine.codes) < 2:
        partners = [Parties((code,), partners[0].spans) for code in partners[0].codes if code not in mine.codes]
        if not mine:
            mine = protagonist(document, seen.instrument.head.i, partners[0])
    if seen.instrument.plural and len(partners) > 1:
        return [mine | partner for partner in partners]
    if _each_with_somebody(seen):
        return []
    if _each_alone(seen):
        return [Parties((code,), mine.spans, mine.persons) | partners[0] for code in mine.codes]
    for partner in partners:
        mine |= partner
    return [mine]


def _each_with_somebody(seen: Sighting) -> bool:
    """Whether several have one each with partners who are not told: "have each signed agreements with at least one partner"."""
    each = any(t.lower_ == "each" for d in seen.deeds for t in d.verb.doc[max(d.verb.i - 2, 0) : d.verb.i])
    untold = any(syntax.preposition(c) == "with" for c in seen.instrument.head.children)
    return each and untold and not seen.partners


def _each_alone(seen: Sighting) -> bool:
    """Whether several have one each with the same partner: "both have each signed an accord with Peru"."""
    if len(seen.partners) != 1 or len(seen.parties.codes) < 2:
        return False
    return any(c.lower_ in {"each", "separately", "respectively"} for d in seen.deeds for c in d.verb.children)


def _enough(document: Document, seen: Sighting, parties: Parties) -> bool:
    if len(parties.codes) >= 2:
        return True
    if not parties and _is_known_by_name(document, seen):
        return True
    if (
        len(parties.codes) == 1
        and seen.instrument.named
        and not seen.partners
        and _ALONE & {d.stage for d in seen.deeds}
    ):
        return seen.instrument.row["instrument"] in _WITH_MANY
    if len(parties.codes) == 1 and _within_state(document, seen, parties):
        return True
    if len(parties.codes) == 1 and _of_members(document, seen, parties):
        return True
    adopted = any(deed.stage == "agreed" for deed in seen.deeds)
    body = len(parties.codes) == 1 and parties.codes[0].startswith("org:")
    return body and adopted and seen.instrument.row["instrument"] in BODY_MAKES


def _is_known_by_name(document: Document, seen: Sighting) -> bool:
    """Whether it is told by its full name alone, as one that everybody knows: "the 1948 Lund Convention"."""
    one = seen.instrument
    if not one.named or one.plural or seen.private or seen.partners or is_headline(one) or one.last - one.first < 2:
        return False
    return (
        one.definite
        and one.year is not None
        and one.row["instrument"] in _WITH_MANY
        and not document.in_quote(one.head.idx)
    )


def _is_made(deeds: list[Deed]) -> bool:
    return any(d.stage in _PUT_DOWN and d.modality == "actual" and not d.private for d in deeds)


def _of_members(document: Document, seen: Sighting, parties: Parties) -> bool:
    """Whether it is made by the member states of one organisation, which then stands for them."""
    words = document.lemmas(seen.instrument.low, seen.instrument.high)
    made = any(d.stage in _FIRM and d.modality == "actual" for d in seen.deeds)
    return parties.codes[0].startswith("org:") and "member" in words and made


def _within_state(document: Document, seen: Sighting, parties: Parties) -> bool:
    """Whether a government made it with those who fight it ("signed a truce with the rebels")."""
    if parties.codes[0].startswith("org:") or set(parties.codes) & set(go_betweens(document).codes):
        return False
    made = any(d.private and d.actors and d.stage in _PUT_DOWN and d.modality == "actual" for d in seen.deeds)
    return made and not seen.partners


def _counts(document: Document, seen: Sighting) -> bool:
    """Whether the words are enough for a record of their own."""
    deeds = [d for d in seen.deeds if d.stage]
    needs = seen.instrument.needs
    known = seen.instrument.definite or seen.instrument.named or seen.instrument.year is not None
    if is_none(seen) or _is_vague_wish(seen, deeds):
        return False
    hoped = seen.parties and seen.partners and all(d.modality == "hypothetical" for d in seen.deeds)
    if seen.deeds and not deeds and not known and not hoped and all(d.modality != "actual" for d in seen.deeds):
        return False
    if deeds and (_only_stands(seen, deeds) or is_only_hoped(seen) or _only_called(seen, deeds)):
        return False
    if needs == "talks" or any(d.frame in {"listed", "heading"} for d in deeds):
        return bool(deeds)
    if needs == "refer":
        return _paper_counts(seen, deeds)
    if needs == "sign" and deeds and all(d.frame == "stands" for d in deeds) and len(seen.parties.codes) < 2:
        return False
    if seen.instrument.row["instrument"] in BODY_MAKES and len(seen.parties.codes) > 1 and not seen.deeds:
        return not _is_rated(seen)
    if needs == "sign" and not seen.deeds and seen.instrument.row["instrument"] not in BODY_MAKES:
        return _is_told_by_name(seen)
    if seen.instrument.row["instrument"] in BODY_MAKES and _is_made(deeds) and seen.instrument.row["id"] in _JOINT:
        return True
    if needs == "sign" and not seen.instrument.named:
        together = any(d.stage == "agreed" and len(d.actors.codes) > 1 for d in deeds)
        return together or any(d.stage not in _SOFT or d.frame == "signed" for d in deeds)
    if needs == "exchange":
        return any(d.verb.lemma_ == "exchange" for d in deeds)
    if needs == "deed" and seen.instrument.other and seen.instrument.plural and seen.partners:
        return True  # "similar arrangements with Peru and Chile"
    if needs in {"deed", "joint"} and not seen.instrument.named:
        return bool(deeds) or (seen.instrument.definite and seen.instrument.dated)
    if deeds or is_referred(seen.instrument) or seen.instrument.named or is_made_known(document, seen):
        return True
    return len(seen.parties.codes) + len(seen.partners) >= 2


def _is_told_by_name(seen: Sighting) -> bool:
    """Whether what only counts when it is signed is told as there: by its name in a list or between two, or by its date."""
    one = seen.instrument
    if one.definite and one.dated:
        return True
    return one.named and (is_listed(one) or (len(seen.parties.codes) > 1 and one.head.dep_ != "compound"))


def _is_surely_made(document: Document, entries: list[Entry], seen: Sighting, parties: Parties) -> bool:
    """Whether the network is sure that the words tell an agreement of just these parties, and it can be none that is known."""
    if not may_be_made(document, seen) or is_none(seen) or is_only_hoped(seen):
        return False
    one = seen.instrument
    is_new = is_article_new(one) and one.last - one.first > 1
    if not is_new and any(may_be(entry, one, parties) for entry in entries):
        return False
    if set(surely_made(document, tokens_of(seen)).codes) == set(parties.codes):
        return True
    each = beliefs_of(document, seen)
    return told_belief(document, seen) >= _TOLD and all(each.get(code, 0.0) >= _EACH for code in parties.codes)


def _is_rated(seen: Sighting) -> bool:
    """Whether it is only said to be the greatest of its sort: "the most important declaration of friendship in ten years"."""
    one = seen.instrument
    before = {t.lower_ for t in one.head.doc[one.low : one.head.i]}
    return not one.named and bool(before & {"most", "biggest", "strongest", "greatest", "first"})


def _is_vague_wish(seen: Sighting, deeds: list[Deed]) -> bool:
    """Whether several only each want some: "powers that seek broad arrangements across the region"."""
    one = seen.instrument
    alone = one.plural and one.bare and not one.named and not one.other and not seen.partners
    return alone and bool(deeds) and {d.stage for d in deeds} == {"proposed"} and not topic_of(one)


def _paper_counts(seen: Sighting, deeds: list[Deed]) -> bool:
    """Whether a "document" or "text" is an instrument of its own: signed, or one of several told by its matter or partner."""
    one = seen.instrument
    if one.other and (
        (one.bare and seen.partners) or any(d.stage in _PUT_DOWN and d.modality == "actual" for d in deeds)
    ):
        return True
    if one.plural and (one.definite or one.last - one.first < 2):
        return False
    return any(d.frame in _FIRM for d in deeds)


def _is_heading_word(seen: Sighting) -> bool:
    """Whether "International Agreements" is the name of a rubric, of which nothing is told."""
    one = seen.instrument
    return one.named and one.plural and not one.definite and not seen.deeds and not seen.parties


def is_none(seen: Sighting) -> bool:
    """Whether the words are no mention of an instrument that there is: "there is no treaty", "it is their fifth treaty", a rubric."""
    if _is_told_of(seen) or _is_heading_word(seen):
        return True
    children = list(seen.instrument.head.children)
    if any(c.lower_ == "such" and c.i + 1 < c.head.i for c in children) and any(
        c.lower_ in {"a", "an"} for c in children
    ):
        return not any(d.stage for d in seen.deeds)  # "the first to enter into such an accord"
    about = syntax.preposition(seen.instrument.head) in {"regarding", "over", "about", "concerning"}
    if about and seen.instrument.head.head.lemma_.lower() in _QUARRELS and _is_unmade(seen):
        return True
    return any(c.dep_ == "det" and c.lower_ == "no" for c in children) or _with_anybody(seen)


def _is_unmade(seen: Sighting) -> bool:
    """Whether the words bring in an agreement, and tell nothing that was done to it."""
    return not seen.instrument.definite and not any(d.frame in _PUT_DOWN for d in seen.deeds)


def _with_anybody(seen: Sighting) -> bool:
    """Whether the partner is nobody in particular: "must sign an accord with each country that buys arms"."""
    sides = [c for c in seen.instrument.head.children if syntax.preposition(c) == "with"]
    return any(t.dep_ == "det" and t.lower_ in {"each", "any", "every"} for c in sides for t in c.children)


def _is_told_of(seen: Sighting) -> bool:
    """Whether the words only say what one told of before is: "it is Norland's fifth trade deal"."""
    children = list(seen.instrument.head.children)
    told = {"it", "this", "that", *(["these"] if seen.instrument.plural else [])}
    pronoun = any(c.dep_ == "nsubj" and c.lower_ in told for c in children)
    one = seen.instrument
    words = {t.lower_ for t in one.head.doc[one.low : one.head.i]}
    return (pronoun and any(c.dep_ == "cop" for c in children)) or ("such" in words and bool(words & _COUNTED))


def is_only_hoped(seen: Sighting) -> bool:
    """Whether "agreement" without an article is what they want to come to ("met to reach agreement on prices"), no instrument."""
    one = seen.instrument
    alone = one.bare and one.row["id"] == "agreement" and not one.named and not one.plural and one.head.i >= HEADLINE
    plain = alone and one.head.doc[one.head.i - 1].dep_ not in {"compound", "amod"}
    hoped = all(d.frame == "agreed" and (d.modality != "actual" or _is_aim(d.verb)) for d in seen.deeds)
    alone_said = all(deed.frame == "agreed" and one.last == one.head.i + 1 for deed in seen.deeds)
    described = not seen.deeds and one.last > one.head.i + 1
    return plain and not described and (hoped or alone_said)


def _is_aim(verb: Token) -> bool:
    """Whether it is what something else is done for: "met to reach agreement"."""
    return verb.tag_ == "VB" and verb.dep_ == "advcl" and any(c.lower_ == "to" for c in verb.children)


def _only_called(seen: Sighting, deeds: list[Deed]) -> bool:
    """Whether some are only said to have been made: "under signed agreements"."""
    one = seen.instrument
    return one.plural and one.bare and not one.named and all(d.verb.dep_ == "amod" for d in deeds)


def _only_stands(seen: Sighting, deeds: list[Deed]) -> bool:
    """Whether all that is said is that some "truce" or "arrangements" hold: an instrument told of elsewhere, or none."""
    if any(deed.stage != "in force" for deed in deeds) or len(seen.parties.codes) > 1:
        return False
    one = seen.instrument
    return not one.named and one.year is None and (one.plural or one.last - one.first < 2)
