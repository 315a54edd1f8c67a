"""The day of talks that are told as one of several on a day: "later in the day", "in the afternoon", "he also met"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.extract.meetings_circumstances import is_after
from foedus.mentions.model import DateMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.extract.meetings_talk import Talk
    from foedus.language.doc import Token
    from foedus.mentions import Document

SAME_DAY = re.compile(
    r"\b(?:(?:later|earlier) (?:in|that|on|the same|on the same) day|(?:later|earlier) in the day|(?:the|that) same (?:day|morning|afternoon|evening)"
    r"|(?:in|during) the (?:morning|afternoon|evening)|(?:that|this) (?:morning|afternoon|evening)|an? (?:half )?hour (?:later|earlier)"
    r"|hours (?:later|earlier)|afterwards)\b",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"\b(?:before|after|ahead of|following|prior to|at) the (?:signing )?(?:ceremony|signing)\b", re.IGNORECASE
)
_SIGNS = {"sign", "ink", "initial", "conclude", "exchange"}
_BESIDE = re.compile(
    r"\b(?:also|then|thereafter|subsequently|separately|meanwhile|additionally|in a separate)\b", re.IGNORECASE
)
_BACK = 6
_HEADLINE = 14


def same_day(document: Document, talks: Sequence[Talk]) -> None:
    """Talks without a day that the words put on the day of what was told before take that day; others are left alone.

    "In the evening" takes the day of the talks before, else the last day named before; "also" only that of the talks before, of
    the same actor.
    """
    for k, talk in enumerate(talks):
        if talk.date is not None or talk.status != "held" or talk.session:
            continue
        start, end = document.sentence_span(talk.token.i)
        if _SIGNING.search(document.report.text, start, end) is not None:
            talk.date = _of_signing(document, talk)
            continue
        firmly = SAME_DAY.search(document.report.text, start, end) is not None
        if not firmly and _BESIDE.search(document.report.text, start, end) is None:
            continue
        before = [t for t in talks[:k] if t.status == "held" and _is_day(t.date) and _is_near(document, t, talk)]
        if before and (firmly or set(before[-1].actor.codes) & set(talk.parties.codes)):
            talk.date = before[-1].date
        elif firmly:
            talk.date = _of_lead(document, talk) or _named_before(document, talk)


def _of_signing(document: Document, talk: Talk) -> DateMention | None:
    """The only day on which the sentences up to the talks say that something was signed; None when there is none, or several."""
    stop = document.sentence(talk.token.i)[1]
    verbs = [
        t
        for t in document.doc[:stop]
        if t.pos_ == "VERB" and t.lemma_ in _SIGNS and document.modality(t).kind == "actual"
    ]
    nearest = next((d for v in reversed(verbs) if _is_day(d := document.when(v) or _beside(document, v))), None)
    return nearest if nearest is not None and not is_after(document, nearest) else None


def _beside(document: Document, verb: Token) -> DateMention | None:
    """ "Said on Thursday **after signing** it": the day of the verb that the signing is told beside."""
    return document.when(verb.head) if verb.tag_ == "VBG" and verb.head.pos_ == "VERB" else None


def _is_day(date: DateMention | None) -> bool:
    return date is not None and date.role == "at" and len(date.edtf) == len("2024-01-01")


def _is_near(document: Document, one: Talk, other: Talk) -> bool:
    return document.sentence_index(other.token.i) - document.sentence_index(one.token.i) <= _BACK


def _of_lead(document: Document, talk: Talk) -> DateMention | None:
    """The only day that the first two sentences name, dateline and headline left out: the day that the report is of."""
    here = document.sentence_index(talk.token.i)
    line = document.dateline
    low = next((k for k, (a, b) in enumerate(document.sentences) if b - a > _HEADLINE), 0)
    first, last = document.sentences[low][0], document.sentences[min(low + 1, len(document.sentences) - 1)][1]
    days = [d for d in document.within(first, last, DateMention) if _is_day(d) and not is_after(document, d)]
    days = [d for d in days if line is None or not line.start <= d.start < line.end]
    return days[0] if low <= here and len({d.edtf for d in days}) == 1 else None


def _named_before(document: Document, talk: Talk) -> DateMention | None:
    """The last day named in the sentences before the talks."""
    here = document.sentence_index(talk.token.i)
    first, last = document.sentences[max(0, here - 2)][0], document.sentences[here][0]
    days = [d for d in document.within(first, last, DateMention) if _is_day(d) and not is_after(document, d)]
    return days[-1] if days else None
