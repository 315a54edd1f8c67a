"""Whose "I" and "we" is outside quotation marks: the state of a turn's speaker in a transcript, else of the ministry that writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.extract.meetings_home import home
from foedus.mentions.model import Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_LABEL = re.compile(r"(?P<name>[^\W\d_a-z][\w.'’\- ]{1,40}?)\s*(?:\((?P<note>[^)\n]{2,60})\))?\s*:\s+(?=\S)")
_FIRST = {"i", "we", "my", "our", "me", "us"}
_FEWEST = 4


def is_self(token: Token) -> bool:
    """Whether a word is "I" or "we" as subject."""
    return token.pos_ == "PRON" and token.lower_ in {"i", "we"}


def self_party(document: Document, token: Token) -> Parties:
    """The state for which a first person outside quotation marks speaks; nothing when the text does not say."""
    if document.in_quote(token.idx):
        return Parties()
    labels = _labels(document)
    own = labels.get(document.paragraph(token.i))
    if labels:
        return own or Parties()
    firsts = sum(t.lower_ in _FIRST and not document.in_quote(t.idx) for t in document.doc)
    return home(document) if firsts >= _FEWEST else Parties()


def _labels(document: Document) -> dict[int, Parties]:
    """Paragraph -> the state of the speaker whose label opens it; {} when the report is no transcript."""
    known: dict[str, Parties] = {}
    found: dict[int, Parties] = {}
    for k, (first, last) in enumerate(document.paragraphs):
        low, high = document.span(first, last) if last > first else (0, 0)
        match = _LABEL.match(document.report.text, low, high)
        if match is None:
            continue
        name = match["name"].strip()
        party = _in(document, match.span("note")) if match["note"] else Parties()
        known[name] = (
            party
            if party.codes
            else known.get(name, Parties())
            if known.get(name)
            else _in(document, match.span("name"))
        )
        found[k] = known[name]
    return found if len(found) > 2 else {}


def _in(document: Document, span: tuple[int, int]) -> Parties:
    for mention in document.mentions:
        if span[0] <= mention.start and mention.end <= span[1]:
            if isinstance(mention, PartyMention):
                return Parties((mention.code,), (mention.span,))
            if isinstance(mention, PersonMention) and mention.person.party:
                return Parties((mention.person.party,), (mention.span,), (mention.person,))
    return Parties()
