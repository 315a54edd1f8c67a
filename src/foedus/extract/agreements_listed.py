"""Instruments that stand alone: items in a list of outcomes, and the heading of a joint text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_cast import cast_of, joint_sets
from foedus.extract.agreements_deeds import Deed
from foedus.extract.agreements_focus import pair_in_focus, states_in
from foedus.extract.agreements_frames import stage_of
from foedus.extract.agreements_parties import actors_in, actors_of
from foedus.language import syntax
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.language.doc import Token
    from foedus.mentions import Document

_BULLETS = {"-", "–", "—", "•", "*", "·", "▪", "○"}
_LISTED = {"document", "instrument", "agreement", "memorandum", "text", "following", "mou", "outcome", "deliverable"}
_HEADED = {"joint statement", "joint declaration"}
_DONE_TO = {"obj", "nsubj:pass"}
_AHEAD = 4
"""In so many sentences after its heading a joint text says whose it is."""


def find_listed(document: Document, instruments: list[Instrument]) -> dict[int, Deed]:
    """Head token -> what the list or the heading says of the instrument there; {} when nothing stands alone."""
    found: dict[int, Deed] = {}
    starts = {first: k for k, (first, _) in enumerate(document.paragraphs)}
    items = [one for one in instruments if _item_start(document, one, starts) is not None]
    items = items or _plain_items(document, instruments, starts)
    if items and len(items) + _other_items(document) > 1:
        intro = _intro(document, items[0], [one for one in instruments if one.head.i < items[0].head.i])
        for one in items:
            if intro is not None:
                found[one.head.i] = _deed("listed", one.head, *intro)
    for one in instruments[:2]:
        if one.head.i not in found and _is_heading(document, one) and (parties := _whose(document, one)):
            found[one.head.i] = _deed("heading", one.head, "agreed", parties)
    return found


def _deed(frame: str, head: Token, stage: str, parties: Parties) -> Deed:
    return Deed(frame, stage, head, parties, Parties(), "actual", Parties(), False)


def _item_start(document: Document, instrument: Instrument, starts: dict[int, int]) -> int | None:
    """The paragraph that the instrument opens after a bullet or a number, None when it opens none."""
    doc = document.doc
    if not instrument.bare:
        return None
    at = min(instrument.low, instrument.first)
    while doc[at].text in _BULLETS:
        at += 1
    for back in range(1, 4):
        i = at - back
        if i < 0 or not (_is_marker(doc[i]) or doc[i].is_space or doc[i].is_quote):
            return None
        if i in starts:
            return starts[i] if any(_is_marker(t) for t in doc[i:at]) else None
    return None


def _plain_items(document: Document, instruments: list[Instrument], starts: dict[int, int]) -> list[Instrument]:
    """The instruments that open the paragraphs right below a line that ends in a colon, each paragraph no more than its name."""
    found: list[Instrument] = []
    for one in instruments:
        k = starts.get(min(one.low, one.first))
        if k is None or k == 0 or not one.bare or one.head.dep_ != "ROOT":
            continue
        first, last = document.paragraphs[k - 1]
        line = document.doc[first:last].text.rstrip()
        follows = bool(found) and starts.get(min(found[-1].low, found[-1].first)) == k - 1
        if follows or line.endswith(":"):
            found.append(one)
    return found if len(found) > 1 else []


def _is_marker(token: Token) -> bool:
    return token.text in _BULLETS or token.text in {".", ")", "("} or token.text.isdigit() or len(token.text) == 1


def _other_items(document: Document) -> int:
    """How many paragraphs begin with a bullet or a number."""
    doc = document.doc
    return sum(doc[a].text in _BULLETS or doc[a].text.isdigit() for a, b in document.paragraphs if b - a > 2) - 1


def _are_signed(before: list[Instrument]) -> bool:
    """Whether the report says of several instruments above the list that they were signed."""
    return any(
        one.plural and one.head.dep_ in _DONE_TO and stage_of(one.head.head, "obj") == "signed" for one in before
    )


def _intro(document: Document, item: Instrument, before: list[Instrument]) -> tuple[str, Parties] | None:
    """The stage that the words above the list give, and whose it is; None when they introduce no instruments."""
    here = document.sentence_index(item.head.i)
    for low, high in (*reversed(document.sentences[max(here - 4, 0) : here]), document.sentences[0]):
        if not any(t.lemma_.lower() in _LISTED for t in document.doc[low:high]):
            continue
        for verb in document.doc[low:high]:
            stage = stage_of(verb, "obj") if verb.pos_ == "VERB" else None
            if stage in {"signed", "agreed", "initialled"}:
                signed = stage == "agreed" and _are_signed(before)
                return ("signed" if signed else stage), _makers(document, verb)
    title = document.sentences[0]
    if any(t.lemma_.lower() in {"visit", "outcome", "result"} for t in document.doc[title[0] : title[1]]):
        return "agreed", _makers(document, item.head)
    return None


def _makers(document: Document, verb: Token) -> Parties:
    agents = syntax.agents(verb) if verb.pos_ == "VERB" else []
    found = Parties()
    for agent in agents:
        found |= actors_of(document, agent)
    for noun in syntax.children(verb, "obl", "nmod"):
        if syntax.preposition(noun) in {"between", "among"}:
            found |= actors_in(document, *syntax.phrase(noun))
    if len(found.codes) > 1:
        return found
    return pair_in_focus(document, verb.i, Parties()) or cast_of(document)


def _is_heading(document: Document, instrument: Instrument) -> bool:
    """Whether the instrument is the text itself: the line above it is only its name."""
    if instrument.row["instrument"] not in _HEADED or not document.paragraphs:
        return False
    first, last = document.paragraphs[0]
    if instrument.row["id"] == "communique" and instrument.last - instrument.first < 2:
        return False
    if not first <= instrument.head.i < last or instrument.low > first + 6:
        return False
    line = document.doc[first:last]
    return not any(t.pos_ in {"VERB", "AUX"} and t.dep_ in {"ROOT", "parataxis", "ccomp"} for t in line)


def _whose(document: Document, instrument: Instrument) -> Parties:
    """Those who make a joint text: the first that it puts together, in the heading or just below."""
    here = document.sentence_index(instrument.head.i)
    for at, parties in joint_sets(document):
        if here <= document.sentence_index(at) <= here + 2 * _AHEAD:
            around = states_in(document, *document.sentence(at))
            if set(around.codes) <= set(parties.codes):
                return parties
    return Parties()
