"""The states that a report is about: who "the two sides" are, and who the other side is, when no phrase near says it.

Every extractor asks here, so that one report has one pair. A state counts by how often it is named, twice as much in the
headline and the first sentence, and more where a sentence names just two. Helpers ("Norwegian-brokered"), and a state that is only
where things happen ("in Norland", "visiting Norville for the summit"), do not count.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from foedus.language import syntax
from foedus.mentions.model import ForumMention, OfficeMention, Parties, PartyMention, PersonMention
from foedus.mentions.parties import is_aside

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.record import Span

_NOTE = "mentions: focus"
_HEAD = 2
"""The headline and the first sentence."""
_FEWEST = 2.0
CLEAR, SURE = 1.5, 2.0
"""How many times the weight of the next state each of those in focus must have: usually, and where nothing else speaks for them."""


class _Focus(NamedTuple):
    seen: int
    """How many mentions the report had when this was counted."""
    weights: Counter[str]
    namings: dict[str, list[Span]]


def pair_in_focus(document: Document, clear: float = CLEAR) -> Parties:
    """The two states that the report is about, with where each is named first; empty when it is not about two."""
    return states_in_focus(document, 2, clear)


def states_in_focus(document: Document, count: int, clear: float = CLEAR) -> Parties:
    """The `count` states that outweigh every other by `clear` times, with where each is named first; empty for another number."""
    key = f"{_NOTE} {len(document.mentions)} {count} {clear}"
    known = document.notes.get(key)
    if not isinstance(known, Parties):
        known = document.notes[key] = _outweighing(document, count, clear)
    return known


def _outweighing(document: Document, count: int, clear: float) -> Parties:
    focus = _focus(document)
    apart = aside(document)
    ranked = [one for one in focus.weights.most_common() if one[0] not in apart][: count + 1]
    if len(ranked) < count or ranked[count - 1][1] < _FEWEST:
        return Parties()
    if len(ranked) > count and ranked[count - 1][1] < clear * ranked[count][1]:
        return Parties()
    codes = [code for code, _ in ranked[:count]]
    return Parties(tuple(sorted(codes)), tuple(sorted(focus.namings[code][0] for code in codes)))


def other_in_focus(document: Document, code: str, clear: float = CLEAR) -> Parties:
    """The other one of the two states that the report is about, when `code` is one of them; else empty."""
    pair = pair_in_focus(document, clear)
    if code not in pair.codes:
        return Parties()
    other = next(c for c in pair.codes if c != code)
    return Parties((other,), (_focus(document).namings[other][0],))


def naming_near(document: Document, code: str, offset: int) -> Span | None:
    """The words for a state last before the character at `offset`, else the first after it; None when it is not named."""
    spans = _focus(document).namings.get(code, [])
    before = [span for span in spans if span[0] <= offset]
    return before[-1] if before else spans[0] if spans else None


def weights_of(document: Document) -> Counter[str]:
    """State -> how much the report is about it."""
    return _focus(document).weights


def _focus(document: Document) -> _Focus:
    known = document.notes.get(_NOTE)
    if isinstance(known, _Focus) and known.seen == len(document.mentions):
        return known
    found = document.notes[_NOTE] = _counted(document)
    return found


def _counted(document: Document) -> _Focus:
    apart = aside(document)
    weights: Counter[str] = Counter()
    namings: dict[str, list[Span]] = {}
    together: dict[int, set[str]] = {}
    for mention in document.mentions:
        code = _code_of(document, mention)
        if code is None or code.startswith("org:"):
            continue
        namings.setdefault(code, []).append(mention.span)
        weights[code] += 1
        if isinstance(mention, PartyMention):
            sentence = document.sentence_index(mention.first)
            weights[code] += sentence < _HEAD
            together.setdefault(sentence, set()).add(code)
    for codes in together.values():
        codes -= apart
        if len(codes) == 2:
            for code in codes:
                weights[code] += 0.5  # type: ignore[assignment]
    return _Focus(len(document.mentions), weights, namings)


def _code_of(document: Document, mention: object) -> str | None:
    if isinstance(mention, PartyMention):
        return None if is_aside(document, mention) else mention.code
    if isinstance(mention, OfficeMention):
        return mention.party
    if isinstance(mention, PersonMention) and mention.form != "pronoun":
        return mention.person.party
    return None


def aside(document: Document) -> set[str]:
    """The states that a report only has as a place or as a go-between of others, and that so are no party unless a phrase says it."""
    key = (_NOTE, len(document.mentions))
    known = document.notes.get(f"{_NOTE}: aside")
    if isinstance(known, tuple) and known[0] == key:
        return set(known[1])
    found = _scenes(document) | _helpers(document) | _UNPEOPLED
    document.notes[f"{_NOTE}: aside"] = (key, found)
    return set(found)


def written_abroad(document: Document) -> str | None:
    """The state of the dateline where the text names its town and state together ("in Lima, Peru"): written from there for readers elsewhere."""
    line = document.dateline
    if line is None or line.place is None:
        return None
    doc, town = document.doc, line.place.name.split(",")[0].split()[-1]
    told = any(
        m.code == line.place.country and m.form == "name" and m.start > line.end and m.first > 1
        and doc[m.first - 1].text == "," and doc[m.first - 2].text == town
        for m in document.all_of(PartyMention)
    )  # fmt: skip
    return line.place.country if told else None


_UNPEOPLED = {"ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"}
"""Territories that nobody acts for."""
_WHERE = {"in", "at", "near", "outside"}
_GATHERINGS = {"summit", "conference", "forum", "assembly", "congress"}
_VISITING = {"visiting", "visited", "visit", "in", "to"}


def _scenes(document: Document) -> set[str]:
    """The states that every mention only gives as a place, and nobody of which the report names."""
    only: dict[str, bool] = {}
    abroad = written_abroad(document)
    for mention in document.mentions:
        code = _code_of(document, mention)
        if code is not None and not (code == abroad and document.dateline and mention.start < document.dateline.end):
            place = isinstance(mention, PartyMention) and _is_scene(document, mention)
            only[code] = only.get(code, True) and place
    return {code for code, place in only.items() if place}


def _is_scene(document: Document, mention: PartyMention) -> bool:
    """Whether a name says where: behind "in", inside or beside such a name, or as the town that somebody comes to for a session."""
    doc, root = document.doc, document.doc[mention.root]
    at = root
    town = (
        document.at(mention.first - 2, PartyMention)
        if mention.first > 1 and doc[mention.first - 1].text == ","
        else None
    )
    if town is not None and town.form == "capital" and town.code == mention.code:
        at = doc[town.root]  # "in **Lima**, Peru", however it is parsed
    while at.dep_ in {"appos", "nmod:unmarked", "flat", "compound", "nmod:poss"} and at.head.pos_ == "PROPN":
        at = at.head
    if mention.form not in {"name", "capital"}:
        return False
    if syntax.preposition(at) in _WHERE or at.head.lower_ in {"capital", "city", "resort"}:
        return True
    before = doc[mention.first - 1].lower_ if mention.first else ""
    if before not in _VISITING:
        return False
    stop = min(mention.last + 12, document.sentence(mention.first)[1])
    gathering = any(t.lower_ in _GATHERINGS for t in doc[mention.last : stop])
    return gathering or bool(document.within(mention.last, stop, ForumMention))


_HELPING = {"mediate", "broker", "facilitate"}
_HELPERS = {"mediator", "facilitator", "go-between", "intermediary"}


def _helpers(document: Document) -> set[str]:
    """The states that are said to mediate between others: "Norland, which mediated", "brokered by Norland", "a mediator, Norland"."""
    found: set[str] = set()
    for token in document.doc.having(_HELPING | _HELPERS | {"mediation"}):
        if token.lemma_.lower() in _HELPING:
            subject = syntax.subject(token) if not syntax.is_passive(token) else None
            heads = [subject] if subject is not None else syntax.agents(token) if syntax.is_passive(token) else []
        elif token.lemma_.lower() in _HELPERS:
            heads = [c for c in token.children if c.dep_ in {"amod", "nsubj", "nmod:poss", "compound"}]
            before = document.within(token.left_edge.i, token.i, PartyMention) if token.left_edge.i < token.i else []
            heads += [document.doc[m.root] for m in before]
        elif token.lower_ == "mediation":
            heads = syntax.obliques(token, "of", "by") + [c for c in token.children if c.dep_ in {"amod", "nmod:poss"}]
        else:
            continue
        for head in [t for h in heads for t in syntax.conjuncts(h)]:
            codes = document.party_of(head).codes
            if len(codes) == 1 and document.modality(token).kind == "actual":
                found |= {code for code in codes if not code.startswith("org:")}
    return found
