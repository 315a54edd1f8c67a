"""Sessions that a report's own heading names ("Joint Communiqué of the 5th Norland–Sutland Dialogue"), and sessions of ministers of a union."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.model import DateMention, ForumMention, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_TEXTS = {
    "minutes", "communiqué", "communique", "statement", "declaration", "outcome", "outcomes", "summary", "conclusions", "record", "readout",
    "report", "document", "release", "results",
}  # fmt: skip
_MEMBERS = {
    "ministers",
    "leaders",
    "heads",
    "presidents",
    "chiefs",
    "ambassadors",
    "envoys",
    "members",
    "states",
    "government",
    "state",
}
_LINES = 4
_LONGEST = 45


def heads_report(document: Document, forum: ForumMention) -> bool:
    """Whether a report is the text of a session by its heading: its minutes, communiqué or statement, with the forum's name."""
    if document.paragraph(forum.first) >= _LINES - 1 or not _is_heading(document, document.paragraph(forum.first)):
        return False
    token = document.doc[forum.root]
    return any(t.lower_ in _TEXTS for t in token.ancestors) and not any(
        t.tag_ in {"VBD", "VBZ", "VBP"} for t in token.ancestors
    )


def in_heading(document: Document, token: Token) -> bool:
    """Whether a token stands in one of the first lines of a report that are headings: short, without a full stop, with text below."""
    k = document.paragraph(token.i)
    return k <= _LINES and k + 1 < len(document.paragraphs) and all(_is_heading(document, n) for n in range(k + 1))


def _is_heading(document: Document, k: int) -> bool:
    if k >= len(document.paragraphs):
        return False
    first, last = document.paragraphs[k]
    return 0 < last - first <= _LONGEST and not document.words(document.span(first, last)).endswith(
        (".", "!", "?", "”", '"', ":")
    )


def heading_date(document: Document) -> DateMention | None:
    """The only day that the lines of the heading name; else None."""
    days = [
        d
        for a, b in _headings(document)
        for d in document.within(a, b, DateMention)
        if d.role == "at" and len(d.edtf) >= 10
    ]
    return days[0] if len({d.edtf for d in days}) == 1 else None


def heading_place(document: Document) -> PlaceMention | None:
    """The only city that the lines of the heading name; else None."""
    places = [p for a, b in _headings(document) for p in document.within(a, b, PlaceMention) if p.name != p.country]
    return places[0] if len({p.value for p in places}) == 1 else None


def _headings(document: Document) -> list[tuple[int, int]]:
    found = []
    for k in range(min(_LINES, len(document.paragraphs))):
        if not _is_heading(document, k):
            break
        found.append(document.paragraphs[k])
    return found


def is_of_members(document: Document, noun: Token) -> bool:
    """ "The meeting of NORTO defence ministers", "the NORTO heads of government meeting": a session of a union by who sits in it."""
    first, last = syntax.phrase(noun)
    if not any(m.form == "organisation" for m in document.within(first, last, PartyMention)):
        return False
    heads = [
        *syntax.obliques(noun, "of"),
        *(c for c in noun.children if c.dep_ in {"compound", "nmod:poss", "nmod"} and c.i < noun.i),
    ]
    return any(t.lower_ in _MEMBERS for t in heads)
