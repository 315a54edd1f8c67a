"""Who the other one is: a report of two states names only one of them where the other is understood."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import of_the_deal
from foedus.extract.likely import taking_part
from foedus.mentions.deeds import likely_deeds, party_beliefs
from foedus.mentions.document import parties_of
from foedus.mentions.model import OfficeMention, Parties, PartyMention, PersonMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

_NOTE = "activities: named"
_OFTEN = 4
"""So often a report names the state that it is about."""
_SURE, _UNSURE = 0.95, 0.6
"""Beliefs of the network above which a state is a party, and up to which another one may be none."""
_FAIR, _TRUSTED = 0.35, 0.7
"""Beliefs that the word tells a deed, and that these make it and nobody else, from which the network is trusted before the report at large."""
_UNREAL = {"hypothetical", "negated"}
_CLEAR = 1.5
"""How many times oftener than the third the second of a pair is named."""


def _named(document: Document) -> dict[str, list[Span]]:
    """Every state of the report with the words that stand for it, pronouns left out, in text order."""
    known = document.notes.get(_NOTE)
    if isinstance(known, dict):
        return known
    found: dict[str, list[Span]] = {}
    for mention in document.mentions:
        if not isinstance(mention, (PartyMention, OfficeMention, PersonMention)):
            continue
        if isinstance(mention, PersonMention) and mention.form == "pronoun":
            continue
        place = document.at(mention.root, PlaceMention)
        if place is not None and any(t.text == "," for t in document.doc[place.first : place.last]):
            continue  # "in Lima, Peru"
        for code in parties_of(mention).codes:
            if not code.startswith("org:"):
                found.setdefault(code, []).append(mention.span)
    document.notes[_NOTE] = found
    return found


def pair_of(document: Document) -> tuple[str, ...]:
    """The two states that the report is about, sorted: named far oftener than any third; () when it is not about two."""
    named = _named(document)
    ranked = Counter({code: len(spans) for code, spans in named.items()}).most_common(3)
    if len(ranked) < 2 or (len(ranked) == 3 and ranked[1][1] < _CLEAR * ranked[2][1]):
        return ()
    first, second = (code for code, _ in ranked[:2])
    return tuple(sorted((first, second))) if _meet(document, named[first], named[second]) else ()


def _meet(document: Document, mine: list[Span], yours: list[Span]) -> bool:
    """Whether some sentence names both: those who never stand together are no pair."""
    here = {document.sentence_index(t.i) for t in document.tokens_in(mine)}
    there = {document.sentence_index(t.i) for t in document.tokens_in(yours)}
    return bool(here & there)


def both_sides(document: Document, near: Token) -> Parties:
    """The two states that the report is about, else those of its agreement, with the words nearest to `near`."""
    found = Parties()
    if not pair_of(document):
        return of_the_deal(document, near.i)
    for code in pair_of(document):
        found |= Parties((code,), (_nearest(document, code, near),))
    return found


def other_side(document: Document, known: Parties, near: Token, *, sure: bool = False) -> Parties:
    """Of the two states that the report, else its agreement, is about the one that is not `known`; else empty.

    Of a report about others, the only other state that the paragraph names, of what did or will take place. When `sure` that there is another, also the state
    that the report names far oftener than all others beside `known`.
    """
    if len(known.codes) != 1:
        return Parties()
    seen = _seen(document, near)
    if known.codes[0] in seen.codes:
        return Parties(tuple(c for c in seen.codes if c != known.codes[0]), seen.spans)
    pair = pair_of(document)
    if not pair:
        deal = of_the_deal(document, near.i)
        pair = deal.codes if len(deal.codes) == 2 and not any(c.startswith("org:") for c in deal.codes) else ()
        if known.codes[0] in pair:
            return Parties(tuple(c for c in pair if c != known.codes[0]), deal.spans)
    if known.codes[0] not in pair:
        if not sure and (near.tag_ == "VBG" or document.in_quote(near.idx) or document.modality(near).kind in _UNREAL):
            return Parties()
        if not sure:
            return _other_near(document, known, near)
        return (
            _other_near(document, known, near) or _likely(document, known, near) or _main_other(document, known, near)
        )
    code = next(c for c in pair if c != known.codes[0])
    return Parties((code,), (_nearest(document, code, near),))


def _seen(document: Document, near: Token) -> Parties:
    """The two states of which the network is sure that they and nobody else make the deed that the word tells; else empty."""
    if not any(deed.token == near.i for deed in likely_deeds(document, _FAIR)):
        return Parties()
    told = taking_part(document, near.i, least=_TRUSTED)
    return told if len(told.codes) == 2 and not any(code.startswith("org:") for code in told.codes) else Parties()


def _other_near(document: Document, known: Parties, near: Token) -> Parties:
    """The only state beside `known` that the paragraph names up to the end of the sentence of `near`, persons and offices included."""
    if not document.paragraphs:
        return Parties()
    low, _ = document.span(*document.paragraphs[document.paragraph(near.i)])
    high = document.sentence_span(near.i)[1]
    inside = {
        code: [s for s in spans if low <= s[0] and s[1] <= high]
        for code, spans in _named(document).items()
        if code not in known.codes
    }
    found = [code for code, spans in inside.items() if spans]
    return Parties((found[0],), (inside[found[0]][-1],)) if len(found) == 1 else Parties()


def _likely(document: Document, known: Parties, near: Token) -> Parties:
    """The other state in the sentence and the two before it that the network takes for a party of the act, far ahead of any third."""
    first = document.sentences[max(0, document.sentence_index(near.i) - 2)][0]
    beliefs: dict[str, float] = {}
    spans = {}
    for belief, head, parties in party_beliefs(document, near.i):
        if head >= first and len(parties.codes) == 1 and parties.codes[0] not in {*known.codes, *beliefs}:
            beliefs[parties.codes[0]], spans[parties.codes[0]] = belief, parties.spans
    ranked = sorted(beliefs, key=lambda code: -beliefs[code])
    if not ranked or beliefs[ranked[0]] < _SURE or (len(ranked) > 1 and beliefs[ranked[1]] > _UNSURE):
        return Parties()
    return Parties((ranked[0],), spans[ranked[0]])


def _main_other(document: Document, known: Parties, near: Token) -> Parties:
    """The state that the report is about beside `known`: named far oftener than any other, and more than once."""
    others = Counter({c: len(spans) for c, spans in _named(document).items() if c not in known.codes}).most_common(2)
    if not others or others[0][1] < 2 or (len(others) == 2 and others[0][1] < 2 * others[1][1]):
        return Parties()
    code = others[0][0]
    return Parties((code,), (_nearest(document, code, near),))


def helped(document: Document, giver: Parties, near: Token, *, sure: bool) -> Parties:
    """Whom a state helps that is not said: the other side; when `sure`, the state of the dateline, where the report is about it."""
    found = other_side(document, giver, near)
    if found.codes or not sure or any(code.startswith("org:") for code in giver.codes):
        return found
    pair = pair_of(document)
    line = document.dateline.place if document.dateline is not None else None
    if pair and (line is None or line.country not in pair):
        return found
    if line is None or not line.country or line.country in giver.codes:
        return found
    ranked = sorted(_named(document).items(), key=lambda item: -len(item[1]))[:2]
    often = len(dict(ranked).get(line.country, ())) >= _OFTEN
    return Parties((line.country,), (line.span,)) if often else found


def other_in_sentence(document: Document, known: Parties, near: Token) -> Parties:
    """The only other state that the rest of the sentence names: "donated ambulances to support **Norland**'s clinics"."""
    high = document.sentence_span(near.i)[1]
    inside = {
        code: span
        for code, spans in _named(document).items()
        if code not in known.codes
        for span in spans
        if near.idx <= span[0] and span[1] <= high
    }
    if len(inside) != 1 or any(_acts_itself(t) for t in document.tokens_in(inside.values())):
        return Parties()
    return Parties(tuple(inside), tuple(inside.values()))


def _acts_itself(word: Token) -> bool:
    """Whether the word is subject of a verb: "Norland gave five million, and **Sudria** said it would follow"."""
    return word.dep_ == "nsubj" and word.head.pos_ == "VERB" and word.head.dep_ in {"conj", "parataxis", "ROOT"}


def _nearest(document: Document, code: str, near: Token) -> Span:
    """The words for a state last before `near`, else the first after it."""
    spans = _named(document)[code]
    before = [span for span in spans if span[0] <= near.idx]
    return before[-1] if before else spans[0]


def elsewhere(document: Document, first: int, last: int, known: Parties) -> bool:
    """Whether tokens [first, last) name a state or a place of a state that is neither in `known` nor one of the pair."""
    usual = {*known.codes, *pair_of(document)}
    named = {m.code for m in document.within(first, last, PartyMention) if not m.code.startswith("org:")}
    named |= {m.country for m in document.within(first, last, PlaceMention) if m.country}
    return bool(named - usual)
