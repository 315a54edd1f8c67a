"""Talks told again by "it": "The meeting was called off. It will take place by video link on 20 June"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_talk import Talk, status_of
from foedus.extract.meetings_words import format_words, is_frame
from foedus.language import syntax
from foedus.mentions.model import Parties
from foedus.mentions.numbers import FIRST_TEN

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_ANEW = {"reschedule", "postpone", "move", "delay", "put", "push", "adjourn"}
_OFF = {"cancelled", "postponed"}
_OTHERS = FIRST_TEN | {"another", "one", "next", "last", "latest"}
_SAT = {"meet", "sit", "convene", "gather", "assemble", "reconvene"}
_NEAR = 2


def by_another(document: Document, verb: Token, talks: list[Talk]) -> Talk | None:
    """A further round told by a number or by "it": "**A second** will follow on 2 May", "**another** is set for Norville", "**it** last sat in 2019".

    Of the parties of the talks told right before; None without a day or a place of its own.
    """
    subject = next(iter(syntax.own_subjects(verb)), None)
    last = next((t for t in reversed(talks) if t.token.i < verb.i), None)
    if subject is None or last is None or last.headline:
        return None
    if document.sentence_index(verb.i) - document.sentence_index(last.token.i) > _NEAR:
        return None
    again = subject.lower_ == "it" and last.session and verb.lemma_ in _SAT
    if not again and not (subject.lower_ in _OTHERS and is_frame(verb, "happening") and not _is_of_something(subject)):
        return None
    status = status_of(document, verb, of_noun=not again)
    if status is None:
        return None
    span = document.span(*syntax.phrase(verb))
    talk = Talk(verb, last.parties, [span], status, verb=verb, confidence=0.55, session=last.session)
    put_circumstances(document, talk, verb, None)
    own = {d.edtf for d in (talk.date,) if d is not None} - {d.edtf for d in (last.date,) if d is not None}
    if not own and (talk.place is None or last.place is None or talk.place.value == last.place.value):
        return None
    talk.parties = Parties(last.parties.codes, last.parties.spans)
    talk.forum = replace(last.forum, edition=None) if last.session and last.forum is not None else talk.forum
    return talk


def _is_of_something(subject: Token) -> bool:
    """ "One **of the ministers**", "the second **ship**": a number of something else than talks."""
    return any(c.dep_ in {"nmod", "obl"} and syntax.preposition(c) == "of" for c in subject.children)


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
