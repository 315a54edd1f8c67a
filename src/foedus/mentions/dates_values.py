"""Values of date expressions: EDTF and ISO 8601, counted from an anchor day. Rules follow HeidelTime's and SUTime's for news."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from foedus.mentions.dates_feasts import nearest_feast
from foedus.mentions.dates_lengths import add_months, counted_in, shifted
from foedus.mentions.dates_patterns import COUNT, DAY, DAYS, MONTH, MONTHS, SEASONS, WEEKDAY, YEAR

ROLES = {
    "by": "by", "since": "since", "until": "until", "till": "until", "from": "from", "before": "before", "after": "after",
}  # fmt: skip
Value = tuple[str | None, str | None]
"""EDTF, and the role that the words themselves give; None for either."""


def value_of(kind: str, words: str, anchor: date | None, later: bool, previous: str | None) -> Value:
    """EDTF of the words that the pattern `kind` matched, and their role; (None, None) when they cannot be settled.

    `later` says that the clause speaks of the future; `previous` is the date before in the text.
    """
    low = " ".join(words.lower().split())
    if kind in _CALENDAR:
        return calendar_date(words, anchor, later), None
    if kind in _FREE:
        return _FREE[kind](low)
    if kind == "end" and anchor is None:
        return (year_of(words), "by") if year_of(words) else (None, None)
    if anchor is None and not (kind in {"season", "quarter"} and year_of(words)):
        return None, None
    if kind == "near":
        return _near(low, previous), None
    if kind == "ago":
        return _ago(low, anchor or date.min, previous), None
    return _ANCHORED[kind](low, anchor or date.min, later)


def _dots(low: str) -> Value:
    """Day first; with strokes, where usage differs, only if one of the two cannot be a month."""
    first, second, year = (int(x) for x in re.split(r"[./-]", low))
    if "/" in low and max(first, second) <= 12 and first != second:
        return None, None
    year += 2000 if year < 100 else 0
    day, month = (first, second) if second <= 12 else (second, first)
    return (f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None), None


def _year_span(low: str) -> Value:
    first, last = re.findall(r"\d+", low)
    last = first[:2] + last if len(last) == 2 else last
    return (f"{first}/{last}" if first < last else None), None


def _month_span(low: str) -> Value:
    years = re.findall(YEAR, low)
    months = [MONTHS.index(m[:3]) + 1 for m in re.findall(r"[a-z]{3,}", low) if m[:3] in MONTHS]
    if len(months) != 2:
        return None, None
    return f"{years[0]}-{months[0]:02}/{years[-1]}-{months[1]:02}", None


def _this(low: str) -> int:
    """0 for this, 1 for next or coming, -1 for last or past, as the words begin."""
    return 1 if re.search(r"\b(?:next|coming|ahead)\b", low) else -1 if re.search(r"\b(?:last|past)\b", low) else 0


_COUNTED_YEAR = re.compile(r",?\s+(?:of\s+)?(?:last|this|next)\s+year$")
"""A year counted from the anchor, behind a month or a day ("in May last year")."""


def _month_alone_value(low: str, anchor: date, later: bool) -> Value:
    first = re.split(r"[\s-]", low)[0]
    counted = _COUNTED_YEAR.search(low)
    month = MONTHS.index(re.split(r"[\s-]", low[: counted.start()] if counted else low)[-1][:3]) + 1
    step = _this(low)
    if counted:
        year = anchor.year + step
    elif step > 0:
        year = anchor.year + (month <= anchor.month)
    elif step < 0:
        year = anchor.year - (month >= anchor.month)
    elif low.startswith("this"):
        year = anchor.year
    elif later or first in {"by", "until", "till", "before"}:
        year = anchor.year + (month < anchor.month)
    else:
        year = anchor.year - (month > anchor.month)
    return f"{year}-{month:02}", ROLES.get(first)


def _weekday_value(low: str, anchor: date, later: bool) -> Value:
    day = next(i for i, name in enumerate(DAYS) if name in low)
    return _weekday(low, day, anchor, later).isoformat(), None


def _weekday(low: str, day: int, anchor: date, later: bool) -> date:
    """The weekday next to the anchor: before it for the past, after it for the future; "last" and "next" leave the day itself out."""
    forward, back = (day - anchor.weekday()) % 7, (anchor.weekday() - day) % 7
    step = _this(low)
    if step > 0 or (later and step == 0):
        return anchor + timedelta(forward or 7 * (step > 0))
    return anchor - timedelta(back or 7 * (step < 0))


def _weekday_span(low: str, anchor: date, later: bool) -> Value:
    first, last = (next(i for i, name in enumerate(DAYS) if name == w) for w in re.findall(WEEKDAY.lower(), low))
    length = (last - first) % 7
    if not length or (" and " in low and length > 1):
        return None, None
    if later:
        start = _weekday("", first, anchor, True)
        return f"{start.isoformat()}/{(start + timedelta(length)).isoformat()}", None
    if first == anchor.weekday():  # the first of them is today
        return f"{anchor.isoformat()}/{(anchor + timedelta(length)).isoformat()}", None
    end = _weekday("", last, anchor, False)
    return f"{(end - timedelta(length)).isoformat()}/{end.isoformat()}", None


def _today(low: str, anchor: date, later: bool) -> Value:
    shift = -1 if low.startswith("yester") or low.endswith("last night") else 1 if "morrow" in low else 0
    return (anchor + timedelta(shift)).isoformat(), None


def _weekend(low: str, anchor: date, later: bool) -> Value:
    saturday = anchor + timedelta(5 - anchor.weekday())
    step = _this(low)
    if step < 0 or (step == 0 and not low.startswith("this") and not later and anchor.weekday() < 5):
        saturday -= timedelta(7)
    elif "next" in low:
        saturday += timedelta(7)
    return f"{saturday.isoformat()}/{(saturday + timedelta(1)).isoformat()}", None


def _relative(low: str, anchor: date, later: bool) -> Value:
    step = _this(low)
    if low.endswith("quarter"):
        first = (anchor.month - 1) // 3 * 3 + 1 + 3 * step
        year, first = anchor.year + (first - 1) // 12, (first - 1) % 12 + 1
        return f"{year}-{first:02}/{year}-{first + 2:02}", None
    if low.endswith("half"):
        return None, None
    if low.endswith("decade"):
        return f"{anchor.year // 10 + step}X", None
    if low.endswith(("year", "year ahead")):
        return str(anchor.year + step), None
    if low.endswith(("month", "month ahead")):
        return add_months(anchor, step)[:7], None
    monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * step)
    return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}", None


def _season(low: str, anchor: date, later: bool) -> Value:
    name = re.search("spring|summer|autumn|fall|winter", low)
    if name is None:
        return None, None
    code = SEASONS[name.group()]
    year, role = year_of(low), ROLES.get(low.split()[0])
    if year is None:
        begins = {21: 3, 22: 6, 23: 9, 24: 12}[code]
        step = _this(low)
        if "year" in low:
            year = str(anchor.year + step)
        elif step > 0 or later or role in {"by", "until", "before"}:
            year = str(anchor.year + (begins + 2 < anchor.month or (step > 0 and begins <= anchor.month)))
        elif step < 0:
            year = str(anchor.year - (begins >= anchor.month or begins + 2 >= anchor.month))
        else:
            year = str(anchor.year - (begins > anchor.month and not low.startswith("this")))
    return f"{year}-{code}", role


def _end(low: str, anchor: date, later: bool) -> Value:
    role = "until" if low.startswith(("until", "till")) else "by" if low.startswith(("by", "before")) else None
    month = next(
        (MONTHS.index(m[:3]) + 1 for m in re.findall(r"(?:of |end-)([a-z]{3,})", low) if m[:3] in MONTHS), None
    )
    year = year_of(low)
    if month:
        ahead = later or role is not None
        past = 0 if ahead else int(month > anchor.month)
        return f"{year or anchor.year + (month < anchor.month and ahead) - past}-{month:02}", role
    if year:
        return year, role
    step = _this(low)
    season = re.search(r"(?:spring|summer|autumn|winter)", low)
    if season:
        return _season(
            season.group() if step == 0 else ("next " if step > 0 else "last ") + season.group(), anchor, later
        )[0], role
    if "month" in low:
        return add_months(anchor, step)[:7], role
    if "week" in low:
        return _relative(("next " if step > 0 else "") + "week", anchor, later)[0], role
    return (None if "decade" in low else str(anchor.year + step)), role


def _quarter(low: str, anchor: date, later: bool) -> Value:
    year = year_of(low) or str(anchor.year + _this(low.replace("last quarter", "").replace("last half", "")))
    short = re.match(r"([qh])([1-4])", low)
    size = (3 if short[1] == "q" else 6) if short else (3 if "quarter" in low else 6)
    if short:
        part = int(short[2]) - 1
    else:
        word = re.search("first|second|third|fourth|last", low)
        part = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 12 // size - 1}[
            word.group() if word else "first"
        ]
    if part * size >= 12:
        return None, None
    return f"{year}-{part * size + 1:02}/{year}-{part * size + size:02}", None


def _within(low: str, anchor: date, later: bool) -> Value:
    if low.startswith("in ") and "next" not in low and "coming" not in low and not later:
        return None, None
    if not re.search(rf"\b{COUNT}\s", low.split(" ", 1)[1].replace("the ", "")):
        low = re.sub(r"(next|coming)\s+", r"\1 one ", low)
    return shifted(low, anchor, 1), "by"


def _past(low: str, anchor: date, later: bool) -> Value:
    start = shifted(low, anchor, -1)
    return (f"{start}/{anchor.isoformat()[: len(start)]}" if start else None), None


def _feast(low: str, anchor: date, later: bool) -> Value:
    role = ROLES.get(low.split()[0])
    day = nearest_feast(low, anchor, later or role in {"by", "before", "until"})
    return (day.isoformat() if day else None), role


def _nth(low: str, anchor: date, later: bool) -> Value:
    """ "The second week of April": its month."""
    if low.endswith(" month"):
        return add_months(anchor, _this(low.rsplit(" of ", 1)[1]))[:7], None
    named = low.rsplit(" of ", 1)[1] if not year_of(low) else low.split(" of ", 1)[1]
    if year_of(low):
        return calendar_date(named, anchor), None
    return _month_alone_value(named, anchor, later)[0], None


def _day_of_month(low: str, anchor: date, later: bool) -> Value:
    """ "On the 15th (of next month)": by the tense when no month is named."""
    number = re.search(r"\d+", low)
    day = int(number.group()) if number else 0
    step = _this(low) if "month" in low else int(later and day < anchor.day) - int(not later and day > anchor.day)
    value = f"{add_months(anchor, step)[:7]}-{day:02}"
    return (value if as_day(value) else None), None


def _near(low: str, previous: str | None) -> str | None:
    """ "The following day", "the previous year", "a day later": counted from the date before in the text."""
    if previous is None:
        return None
    step = 0 if "same" in low else -1 if re.search("previous|before|earlier", low) else 1
    if "year" in low:
        return str(int(previous[:4]) + step) if previous[:4].isdigit() else None
    if "month" in low:
        day = as_day(previous[:7] + "-01")
        return add_months(day, step)[:7] if day else None
    day = as_day(previous) if len(previous) == 10 else None
    if day is None:
        return None
    if "week" in low:
        monday = day - timedelta(day.weekday()) + timedelta(7 * step)
        return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
    weekday = next((i for i, name in enumerate(DAYS) if name in low), None)
    if weekday is None:
        return (day + timedelta(step)).isoformat()
    apart = (weekday - day.weekday()) % 7 or 7
    return (day + timedelta(apart if step > 0 else apart - 7 if apart < 7 else -7)).isoformat() if step else None


def _ago(low: str, anchor: date, previous: str | None) -> str | None:
    last = low.split()[-1]
    if low.endswith(("today", "to the day")) and "ago" in low:
        counted = counted_in(low)
        if counted and counted[1] == "year":
            try:
                return anchor.replace(year=anchor.year - counted[0]).isoformat()
            except ValueError:
                return None
        return shifted(low, anchor, -1)
    if low.startswith("half a year"):
        return add_months(anchor, -6 if last == "ago" else 6)[:7] if last in {"ago", "now", "hence"} else None
    if last in {"ago", "now", "today", "hence"}:
        return shifted(low, anchor, -1 if last == "ago" else 1)
    day = as_day(previous or "") if len(previous or "") == 10 else None
    if day is not None:
        return shifted(low, day, 1 if last == "later" else -1)
    counted = counted_in(low)
    if previous and previous[:4].isdigit() and counted and counted[1] == "year":
        return str(int(previous[:4]) + (counted[0] if last == "later" else -counted[0]))
    return None


def year_of(words: str) -> str | None:
    match = re.search(YEAR, words)
    return match.group() if match else None


def calendar_date(words: str, anchor: date | None, later: bool = False) -> str | None:
    """EDTF of words with a month name, one or two days, and perhaps a year."""
    year = year_of(words)
    counted = _COUNTED_YEAR.search(words.lower())
    if counted and anchor is not None:
        year = str(anchor.year + _this(counted.group()))
    rest = words[: counted.start()] if counted else words.replace(year, " ") if year else words
    months = [MONTHS.index(m.lower()[:3]) + 1 for m in re.findall(MONTH, rest, re.IGNORECASE)]
    days = [int(re.match(r"\d+", d)[0]) for d in re.findall(rf"(?<!\d){DAY}", rest)]  # type: ignore[index]
    if not months:
        return None
    if not days:
        return f"{year}-{months[0]:02}" if year else None
    points = [(months[min(i, len(months) - 1)], day) for i, day in enumerate(days[:2])]
    if year is None and anchor is not None:
        year = str(nearest_year(*points[0], anchor, later))
    filled = [f"{year or 'XXXX'}-{month:02}-{day:02}" for month, day in points]
    if year and any(as_day(f) is None for f in filled):
        return None
    return "/".join(filled)


def nearest_year(month: int, day: int, anchor: date, later: bool) -> int:
    """The year of a day without one: the nearest past day for a past clause, the nearest coming one for a future clause."""
    if (month, day) == (anchor.month, anchor.day):
        return anchor.year
    before = (month, day) < (anchor.month, anchor.day)
    if later:
        return anchor.year if not before else anchor.year + 1
    return anchor.year if before or (month - anchor.month) * 30 + day - anchor.day <= 45 else anchor.year - 1


def as_day(value: str) -> date | None:
    """The day that a full EDTF date begins with; None for a shorter one."""
    try:
        return date.fromisoformat(value[:10]) if len(value) >= 10 else None
    except ValueError:
        return None


_CALENDAR = {"dmdm", "ddm", "mdmd", "mdd", "dm", "md", "my"}
_FREE: dict[str, Callable[[str], Value]] = {
    "iso": lambda low: (low.replace("/", "-").replace(".", "-"), None),
    "dots": _dots,
    "year": lambda low: (low.removeprefix("mid-"), None),
    "yspan": _year_span,
    "mym": _month_span,
    "decade": lambda low: (low[-5:-2] + "X", None),
    "vague": lambda low: (None, None),
}
_ANCHORED: dict[str, Callable[[str, date, bool], Value]] = {
    "next_m": _month_alone_value,
    "wday": _weekday_value,
    "wspan": _weekday_span,
    "today": _today,
    "weekend": _weekend,
    "rel": _relative,
    "season": _season,
    "end": _end,
    "quarter": _quarter,
    "within": _within,
    "past": _past,
    "feast": _feast,
    "nth": _nth,
    "day": _day_of_month,
}
