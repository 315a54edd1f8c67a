"""Offices as a grammar: modifiers and portfolio before a rank, "of" or "for" and a portfolio after it.

The network's OFFICE spans widen what the word lists give ("minister of ports and waterways") and add ranks that no list has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.mentions.model import PartyMention
from foedus.mentions.offices_states import (
    more_states,
    party_after,
    party_before,
    past_body,
    past_named_body,
    past_posts,
    past_short_form,
    seat_before,
    state_at,
)
from foedus.mentions.offices_words import DROPPED, HONORIFICS, POSSESSIVE, POSTED, WEAK, parts, singular

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.record import Span

_SHORT_FORM = 3
"""Tokens of a short form in brackets."""
_SMALL = {"and", "&", "-", "the", "national"}
_NEVER_ALONE = {
    "head", "chief", "chair", "leader", "general", "major", "captain", "speaker", "officer", "deputy", "prince", "king", "judge",
    "member", "coach", "manager", "professor", "author",
}  # fmt: skip
"""Ranks that are also ordinary words: without a name, party or portfolio they are no office."""
_TAKES_OF = {
    "minister", "secretary", "undersecretary", "commissioner", "director", "coordinator", "representative", "envoy", "ministers",
    "secretaries", "commissioners", "directors", "councillor", "spokesperson",
}  # fmt: skip
"""Ranks whose portfolio may follow "of" or "for" in words that no list has."""
_GIVEN = {"shah", "sultan", "king"}
"""Ranks that are names of people behind another rank."""
_OTHER_NAMES = {"ORG", "FORUM", "EXERCISE", "INSTRUMENT", "ITEM", "PLACE"}


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


def find_offices(document: Document) -> list[Office]:
    """Every office phrase, in text order; [] for a text without one."""
    lows = [t.lower_ for t in document.doc]
    aides = _aides(document, lows)
    ranges = _merged(_by_grammar(document, lows), _by_network(document, lows))
    ranges = sorted([*aides, *(r for r in ranges if not any(r[0] < a[2] and a[0] < r[2] for a in aides))])
    found = [_office(document, lows, first, head, last) for first, head, last in ranges]
    return [office for office in found if office is not None]


def _by_grammar(document: Document, lows: list[str]) -> list[tuple[int, int, int]]:
    """(first, rank, last) of every phrase that the word lists make an office."""
    heads, modifiers, portfolios = parts()
    doc, done = document.doc, 0
    found = []
    for i, low in enumerate(lows):
        if i < done or singular(low) not in heads or not _is_rank(doc[i]):
            continue
        if low == "chiefs" and i and lows[i - 1] == "joint":  # "the Chairman of the Joint Chiefs of Staff"
            continue
        if _more_rank(lows, i, heads, modifiers, portfolios):  # "vice president", "deputy defence minister"
            continue
        first = i
        while first > done and _joins(lows, first - 1, heads, modifiers, portfolios):
            state = document.at(first - 1, PartyMention)
            if (state is not None and state.form != "body") or doc[first - 1].is_sent_end:
                break
            first -= 1
        first = _named_portfolio(document, first, i, done)
        while first < i and lows[first] in _SMALL:
            first += 1
        last = _after(document, lows, i, portfolios)
        found.append((first, i, last))
        done = last
    return found


_AIDES = {"assistant", "adviser", "advisor", "aide", "counsellor", "counselor"}
"""Ranks of those who serve the holder of another office, by a title with a capital."""


def _aides(document: Document, lows: list[str]) -> list[tuple[int, int, int]]:
    """(first, rank, last) of every title that names whom one serves and in what ("Special Assistant to the President on Media")."""
    heads, modifiers, portfolios = parts()
    doc, found = document.doc, []
    for i, low in enumerate(lows):
        if low not in _AIDES or not doc[i].text[0].isupper() or lows[i + 1 : i + 2] != ["to"]:
            continue
        at = i + 2 + (lows[i + 2 : i + 3] == ["the"])
        last = at
        while last < len(lows) and _joins(lows, last, heads, modifiers, portfolios):
            last += 1
        if last == at or singular(lows[last - 1]) not in heads:
            continue
        if last + 1 < len(lows) and lows[last] in {"on", "for"}:
            end = _capitalised(document, last + 1)
            last = end if end > last + 1 else last
        first = i
        while first and (doc[first - 1].ent_type_ == "OFFICE" or lows[first - 1] in modifiers | portfolios | {"chief"}):
            if doc[first - 1].is_sent_end or document.at(first - 1, PartyMention) is not None:
                break
            first -= 1
        found.append((first, i, last))
    return found


def _is_rank(token: Token) -> bool:
    """Not "official visit", "General Electric", "House of Representatives", "Leaders Meeting"."""
    if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or (token.lower_ == "official" and token.dep_ == "amod"):
        return False
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    given = token.lower_ in _GIVEN and after is not None and token.i > 0 and after.ent_type_ == "PERSON"
    if given and singular(token.nbor(-1).lower_) in parts()[0]:
        return False  # "Foreign Minister **Shah** Mahmud Qaderi"
    inside = token.ent_type_ in _OTHER_NAMES and token.ent_iob_ == "I"
    goes_on = after is not None and after.ent_iob_ == "I" and token.ent_type_ in _OTHER_NAMES
    return not (goes_on or (inside and token.lower_ == "representatives"))


def _named_portfolio(document: Document, first: int, head: int, done: int) -> int:
    """Leftwards over the nouns that describe a minister or secretary ("communications minister")."""
    doc = document.doc
    if singular(doc[head].lower_) not in {"minister", "secretary", "ministry"}:
        return first
    while first > done and doc[first - 1].dep_ == "compound" and first <= doc[first - 1].head.i <= head:
        token = doc[first - 1]
        if (
            not token.is_alpha
            or document.at(first - 1, PartyMention) is not None
            or token.ent_type_ in {"PERSON", "PLACE", "COUNTRY"}
        ):
            break
        first -= 1
    return first


def _by_network(document: Document, lows: list[str]) -> list[tuple[int, int, int]]:
    """(first, rank, last) of the network's OFFICE spans."""
    doc = document.doc
    found = []
    for entity in doc.ents:
        if entity.label_ != "OFFICE" or not any(c.isalpha() for c in entity.text):
            continue
        cut = next(
            (t.i for t in entity if t.lower_ in {"of", "for", "to", "in", "at"} and t.i > entity.start), entity.end
        )
        ranks = [i for i in range(entity.start, cut) if singular(lows[i]) in parts()[0]]
        head = ranks[-1] if ranks else doc[entity.start : cut].root.i
        first = entity.start
        while first < head and ((state := document.at(first, PartyMention)) or doc[first].text in POSSESSIVE):
            if state is not None and state.form == "body":
                break
            first += 1
        last = next(
            (i for i in range(head + 1, entity.end - 1) if lows[i] in {"of", "for"} and state_at(document, i + 1)),
            entity.end,
        )
        found.append((first, head, last))
    return found


def _merged(grammar: list[tuple[int, int, int]], network: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Both lists as one, overlapping phrases with the same rank united; a phrase with two ranks keeps the network's cut."""
    found: list[tuple[int, int, int]] = []
    for first, head, last in sorted([*grammar, *network]):
        if not found or first >= found[-1][2]:
            found.append((first, head, last))
            continue
        one = found[-1]
        found[-1] = (min(one[0], first), one[1] if one[1] == head or one in network else head, max(one[2], last))
    return found


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
    """Past the "of State", "for Foreign Affairs and Trade", "-designate" that belongs to the office."""
    past = i + 1
    if past + 1 < len(lows) and lows[past] == "-" and lows[past + 1] in {"designate", "elect", "general"}:
        past += 2
    while past + 1 < len(lows) and lows[past] in {"of", "for"}:
        j = past + 1 + (lows[past + 1] == "the")
        end = j
        while end < len(lows) and (
            lows[end] in portfolios or (lows[end] in _SMALL and end + 1 < len(lows) and lows[end + 1] in portfolios)
        ):
            body = document.at(end, PartyMention)
            if body is not None and body.form == "organisation" and body.last > end + 1:
                break  # "of the **European Commission**"
            end += 1
        if singular(lows[i]) in _TAKES_OF:
            end = max(end, _capitalised(document, j))
        if end == j:
            break
        past = end
    return past


def _capitalised(document: Document, at: int) -> int:
    """Past the capitalised words of a portfolio from token `at` ("Economy, Trade and Industry"); `at` when there are none."""
    doc, end = document.doc, at
    while end < len(doc) and not doc[end].is_sent_start:
        token = doc[end]
        if (
            token.text[0].isupper()
            and token.is_alpha
            and token.ent_type_ != "PERSON"
            and token.lower_ not in HONORIFICS
        ):
            if document.at(end, PartyMention) is not None or singular(token.lower_) in parts()[0]:
                break
            end += 1
        elif end > at and token.text in {"and", "&", "-", ","} and _goes_on(document, end + 1, token.text == ","):
            end += 1
        else:
            break
    return end


def _goes_on(document: Document, i: int, listed: bool) -> bool:
    """Whether the portfolio goes on at token `i`; after a comma only when "and" ends the list."""
    doc = document.doc
    if i >= len(doc) or not doc[i].text[0].isupper() or doc[i].ent_type_ == "PERSON" or not doc[i].is_alpha:
        return False
    if not listed:
        return document.at(i, PartyMention) is None and singular(doc[i].lower_) not in parts()[0]
    if doc[i].ent_type_ == "OFFICE" and doc[i].ent_iob_ == "I":
        return True
    ahead = [t.text for t in doc[i : i + 7]]
    stop = next((k for k, word in enumerate(ahead) if word == "and"), 0)
    return bool(stop) and all(w == "," or w[0].isupper() for w in ahead[: stop + 2])


def _office(document: Document, lows: list[str], first: int, head: int, last: int) -> Office | None:
    doc = document.doc
    first = seat_before(document, first, head)
    party, span, left = party_before(document, first, head)
    last_all = last
    if party is None:
        mention = party_after(document, lows, last)
        if mention is not None:
            party, span, last_all = mention.code, mention.span, mention.last
    if (
        last_all == last
        and last + 1 < len(doc)
        and lows[last] in {"to", "in", "for"}
        and singular(lows[head]) in POSTED
    ):
        post = state_at(document, last + 1)
        last_all = past_posts(document, post.last) if post is not None and post.form in {"name", "capital"} else last
    if last_all > last:
        last_all = past_short_form(document, past_body(document, last_all))
    low = singular(lows[head])
    at = first - 1 - (first > 1 and lows[first - 1] in {"the", "a", "an"})
    body = past_named_body(document, last_all, closed=at >= 0 and doc[at].text == ",")
    if body > last_all:
        if last == last_all and (last == head + 1 or doc[last].text[0].isupper()):
            last = body - _SHORT_FORM if doc[body - 1].text == ")" and doc[body - _SHORT_FORM].text == "(" else body
        last_all = body
    plural = low != lows[head] and lows[head] not in parts()[0]
    if plural and last_all > last:
        last_all, several = more_states(document, last_all)
        party, span = (None, None) if several else (party, span)
    head, last = _before_rank(lows, first, head, last)
    own = first
    serves = lows[head + 1 : head + 2] == ["to"] and last > head + 1
    while own < head and lows[own] in DROPPED | {"-"} and not (serves and lows[own] == "senior"):
        own += 1
    words = document.words(document.span(own, last))
    if plural:
        words = words.replace(doc[head].text, doc[head].text[: len(low)] if lows[head].startswith(low) else low, 1)
    bare = own == head and last == head + 1
    if bare and low in _NEVER_ALONE and party is None and not doc[head].text[0].isupper():
        return None
    return Office(first, last_all, head, words, document.span(own, last), plural, party, span, left)


_WITH_GENERAL = {
    "secretary", "attorney", "director", "governor", "consul", "inspector", "solicitor", "surgeon", "advocate", "auditor", "prosecutor",
    "representative", "administrator", "commissioner", "coordinator",
}  # fmt: skip


def _before_rank(lows: list[str], first: int, head: int, last: int) -> tuple[int, int]:
    """Rank token and end of the office without the rank or style behind it ("army spokesman Colonel" -> "army spokesman")."""
    if lows[head] not in WEAK | {"prince", "princess"} or last != head + 1:
        return head, last
    heads, modifiers, _ = parts()
    civil = [i for i in range(first, head) if singular(lows[i]) in heads and lows[i] not in WEAK | modifiers]
    if not civil or (lows[head] == "general" and lows[civil[-1]] in _WITH_GENERAL):
        return head, last
    return civil[-1], civil[-1] + 1
