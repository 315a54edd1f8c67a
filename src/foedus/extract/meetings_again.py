"""Talks told again by "it": "The meeting was called off. It will take place by video link on 20 June"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_talk import Talk, status_of
from foedus.extract.meetings_words import format_words, is_frame
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_ANEW = {"reschedule", "postpone", "move", "delay", "put", "push", "adjourn"}
_OFF = {"cancelled", "postponed"}


def by_it(document: Document, verb: Token, talks: list[Talk]) -> Talk | None:
    """The new date of talks that were called off, told of "it" in the sentence after; None for anything else."""
    subject = next(iter(syntax.own_subjects(verb)), None)
    if subject is None or subject.lower_ not in {"it", "they"} or not talks or talks[-1].status not in _OFF:
        return None
    last = talks[-1]
    if document.sentence_index(verb.i) - document.sentence_index(last.token.i) > 1:
        return None
    anew = verb.lemma_ in _ANEW and document.when(verb) is not None
    if not anew and not is_frame(verb, "happening"):
        return None
    status = "scheduled" if anew else status_of(document, verb, of_noun=True)
    if status in {None, *_OFF}:
        return None
    span = document.span(*syntax.phrase(verb))
    talk = Talk(verb, last.parties, [span], status or "", last.format, verb=verb, confidence=0.6)
    put_circumstances(document, talk, verb, None)
    names = [name for name, _ in format_words(document.report.text, *document.sentence_span(verb.i))]
    talk.format = next((name for name in names if name in {"phone call", "video call"}), talk.format)
    return talk if talk.date is not None or talk.place is not None else None
