"""Whose an office is: the state or organisation before it, after it, behind a body, and where its phrase ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.model import PartyMention
from foedus.mentions.offices_words import (
    ARTICLES,
    BODIES,
    DROPPED,
    HONORIFICS,
    POSSESSIVE,
    POSTED,
    SENT_ABOUT,
    parts,
    singular,
)

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.record import Span


def past_body(document: Document, at: int) -> int:
    """Past the name of a force or body behind its state, before a comma or a name ("of the Peru **Coast Guard**, Admiral X")."""
    doc, end = document.doc, at
    while end < len(doc) and end - at < 4 and doc[end].text[0].isupper() and doc[end].ent_type_ != "PERSON":
        other = document.at(end, PartyMention)
        if other is not None and other.form != "body" and end == at:
            return at
        end += 1
    return end if end > at and end < len(doc) and doc[end].text == "," else at


def past_short_form(document: Document, at: int) -> int:
    """Past the short form in brackets behind a name ("of the Council of Europe (CoE)"), and past the portfolio behind it before a comma."""
    doc = document.doc
    if at + 2 < len(doc) and doc[at].text == "(" and doc[at + 2].text == ")" and doc[at + 1].text[0].isupper():
        at += 3
    if at + 1 < len(doc) and doc[at].lower_ == "for" and doc[at + 1].text[0].isupper():
        end = at + 1
        while end < len(doc) and (doc[end].text[0].isupper() or doc[end].lower_ in {"and", "-", "of", "the"}):
            end += 1
        if end < len(doc) and doc[end].text == ",":
            return end
    return at


_OF_BODY = {"of", "for", "to", "in", "at", "the", "and", "&", "on"}
_LONGEST_BODY = 14
"""Tokens of the name of a body behind an office at most."""


def past_named_body(document: Document, at: int, *, closed: bool = False) -> int:
    """Past the capitalised name of a body behind an office, where a name follows ("head **of the State Oil Company**, X"); else `at`.

    `closed`: the office stands behind a comma, so that the next one closes it ("X, head of the State Oil Company, said").
    """
    doc, end = document.doc, at
    if at + 2 >= len(doc) or not (doc[at].lower_ == "of" or doc[at].text[0].isupper() or doc[at].lower_ == "to"):
        return at
    while end < len(doc) and end - at < _LONGEST_BODY and not doc[end].is_sent_start:
        token = doc[end]
        if token.ent_type_ == "PERSON" or token.lower_ in HONORIFICS or token.text == ",":
            break
        short = token.text in {"(", ")"} and end > at
        if not (token.text[0].isupper() or token.lower_ in _OF_BODY or token.text in POSSESSIVE or short):
            return at
        if singular(token.lower_) in parts()[0] and token.lower_ != "state":
            return at
        end += 1
    if (
        end >= len(doc)
        or (end - at < 2 and not (closed and end > at and doc[end].text == ","))
        or doc[end].is_sent_start
        or not (doc[end - 1].text[0].isupper() or doc[end - 1].text == ")")
    ):
        return at
    ended = doc[end].ent_type_ == "PERSON" or doc[end].lower_ in HONORIFICS
    if doc[end].text == ",":
        ended = closed or (
            end + 1 < len(doc) and (doc[end + 1].ent_type_ == "PERSON" or doc[end + 1].lower_ in HONORIFICS)
        )
    return end if ended else at


def more_states(document: Document, at: int) -> tuple[int, bool]:
    """Past the states that are coordinated with the one that ends at token `at`, and whether there are any."""
    doc, start = document.doc, at
    while at + 1 < len(doc) and doc[at].lower_ in {"and", ","}:
        nearest = at + 1
        while nearest + 1 < len(doc) and doc[nearest].lower_ in {"and", "of", "the"}:
            nearest += 1
        state = document.at(nearest, PartyMention)
        if state is None:
            break
        at = state.last
    return at, at > start


def past_posts(document: Document, at: int) -> int:
    """Past the further posts of an envoy behind the first ("Ambassador to Peru **and the OAS**, X"), where a comma or bracket follows."""
    doc, end = document.doc, at
    while end + 1 < len(doc) and doc[end].lower_ in {"and", ","}:
        nearest = end + 1 + (doc[end + 1].lower_ == "and")
        state = state_at(document, nearest)
        if state is None or state.form not in {"name", "organisation"}:
            break
        end = state.last
    return end if end > at and end < len(doc) and doc[end].text in {",", "("} else at


def seat_before(document: Document, first: int, head: int) -> int:
    """Where an office begins once the organisation that a state's envoy sits at is taken along ("Peru's **UN** ambassador")."""
    at = document.at(first - 1, PartyMention) if first > 1 else None
    if at is None or at.form != "organisation" or at.last != first or singular(document.doc[head].lower_) not in POSTED:
        return first
    before = at.first - 1 - (document.doc[at.first - 1].text in POSSESSIVE)
    state = document.at(before, PartyMention) if before >= 0 else None
    return at.first if state is not None and state.form in {"name", "adjective", "capital"} else first


def party_before(document: Document, first: int, head: int) -> tuple[str | None, Span | None, int]:
    """The party whose name, adjective or possessive ends right before token `first`.

    Of two, the second is what an envoy deals with ("the US Iran envoy").
    """
    doc, at = document.doc, first - 1
    while at >= 0 and (doc[at].text in POSSESSIVE or doc[at].lower_ in DROPPED | {"new", "own"} or doc[at].text == "-"):
        at -= 1
    mention = document.at(at, PartyMention) if at >= 0 and not doc[at].is_sent_end else None
    if mention is None:
        inside = document.at(first, PartyMention)
        if inside is not None and inside.form == "body":
            return inside.code, inside.span, inside.first
        return None, None, first
    line = document.dateline
    if line is not None and line.start <= mention.start < line.end:  # "LIMA - President X met …": written there
        return None, None, first
    owner = document.at(mention.first - 1, PartyMention) if mention.first and mention.form == "name" else None
    if owner is not None and singular(doc[head].lower_) in SENT_ABOUT and not doc[mention.first].is_sent_start:
        return owner.code, owner.span, owner.first
    return mention.code, mention.span, mention.first


def party_after(document: Document, lows: list[str], last: int) -> PartyMention | None:
    """The state or organisation after "of", "for" or "from", also behind one body ("of the National Assembly of X")."""
    doc = document.doc
    if last + 1 < len(doc) and lows[last - 1] in BODIES and lows[last] == "in":
        return state_at(document, last + 1)
    if last + 1 >= len(doc) or lows[last] not in {"of", "for", "from", "at", "with", "to"}:
        return None
    found = state_at(document, last + 1)
    if lows[last] == "to" and (found is None or found.form not in {"adjective", "body"}):
        return None
    if found is not None:
        after = lows[found.last] if found.last < len(doc) else ""
        near = found.form == "body" or doc[min(found.last, len(doc) - 1)].lower_ in BODIES
        if lows[last] == "for" and singular(lows[last - 1]) in SENT_ABOUT and found.form != "organisation":
            return None
        return found if lows[last] in {"of", "for", "from", "to"} or near or after in {"'s", "’s"} else None
    noun = last + 1 + (lows[last + 1] == "the")
    if noun + 2 < len(doc) and lows[noun] in BODIES and lows[noun + 1] in {"in", "of"}:
        return state_at(document, noun + 2)
    if lows[last] != "of":
        return None
    return _behind_body(document, last + 1 + (lows[last + 1] == "the"))


def _behind_body(document: Document, at: int) -> PartyMention | None:
    """The state behind the capitalised name of a body at token `at` ("**Joint Chiefs of Staff** of Peru")."""
    doc, start = document.doc, at
    while at < len(doc) and at - start < 12:
        token = doc[at]
        if token.is_sent_start or token.ent_type_ == "PERSON":
            return None
        if token.lower_ in {"of", "in", "for"} and at > start:
            state = state_at(document, at + 1)
            if state is not None:
                return state if token.lower_ != "for" else None
        elif not token.text[0].isupper() and token.lower_ not in {"and", "the", "&"}:
            return None
        at += 1
    return None


def state_at(document: Document, at: int) -> PartyMention | None:
    """The party named at token `at`, or behind an article there."""
    if at >= len(document.doc):
        return None
    at += document.doc[at].lower_ in ARTICLES
    return document.at(at, PartyMention) if at < len(document.doc) else None


_SENTENCE_ENDS = {".", "!", "?", "”", '"', "…", ":"}


def lists_in_heading(document: Document, comma: int, last: int) -> bool:
    """Whether the comma of a heading means "and": right before the verb, no second one closes an apposition ("Petrova, Peru FM discuss trade").

    `last` is the token behind the office.
    """
    doc = document.doc
    first, end = document.paragraphs[document.paragraph(comma)]
    if first > 0 or doc[comma].text != "," or doc[end - 1].text in _SENTENCE_ENDS or last >= end:
        return False
    return doc[comma + 1].lower_ not in ARTICLES and doc[last].tag_ in {"VB", "VBP"}
