"""Instruments that a report does not call by a noun of their own: "another with Peru", "one on rails, the other on ports"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.extract.agreements_frames import stage_of
from foedus.extract.agreements_titles import complements
from foedus.extract.agreements_together import count_of
from foedus.language import syntax
from foedus.mentions.model import DateMention

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.language.doc import Token
    from foedus.mentions import Document

_SUBSTITUTES = {"one", "another", "ones", "third"}
_ABOUT = {"of", "on", "for", "about", "concerning", "regarding"}
_IN_NAMES = {"understanding", "intent", "agreement", "cooperation", "discussion"}
"""Words after "of" that belong to the kind of instrument: "memoranda of understanding"."""
_SAID_OF_IT = {
    "obj": {"signed", "initialled", "ratified", "renewed", "extended", "amended", "suspended", "terminated"},
    "subj": {"in force", "expired"},
}
"""Stages that only an instrument reaches, by the slot of the pronoun that stands for it."""
_LEADING = {
    "on",
    "of",
    "in",
    "covering",
    "concerning",
    "regarding",
    "focusing",
    "the",
    "areas",
    "fields",
    "sectors",
    "relating",
    "to",
}
"""Words between several accords and what each is about."""
_ENDS = {".", ":", "(", "–", "—", "during", "between", "with"}
_LONGEST = 7
"""So many words an item of a list of matters may have."""
_BACK = 2
"""How many sentences back the noun is looked for that "one" stands for."""


def find_substitutes(document: Document, instruments: list[Instrument]) -> list[Instrument]:
    """An instrument for every "one" or "another" that stands for the noun of one before it, in text order; others give none."""
    found: list[Instrument] = []
    taken = {i for one in instruments for i in range(one.first, one.last)}
    for token in document.doc.having({*_SUBSTITUTES, "other"}):
        if token.i in taken or not _stands_alone(token):
            continue
        before = [one for one in instruments if one.head.i < token.i and one.needs != "never"]
        if before and _near(document, before[-1], token) and _says_something(document, token):
            found.append(_substitute(before[-1], token))
    return found


def find_pronouns(document: Document, instruments: list[Instrument]) -> list[Instrument]:
    """An instrument for every "it" of which something is said that is said of instruments, when one is named just before.

    "It was ratified in 1997" goes on about the one instrument of its sentence or the one before; it is never a new one.
    """
    found: list[Instrument] = []
    for token in document.doc.having({"it", "this"}):
        if token.lower_ not in {"it", "this"} or token.dep_ not in {"nsubj", "nsubj:pass"} or token.pos_ == "DET":
            continue
        slot = "obj" if token.dep_ == "nsubj:pass" else "subj"
        if stage_of(token.head, slot) not in _SAID_OF_IT[slot]:
            continue
        here = document.sentence_index(token.i)
        before = [
            one for one in instruments if one.head.i < token.i and 0 <= here - document.sentence_index(one.head.i) <= 1
        ]
        if before and (meant := _topic_of(document, before)).needs != "never" and not meant.plural:
            found.append(_said_again(meant, token))
    return found


def _topic_of(document: Document, before: list[Instrument]) -> Instrument:
    """Of the instruments in the last sentence that has any, its subject, else the first."""
    last = document.sentence_index(before[-1].head.i)
    own = [one for one in before if document.sentence_index(one.head.i) == last]
    return next((one for one in own if one.head.dep_ in {"nsubj", "nsubj:pass"}), own[0])


def _said_again(before: Instrument, token: Token) -> Instrument:
    row = {**before.row, "needs": "refer"}
    return replace(
        before, head=token, low=token.i, high=token.i + 1, first=token.i, last=token.i + 1, row=row, named=False,
        definite=True, bare=False, other=False, year=None, dated=False, means=before.head.i,
    )  # fmt: skip


def _stands_alone(token: Token) -> bool:
    if token.lower_ == "other":
        return any(c.lower_ == "the" for c in token.children) and token.dep_ in {"conj", "appos", "parataxis"}
    if token.lower_ not in _SUBSTITUTES or token.dep_ in {
        "det",
        "nummod",
        "amod",
        "compound",
        "advmod",
        "flat",
        "fixed",
    }:
        return False
    return token.lower_ != "third" or any(c.lower_ == "a" for c in token.children)


def _near(document: Document, before: Instrument, token: Token) -> bool:
    return document.sentence_index(token.i) - document.sentence_index(before.head.i) <= _BACK


def _says_something(document: Document, token: Token) -> bool:
    """Whether the words around it show that it is an instrument: with whom, about what, made when, or new."""
    for child in [*token.children, *_beside(token)]:
        name = syntax.preposition(child).split(" ")[0]
        if name in {"with", "between"} and document.parties_in(child.left_edge.i, child.right_edge.i + 1):
            return True
        if name in _ABOUT - {"of"} and document.at(child.i, DateMention) is None and child.i > token.i:
            return True
        if child.dep_ in {"acl", "acl:relcl"} and child.lemma_ in {
            "sign",
            "conclude",
            "initial",
            "agree",
            "ratify",
            "run",
        }:
            return True
        if child.lower_ in {"new", "similar", "separate"} and token.dep_ in {"nsubj:pass", "obj"}:
            return True
    return False


def _beside(token: Token) -> list[Token]:
    """What the parse hangs on the noun or verb above, although it stands right behind "one": "two accords, one **on fishing**"."""
    return (
        [c for c in token.head.children if c.left_edge.i == token.i + 1]
        if token.dep_ in {"obj", "appos", "nmod"}
        else []
    )


def _tells_matter(token: Token) -> bool:
    """Whether "one" is told by its matter: "two accords, **one on rails** and the other on ports"."""
    return any(
        syntax.preposition(c).split(" ")[0] in _ABOUT - {"of"} and c.i > token.i
        for c in [*token.children, *_beside(token)]
    )


def _substitute(before: Instrument, token: Token) -> Instrument:
    low, high = syntax.phrase(token)
    high = min([high, *(c.left_edge.i for c in token.children if c.dep_ == "conj" and c.i > token.i)])
    high = max([high, *(c.i + 1 for c in _beside(token) if token.dep_ == "appos")])
    while high - 1 > token.i and token.doc[high - 1].is_punct:
        high -= 1
    while low < token.i and token.doc[low].dep_ in {"cc", "case", "punct"}:
        low += 1
    listed = token.sent == before.head.sent and before.plural and not _tells_matter(token)
    year = next((t.text for t in token.subtree if t.is_year and t.text[:2] in {"18", "19", "20"}), None)
    return replace(
        before, head=token, low=low, high=max(high, token.i + 1), first=low, last=max(high, token.i + 1), named=False,
        definite=False, bare=False, other=not listed, plural=False, year=year,
    )  # fmt: skip


def split_plural(instrument: Instrument) -> list[Instrument]:
    """One instrument a complement for "agreements on A and on B", and for "two agreements on A and B"; else [instrument]."""
    if not instrument.plural or instrument.named:
        return [instrument]
    for child in complements(instrument.head, instrument.head.i, instrument.head.i + 1):
        name = syntax.preposition(child)
        if child.i < instrument.head.i or name not in _ABOUT or child.lemma_.lower() in _IN_NAMES:
            continue
        every = syntax.conjuncts(child)
        topics = [t for t in every if syntax.preposition(t) == name]
        beside = [t for t in syntax.conjuncts(instrument.head)[1:] if t.i > child.i]
        if len(topics) == 1 and len(every) == count_of(instrument.head):
            topics = every
        elif len(topics) == 1 and len(every) + len(beside) == count_of(instrument.head):
            topics = every + beside
        if len(topics) > 1:
            return [_about(instrument, topic) for topic in topics]
    return _counted_out(instrument)


def _counted_out(instrument: Instrument) -> list[Instrument]:
    """One instrument an item for "three accords covering A, B and C", when there are as many items as accords; else [instrument]."""
    doc, many = instrument.head.doc, count_of(instrument.head)
    if many < 2:
        return [instrument]
    at = instrument.head.i + 1
    while at < len(doc) and (doc[at].is_punct or doc[at].lower_ in _LEADING):
        at += 1
    before = {t.lower_ for t in doc[instrument.head.i + 1 : at]}
    if not before & _LEADING:
        return [instrument]
    end = next(
        (t.i for t in doc[at:] if t.text in _ENDS or t.is_space or t.tag_ in {"VBD", "VBZ", "WDT", "WP"}), len(doc)
    )
    items, start = [], at
    for i in range(at, end + 1):
        if i == end or doc[i].text in {",", ";"} or doc[i].lower_ == "and":
            if i > start:
                items.append((start, i))
            start = i + 1
    if len(items) != many or any(last - first > _LONGEST for first, last in items):
        return [instrument]
    return [replace(instrument, first=first, last=last, other=True) for first, last in items]


def _about(instrument: Instrument, topic: Token) -> Instrument:
    first, last = syntax.phrase(topic)
    for child in topic.children:
        if child.dep_ in {"conj", "cc"} and child.i > topic.i:
            last = min(last, child.left_edge.i)
    while first < topic.i and topic.doc[first].dep_ in {"case", "cc", "punct"}:
        first += 1
    doc = topic.doc
    while last - 1 > topic.i and (doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].dep_ == "cc"):
        last -= 1
    return replace(instrument, first=first, last=last, other=True)
