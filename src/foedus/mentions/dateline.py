"""Where and when a report was written: the dateline, or a line that gives little but the day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from foedus.language.dateline import find_line, find_opening, known_cities
from foedus.mentions.dates import date_at, published
from foedus.mentions.dates_patterns import DAY, MONTH, WEEKDAY, YEAR
from foedus.mentions.dates_values import calendar_date, value_of
from foedus.mentions.model import Dateline, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.dateline import Opening
    from foedus.mentions.document import Document

_PLAIN_DATE = re.compile(
    rf"(?:{WEEKDAY},?\s+)?(?:{MONTH}\s+{DAY},?\s+{YEAR}|{DAY}\s+{MONTH}\.?,?\s+{YEAR})", re.IGNORECASE
)
_BESIDE = {
    "published", "updated", "posted", "issued", "released", "modified", "last", "on", "at", "by", "in", "of", "the", "for", "and", "am", "pm",
    "date", "time", "press", "release", "source", "from", "no", "number", "gmt", "utc", "ist", "est", "de", "al", "immediate", "to",
}  # fmt: skip
"""Words in small letters that a line with the day of publication may hold."""
_ACTS = re.compile(r"\b(?:signed|done|adopted|concluded|held|met|meets?|signs?|visits?)\b", re.IGNORECASE)
_LONGEST_LINE = 100


def find_dateline(document: Document) -> Dateline | None:
    """The dateline at the head of the report: its place and day, of which one may be missing; None when there is none.

    A dateline without a day takes that of a line about the publication ("Published: 4 May 2024").
    """
    text = document.report.text
    lines = [document.span(first, last) for first, last in document.paragraphs[:8]]
    plain = next((line for line in (_plain_line(document, *at) for at in lines[:6]) if line is not None), None)
    for k, (start, end) in enumerate(lines):
        opening = find_opening(text, start, end)
        if opening is None and k + 1 < len(lines):
            opening = find_line(text, start, end)
        if opening is not None and (found := _dateline(document, opening)) is not None:
            return found if found.date or plain is None else Dateline(found.start, found.end, found.place, plain.date)
    return plain


def _dateline(document: Document, opening: Opening) -> Dateline | None:
    place = _place(document, *opening.place) if opening.place else None
    when = None
    if opening.date is not None:
        when = date_at(document, *opening.date, _day(document.report.text[slice(*opening.date)], published(document)))
    return Dateline(opening.start, opening.end, place, when) if place or when else None


def _day(words: str, anchor: date | None) -> str | None:
    """EDTF of the day of a dateline, in words, in figures or as a weekday."""
    if re.search(MONTH, words, re.IGNORECASE):
        return calendar_date(words, anchor)
    if re.match(r"\d{4}-", words):
        return words
    return value_of("dots" if words[0].isdigit() else "wday", words, anchor, False, None)[0]


def _plain_line(document: Document, start: int, end: int) -> Dateline | None:
    """A short line that is little more than a full date: no sentence, no headline about an act of that day."""
    text = document.report.text
    match = _PLAIN_DATE.search(text, start, end) if end - start < _LONGEST_LINE else None
    if match is None:
        return None
    beside = text[start : match.start()] + " " + text[match.end() : end]
    words = re.findall(r"[^\W\d_]+", beside)
    small = [word for word in words if word[0].islower() and word not in _BESIDE]
    if small or len(words) > 12 or _ACTS.search(beside):
        return None
    when = date_at(document, match.start(), match.end(), calendar_date(match.group(), None))
    return Dateline(start, match.end(), _place(document, start, match.start()), when) if when is not None else None


def _place(document: Document, start: int, end: int) -> PlaceMention | None:
    region = None
    for mention in document.mentions:
        if mention.start < start or mention.end > end:
            continue
        if isinstance(mention, PlaceMention):
            whole = document.report.text[start:end]
            if (
                mention.end < end and whole.casefold() in known_cities()
            ):  # "ADDIS ABABA-", whose dash is glued to the name
                at = (start, end, mention.first, mention.last, mention.root)
                return PlaceMention(*at, name=whole.title() if whole.isupper() else whole, country=mention.country)
            return mention
        if isinstance(mention, PartyMention) and mention.form == "capital":
            whole = document.report.text[start:end]
            span = (start, end) if whole.casefold() in known_cities() else mention.span
            name = document.words(span)
            at = (*span, mention.first, mention.last, mention.root)
            return PlaceMention(*at, name=name.title() if name.isupper() else name, country=mention.code)
        if isinstance(mention, PartyMention) and mention.form == "name" and mention.start > start:
            region = mention
    if region is None or "," not in document.report.text[start : region.start]:
        return None
    name = document.report.text[start:end].split(",")[0]
    last = next(i for i in range(region.first, -1, -1) if document.starts[i] < start + len(name)) + 1
    first = next(i for i in range(last - 1, -1, -1) if document.starts[i] <= start)
    at = (start, start + len(name), first, last, first)
    return PlaceMention(*at, name=name.title() if name.isupper() else name, country=region.code)
