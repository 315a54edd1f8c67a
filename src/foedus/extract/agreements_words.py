"""What the words of one mention of an instrument tell by themselves: what it is about, how it is brought in, what is done to it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_frames import stage_of
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.language.doc import Token

NO_TOPIC = {
    "understanding",
    "intent",
    "note",
    "letter",
    "principle",
    "cooperation",
    "establishment",
    "state",
    "country",
    "field",
    "sector",
    "area",
    "sphere",
    "various",
    "different",
    "several",
}
_COMMON = {"agreement", "treaty", "protocol", "framework", "new", "pact", "accord", "convention", "declaration"}
_FOLLOWING = {
    "complement",
    "supplement",
    "follow",
    "replace",
    "supersede",
    "succeed",
    "build",
    "update",
    "modernise",
    "modernize",
}


def is_article_new(now: Instrument) -> bool:
    """Whether it has "a" or "an" before it."""
    return any(t.dep_ == "det" and t.lower_ in {"a", "an"} for t in now.head.children)


def is_described(now: Instrument) -> bool:
    """Whether more is told than that it was made: what kind it is of, what it is about, what it does."""
    if now.last - now.first > 1:
        return True
    clauses = [c for c in now.head.children if c.dep_ in {"acl", "acl:relcl"}]
    return any(stage_of(c, "obj") is None for c in clauses)


def is_listed(now: Instrument) -> bool:
    """Whether it is a further one of a list of instruments: "a treaty, an accord **and a work plan**"."""
    first = syntax.first_conjunct(now.head)
    return first.i < now.head.i and (first.ent_type_ == "INSTRUMENT" or first.lemma_.lower() in instrument_words())


def topic_of(instrument: Instrument) -> set[str]:
    """The words that say what an instrument called by a common noun is about, as lemmas: {"rice"} of "the memorandum on rice"."""
    if instrument.named:
        return set()
    tokens = instrument.head.doc[instrument.head.i + 1 : instrument.last]
    return {t.lemma_.lower() for t in tokens if t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}} - NO_TOPIC


def named_matter(instrument: Instrument) -> set[str]:
    """What a name says behind its noun: {"mark", "border"} of "the Treaty on the Marking of the Border"."""
    if not instrument.named or instrument.last < instrument.head.i + 2:
        return set()
    tokens = instrument.head.doc[instrument.head.i + 1 : instrument.last]
    return {t.lemma_.lower() for t in tokens if t.is_alpha and t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}} - NO_TOPIC


def is_predecessor(head: Token) -> bool:
    """Whether it is what another instrument follows or replaces: "the treaty supersedes the convention of 1907"."""
    return head.head.lemma_ in _FOLLOWING and is_acted_on(head)


def is_acted_on(head: Token) -> bool:
    """Whether another instrument does something to it: "a new treaty, which extends the **pact** of 1963"."""
    if head.dep_ not in {"obj", "obl"}:
        return False
    one = syntax.subject(head.head)
    if one is None:
        return False
    return one.lower_ in {"it", "this", "which", "that", "they"} or one.lemma_.lower() in instrument_words()


@cache
def instrument_words() -> frozenset[str]:
    """The last words of all names of instruments: "pact", "understanding"."""
    return frozenset(form.split(" ")[-1] for row in load_table("instruments") for form in split_forms(row["forms"]))


def initials_of(name: Instrument) -> set[str]:
    """The initials of a name, also of its last three words: "cpa" of "Customs Partnership Accord"."""
    letters = [t.lower_[0] for t in name.head.doc[name.first : name.last] if t.text[:1].isupper() and len(t.text) > 1]
    return {"".join(letters), "".join(letters[-3:])} if len(letters) > 2 else set()


def words_of(instrument: Instrument) -> set[str]:
    """The words of its name or title that tell it from others, in small letters."""
    tokens = instrument.head.doc[instrument.first : instrument.last]
    return {t.lower_ for t in tokens if t.is_alpha and t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}} - _COMMON
