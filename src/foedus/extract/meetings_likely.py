"""Meetings in words that no frame foresees: where the network sees talks, with the parties it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_likely import predicate_of
from foedus.extract.likely import likely_parties, refers_back
from foedus.extract.meetings_talk import Talk, is_recurring, put_circumstances, status_of, status_of_noun
from foedus.extract.meetings_words import format_words, nouns
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

LABELS = {"meeting", "dialogue"}
LEAST = 0.8
_CALLS = {"phone call", "video call"}


def by_likeness(document: Document, talks: list[Talk]) -> list[Talk]:
    """The talks that the network sees in sentences of which no frame has read any, in text order."""
    told = {document.sentence_index(talk.token.i) for talk in talks}
    found = []
    for deed in likely_deeds(document, LEAST):
        token = document.doc[deed.token]
        where = document.sentence_index(token.i)
        if deed.label not in LABELS or document.in_quote(token.idx) or where in told or (talks and refers_back(token)):
            continue
        if (talk := _read(document, token)) is not None:
            told.add(where)
            found.append(talk)
    return found


def _read(document: Document, token: Token) -> Talk | None:
    verb, noun = predicate_of(token)
    if verb.pos_ == "VERB" and is_recurring(document, verb):
        return None
    status = status_of(document, verb) if noun is None else status_of_noun(document, noun)
    if status is None:
        return None
    parties = likely_parties(document, token.i)
    if not parties.codes:
        return None
    span = document.span(*syntax.phrase(noun or verb))
    talk = Talk(token, parties, [span], status, _call(document, token), confidence=0.5)
    talk.verb, talk.noun, talk.readers = (verb if verb.pos_ == "VERB" else None), noun, (by_likeness,)
    put_circumstances(document, talk, verb, noun)
    return talk


def _call(document: Document, token: Token) -> str | None:
    """The format of a call that the words of the sentence give ("by phone")."""
    own = nouns().get(token.lower_, {}).get("format")
    if own in _CALLS:
        return own
    found = format_words(document.report.text, *document.sentence_span(token.i))
    return next((name for name, _ in found if name in _CALLS), None)
