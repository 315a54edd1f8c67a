"""When an activity begins and ends: its day, by the verb that says whether that is the first or the last, and how long it takes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from foedus.extract.activities_act import is_word
from foedus.language import syntax
from foedus.mentions.model import DateMention, DurationMention, PlaceMention

if TYPE_CHECKING:
    from foedus.extract.activities_act import Act
    from foedus.language.doc import Token
    from foedus.mentions import Document

_LASTING = {"military exercise", "training", "patrol", "port call", "visit", "deployment"}
"""Kinds of which the day on which they "ended" or were "completed" is the last."""
_NEAR = 7
"""So many words after the act its day is looked for when it hangs on no word of it."""
_PERIOD = re.compile(r"\b(quarter|half|weeks?|beginning|end|middle|early|late|mid)\b|\bmid-", re.IGNORECASE)
_OPEN_PERIOD = re.compile(r"\b(to|until|till|through|and|between)\b|[–—]", re.IGNORECASE)


def days_of(document: Document, act: Act) -> tuple[str, str]:
    """First and last day (EDTF) as far as the day of `act` says; "" for what it does not say.

    A day by which something is done is an end, unless it is by then begun; some day of a month or quarter is a beginning.
    """
    start, end = _days(document, act)
    if act.until is not None and not end:
        last = act.until.edtf.rpartition("/")[2]
        start, end = ("" if start == last else start), last
    return start, end


def _days(document: Document, act: Act) -> tuple[str, str]:
    found = act.date
    if found is None:
        return "", ""
    verb = _verb_of(document, found)
    if found.role in {"by", "until", "before"}:
        return ("", "") if found.role == "by" and verb is not None and is_word("opening", verb) else ("", found.edtf)
    words = document.words(found.span)
    if not any(c.isdigit() for c in words) and not (len(found.edtf) == 21 and _OPEN_PERIOD.search(words)):
        start, end = found.edtf, ""
    elif _PERIOD.search(words) and not _OPEN_PERIOD.search(words):
        start, end = found.edtf.partition("/")[0], ""
    else:
        start, _, end = found.edtf.partition("/")
    if verb is not None and not end and act.kind in _LASTING and _is_last(act, verb):
        return _first_day(document, act, verb, start), start
    return start, end


_PARTING = {"leave", "depart"}


def _is_last(act: Act, verb: Token) -> bool:
    """Whether the day of `verb` is the last of the act: "ended on Sunday", "left on Sunday **at the end of** the visit"."""
    if is_word("closing", verb):
        return True
    noun, top = act.token, act.token.head
    return (
        act.kind in {"visit", "port call"}
        and verb.lemma_.lower() in _PARTING
        and noun.dep_ == "nmod"
        and is_word("closing_noun", top)
        and verb in syntax.governing_verbs(top)
    )


def _first_day(document: Document, act: Act, verb: Token, last: str) -> str:
    """The first day of what took "four days" and ended on `last`; "" where the report does not say how long it took."""
    spans = [syntax.phrase(act.token, clauses=True), syntax.phrase(verb)]
    lengths = [m for low, high in spans for m in document.within(low, high, DurationMention)]
    days = re.fullmatch(r"P(\d+)D", lengths[0].iso) if lengths else None
    if days is None or len(last) != 10 or not 1 < int(days[1]) <= 31:
        return ""
    return str(date.fromisoformat(last) - timedelta(days=int(days[1]) - 1))


def is_still_there(document: Document, act: Act, start: str) -> bool:
    """Whether who arrived on `start` "for a four-day visit" is still there on the day of the report."""
    today = document.report.published_on
    if (
        act.kind not in {"visit", "port call"}
        or not is_word("arriving", act.token)
        or len(start) != 10
        or today is None
    ):
        return False
    lengths = document.within(*syntax.phrase(act.token), DurationMention)
    days = re.fullmatch(r"P(\d+)D", lengths[0].iso) if lengths else None
    if days is None:
        return False
    return start <= str(today) < str(date.fromisoformat(start) + timedelta(days=int(days[1])))


def _verb_of(document: Document, found: DateMention) -> Token | None:
    token = document.doc[found.root]
    return next((t for t in (token, *token.ancestors) if t.pos_ == "VERB"), None)


def day_after(document: Document, token: Token) -> DateMention | None:
    """The day right after the word that tells an act, whatever it hangs on: no verb and no comma stand between them."""
    for at in range(token.i + 1, min(token.i + 1 + _NEAR, token.sent.end)):
        found = document.at(at, DateMention)
        if found is not None:
            return found if found.role not in {"recurring", "since"} else None
        if document.doc[at].pos_ in {"VERB", "AUX", "PUNCT", "SCONJ"}:
            return None
    return None


def day_of_main_clause(document: Document, token: Token) -> DateMention | None:
    """The day of the sentence for an act in a clause with "when" or "while": "**last October** they adopted it, when she visited Oslo"."""
    clause = next((t for t in (token, *token.ancestors) if t.pos_ == "VERB"), token)
    timed = any(c.lower_ in {"when", "while", "as"} and c.dep_ in {"advmod", "mark"} for c in clause.children)
    return document.when(clause.head) if clause.dep_ == "advcl" and timed else None


def of_ceremony(document: Document, token: Token) -> tuple[DateMention | None, PlaceMention | None]:
    """Day and place of the ceremony in one of the next sentences at which it is handed over: "The **ceremony** was held on Monday in Oslo"."""
    here = document.sentence_index(token.i)
    for low, high in document.sentences[here + 1 : here + 1 + _SOON]:
        for word in document.doc[low:high]:
            if not is_word("ceremony", word) or word.dep_ not in {"nsubj", "nsubj:pass"} or word.head.pos_ != "VERB":
                continue
            day = document.when(word.head)
            if day is not None and day.role == "at":
                return day, document.where(word.head)
    return None, None


_SOON = 5
"""So many sentences after the gift its ceremony is looked for."""


def tell_last_days(document: Document, acts: list[Act]) -> None:
    """Gives exercises and visits the last day that a later sentence tells: "The exercise will conclude on 25 November"."""
    for word in document.doc:
        clause = word.head
        if word.dep_ not in {"nsubj", "nsubj:pass"} or clause.pos_ != "VERB":
            continue
        which = word.lower_ in {"which", "that"} and clause.dep_ in {"acl:relcl", "advcl:relcl"}
        told = (clause.head if clause.dep_ == "acl:relcl" else _before(word)) if which else word
        kinds = {"military exercise"} if is_word("exercise_cue", told) or told.ent_type_ == "EXERCISE" else _STAYS
        again = told.lower_ in {"it", "they"} and any(t.lemma_ in _RUN for t in (clause, *clause.children))
        if again:
            kinds = {"military exercise"}
        elif kinds is _STAYS and told.lemma_.lower() not in {"visit", "trip", "tour"}:
            continue
        certain = which or any(c.lower_ in {"the", "this", "his", "her", "their"} for c in told.children)
        before = [a for a in acts if a.kind in kinds and a.token.i <= told.i]
        verb = next((v for v in (clause, *clause.children) if is_word("closing", v) or v.lemma_ in _RUN), None)
        if verb is None or not before or not (certain or again or told.ent_type_ == "EXERCISE"):
            continue
        act = before[-1]
        found = document.when(verb) or document.when(clause)
        until = found is not None and (is_word("closing", verb) or found.role == "until" or "/" in found.edtf)
        if found is not None and until and act.until is None and len(found.edtf.rpartition("/")[2]) == 10:
            act.until = found


_STAYS = {"visit", "port call"}


def _before(which: Token) -> Token:
    """The word before "which" and its comma."""
    at = max(which.i - 1, 0)
    return which.doc[max(at - 1, 0) if which.doc[at].text == "," else at]


_RUN = {"last", "run", "continue"}
