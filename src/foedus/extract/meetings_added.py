"""What a later sentence says of "the meeting", and what a forum named right before gives it, added to the talks told before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.circumstances import date_of, place_of
from foedus.extract.meetings_places import town_of
from foedus.extract.meetings_talk import Talk, status_of
from foedus.extract.meetings_words import is_frame, is_meeting_noun, ordinal
from foedus.language import syntax
from foedus.mentions.model import ForumMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_OTHER = {
    "earlier",
    "previous",
    "previously",
    "last",
    "second",
    "first",
    "third",
    "another",
    "separate",
    "again",
    "next",
    "later",
}
_HELD = {"held", "under way", ""}


def fill(document: Document, talks: list[Talk]) -> None:
    """A sentence about "the meeting" without its parties ("took place on Friday") adds to the last meeting before it."""
    for token in document.doc:
        if not is_meeting_noun(token) or token.dep_ not in {"nsubj", "nsubj:pass", "obj", "obl", "nmod"}:
            continue
        words = {c.lower_ for c in token.children}
        counted = any(ordinal(w) is not None for w in words)
        if not words & {"the", "their", "that"} or words & _OTHER or counted or document.in_quote(token.idx):
            continue
        verb = next(iter(syntax.governing_verbs(token)), None)
        if verb is None or not (
            is_frame(verb, "happening", "session", "noun-verb")
            or syntax.preposition(token) in {"at", "during", "after", "following"}
        ):
            continue
        _add(document, talks, token, verb)


def _add(document: Document, talks: list[Talk], token: Token, verb: Token) -> None:
    before = [t for t in talks if t.token.i < token.i and not any(a <= token.idx < b for a, b in t.spans)]
    status = status_of(document, verb, of_noun=True)
    fitting = [t for t in before if status is not None and (t.status in _HELD) == (status in _HELD)]
    if not fitting or document.sentence_index(token.i) - document.sentence_index(fitting[-1].token.i) > 6:
        return
    if len(fitting) > 1 and document.sentence_index(token.i) - document.sentence_index(fitting[-1].token.i) > 1:
        return
    talk = fitting[-1]
    its_own = token.dep_ in {"nsubj", "nsubj:pass"} and is_frame(verb, "happening")
    talk.date = talk.date or (date_of(document, verb, token) if its_own else None)
    if its_own and talk.place is None:
        talk.place = place_of(document, verb, token) or town_of(document, verb, token)
    if its_own:
        talk.spans.append(document.span(*syntax.phrase(verb)))


def inherit(document: Document, talks: list[Talk]) -> None:
    """ "During the forum in Oslo, A and B signed … The meeting took place on Friday": "the meeting" was there, at that forum."""
    for talk in talks:
        k = document.sentence_index(talk.token.i)
        if talk.forum or talk.place or talk.occasion or k == 0 or talk.status != "held" or talk.session:
            continue
        first, last = document.sentences[k - 1]
        forums = [
            f
            for f in document.within(first, last, ForumMention)
            if syntax.preposition(document.doc[f.root]) in {"during", "at"}
        ]
        if (
            not _definite(document, talk)
            or len(forums) != 1
            or not set(talk.parties.codes) <= set(document.parties_in(first, last).codes)
        ):
            continue
        talk.forum = forums[0]
        places = [
            p
            for p in document.within(first, last, PlaceMention)
            if syntax.preposition(document.doc[p.root]) in {"in", "at"}
        ]
        talk.place = places[0] if len(places) == 1 else None


def _definite(document: Document, talk: Talk) -> bool:
    return any(
        t.lower_ in {"meeting", "talks"} and t.dep_ == "nsubj" and t.i > 0 and document.doc[t.i - 1].lower_ == "the"
        for t in document.doc[slice(*document.sentence(talk.token.i))]
    )
