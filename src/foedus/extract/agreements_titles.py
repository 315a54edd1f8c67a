"""The shortest phrase that names an instrument called by a common noun: "defence agreement on ports"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.model import DateMention, DurationMention, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token
    from foedus.mentions import Document

_ABOUT = {"of", "on", "for", "about", "concerning", "regarding", "against", "establishing", "to"}
_SETTINGS = {
    "sidelines",
    "sideline",
    "margins",
    "margin",
    "behalf",
    "board",
    "occasion",
    "eve",
    "condition",
    "fringes",
    "day",
}
"""Nouns after "on" that tell where, when or for whom it was signed, not what it is about."""
_FOR_WHAT_END = {
    "time",
    "year",
    "month",
    "week",
    "day",
    "decade",
    "period",
    "term",
    "signature",
    "approval",
    "ratification",
    "review",
}
"""Nouns after "for" that tell how long, how often or what comes next."""
FIELDS = {"field", "area", "sector", "sphere", "domain"}
"""Nouns after "in" that lead to what it is about."""
_WHEN_OR_WHO = {"DATE", "DURATION", "MONEY", "PERSON", "OFFICE", "COUNTRY", "NATIONALITY", "ORG"}
_SKIPPED = {
    "new",
    "so",
    "called",
    "proposed",
    "planned",
    "signed",
    "initialled",
    "draft",
    "existing",
    "lapsed",
    "landmark",
    "historic",
    "potential",
    "possible",
    "future",
    "prospective",
    "eventual",
    "second",
    "third",
    "fourth",
    "fifth",
}
_HEADLINE_VERBS = {"sign", "signs", "ink", "inks", "seal", "seals", "initial", "initials", "agree", "reach", "strike"}


def title_range(document: Document, head: Token, low: int, first: int, last: int) -> tuple[int, int]:
    """The shortest phrase that names a common-noun instrument: premodifiers, noun, what it is about."""
    doc = document.doc
    start = first
    while start - 1 >= low:
        token = doc[start - 1]
        if (
            token.dep_ in {"det", "nummod", "cc"}
            or token.tag_ in {"PRP$", "POS", "CD"}
            or token.is_quote
            or token.is_space
        ):
            break
        if (
            document.at(token.i, DurationMention)
            or token.lower_ in _SKIPPED
            or token.text in {",", "(", ":", "•", "*", "·", "▪"}
        ):
            break
        if token.lower_ in _HEADLINE_VERBS:
            break
        if token.pos_ in {"VERB", "ADP", "AUX", "PRON", "SCONJ"} and token.dep_ not in {"amod", "compound"}:
            break
        start -= 1
    while start < first and doc[start].text in {"-", "–"}:
        start += 1
    stop = last
    for child in complements(head, first, last):
        if child.i < stop or not (_introduced_by(child) in _ABOUT or _is_field(document, child, stop)):
            continue
        edge = child.left_edge.i
        if child.pos_ == "PRON":
            continue
        if any(document.at(i, DateMention) for i in (child.i, edge + 1)) or edge > past_bracket(doc, stop) + 1:
            continue
        stop = max(stop, _cut(document, stop, syntax.phrase(child)[1]))
    return start, stop


def past_bracket(doc: Doc, stop: int) -> int:
    """The token past a short form in brackets behind a name ("Memorandum of Understanding **(MoU)** on ports"); `stop` without one."""
    inside = [t.text for t in doc[stop : stop + 3]]
    return stop + 3 if len(inside) == 3 and inside[0] == "(" and inside[2] == ")" else stop


def _is_field(document: Document, child: Token, stop: int) -> bool:
    """Whether "in" right behind tells the field: "cooperation **in trade**", "an agreement **in the field of health**"."""
    if _introduced_by(child) != "in" or child.left_edge.i != stop or child.pos_ not in {"NOUN", "PROPN"}:
        return False
    if (
        document.at(child.i, PlaceMention)
        or document.at(child.i, PartyMention)
        or child.ent_type_ not in {"", "INSTRUMENT"}
    ):
        return False
    written = child.text[:1].isupper() and child.doc[stop - 1].text[:1].isupper()
    return written or child.lemma_ in FIELDS


def complements(head: Token, first: int, last: int) -> list[Token]:
    """What can say its matter: modifiers of its words, and "on ports" right behind it that the parse gives to the verb."""
    own = [
        c
        for t in head.doc[first:last]
        for c in t.children
        if c.dep_ == "nmod" or (c.dep_ == "acl" and c.tag_ == "VBG" and c.i > last)
    ]
    beside = [
        c
        for c in head.head.children
        if c.dep_ in {"obl", "obj"} and c.left_edge.i in {last, past_bracket(head.doc, last)} and _says_matter(c)
    ]
    return own + beside


def _says_matter(child: Token) -> bool:
    """Whether "on ports" or "for the port" beside an instrument tells what it is about, not when, how long or for whom."""
    preposition = syntax.preposition(child)
    if preposition == "for":
        return child.pos_ == "NOUN" and child.ent_type_ not in _WHEN_OR_WHO and child.lemma_ not in _FOR_WHAT_END
    if preposition == "in":
        return child.lemma_ in FIELDS
    return preposition == "on" and child.lower_ not in _SETTINGS


def _introduced_by(child: Token) -> str:
    """The preposition of a complement, "on" also of "on combating fraud"; "" when it has none."""
    if child.dep_ == "acl":
        return next((c.lower_ for c in child.children if c.dep_ == "mark"), "")
    return syntax.preposition(child).split(" ")[0] if child.dep_ in {"nmod", "obl", "obj"} else ""


def _cut(document: Document, first: int, last: int) -> int:
    """Where a complement ends: before a comma or "and" that begins another thing."""
    doc = document.doc
    for i in range(first, last - 1):
        when_or_where = document.at(i + 1, PlaceMention) or document.at(i + 1, DateMention)
        if i > first and doc[i].lower_ in {"in", "at", "on"} and when_or_where is not None:
            return i
        if i > first and doc[i].lower_ == "with" and document.at(i + 1, PartyMention) is not None:
            return i
        if i > first and doc[i].lower_ == "between":
            return i
        if doc[i].lower_ == "and" and doc[i + 1].tag_ == "CD" and _counts_instruments(doc, i + 2, last):
            return i
        if doc[i].text in {",", "and", ";", "("} and doc[i + 1].lower_ in {
            "a",
            "an",
            "another",
            "one",
            "valid",
            "which",
            "and",
        }:
            return i
    return last


def _counts_instruments(doc: Doc, first: int, last: int) -> bool:
    """Whether a number counts the next instruments of a list: "and three memorandums"."""
    return any(t.tag_ in {"NNS", "NNPS"} and t.ent_type_ == "INSTRUMENT" for t in doc[first : min(first + 3, last)])
