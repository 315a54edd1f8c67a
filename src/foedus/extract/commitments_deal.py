"""Whether a clause tells what an agreement says, and whom that agreement binds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import of_the_deal
from foedus.extract.commitments_frames import is_word
from foedus.language import syntax
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_REACH = 14
"""So many words may stand between "under which" and its verb."""


def under_terms(document: Document, verb: Token, *, before: bool = False) -> bool:
    """Whether the sentence or the list in which `verb` stands tells what an agreement says; with `before`, which is named before the verb."""
    under = any(is_deal(t) and (t.i < verb.i or not before) for t in syntax.obliques(verb, "under", "per"))
    named = _names_deal(document, document.sentence(verb.i)[0]) or under
    return named or (not (before and _is_under(verb)) and bool(provided_by(document, verb).codes))


def _opens_terms(document: Document, low: int, colon: int) -> bool:
    """Whether a line that opens a list says that an agreement's terms follow ("the accord includes the following terms:")."""
    words = list(document.doc[low:colon])
    return any(is_deal(t) for t in words) and any(is_word("terms", t) for t in words)


def goes_on(document: Document, verb: Token) -> bool:
    """Whether the clause goes on telling the terms of an agreement that is the subject of a sentence shortly before it."""
    here = document.sentence_index(verb.i)
    place = document.paragraph(verb.i)
    for k in range(here - 1, max(here - 4, -1), -1):
        low, high = document.sentences[k]
        if place - document.paragraph(low) > 1:
            return False
        root = next((t for t in document.doc[low:high] if t.dep_ == "ROOT"), None)
        subject = syntax.subject(root) if root is not None else None
        if subject is not None and is_deal(subject) and root is not None and root.tag_ in {"VBZ", "VBP", "VBD"}:
            return True
        if not _names_deal(document, low):
            continue
        return True
    return False


def _is_under(verb: Token) -> bool:
    """Whether an agreement stands with the verb itself: "Norland will, **under the accord**, …", "under the latter they will …"."""
    return any(is_deal(t) for t in syntax.obliques(verb, "under", "per"))


def is_clause_of(verb: Token) -> bool:
    """ "An arrangement, **under which** data will be shared", wherever the parse hangs the clause."""
    words = list(verb.doc[max(verb.i - _REACH, 0) : verb.i])
    for before, which in pairwise(words):
        if before.lower_ == "under" and which.lower_ == "which":
            between = words[words.index(which) + 1 :]
            return not any(t.text in {".", ";"} or t.tag_ in {"VBD", "VBZ", "VBP"} for t in between)
    return False


def is_deal(noun: Token) -> bool:
    """Whether the noun is an agreement, a plan, or "the former", "the latter" of two."""
    return noun.ent_type_ == "INSTRUMENT" or is_word("deal", noun) or noun.lower_ == "latter"


def provided_by(document: Document, verb: Token) -> Parties:
    """The parties of the agreement under which the clause stands: "Under the accord, …", or a point of its list."""
    low, _ = document.sentence(verb.i)
    if _names_deal(document, low) or _is_under(verb) or is_clause_of(verb):
        return of_the_deal(document, verb.i)
    doc = document.doc
    k = low
    while k > 0 and doc[k].text[0] in "-–•*·◦0123456789(□":
        above = k - 1
        while above > 0 and doc[above].is_space:
            above -= 1
        if doc[above].text == ":":
            opening = document.sentence(above)
            named = _names_deal(document, opening[0]) or _opens_terms(document, opening[0], above)
            return of_the_deal(document, verb.i) if named else Parties()
        k = document.sentence(above)[0]
    return Parties()


def _names_deal(document: Document, low: int) -> bool:
    """Whether the sentence at token `low` begins with "Under the accord", "According to the memorandum", "In it"."""
    doc = document.doc
    while low < len(doc) - 1 and (doc[low].is_space or doc[low].is_punct):
        low += 1
    if not is_word("under", doc[low]):
        return False
    head = doc[low].head
    while head.dep_ in {"case", "fixed"}:
        head = head.head
    return head.lower_ == "it" or head.ent_type_ == "INSTRUMENT" or is_word("deal", head)
