"""Dates and durations -> EDTF and ISO 8601, relative to the dateline and the publication date.

The anchor is the day of the dateline, else the day of publication. Without an anchor a relative expression gives nothing and a
day without its year keeps ``XXXX``. HeidelTime's and SUTime's news rules are the model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING

from foedus.mentions.dates_lengths import duration
from foedus.mentions.dates_patterns import ANY, MONTH
from foedus.mentions.dates_values import ROLES, as_day, value_of
from foedus.mentions.model import DateMention, DurationMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document

_SCHEDULED = {
    "arrive", "leave", "fly", "travel", "visit", "meet", "host", "open", "begin", "start", "hold", "head", "return", "depart", "welcome",
    "attend", "sign", "convene", "kick", "expire", "end", "embark", "receive", "resume", "gather", "sit", "address", "chair", "launch",
}  # fmt: skip
"""Verbs whose present tense with a day means what is to come ("the minister arrives on Monday")."""
_ROLE_BEFORE = re.compile(
    r"\b(?:(?P<by>no later than|not later than|at the latest(?: by)?)|(?P<from>starting(?: from| on| in)?|beginning(?: from| on| in)?|effective(?: from)?"
    r"|with effect from|as (?:of|from)|commencing(?: on)?)|(?P<until>through|up to|up until|valid until|running to|lasting until)"
    r"|(?P<before>prior to|ahead of|on or before|in advance of)|(?P<after>following|subsequent to))\s+(?:the\s+|early\s+|late\s+)*$",
    re.IGNORECASE,
)
_PREPARED = {"arrange", "organise", "organize", "propose", "schedule", "plan", "prepare"}
"""Verbs whose gerund with a day means what is to come ("spoke in favour of arranging a meeting on 7 July")."""
_BEHIND = {"after", "following", "since"}
_LATER = {"due", "set", "schedule", "plan", "expect", "slate", "intend", "hope", "invite"}


def published(document: Document) -> date | None:
    """The day of publication; None when the report does not say it."""
    return as_day(document.report.published_on or "")


def anchor_of(document: Document) -> date | None:
    """The day that relative expressions are counted from."""
    own = document.dateline.date if document.dateline else None
    return (as_day(own.edtf) if own else None) or published(document)


_SINCE = re.compile(r"\bsince\b[^.;]*$")


def find_dates(document: Document) -> list[DateMention | DurationMention]:
    """Every date and duration, in text order."""
    anchor = anchor_of(document)
    found: list[DateMention | DurationMention] = []
    previous: str | None = None
    for match in ANY.finditer(document.report.text):
        kind, words = str(match.lastgroup), match.group()
        start, end = match.span()
        tokens = _tokens(document, start, end)
        if tokens is None:
            continue
        root = _root(document, *tokens)
        if kind == "every":
            continue
        if kind == "span":
            before = document.report.text[max(0, start - 4) : start].lower()
            iso = duration(words) or (_one(words) if before == "for " else None)
            if iso:
                found.append(DurationMention(start, end, *tokens, root.i, iso=iso))
            continue
        later = _is_later(root)
        if kind == "within":
            if _once(document.report.text[max(0, start - 26) : start]) or words.lower() == "in a day":
                later = False
            if not later and words.lower().startswith("within") and _is_past(root):
                continue
        if later and _SINCE.search(document.report.text, max(0, start - 20), start):
            later = False  # "is in Norville since Saturday, 27 January"
        if kind in {"md", "dm"} and document.report.text[max(0, start - 5) : start].lower() == "next ":
            later = True
        edtf, role = value_of(kind, words, anchor, later, previous)
        if not later and kind in _COMES and anchor is not None and _of_event_to_come(root):
            edtf, role = _ahead(value_of(kind, words, anchor, True, previous), anchor) or (edtf, role)
        if edtf is None:
            if kind == "within" and (iso := duration(words.split(" ", 1)[1])):
                found.append(DurationMention(start, end, *tokens, root.i, iso=iso))
            continue
        role = role or _role_before(document.report.text[max(0, start - 32) : start])
        if found and kind in {"md", "dm"} and _restates(document, found[-1], start):
            found.pop()
        sure = kind in {"iso", "dots", "my", "mym", "year", "yspan", "decade"}
        found.append(DateMention(start, end, *tokens, root.i, edtf=edtf, role=role, inferred=not sure))  # type: ignore[arg-type]
        previous = edtf
    found += _by_network(document, found, anchor)
    return sorted(found, key=lambda m: m.start)


def _restates(document: Document, before: DateMention | DurationMention, start: int) -> bool:
    """Whether a day says again what the term right before it counts ("in 30 days, on 4 May"): the stated day holds."""
    text = document.report.text
    term = text[before.start : before.end].lower().startswith(("in ", "within "))
    return term and bool(_SAME_DAY.fullmatch(text[before.end : start]))


_SAME_DAY = re.compile(r"(?:,| \(|, that is,?| —| –)\s*(?:(?:on|by|next)\s+)?")
_COMES = {"next_m", "md", "dm"}
_EVENTS = {
    "summit", "election", "conference", "congress", "assembly", "anniversary", "championship", "game", "inauguration", "referendum", "vote",
}  # fmt: skip
_PREPARES = {
    "preparation",
    "prepare",
    "plan",
    "arrangement",
    "ready",
    "readiness",
    "invitation",
    "agenda",
    "date",
    "schedule",
    "programme",
}
_MOST_AHEAD = 150


def _of_event_to_come(root: Token) -> bool:
    """Whether a date hangs on an event that is prepared for, or is of a kind that is spoken of beforehand ("the summit in July")."""
    noun = root.head
    if noun.pos_ not in {"NOUN", "PROPN"} or root.dep_ not in {"nmod", "nmod:unmarked"}:
        return False
    before = {c.lower_ for c in noun.children if c.dep_ in {"case", "amod"}}
    if before & {"last", "previous", "first", "earlier"}:
        return False
    if noun.lemma_ == "preparation" or before & {"upcoming", "forthcoming", "ahead"}:
        return True
    if "for" in before and noun.head.lemma_ in _PREPARES:
        return True
    return noun.lemma_.lower() in _EVENTS and noun.dep_ not in {"nsubj", "nsubj:pass", "obl"}


def _ahead(value: tuple[str | None, str | None], anchor: date) -> tuple[str, str | None] | None:
    """The value when it lies in the months after the anchor, else None."""
    edtf, role = value
    day = as_day(f"{edtf}-01"[:10] if edtf else "")
    return (edtf, role) if edtf and day and 0 < (day - anchor).days <= _MOST_AHEAD else None


def _one(words: str) -> str | None:
    """The length of "a year" behind "for"; None for other words."""
    low = words.lower().split()
    return f"P1{low[1][0].upper()}" if len(low) == 2 and low[0] in {"a", "an"} and low[1] in _ONES else None


_ONES = {"week", "month", "year"}


def _by_network(
    document: Document, found: list[DateMention | DurationMention], anchor: date | None
) -> list[DateMention]:
    """Months that stand alone where the network sees a date ("the January vote")."""
    more: list[DateMention] = []
    taken = {i for m in found for i in range(m.first, m.last)}
    for span in document.doc.ents:
        if (
            span.label_ != "DATE"
            or len(span) != 1
            or span.start in taken
            or not _MONTH_ALONE.fullmatch(span.text)
            or anchor is None
        ):
            continue
        token = document.doc[span.start]
        if token.i and document.doc[token.i - 1].lower_ in {"every", "each"}:
            continue
        edtf, _ = value_of("next_m", f"in {span.text}", anchor, _is_later(token), None)
        if edtf is not None:
            role = _role_before(document.report.text[max(0, token.idx - 32) : token.idx])
            at = (span.start_char, span.end_char, span.start, span.end, span.start)
            more.append(DateMention(*at, edtf=edtf, role=role, inferred=True))  # type: ignore[arg-type]
    return more


_MONTH_ALONE = re.compile(MONTH)


def _once(before: str) -> bool:
    """Whether the words before "in six weeks" make it a length of time ("for the first time in six weeks", "once in a year")."""
    return bool(re.search(r"\b(?:first|time|once|twice|times|most|worst|lowest|highest)\b[^.]*$", before.lower()))


def _role_before(words: str) -> str:
    longer = _ROLE_BEFORE.search(words)
    if longer is not None:
        return str(longer.lastgroup)
    before = words.lower().split()
    while before and before[-1] in {"the", "early", "late", "mid"}:
        before.pop()
    return ROLES.get(before[-1], "at") if before else "at"


def _is_later(root: Token) -> bool:
    """Whether the clause of a date speaks of the future."""
    at = root
    for _ in range(6):
        if at.head.i == at.i:
            break
        at = at.head
        if at.pos_ == "NOUN" and any(c.lower_ in _BEHIND and c.dep_ == "case" for c in at.children):
            return False  # "after their meeting in May"
        if at.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            words = {c.lower_ for c in at.children if c.dep_ in {"aux", "mark", "cop"}}
            if words & {"will", "shall", "'ll", "would"} or at.lemma_ in _LATER or (at.tag_ == "VB" and "to" in words):
                return True
            if at.tag_ == "VBN" and "to" in words and not words & {"was", "were"}:
                return True  # "the summit, to be held on 19 July"
            if at.tag_ in {"VBD", "VBN"} and at.pos_ == "VERB":
                return any(t.tag_ == "VBG" and t.lemma_ in _PREPARED for t in root.doc[at.i : root.i])
            if at.tag_ in {"VBZ", "VBP"} and at.lemma_ in _SCHEDULED:
                return True
            if at.pos_ == "VERB":
                return at.tag_ == "VBG" and (bool(words & {"is", "are"}) or at.lemma_ in _PREPARED)
    return False


def _is_past(root: Token) -> bool:
    """Whether the verb over a date is in the past ("was repaired within ten days")."""
    at = root.head
    words = {c.lower_ for c in at.children if c.dep_.startswith("aux")}
    return at.pos_ == "VERB" and (
        at.tag_ == "VBD" or (at.tag_ == "VBN" and bool(words & {"was", "were", "has", "have", "had"}))
    )


def _tokens(document: Document, start: int, end: int) -> tuple[int, int] | None:
    first = bisect_right(document.starts, start) - 1
    last = bisect_right(document.starts, end - 1)
    return (first, last) if 0 <= first < last else None


def _root(document: Document, first: int, last: int) -> Token:
    return document.doc[first:last].root


def date_at(document: Document, start: int, end: int, edtf: str | None) -> DateMention | None:
    """A date at these characters; None without a value."""
    tokens = _tokens(document, start, end)
    if edtf is None or tokens is None:
        return None
    return DateMention(start, end, *tokens, _root(document, *tokens).i, edtf=edtf)
