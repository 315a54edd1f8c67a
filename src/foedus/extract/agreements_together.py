"""Instruments told together: sums that are then told one by one ("signed three accords on Monday"), and what is told of all at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_sighting import Entry
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import DateMention

if TYPE_CHECKING:
    from foedus.extract.agreements_deeds import Deed
    from foedus.extract.agreements_instruments import Instrument
    from foedus.extract.agreements_sighting import Sighting
    from foedus.language.doc import Token
    from foedus.mentions import Document

_COUNTING = {
    "following",
    "bilateral",
    "cooperation",
    "important",
    "several",
    "various",
    "joint",
    "new",
    "other",
    "many",
    "multiple",
    "in",
    "sectors",
    "fields",
    "areas",
    "spheres",
    "numerous",
    "different",
    "intergovernmental",
    "legal",
    "key",
    "total",
    "number",
    "landmark",
    "major",
    "historic",
}
"""Words before "agreements" that do not say what they are about."""
_NUMBERS = dict(
    zip(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(2, 11), strict=True)
)
_AS_WELL = {"also", "additionally", "furthermore", "moreover", "likewise", "similarly", "too", "further", "addition"}
_FURTHER = {"another", "second", "third", "fourth", "fifth", "separate", "further", "other"}
_ANY = {"agreement", "other"}
_BACK = 2
"""So many sentences back the signing is looked for to which "they also signed" adds."""


def share_what_is_told(document: Document, entries: list[Entry], mentions: list[Sighting]) -> list[Entry]:
    """The agreements without the sums of them, in order; what a sum tells of its signing, each of its parts has in `common`.

    `entries` is in text order, `mentions` are all mentions, also those of sums whose parties are not told. What "they also
    signed" adds is signed with what was signed just before.
    """
    kept = []
    _share_loose_sums(entries, mentions)
    for entry in entries:
        parts = _parts(entry, entries)
        if not parts:
            kept.append(entry)
        for part in parts:
            part.common += _signings(entry)
    for at, entry in enumerate(kept):
        before = _added_to(document, entry, kept[:at])
        if before is not None:
            entry.common += [*_signings(before), *before.common]
    return kept


def _share_loose_sums(entries: list[Entry], mentions: list[Sighting]) -> None:
    """Give what is told of "the signing of four accords" to the agreements told after it, where all are of the same parties."""
    taken = {s.instrument.head.i for e in entries for s in e.sightings}
    for seen in mentions:
        one = seen.instrument
        if one.head.i in taken or not one.plural or one.named or says_what(one) or seen.private:
            continue
        sum_of = Entry(seen.parties, [seen])
        told = [e for e in entries if e.first.instrument.head.i > one.head.i and not e.first.instrument.plural]
        if _signings(sum_of) and len(told) > 1 and len({e.parties.codes for e in told}) == 1:
            for entry in told:
                entry.common += _signings(sum_of)


def _parts(entry: Entry, entries: list[Entry]) -> list[Entry]:
    """The single agreements that "two agreements" only counts; [] when it counts others, or is none of a sum."""
    one = entry.first.instrument
    if (items := _items(entry, entries)) and len(items) == count_of(one.head):
        return items
    if not one.plural or one.named or says_what(one) or any(not s.instrument.plural for s in entry.sightings):
        return []
    kinds = {one.row["instrument"], "agreement"}
    told = [
        e
        for e in entries
        if e.parties.codes == entry.parties.codes and e is not entry and _is_single(e.first.instrument)
    ]
    if _signings(entry):
        told = [e for e in told if e.first.instrument.head.i > one.head.i]
    fit = [e for e in told if one.row["instrument"] in _ANY or e.first.instrument.row["instrument"] in kinds]
    return fit if len(fit) > 1 else []


def _items(entry: Entry, entries: list[Entry]) -> list[Entry]:
    """What a number of agreements is told to be one by one behind: "two treaties on seas, **one** for the strait and **one** for the bay"."""
    one = entry.first.instrument
    behind = [e for e in entries if e.parties.codes == entry.parties.codes and e.first.instrument.stands_for_noun]
    return [
        e
        for e in behind
        if one.plural and e.first.instrument.head.i > one.head.i and e.first.instrument.head.sent == one.head.sent
    ]


def _is_single(one: Instrument) -> bool:
    """Whether it is one, or some told by their matter: "protocols on rails"."""
    return not one.plural or says_what(one)


def says_what(one: Instrument) -> bool:
    """Whether more than its kind is told: "fishing agreements", but not "the following bilateral agreements (MoUs)"."""
    words = {t.lower_ for t in one.head.doc[one.first : one.last] if t.i != one.head.i and t.is_alpha}
    return bool(words - _COUNTING - _kind_words(one.row["id"]))


@cache
def _kind_words(kind: str) -> frozenset[str]:
    """The words by which a kind of instrument is called, with their plurals: "memorandums", "of", "understanding"."""
    forms = [form for row in load_table("instruments") if row["id"] == kind for form in split_forms(row["forms"])]
    words = {word for form in forms for word in form.lower().split(" ")}
    return frozenset(words | {word + "s" for word in words} | {"memoranda"})


def count_of(head: Token) -> int:
    """The number before a plural noun ("four memoranda"), 0 when there is none."""
    for child in head.children:
        if child.dep_ == "nummod":
            return int(child.text) if child.text.isdigit() else _NUMBERS.get(child.lower_, 0)
    return 0


def _signings(entry: Entry) -> list[Deed]:
    return [d for s in entry.sightings for d in s.deeds if d.stage == "signed" and d.modality == "actual"]


def _added_to(document: Document, entry: Entry, before: list[Entry]) -> Entry | None:
    """The agreement of the same parties, signed just before, to which "also" or "another" adds this one; None without such a word."""
    deed = next(iter(_signings(entry)), None)
    if deed is None or entry.common or document.within(*document.sentence(deed.verb.i), DateMention):
        return None
    seen = next(s for s in entry.sightings if deed in s.deeds)
    if not adds(deed.verb) and not _is_further(seen):
        return None
    here = document.sentence_index(deed.verb.i)
    for other in reversed(before):
        if other.parties.codes == entry.parties.codes:
            for told in reversed(_signings(other)):
                if 0 <= here - document.sentence_index(told.verb.i) <= _BACK and told.verb.i < deed.verb.i:
                    return other
    return None


def adds(verb: Token) -> bool:
    """Whether a word beside the verb adds what it tells to something told before: "was **also** signed", "similarly, …"."""
    beside = [c for c in verb.children if c.dep_ in {"advmod", "obl", "cc"}]
    return any(c.lower_ in _AS_WELL for c in beside)


def _is_further(seen: Sighting) -> bool:
    one = seen.instrument
    return any(t.lower_ in _FURTHER for t in one.head.doc[one.low : one.head.i + 1])
