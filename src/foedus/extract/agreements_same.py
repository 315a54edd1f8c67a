"""Whether two mentions of instruments mean one: by name, kind, year, parties and what they are about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import DateMention, Parties

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.extract.agreements_sighting import Entry, Sighting
    from foedus.language.doc import Token
    from foedus.mentions import Document

BODY_MAKES = {"joint declaration", "joint statement"}
_GENERIC = {"agreement", "framework agreement", "other", "treaty", "peace agreement", "arrangement"}
_ANY = {"agreement", "arrangement", "accord", "deal", "pact", "document", "paper"}
"""Words that, said again, can mean an instrument of any kind."""
_NEAR = 3
"""How many sentences back "the deal" may mean an instrument that was called by another word."""
_NO_TOPIC = {
    "understanding",
    "intent",
    "note",
    "letter",
    "principle",
    "cooperation",
    "establishment",
    "state",
    "country",
}
_COMMON = {"agreement", "treaty", "protocol", "framework", "new", "pact", "accord", "convention", "declaration"}
HEADLINE = 25
"""So many tokens at the head of a report can be its headline."""
_FOLLOWING = {"follow", "replace", "supersede", "succeed", "build", "update", "modernise", "modernize"}


def is_same(document: Document, entry: Entry, seen: Sighting, parties: Parties) -> bool:
    """Whether the sighting, made between `parties`, means the agreement of `entry`: by its name, kind, year and matter."""
    first, now = entry.first.instrument, seen.instrument
    if now.year and first.year and now.year != first.year:
        return False
    if (
        any(s.instrument.low <= now.head.head.i < s.instrument.high for s in entry.sightings)
        and now.head.dep_ == "appos"
    ):
        return True
    if not set(parties.codes) <= set(entry.parties.codes) and not _said_again(entry, seen, parties):
        return False
    if now.other or is_predecessor(now.head) or (now.needs == "refer" and now.plural and not first.plural):
        return False
    if any(_inside(now, s.instrument) for s in entry.sightings):
        return False
    if any(deed.frame == "listed" for deed in seen.deeds) and not (now.named and first.named):
        return False
    if _other_topic(entry, now):
        return False
    names = [s.instrument for s in entry.sightings if s.instrument.named]
    kinds = _kinds_agree(document, entry, now)
    if now.named and names:
        return kinds and any(_one_name(now, name) for name in names)
    if not kinds and now.needs != "refer" and first.needs != "refer":
        return False
    if now.year and now.year != first.year and not (now.definite and (now.named or names)):
        return False
    if _is_yet_to_come(seen) and any(d.stage == "signed" for s in entry.sightings for d in s.deeds):
        return False
    if now.named and not names and not _led_to(entry, seen) and _age(document, now) != _age(document, first):
        return False
    headline = is_headline(first) and not any(deed.frame == "listed" for deed in entry.first.deeds)
    return now.definite or now.named or now.needs == "refer" or headline


def _is_yet_to_come(seen: Sighting) -> bool:
    """Whether it is still to be signed."""
    return seen.instrument.named and any(d.frame == "signed" and d.modality != "actual" for d in seen.deeds)


def _led_to(entry: Entry, seen: Sighting) -> bool:
    """Whether the talks on it were over in an earlier year than the signing ("the pact, concluded in 2021")."""
    concluded = seen.instrument.definite and {d.stage for d in seen.deeds} == {"agreed"}
    return concluded and any(d.stage == "signed" for d in entry.first.deeds)


def _other_topic(entry: Entry, now: Instrument) -> bool:
    """Whether it is about another matter, by the words behind the noun: "the memorandum on rice" is not that on ports."""
    topic = _topic(now)
    if not topic:
        return False
    if entry.first.instrument.plural and not now.plural and len(entry.sightings) > 1:
        return True
    topics = [one for s in entry.sightings if (one := _topic(s.instrument))]
    return bool(topics) and not any(topic & one for one in topics)


def _topic(instrument: Instrument) -> set[str]:
    if instrument.named:
        return set()
    tokens = instrument.head.doc[instrument.head.i + 1 : instrument.last]
    return {t.lemma_.lower() for t in tokens if t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}} - _NO_TOPIC


def _inside(now: Instrument, one: Instrument) -> bool:
    """Whether `now` is the same words, or stands in the phrase of `one`: "the annex to the agreement" is two."""
    if now.head.i == one.head.i:
        return True
    return now.head.dep_ == "nmod" and now.head.head.i == one.head.i and now.head.i > one.head.i


def is_predecessor(head: Token) -> bool:
    """Whether it is what another instrument follows or replaces: "the treaty supersedes the convention of 1907"."""
    verb = head.head
    if head.dep_ not in {"obj", "obl"} or verb.lemma_ not in _FOLLOWING:
        return False
    one = syntax.subject(verb)
    if one is None:
        return False
    return one.lower_ in {"it", "this", "which", "that", "they"} or one.lemma_.lower() in _instrument_words()


@cache
def _instrument_words() -> frozenset[str]:
    return frozenset(form.split(" ")[-1] for row in load_table("instruments") for form in split_forms(row["forms"]))


def _said_again(entry: Entry, seen: Sighting, parties: Parties) -> bool:
    """Whether "the treaty" alone means the one before although those who signed it seem to be others: onlookers, successors."""
    now, first = seen.instrument, entry.first.instrument
    alone = now.definite and not now.plural and now.last - now.first == 1 and not seen.partners
    return (
        alone
        and now.row["instrument"] == first.row["instrument"]
        and bool(set(parties.codes) & set(entry.parties.codes))
    )


def is_headline(instrument: Instrument) -> bool:
    """Whether the words stand without an article at the very head of the report."""
    return instrument.bare and instrument.head.i < HEADLINE


def _age(document: Document, instrument: Instrument) -> str | None:
    """The bygone year that the sentence gives beside the instrument, None when it gives none."""
    if instrument.year:
        return instrument.year
    now = (document.report.published_on or "9999")[:4]
    for date in document.within(*document.sentence(instrument.head.i), DateMention):
        year = date.edtf[:4]
        if year.isdigit() and int(year) + 1 < int(now):
            return year
    return None


def _kinds_agree(document: Document, entry: Entry, now: Instrument) -> bool:
    new = now.row["instrument"]
    kinds = {one.instrument.row["instrument"] for one in entry.sightings if one.instrument.needs != "refer"}
    if new in kinds or {entry.first.instrument.row["instrument"], new} <= _GENERIC:
        return True
    if now.row["instrument"] in BODY_MAKES:
        return False
    if is_headline(entry.first.instrument) and entry.first.instrument.row["id"] in _ANY and len(entry.sightings) == 1:
        return True
    last = entry.sightings[-1].instrument.head.i
    apart = document.sentence_index(now.head.i) - document.sentence_index(last)
    near = apart <= _NEAR and (apart > 0 or now.last - now.first < 2)
    return near and now.row["id"] in _ANY and now.definite and not now.named and not now.plural


def _one_name(now: Instrument, name: Instrument) -> bool:
    """Whether two names share most words of the shorter."""
    one, other = _words(now), _words(name)
    return 2 * len(one & other) > min(len(one), len(other)) or (bool(one & other) and min(len(one), len(other)) == 1)


def _words(instrument: Instrument) -> set[str]:
    tokens = instrument.head.doc[instrument.first : instrument.last]
    return {t.lower_ for t in tokens if t.is_alpha and t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}} - _COMMON
