"""Whether two mentions of instruments tell of different matters: "the draft on prisoners" is not "the labour accord"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_words import NO_TOPIC, instrument_words, named_matter
from foedus.extract.domains import find_domains
from foedus.mentions.model import DateMention, PartyMention

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.extract.agreements_sighting import Entry
    from foedus.mentions import Document

_STEM = 5
"""Words that begin with the same letters, so many of them, say the same: "fishing", "fishery"."""
_SAYS_NOTHING = {
    "amended", "basic", "bilateral", "binding", "broad", "co-operation", "comprehensive", "cooperation", "current", "deal", "documents",
    "draft", "earlier", "existing", "final", "first", "formal", "four", "full", "further", "general", "governmental", "historic",
    "important", "initial", "intergovernmental", "interim", "international", "joint", "key", "landmark", "last", "latest", "legal", "long",
    "main", "major", "master", "multilateral", "mutual", "new", "next", "official", "old", "only", "original", "own", "parties",
    "partnership", "permanent", "planned", "preliminary", "present", "previous", "proposed", "ranging", "relations", "remaining", "revised",
    "said", "same", "second", "separate", "sides", "signed", "similar", "sole", "special", "strategic", "temporary", "term", "third",
    "three", "trilateral", "tripartite", "two", "updated", "verbal", "wide", "written", "year",
}  # fmt: skip
"""Words before or behind the noun that tell no agreement from another."""


def is_described_otherwise(document: Document, entry: Entry, now: Instrument) -> bool:
    """Whether what it is said to be about, or to be called, has nothing of what was said of the one before: "the draft on prisoners … the labour accord"."""
    own = _description(document, now)
    if (now.named and not named_matter(now)) or not own or now.stands_for_noun or now.plural:
        return False
    told: set[str] = set()
    domains: set[str] = set()
    for one in (s.instrument for s in entry.sightings):
        if one.plural or (one.named and not named_matter(one)):
            return False
        told |= _description(document, one)
        domains |= find_domains(document, one.first, one.last).keys()
    if not told or {w[:_STEM] for w in told} & {w[:_STEM] for w in own}:
        return False
    return not domains & find_domains(document, now.first, now.last).keys()


def _description(document: Document, one: Instrument) -> set[str]:
    """The lemmas of the words that tell the instrument from others, its parties left out."""
    names = [m for m in document.within(one.first, one.last, PartyMention) if m.form not in {"capital", "seat"}]
    codes = {t for m in names for t in range(m.first, m.last)}
    dates = {t for m in document.within(one.first, one.last, DateMention) for t in range(m.first, m.last)}
    words = set()
    for token in one.head.doc[one.first : one.last]:
        if token.i in codes | dates or token.i == one.head.i or not token.is_alpha:
            continue
        if token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.lower_ not in _SAYS_NOTHING:
            words |= {token.lower_, token.lemma_.lower()}
    return words - NO_TOPIC - _SAYS_NOTHING - instrument_words() - {w + "s" for w in instrument_words()}
