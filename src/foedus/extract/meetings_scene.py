"""When and where talks were whose own sentence does not say it: the day that the report is of, the town that it is written from, the journey told before.

A reader takes these for granted. Talks by telephone have no place, and talks whose sentence names another one keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_circumstances import is_after
from foedus.extract.meetings_words import is_frame
from foedus.language import syntax
from foedus.mentions.model import DateMention, PersonMention, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.extract.meetings_talk import Talk
    from foedus.language.doc import Token
    from foedus.mentions import Document

_LEAD = 4
"""So many sentences at the head, headline and dateline among them, say what the report is of."""
_BACK = 2
"""So many sentences back the journey to talks may be told."""
_CALLS = {"phone call", "video call"}
_AT = {"in", "at", "near", "outside"}
_TO = {"to", "in", "for", "at"}
_DAY = len("2024-05-01")


def set_scene(document: Document, talks: Sequence[Talk]) -> None:
    """Gives talks that were held the day and the place of the journey told before them, else of the head of the report."""
    for talk in talks:
        if talk.status != "held":
            continue
        by_journey(document, talk)
        if talk.date is None:
            talk.date = _only_day(document, talk)
        if talk.place is None and talk.format not in _CALLS:
            talk.place = _dateline(document, talk)


def by_journey(document: Document, talk: Talk) -> None:
    """ "The minister **flew to Norville on Tuesday**. He was received by the president": there, and on that day."""
    k, paragraph = document.sentence_index(talk.token.i), document.paragraph(talk.token.i)
    if talk.place is not None or talk.format in _CALLS or talk.session or _names_place(document, talk):
        return
    for first, last in reversed(document.sentences[max(0, k - _BACK) : k]):
        if document.paragraph(first) != paragraph:
            return
        for verb in document.doc[first:last]:
            if verb.pos_ != "VERB" or not is_frame(verb, "travelling") or document.modality(verb).kind != "actual":
                continue
            goal = next((p for p in document.within(first, last, PlaceMention) if _is_goal(document, p, verb.i)), None)
            if goal is None or not _is_of(document, talk, first, last):
                continue
            talk.place = goal
            day = document.when(verb)
            if talk.date is None and _is_day(day):
                talk.date = day
            return


def _is_goal(document: Document, place: PlaceMention, verb: int) -> bool:
    root = document.doc[place.root]
    return place.name != place.country and root.head.i == verb and syntax.preposition(root) in _TO


def _is_of(document: Document, talk: Talk, first: int, last: int) -> bool:
    """Whether a sentence names somebody who takes part in the talks."""
    people = {id(p) for p in talk.parties.persons}
    return any(id(m.person) in people for m in document.within(first, last, PersonMention))


def _only_day(document: Document, talk: Talk) -> DateMention | None:
    """The only day that the head of the report names, for talks told there."""
    if document.sentence_index(talk.token.i) >= _LEAD:
        return None
    line = document.dateline
    head = document.within(0, document.sentences[min(_LEAD, len(document.sentences)) - 1][1], DateMention)
    days = [d for d in head if _is_day(d) and (line is None or not line.start <= d.start < line.end)]
    if len({d.edtf for d in days}) != 1 or is_after(document, days[0]):
        return None
    return None if any(_is_of_saying(document.doc[d.root], talk) for d in days) else days[0]


def _is_of_saying(root: Token, talk: Talk) -> bool:
    """ "Said **on Sunday** that he had met the king": the day of the words, not of the meeting."""
    verb = talk.verb
    return verb is not None and verb.dep_ == "ccomp" and root.head.i == verb.head.i


def _is_day(date: DateMention | None) -> bool:
    return date is not None and date.role == "at" and len(date.edtf) == _DAY


def _dateline(document: Document, talk: Talk) -> PlaceMention | None:
    """The town that the report is written from, for talks told at its head without any other place."""
    line = document.dateline
    if line is None or line.place is None or document.sentence_index(talk.token.i) > _LEAD:
        return None
    return None if _names_place(document, talk) else line.place


def _names_place(document: Document, talk: Talk) -> bool:
    """Whether the sentence of the talks names a place that something happens at."""
    places = document.within(*document.sentence(talk.token.i), PlaceMention)
    return any(syntax.preposition(document.doc[p.root]) in _AT for p in places)
