"""Offices as a grammar: modifiers and portfolio before a rank, "of" or "for" and a portfolio after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table
from foedus.mentions.model import PartyMention

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.record import Span

_DROPPED = {"former", "ex", "then", "visiting", "outgoing", "incoming", "newly", "late", "top", "senior"}
_POSSESSIVE = {"'s", "’s", "'", "’"}
_SMALL = {"and", "&", "-", "the", "national"}
_NEVER_ALONE = {
    "head",
    "chief",
    "chair",
    "leader",
    "general",
    "major",
    "captain",
    "speaker",
    "officer",
    "deputy",
    "prince",
    "king",
    "judge",
}
"""Ranks that are also ordinary words: without a name, party or portfolio they are no office."""


@cache
def _parts() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rows = [(row["forms"], row["part"].split("|")) for row in load_table("offices")]
    return tuple(frozenset(w for w, parts in rows if part in parts) for part in ("head", "modifier", "portfolio"))  # type: ignore[return-value]


@dataclass(slots=True)
class Office:
    """An office in the text: tokens [first, last), its words, party and where the party is named."""

    first: int
    last: int
    head: int
    words: str
    span: Span
    plural: bool
    party: str | None = None
    party_span: Span | None = None
    left: int = 0
    """First token of the whole phrase, with nationality."""


def singular(low: str) -> str:
    """The singular of a rank in lower case: "ministers" -> "minister"; words that are none come back unchanged."""
    heads = _parts()[0]
    if low in heads:
        return low
    for cut, add in (("ies", "y"), ("men", "man"), ("women", "woman"), ("es", ""), ("s", "")):
        if low.endswith(cut) and low[: -len(cut)] + add in heads:
            return low[: -len(cut)] + add
    return low


def find_offices(document: Document) -> list[Office]:
    """Every office phrase, in text order; [] for a text without one."""
    heads, modifiers, portfolios = _parts()
    doc, found, done = document.doc, [], 0
    lows = [t.lower_ for t in doc]
    for i, low in enumerate(lows):
        if i < done or singular(low) not in heads or doc[i].pos_ not in {"NOUN", "PROPN", "ADJ"}:
            continue
        if _more_rank(lows, i, heads, modifiers, portfolios):  # "vice president", "deputy defence minister"
            continue
        first = i
        while first > done and _joins(lows, first - 1, heads, modifiers, portfolios):
            state = document.at(first - 1, PartyMention)
            if state is not None and state.form != "body":
                break
            first -= 1
        while first < i and lows[first] in _SMALL:
            first += 1
        last = _after(document, lows, i, portfolios)
        found.append(_office(document, lows, first, i, last))
        done = last
    return [office for office in found if office is not None]


def _more_rank(
    lows: list[str], i: int, heads: frozenset[str], modifiers: frozenset[str], portfolios: frozenset[str]
) -> bool:
    """Whether the rank at `i` only modifies a rank that follows it."""
    at = i + 1
    if at + 1 < len(lows) and lows[at] == "-" and singular(lows[at + 1]) in heads:
        return True
    while at < len(lows) and at - i < 5:
        if singular(lows[at]) in heads:
            return lows[at - 1] != "and"
        if not (lows[i] in modifiers and _joins(lows, at, heads, modifiers, portfolios)):
            return False
        at += 1
    return False


def _joins(
    lows: list[str], i: int, heads: frozenset[str], modifiers: frozenset[str], portfolios: frozenset[str]
) -> bool:
    low = lows[i]
    if low in modifiers or low in portfolios or low in heads:
        return True
    if low == "-" and i > 0 and lows[i - 1] in heads:
        return True
    return low in {"and", "&", "-"} and i > 0 and lows[i - 1] in portfolios | modifiers


def _after(document: Document, lows: list[str], i: int, portfolios: frozenset[str]) -> int:
    """Past the "of State", "for Foreign Affairs and Trade" that belongs to the office."""
    past = i + 1
    while past + 1 < len(lows) and lows[past] in {"of", "for"}:
        j = past + 1 + (lows[past + 1] == "the")
        end = j
        while end < len(lows) and (
            lows[end] in portfolios or (lows[end] in _SMALL and end + 1 < len(lows) and lows[end + 1] in portfolios)
        ):
            end += 1
        if end == j:
            break
        past = end
    return past


def _office(document: Document, lows: list[str], first: int, head: int, last: int) -> Office | None:
    doc = document.doc
    party, span, left = _party_before(document, first)
    if party is None and last + 1 < len(doc) and lows[last] in {"of", "for"}:
        at = last + 1 + (lows[last + 1] == "the")
        mention = document.at(at, PartyMention) if at < len(doc) else None
        if mention is not None:
            party, span, last_all = mention.code, mention.span, mention.last
        else:
            last_all = last
    else:
        last_all = last
    own = first
    while own < head and lows[own] in _DROPPED | {"-"}:
        own += 1
    low = singular(lows[head])
    plural = low != lows[head]
    words = document.words(document.span(own, last))
    if plural:
        words = words.replace(doc[head].text, doc[head].text[: len(low)] if lows[head].startswith(low) else low, 1)
    bare = own == head and last == head + 1
    if bare and low in _NEVER_ALONE and party is None and not doc[head].text[0].isupper():
        return None
    return Office(first, last_all, head, words, document.span(own, last), plural, party, span, left)


def _party_before(document: Document, first: int) -> tuple[str | None, Span | None, int]:
    """The party whose name, adjective or possessive ends right before token `first`."""
    doc, at = document.doc, first - 1
    while at >= 0 and (doc[at].text in _POSSESSIVE or doc[at].lower_ in _DROPPED or doc[at].text == "-"):
        at -= 1
    mention = document.at(at, PartyMention) if at >= 0 else None
    if mention is None:
        inside = document.at(first, PartyMention)
        if inside is not None and inside.form == "body":
            return inside.code, inside.span, inside.first
        return None, None, first
    return mention.code, mention.span, mention.first
