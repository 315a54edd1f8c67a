"""Whether two mentions of instruments mean one: by name, kind, year, parties and what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_described import is_described_otherwise
from foedus.extract.agreements_frames import stage_of
from foedus.extract.agreements_instruments import is_headline_case
from foedus.extract.agreements_together import adds, count_of, says_what
from foedus.extract.agreements_words import (
    NO_TOPIC,
    initials_of,
    instrument_words,
    is_article_new,
    is_described,
    is_predecessor,
    named_matter,
    topic_of,
    words_of,
)
from foedus.language import syntax
from foedus.mentions.model import DateMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.extract.agreements_sighting import Entry, Sighting
    from foedus.mentions import Document

SIGNED_KINDS = {
    "memorandum of understanding",
    "letter of intent",
    "exchange of notes",
    "treaty",
    "protocol",
    "agreement",
}
"""Kinds that are always signed."""
BODY_MAKES = {"joint declaration", "joint statement"}
_GENERIC = {"agreement", "framework agreement", "other", "treaty", "peace agreement", "arrangement"}
_ENABLING = {"allow", "enable", "permit", "authorise", "authorize", "pave", "provide"}
_MINUTES = {"minutes_signed", "joint_minutes", "minute", "minute_name"}
"""Records of a meeting, which are signed beside agreements."""
_ANY = {"agreement", "arrangement", "accord", "deal", "pact", "document", "paper"}
"""Words that, said again, can mean an instrument of any kind."""
_NEAR = 3
"""How many sentences back "the deal" may mean an instrument that was called by another word."""
_IN_BODIES = {"ministry", "department", "republic", "national", "state", "government", "federal", "affairs", "agency"}
"""Words in the names of many bodies, by which none is told from another."""
_FULL_STOPS = (".", "!", "?", "”", '"')
HEADLINE = 25
"""So many tokens at the head of a report can be its headline."""


def is_same(document: Document, entry: Entry, seen: Sighting, parties: Parties) -> bool:
    """Whether the sighting, made between `parties`, means the agreement of `entry`: by its name, kind, year and matter."""
    first, now = entry.first.instrument, seen.instrument
    if now.year and first.year and now.year != first.year:
        return False
    if now.year and not first.year and _signed_in(document, entry) not in {None, now.year}:
        return False
    if (
        any(s.instrument.low <= now.head.head.i < s.instrument.high for s in entry.sightings)
        and now.head.dep_ == "appos"
        and not _is_listed(now)
        and not (first.plural and now.stands_for_noun)
    ):
        return True
    within = set(parties.codes) <= set(entry.parties.codes) or is_named_short(entry, seen, parties)
    if within and _names_fewer(entry, seen):
        return False
    if not within and not _said_again(document, entry, seen, parties):
        return False
    if _is_told_in_full(document, entry, seen):
        return True
    if _is_another(entry, seen):
        return False
    if is_described_otherwise(document, entry, now):
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
    apart = now.named and not names and not _led_to(entry, seen) and not _shares_words(entry, now)
    if apart and _age(document, now) != _age(document, first):
        return False
    if now.bare and now.plural and first.plural and is_headline_case(document, now.head.i):
        return True
    headline = is_headline(first) and not any(deed.frame == "listed" for deed in entry.first.deeds)
    return now.definite or now.named or now.needs == "refer" or headline or _is_again(entry, now)


def _names_fewer(entry: Entry, seen: Sighting) -> bool:
    """Whether its own words give it two parties where the one before has more: "the pact **with Peru**" is not that of three."""
    own = {code for one in (seen.parties, *seen.partners) for code in one.codes}
    return len(own) > 1 and bool(seen.partners) and own < set(entry.parties.codes)


def may_be(entry: Entry, instrument: Instrument, parties: Parties) -> bool:
    """Whether the instrument may be one that is known: of the same parties, and not plainly of another kind."""
    if set(entry.parties.codes) != set(parties.codes):
        return False
    kinds = {seen.instrument.row["instrument"] for seen in entry.sightings}
    own = instrument.row["instrument"] in SIGNED_KINDS - {*kinds, "agreement"} and not instrument.named
    if own and not instrument.definite and (instrument.last - instrument.first > 1 or is_article_new(instrument)):
        return False
    return (
        instrument.row["instrument"] in kinds
        or instrument.definite
        or "agreement" in kinds | {instrument.row["instrument"]}
    )


def _is_listed(now: Instrument) -> bool:
    """Whether it is the next in a list, which the parse may hang on the one before: "a protocol on rails, **a programme** for 2025 and a pact"."""
    head = now.head
    joined = any(c.dep_ == "conj" and c.i > head.i for c in (*head.children, *head.head.children))
    return joined and is_article_new(now) and head.head.tag_ in {"NN", "NNP"}


def _is_told_in_full(document: Document, entry: Entry, seen: Sighting) -> bool:
    """Whether the next sentence says of which kind the "agreement" is, its makers named once more: "… signed an agreement. The
    Treasury of Norland and the Bank of Sudria signed a memorandum …"."""
    now, first = seen.instrument, entry.first.instrument
    signed = [d for d in seen.deeds if d.stage == "signed" and d.modality == "actual" and d.verb.pos_ == "VERB"]
    if (
        not signed
        or now.other
        or now.plural
        or not is_article_new(now)
        or not set(entry.parties.codes) <= set(seen.parties.codes)
        or adds(signed[0].verb)
    ):
        return False
    if now.row["id"] in _ANY or any(s.instrument.row["id"] not in _ANY or s.instrument.plural for s in entry.sightings):
        return False
    before = [d for s in entry.sightings for d in s.deeds if d.stage == "signed"]
    last = entry.sightings[-1].instrument.head.i
    near = document.sentence_index(now.head.i) - document.sentence_index(last) == 1
    return bool(before) and near and not first.named and not now.named and not _other_topic(entry, now)


def _signed_apart(entry: Entry, seen: Sighting) -> bool:
    """Whether others signed it, or its signing is added to that of one told before: "**similarly**, the memorandum on youth was signed"."""
    own = [d for d in seen.deeds if d.frame == d.stage == "signed"]
    before = [
        d for s in entry.sightings for d in s.deeds if d.frame == d.stage == "signed" and not is_headline(s.instrument)
    ]
    if not own or not before or seen.instrument.needs == "refer" or not is_described(seen.instrument):
        return False
    if any(adds(deed.verb) for deed in own):
        return True
    now, then = ({id(p) for deed in deeds for p in deed.actors.persons} for deeds in (own, before))
    return bool(now and then) and not now <= then and not then <= now


def _of_other_bodies(entry: Entry, seen: Sighting) -> bool:
    """Whether it is said to be between other bodies than one told before: other ministries, schools or services of the two states."""
    own = _bodies(seen)
    if own and entry.first.instrument.plural and not seen.instrument.plural:
        return True  # one of several
    return bool(own) and any(there and not there & own for s in entry.sightings if (there := _bodies(s)))


def _bodies(seen: Sighting) -> set[str]:
    """The names in "between the Seed Office and the Institute of Crops", behind the noun or what is done to it."""
    found: set[str] = set()
    for head in (seen.instrument.head, *(d.verb for d in seen.deeds)):
        for child in head.children:
            if syntax.preposition(child) == "between" and child.i > head.i:
                first, last = syntax.phrase(child)
                found |= {t.lower_ for t in head.doc[first:last] if t.ent_type_ == "ORG" and t.text[:1].isupper()}
    return found - _IN_BODIES


def _signed_in(document: Document, entry: Entry) -> str | None:
    """The year in which an agreement was signed, as the report tells it of an earlier mention; None when it does not."""
    for deed in (deed for seen in entry.sightings for deed in seen.deeds):
        when = document.when(deed.verb) if deed.stage == "signed" and deed.modality == "actual" else None
        if when is not None and when.role == "at" and when.edtf[:4].isdigit():
            return when.edtf[:4]
    return None


def _is_another(entry: Entry, seen: Sighting) -> bool:
    """Whether the words show that it is another one: "another", the last one, an item of the same list, another matter."""
    first, now = entry.first.instrument, seen.instrument
    if now.other or _is_last(seen) or is_predecessor(now.head):
        return True
    if now.named and not now.plural and all(s.instrument.plural and not s.instrument.named for s in entry.sightings):
        return not is_headline(first)  # "documents … the Treaty of Good Neighbours"
    if now.needs == "sign" and not seen.deeds and not now.plural and first.plural:
        return True  # "their strategic partnership" is none of several accords
    if now.needs == "refer" and now.plural and not first.plural:
        return True
    last = entry.sightings[-1].instrument.head
    unnamed = not any(s.instrument.named for s in entry.sightings)
    if now.named and unnamed and syntax.preposition(now.head) == "under" and last.sent == now.head.sent:
        return True  # "a new treaty under the Harbour Partnership"
    if any(_inside(now, s.instrument) for s in entry.sightings) or _other_topic(entry, now):
        return True
    if now.plural and now.bare and not now.named and not first.plural and _is_told(entry):
        return True  # "signed a treaty and also a number of agreements"
    if (
        first.plural
        and not now.plural
        and is_article_new(now)
        and not (all(is_headline(s.instrument) for s in entry.sightings) and first.head.sent != now.head.sent)
    ):
        return True  # one of several
    sums = first.plural and not any(topic_of(s.instrument) or s.instrument.named for s in entry.sightings)
    if sums and now.plural and now.bare and topic_of(now) and not is_headline(first):
        return True  # "signed several accords … signed protocols on rails"
    if _signed_apart(entry, seen) or _of_other_bodies(entry, seen):
        return True
    if any(deed.frame == "listed" for deed in seen.deeds):
        together = any(d.frame == "listed" for s in entry.sightings for d in s.deeds)
        if together or not (now.named and first.named):
            return True
    again = _same_topic(entry, now) or _same_words(entry, now) or _is_final(now) or _same_end(entry, now)
    return _is_new(now) and not again and _is_told(entry)


def _is_again(entry: Entry, now: Instrument) -> bool:
    """Whether an indefinite mention says again what was told before."""
    if now.bare and not now.named and not says_what(now):
        return _is_counted_again(entry.first.instrument, now)
    return not now.bare and (
        _is_final(now)
        or _is_possible(entry, now)
        or _same_end(entry, now)
        or _same_topic(entry, now)
        or _same_words(entry, now)
        or _is_only_named_again(entry, now)
    )


def _is_only_named_again(entry: Entry, now: Instrument) -> bool:
    """Whether neither mention tells more than the kind: "an accord will be signed … it is expected that an accord will be signed"."""
    first = entry.first.instrument
    plain = all(not (says_what(one) or one.named or one.other) for one in (first, now))
    return plain and first.row["id"] == now.row["id"] and first.plural == now.plural


def _is_counted_again(first: Instrument, now: Instrument) -> bool:
    """Whether the words only say again what kind it is, and how many, of what was told before: "several accords … the signing of accords"."""
    if now.plural != first.plural:
        return False
    if not now.plural:
        return now.last - now.first == 1 and now.row["instrument"] == first.row["instrument"]
    counts = {one for one in (count_of(now.head), count_of(first.head)) if one}
    return not says_what(first) and len(counts) < 2


def _is_final(now: Instrument) -> bool:
    """Whether it is what talks told of before are to end in: "hope to reach a final agreement"."""
    return any(t.lower_ == "final" for t in now.head.doc[now.low : now.head.i])


def _is_possible(entry: Entry, now: Instrument) -> bool:
    """Whether it is the one that may come of which the report has told already: "first spoke of a **potential** treaty"."""
    told = entry.first.instrument.row["instrument"] == now.row["instrument"] and not topic_of(now)
    return told and any(t.lower_ in {"potential", "possible", "prospective", "eventual"} for t in now.head.children)


def _same_end(entry: Entry, now: Instrument) -> bool:
    """Whether it is to do what one before does: "an accord allowing the transfer of arms … a deal enabling arms transfers"."""
    own = _end(now)
    return len(own) > 1 and any(len(own & _end(s.instrument)) > 1 for s in entry.sightings)


def _end(instrument: Instrument) -> set[str]:
    """The nouns of what a clause on the noun says that it does."""
    clauses = [c for c in instrument.head.children if c.dep_ in {"acl", "acl:relcl"} and stage_of(c, "obj") is None]
    verb = instrument.head.head
    if instrument.head.dep_ in {"obj", "nsubj:pass"}:
        clauses += [c for c in syntax.children(verb, "advcl") if c.lemma_ in _ENABLING and c.i > instrument.head.i]
    return {t.lemma_.lower() for c in clauses for t in c.subtree if t.pos_ in {"NOUN", "PROPN"}} - NO_TOPIC


def _same_words(entry: Entry, now: Instrument) -> bool:
    """Whether it is called by the very words that one before was called by ("a security treaty"), and no more is told."""
    own = words_of(now) - instrument_words()
    return (
        bool(own)
        and not topic_of(now)
        and any(own <= words_of(s.instrument) and s.instrument.plural == now.plural for s in entry.sightings)
    )


def _is_new(now: Instrument) -> bool:
    """Whether an article brings it in as something not told of yet."""
    return is_article_new(now) and not now.definite and now.needs != "refer" and is_described(now)


def _is_last(seen: Sighting) -> bool:
    """Whether it is the one before: "the last protocol expired"."""
    one = seen.instrument
    last = any(t.lower_ == "last" for t in one.head.doc[one.low : one.head.i])
    return last and bool({d.stage for d in seen.deeds} & {"expired", "terminated"})


def _is_told(entry: Entry) -> bool:
    """Whether the body of the report has told of it already, not only the headline."""
    return any(not is_headline(s.instrument) and not s.instrument.plural for s in entry.sightings)


def _same_topic(entry: Entry, now: Instrument) -> bool:
    """Whether it is about the very matter that one before was about: "an accord on ports … an accord on ports"."""
    topic = topic_of(now)
    return bool(topic) and any(topic == topic_of(s.instrument) for s in entry.sightings)


def _shares_words(entry: Entry, now: Instrument) -> bool:
    """Whether a name says what the noun before said: "a new fishing accord … the Bilateral Fishing Accord"."""
    own = words_of(now) - instrument_words() if now.definite else set()
    return bool(own) and any(own & words_of(s.instrument) for s in entry.sightings)


def is_named_short(entry: Entry, seen: Sighting, parties: Parties) -> bool:
    """Whether the headline named only some of the parties of it."""
    one = entry.first.instrument
    fewer = set(entry.parties.codes) < set(parties.codes) and all(is_headline(s.instrument) for s in entry.sightings)
    return fewer and bool((words_of(one) - instrument_words()) & (words_of(seen.instrument) - instrument_words()))


def _is_yet_to_come(seen: Sighting) -> bool:
    """Whether it is still to be signed."""
    return seen.instrument.named and any(d.frame == "signed" and d.modality != "actual" for d in seen.deeds)


def _led_to(entry: Entry, seen: Sighting) -> bool:
    """Whether the talks on it were over in an earlier year than the signing ("the pact, concluded in 2021")."""
    concluded = seen.instrument.definite and {d.stage for d in seen.deeds} == {"agreed"}
    return concluded and any(d.stage == "signed" for s in entry.sightings for d in s.deeds)


def _other_topic(entry: Entry, now: Instrument) -> bool:
    """Whether it is about another matter, by the words behind the noun: "the memorandum on rice" is not that on ports."""
    topic = topic_of(now)
    if not topic:
        return False
    if entry.first.instrument.plural and not now.plural:
        return True
    known = [topic_of(s.instrument) or (named_matter(s.instrument) if now.definite else set()) for s in entry.sightings]
    topics = [one for one in known if one]
    return bool(topics) and not any(topic & one for one in topics)


def _inside(now: Instrument, one: Instrument) -> bool:
    """Whether `now` is the same words, or stands in the phrase of `one`: "the annex to the agreement" is two."""
    if now.head.i == one.head.i:
        return True
    return now.head.dep_ == "nmod" and now.head.head.i == one.head.i and now.head.i > one.head.i


def _said_again(document: Document, entry: Entry, seen: Sighting, parties: Parties) -> bool:
    """Whether "the treaty" alone means the one before although those who signed it seem to be others: onlookers, successors."""
    now, first = seen.instrument, entry.first.instrument
    after = {t.lower_ for t in document.doc[now.head.i + 1 : now.head.i + 4]}
    if "between" in after or len({m.code for m in document.within(now.low, now.high, PartyMention)}) > 1:
        return False
    alone = now.definite and not now.plural and now.last - now.first == 1 and not seen.partners
    return (
        alone
        and now.row["instrument"] == first.row["instrument"]
        and bool(set(parties.codes) & set(entry.parties.codes))
    )


def is_headline(instrument: Instrument) -> bool:
    """Whether the words stand in the headline: without an article at the very head, or in a first line that is no sentence."""
    if instrument.head.i >= HEADLINE:
        return False
    lines = instrument.head.doc.spans["paragraphs"]
    titled = len(lines) > 1 and not lines[0].text.rstrip().endswith(_FULL_STOPS)
    return instrument.head.i < lines[0].end if titled else instrument.bare


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
    """Whether the words for it can mean what was called by the words before."""
    new = now.row["instrument"]
    kinds = {one.instrument.row["instrument"] for one in entry.sightings if one.instrument.needs != "refer"}
    if (now.row["id"] in _MINUTES) != (entry.first.instrument.row["id"] in _MINUTES):
        return False
    if new in kinds or {entry.first.instrument.row["instrument"], new} <= _GENERIC:
        return True
    if now.row["instrument"] in BODY_MAKES:
        return False
    several = now.plural and entry.first.instrument.plural and not now.named
    if several and now.definite and not topic_of(now) and {now.row["id"], entry.first.instrument.row["id"]} & _ANY:
        return True  # "four accords … the memoranda"
    if is_headline(entry.first.instrument) and entry.first.instrument.row["id"] in _ANY and len(entry.sightings) == 1:
        return True
    if entry.first.instrument.row["instrument"] in BODY_MAKES and now.last - now.first > 1:
        return False
    last = entry.sightings[-1].instrument.head.i
    apart = document.sentence_index(now.head.i) - document.sentence_index(last)
    near = apart <= _NEAR and (apart > 0 or now.last - now.first < 2)
    return near and now.row["id"] in _ANY and now.definite and not now.named and not now.plural


def _one_name(now: Instrument, name: Instrument) -> bool:
    """Whether two names share most words of the shorter."""
    one, other = ({w[:-1] if len(w) > 4 and w.endswith("s") else w for w in words_of(n)} for n in (now, name))
    if one & initials_of(name) or other & initials_of(now):
        return True
    return 2 * len(one & other) > min(len(one), len(other)) or (bool(one & other) and min(len(one), len(other)) == 1)
