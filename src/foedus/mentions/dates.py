"""Dates and durations -> EDTF and ISO 8601, relative to the dateline and the publication date.

The anchor is the day of the dateline, else the day of publication. Without an anchor a relative expression gives nothing and a
day without its year keeps ``XXXX``. HeidelTime's and SUTime's news rules are the model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from foedus.mentions.model import Dateline, DateMention, DurationMention, PartyMention, PlaceMention

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.mentions.document import Document

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], range(1, 13), strict=True),
    a=1, an=1, fifteen=15, eighteen=18, twenty=20, thirty=30, forty=40, fifty=50, ninety=90, hundred=100, half=0,
)  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?![A-Za-z])"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:1[89]\d\d|20\d\d)(?!\d)"
_TO = r"\s*(?:-|–|—|to|and|through)\s*"
_COUNT = r"(?:\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?:day|week|month|year|decade)s?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANY = re.compile(
    "|".join(
        [
            rf"(?P<iso>\b{_YEAR}-[01]\d-[0-3]\d\b)",
            rf"(?P<dots>\b[0-3]?\d[./][01]?\d[./](?:{_YEAR}|\d\d)\b)",
            rf"(?P<dmdm>\b(?:{_DAY})\s+{_MONTH}{_TO}(?:{_DAY})\s+{_MONTH}(?:,?\s+{_YEAR})?)",
            rf"(?P<ddm>\b{_DAY}{_TO}{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?)",
            rf"(?P<mdmd>\b{_MONTH}\s+{_DAY}{_TO}{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?)",
            rf"(?P<mdd>\b{_MONTH}\s+{_DAY}{_TO}{_DAY}(?:,?\s+{_YEAR})?)",
            rf"(?P<dm>\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?)",
            rf"(?P<md>\b{_MONTH}\s+{_DAY}(?!\s*(?:million|billion|per|%))(?:,?\s+{_YEAR})?)",
            rf"(?P<my>\b(?:[Ee]arly\s+|[Ll]ate\s+|mid-)?{_MONTH}(?:\s+of)?,?\s+{_YEAR})",
            rf"(?P<next_m>\b(?:last|next|this|in|since|by|until|from|of|early|late|mid|before|after)\s+{_MONTH}(?!,?\s+(?:of\s+)?{_YEAR}|\s+{_DAY}))",
            rf"(?P<ago>\b{_COUNT}[\s-]+{_UNIT}\s+(?:ago|earlier|later|before|from now)\b)",
            rf"(?P<within>\b(?:within|in)\s+(?:the\s+(?:next|coming)\s+)?{_COUNT}\s+{_UNIT}\b(?!\s+of))",
            rf"(?P<span>\b(?:{_COUNT})(?:\s+|-|–|‑){_UNIT}\b|\b(?:decade|year|month|week)-long\b|\b(?:next|coming|past|last)\s+decade\b)",
            rf"(?P<wday>\b(?:(?:last|next|this|past|coming)\s+)?(?:{_WEEKDAY}|{_WEEKDAY.upper()})\b(?!s))",
            r"(?P<today>\b(?:[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Tt]his\s+(?:morning|afternoon|evening)|(?:late\s+)?[Ll]ast\s+night)\b)",
            r"(?P<rel>\b(?:earlier|later)\s+this\s+(?:week|month|year)\b|\b(?:last|this|next|the coming)\s+(?:week|month|year)\b)",
            rf"(?P<end>\b(?:(?:by|before|at|until)\s+)?(?:the\s+)?(?:end|middle|start|beginning)\s+of\s+(?:{_YEAR}|(?:the|this|next)\s+(?:year|month|decade)))",
            rf"(?P<quarter>\b(?:the\s+)?(?:first|second|third|fourth)\s+(?:quarter|half)\s+of\s+(?:{_YEAR}|(?:this|next)\s+year))",
            rf"(?P<year>(?<![\d$€£.,/-])\b{_YEAR}\b(?![\d,]*\s*(?:troops|soldiers|people|tons|tonnes|km|miles|metres)|[.,]\d))",
        ]
    )
)
_LONG = {"decade": "P10Y", "year": "P1Y", "month": "P1M", "week": "P1W"}
_ROLE = {
    "by": "by",
    "since": "since",
    "until": "until",
    "till": "until",
    "from": "from",
    "before": "before",
    "after": "after",
}
_LATER = {"due", "set", "schedule", "plan", "expect", "slate", "intend", "hope", "invite"}
_DATELINE = re.compile(
    rf"\s*(?:»\s*)?(?P<place>[A-Z][\w'’ʻ.\-]*(?:[ /][A-Z][\w'’.\-]*){{0,3}}(?:,\s[A-Z][\w.]+(?:\s[A-Z]\w+)?)?)"
    rf"(?:,?\s*(?P<date>{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?|{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?))?"
    r"\s*(?P<agency>\([^)\n]{1,40}\))?\s*(?P<mark>—|–|--|-|:|_|\.)\s"
)
_PLAIN_DATE = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?(?:{_MONTH}\s+{_DAY},?\s+{_YEAR}|{_DAY}\s+{_MONTH}\.?,?\s+{_YEAR})", re.IGNORECASE
)


def find_dateline(document: Document) -> Dateline | None:
    """The dateline at the head of the report: its place and day, of which one may be missing; None when there is none."""
    text = document.report.text
    for first, last in document.paragraphs[:8]:
        start, end = document.span(first, last)
        match = _DATELINE.match(text, start, min(end, start + 120))
        if match and (
            match["date"] or match["agency"] or match["mark"] in {"—", "–", "--", "_"} or match["place"].isupper()
        ):
            place = _dateline_place(document, match.start("place"), match.end("place"))
            if place is None and not match["date"]:
                continue
            when = None
            if match["date"]:
                when = _mention(
                    document, match.start("date"), match.end("date"), _calendar(match["date"], _published(document))
                )
            return Dateline(match.start(), match.end(), place, when)
    for first, last in document.paragraphs[:6]:
        start, end = document.span(first, last)
        if end - start < 100 and (match := _PLAIN_DATE.search(text, start, end)):
            when = _mention(document, match.start(), match.end(), _calendar(match.group(), None))
            if when is not None:
                place = _dateline_place(document, start, match.start())
                return Dateline(start, match.end(), place, when)
    return None


def _dateline_place(document: Document, start: int, end: int) -> PlaceMention | None:
    for mention in document.mentions:
        if mention.start >= start and mention.end <= end:
            if isinstance(mention, PlaceMention):
                return mention
            if isinstance(mention, PartyMention) and mention.form == "capital":
                name = document.words(mention.span)
                return PlaceMention(
                    *mention.span,
                    mention.first,
                    mention.last,
                    mention.root,
                    name=name.title() if name.isupper() else name,
                    country=mention.code,
                )
    return None


def _published(document: Document) -> date | None:
    return _as_day(document.report.published_on or "")


def _as_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if len(value) >= 10 else None
    except ValueError:
        return None


def anchor_of(document: Document) -> date | None:
    """The day that relative expressions are counted from."""
    own = document.dateline.date if document.dateline else None
    return (_as_day(own.edtf) if own else None) or _published(document)


def find_dates(document: Document) -> list[DateMention | DurationMention]:
    """Every date and duration, in text order."""
    anchor = anchor_of(document)
    found: list[DateMention | DurationMention] = []
    previous: str | None = None
    for match in _ANY.finditer(document.report.text):
        kind, words = str(match.lastgroup), match.group()
        start, end = match.span()
        tokens = _tokens(document, start, end)
        if tokens is None:
            continue
        root = _root(document, *tokens)
        if kind == "span":
            iso = _duration(words)
            if iso:
                found.append(DurationMention(start, end, *tokens, root.i, iso=iso))
            continue
        later = _is_later(root)
        edtf, role = _value(kind, words, anchor, later, previous)
        if edtf is None:
            continue
        role = role or _role_before(document.report.text[max(0, start - 14) : start])
        sure = kind in {"iso", "dots", "my", "year"}
        found.append(DateMention(start, end, *tokens, root.i, edtf=edtf, role=role, inferred=not sure))  # type: ignore[arg-type]
        previous = edtf
    return found


def _role_before(words: str) -> str:
    before = words.lower().split()
    while before and before[-1] in {"the", "early", "late", "mid"}:
        before.pop()
    return _ROLE.get(before[-1], "at") if before else "at"


def _value(
    kind: str, words: str, anchor: date | None, later: bool, previous: str | None
) -> tuple[str | None, str | None]:
    low = words.lower()
    if kind == "iso":
        return words, None
    if kind == "dots":
        day, month, full = (int(x) for x in re.split(r"[./]", words))
        full += 2000 if full < 100 else 0
        return (f"{full:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None), None
    if kind in {"dmdm", "ddm", "mdmd", "mdd", "dm", "md", "my"}:
        return _calendar(words, anchor, later), None
    if kind == "year":
        return words, None
    if anchor is None:
        return (_year_of(words), "by") if kind == "end" and _year_of(words) else (None, None)
    if kind == "next_m":
        return _month_alone(low, anchor, later), _ROLE.get(low.split()[0])
    if kind == "wday":
        return _weekday(low, anchor, later), None
    if kind == "today":
        shift = {"yesterday": -1, "tomorrow": 1}.get(low, -1 if low.endswith("night") and "last" in low else 0)
        return (anchor + timedelta(shift)).isoformat(), None
    if kind == "rel":
        return _relative(low, anchor), None
    if kind == "ago":
        sign = {"ago": -1, "now": 1}.get(low.split()[-1])
        return (_shifted(low, anchor, sign) if sign else None), None
    if kind == "within":
        return _shifted(low, anchor, 1), "by"
    if kind == "end":
        year = _year_of(words) or str(anchor.year + ("next" in low))
        return (None if "decade" in low or "month" in low else year), "by" if low.startswith(("by", "before")) else None
    if kind == "quarter":
        year = _year_of(words) or str(anchor.year + ("next" in low))
        part = ["first", "second", "third", "fourth"].index(re.search("first|second|third|fourth", low)[0])  # type: ignore[index]
        size = 3 if "quarter" in low else 6
        return (f"{year}-{part * size + 1:02}/{year}-{part * size + size:02}" if part * size < 12 else None), None
    return None, None


def _year_of(words: str) -> str | None:
    match = re.search(_YEAR, words)
    return match.group() if match else None


def _calendar(words: str, anchor: date | None, later: bool = False) -> str | None:
    """EDTF of words with a month name, one or two days, and perhaps a year."""
    year = _year_of(words)
    rest = words.replace(year, " ") if year else words
    months = [_MONTHS.index(m.lower()[:3]) + 1 for m in re.findall(_MONTH, rest, re.IGNORECASE)]
    days = [int(re.match(r"\d+", d)[0]) for d in re.findall(rf"(?<!\d){_DAY}", rest)]  # type: ignore[index]
    if not months:
        return None
    if not days:
        return f"{year}-{months[0]:02}" if year else None
    points = [(months[min(i, len(months) - 1)], day) for i, day in enumerate(days[:2])]
    if year is None and anchor is not None:
        year = str(_nearest_year(*points[0], anchor, later))
    filled = [f"{year or 'XXXX'}-{month:02}-{day:02}" for month, day in points]
    if year and any(_as_day(f) is None for f in filled):
        return None
    return "/".join(filled)


def _nearest_year(month: int, day: int, anchor: date, later: bool) -> int:
    """The year of a day without one: the nearest past day for a past clause, the nearest coming one for a future clause."""
    if (month, day) == (anchor.month, anchor.day):
        return anchor.year
    before = (month, day) < (anchor.month, anchor.day)
    if later:
        return anchor.year if not before else anchor.year + 1
    return anchor.year if before or (month - anchor.month) * 30 + day - anchor.day <= 45 else anchor.year - 1


def _month_alone(low: str, anchor: date, later: bool) -> str | None:
    first, name = low.split()
    month = _MONTHS.index(name[:3]) + 1
    if first == "next":
        year = anchor.year + (month <= anchor.month)
    elif first == "last":
        year = anchor.year - (month >= anchor.month)
    elif later:
        year = anchor.year + (month < anchor.month)
    else:
        year = anchor.year - (month > anchor.month)
    return f"{year}-{month:02}"


def _weekday(low: str, anchor: date, later: bool) -> str:
    day = next(i for i, name in enumerate(_DAYS) if low.endswith(name))
    forward = (day - anchor.weekday()) % 7
    if low.startswith(("next", "coming")) or (later and not low.startswith(("last", "past"))):
        return (anchor + timedelta(forward or 7 * low.startswith("next"))).isoformat()
    back = (anchor.weekday() - day) % 7
    return (anchor - timedelta(back or 7 * low.startswith("last"))).isoformat()


def _relative(low: str, anchor: date) -> str:
    step = 1 if low.startswith(("next", "the coming")) else -1 if low.startswith("last") else 0
    if low.endswith("year"):
        return str(anchor.year + step)
    if low.endswith("month"):
        return _add_months(anchor, step)[:7]
    monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * step)
    return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"


def _add_months(day: date, count: int) -> str:
    total = day.year * 12 + day.month - 1 + count
    return f"{total // 12}-{total % 12 + 1:02}-{min(day.day, 28):02}"


def _counted(low: str) -> tuple[int, str] | None:
    match = re.search(rf"({_COUNT})[\s–‑-]+(day|week|month|year|decade)", low)
    if not match:
        return None
    count = int(match[1]) if match[1].isdigit() else _NUMBERS[match[1]]
    return (count, match[2]) if count else None


def _shifted(low: str, anchor: date, sign: int) -> str | None:
    counted = _counted(low)
    if counted is None:
        return None
    count, unit = counted
    if unit in {"day", "week"}:
        return (anchor + timedelta(sign * count * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        return _add_months(anchor, sign * count)[:7]
    return str(anchor.year + sign * count * (10 if unit == "decade" else 1))


def _duration(words: str) -> str | None:
    low = words.lower()
    if low.endswith(("-long", "decade")):
        return next((iso for unit, iso in _LONG.items() if unit in low), None)
    counted = _counted(low)
    if counted is None or (low.split()[0] in {"a", "an"} and counted[1] in {"day", "week", "month", "year"}):
        return None
    count, unit = counted
    return f"P{count * 10}Y" if unit == "decade" else f"P{count}{unit[0].upper()}"


def _is_later(root: Token) -> bool:
    """Whether the clause of a date speaks of the future."""
    at = root
    for _ in range(6):
        if at.head.i == at.i:
            break
        at = at.head
        if at.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            words = {c.lower_ for c in at.children if c.dep_ in {"aux", "mark", "cop"}}
            if words & {"will", "shall", "'ll", "would"} or at.lemma_ in _LATER or (at.tag_ == "VB" and "to" in words):
                return True
            if at.tag_ in {"VBD", "VBN"} and at.pos_ == "VERB":
                return False
            if at.pos_ == "VERB":
                return at.tag_ == "VBG" and bool(words & {"is", "are"})
    return False


def _tokens(document: Document, start: int, end: int) -> tuple[int, int] | None:
    index = _starts(document)
    first = bisect_right(index, start) - 1
    last = bisect_right(index, end - 1)
    return (first, last) if 0 <= first < last else None


def _starts(document: Document) -> list[int]:
    cached: Any = document.__dict__.get("_token_starts")
    if cached is None:
        cached = document.__dict__["_token_starts"] = [t.idx for t in document.doc]
    return cached  # type: ignore[no-any-return]


def _root(document: Document, first: int, last: int) -> Token:
    return document.doc[first:last].root


def _mention(document: Document, start: int, end: int, edtf: str | None) -> DateMention | None:
    tokens = _tokens(document, start, end)
    if edtf is None or tokens is None:
        return None
    return DateMention(start, end, *tokens, _root(document, *tokens).i, edtf=edtf)
