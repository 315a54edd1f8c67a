"""Patterns of dates and durations in news English. Which pattern matched (`ANY`'s group) says how its value is counted."""

from __future__ import annotations

import re

from foedus.lexicon import any_of, beginning
from foedus.mentions.dates_feasts import NAMES as FEASTS

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
NUMBERS = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], range(1, 13), strict=True),
    a=1, an=1, thirteen=13, fourteen=14, fifteen=15, sixteen=16, seventeen=17, eighteen=18, nineteen=19, twenty=20, thirty=30, forty=40,
    fifty=50, sixty=60, seventy=70, eighty=80, ninety=90, hundred=100, half=0,
)  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)(?![A-Za-z])"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:1[89]\d\d|20\d\d)(?!\d)"
_YEAR_BEHIND = rf"(?:,?\s+{YEAR}|,?\s+(?:of\s+)?(?:last|this|next)\s+year\b)"
"""A year in figures or counted, behind a month or a day."""
_TO = r"\s*(?:-|–|—|to|and|through|until|till)\s*"
_SPELT = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-](?:one|two|three|four|five|six|seven|eight|nine)"
)
COUNT = rf"(?:\d{{1,3}}|a couple of|{_SPELT}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?:day|week|fortnight|month|year|decade)s?"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANYDAY = rf"(?:{WEEKDAY}|{WEEKDAY.upper()})"
_SEASON = r"(?:spring|summer|autumn|winter)"
_OR_FALL = r"(?:spring|summer|autumn|fall|winter)"
_SMALL_WORDS = [
    "the", "of", "a", "an", "in", "on", "for", "by", "at", "from", "before", "after", "until", "till", "til", "since", "over", "during", "within",
    "toward", "towards", "between", "around",
]  # fmt: skip
"""Words that begin an expression only before a word of time or number."""
_BEGINNINGS = [
    *MONTHS, *(day[:3] for day in DAYS), *(word for word in NUMBERS if word not in _SMALL_WORDS), *(f"{letter}{n}" for letter in "qh" for n in "1234"),
    *(f"to{dash}{c}" for dash in ("", "-") for c in "dmn"),
    "spring", "summer", "autumn", "fall", "winter", "every", "each", "early", "earlier", "late", "last", "mid", "next", "this", "yesterday", "past",
    "coming", "year", "month", "week", "decade", "very", "end", "beginning", "start", "close", "turn", "first", "second", "third", "fourth", "fifth",
    "following", "previous", "half", "christmas", "easter", "good", "palm", "ascension", "pentecost", "new", "fortnight",
]  # fmt: skip
_SECOND = ["the", "a", "day", "hour", "century", "couple", "quarter", "same", "current", "morrow", "middle"]
"""What may stand behind a small word besides."""
_FIRST = (
    rf"\b(?=\d|{beginning(_BEGINNINGS)}|(?i:{any_of(_SMALL_WORDS)})\W+(?:\d|{beginning([*_BEGINNINGS, *_SECOND])}))"
)
"""What every expression begins with; tried first, since most words begin none."""
ANY = re.compile(
    _FIRST
    + "(?:"
    + "|".join(
        [
            rf"(?P<iso>\b{YEAR}[-/.][01]\d[-/.][0-3]\d\b)",
            rf"(?P<dots>\b[0-3]?\d[./-][0-3]?\d[./-](?:{YEAR}|\d\d)\b(?!\.\d))",
            rf"(?P<dmdm>\b(?:{DAY})\s+{MONTH}{_TO}(?:{DAY})\s+{MONTH}(?:,?\s+{YEAR})?)",
            rf"(?P<ddm>\b{DAY}{_TO}{DAY}(?:\s+of)?\s+{MONTH}(?:,?\s+{YEAR})?)",
            rf"(?P<mdmd>\b{MONTH}\s+{DAY}{_TO}{MONTH}\s+{DAY}(?:,?\s+{YEAR})?)",
            rf"(?P<mdd>\b{MONTH}\s+{DAY}{_TO}{DAY}(?:,?\s+{YEAR})?)",
            rf"(?P<dm>\b{DAY}(?:(?<=[a-z]),|\s+of)?\s+{MONTH}(?!\.?\s+{DAY},\s+{YEAR}){_YEAR_BEHIND}?)",
            rf"(?P<md>\b{MONTH}\s+(?:the\s+)?{DAY}(?!\s*(?:million|billion|per|%)){_YEAR_BEHIND}?)",
            rf"(?P<mym>\bbetween\s+{MONTH}(?:\s+{YEAR})?\s+and\s+{MONTH}\s+{YEAR}|\b(?:(?i:in|from|during)\s+)?{MONTH}(?:\s+{YEAR})?\s*(?:-|–|to|through|until)\s*{MONTH}\s+{YEAR})",
            rf"(?P<my>\b(?:[Ee]arly\s+|[Ll]ate\s+|[Mm]id-?)?{MONTH}(?:\s+of)?,?\s+{YEAR})",
            rf"(?P<every>\b(?:[Ee]very|[Ee]ach)\s+(?:{MONTH}|{_ANYDAY}|{_OR_FALL}|(?:{COUNT}\s+)?{_UNIT}))",
            rf"(?P<next_m>\b(?i:last|next|this|this past|this coming|the coming|in|since|by|until|till|from|of|early|late|mid|before|after|during|for)[\s-]+{MONTH}"
            rf"(?!\.?,?\s+(?:of\s+)?{YEAR}|\.?\s+{DAY})(?:\s+(?:of\s+)?(?:last|this|next)\s+year\b)?)",
            rf"(?P<ago>\b(?:(?i:half a year)|(?i:{COUNT})[\s-]+{_UNIT})\s+(?:ago(?:\s+(?:today|to the day))?|earlier|later|before|from now|from today|hence)\b)",
            r"(?P<vague>\b(?i:within|in|over|during|for)\s+(?:the\s+)?(?:next|coming|following|last|past|previous)\s+(?:few\s+|several\s+)?(?:day|week|month|year|decade)s\b)",
            rf"(?P<within>\b(?i:within|in|over|during|for)\s+(?:the\s+)?(?:next|coming)\s+(?:{COUNT}\s+)?{_UNIT}\b|\b(?i:within"
            rf"|in)\s+{COUNT}\s+{_UNIT}(?:['’]\s*time)?\b(?!\s+of))",
            rf"(?P<past>\b(?:over|during|for|in)\s+(?:the\s+)?(?:last|past)\s+{COUNT}\s+{_UNIT}\b)",
            rf"(?P<span>\b(?i:{COUNT})(?:\s+|-|–|‑){_UNIT}\b(?![-‑]olds?\b)|\b(?i:{COUNT})[\s-]and[\s-]a[\s-]half[\s-]{_UNIT}\b"
            rf"|\b(?i:half a|a quarter of a|half-?)[\s-]?century\b|\b(?i:{COUNT})[\s-]hours?\b|\b(?:decade|year|month|week)-long\b"
            r"|\b(?:next|coming|past|last)\s+decade\b)",
            rf"(?P<wspan>\b{_ANYDAY}\s*(?:-|–|to|through|until|and)\s*{_ANYDAY}\b(?!s))",
            rf"(?P<wday>\b(?:(?i:last|next|this|past|this past|coming"
            rf"|this coming)\s+)?{_ANYDAY}(?:\s+(?:last|next))?\b(?!s)(?!,?\s*\(?(?:the\s+)?(?:{MONTH}\s+{DAY}|{DAY}\s+(?:of\s+)?{MONTH})))",
            r"(?P<today>\b(?i:to-?day|yesterday|to-?morrow|to-?night|this\s+(?:morning|afternoon|evening)|(?:late\s+)?last\s+night)\b)",
            rf"(?P<near>\b(?i:the\s+morrow|the\s+(?:following|next|previous|same)\s+(?:day|{WEEKDAY})|the\s+(?:day|week|month|year)\s+(?:before|after)(?!\s+(?:the|that|this|a|an|its|his|her|their|he|she|it|they|we|[A-Z]))|the\s+(?:following"
            r"|previous|same)\s+(?:week|month|year)|(?:a|one)\s+day\s+(?:later|earlier))\b)",
            r"(?P<weekend>\b(?i:(?:(?:this|last|next|the|the coming|over the)\s+)weekend)\b)",
            r"(?P<rel>\b(?i:(?:earlier|later|early|late)\s+(?:this|next|last)\s+(?:week|month|year)|(?:last|this|next|the coming"
            r"|the current)\s+(?:week|month|year)|the\s+(?:week|month|year)\s+ahead|(?:last|this|next)\s+(?:quarter|half|decade))\b)",
            rf"(?P<nth>\b(?i:(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:week|fortnight|day|weekend)s?\s+of\s+)(?:{MONTH}(?:\s+(?:of\s+)?{YEAR})?|(?i:(?:this|next|last)\s+month)))",
            rf"(?P<day>\bon\s+the\s+{DAY}(?:\s+of\s+(?:this|next|last)\s+month)?(?=\s*(?:[.,;]|and\b|$))(?!,\s+{MONTH}))",
            rf"(?P<season>\b(?i:last|next|this|the coming)\s+{_OR_FALL}\b|\b(?:(?i:in|by|since|until|till|during"
            rf"|before)\s+)(?:(?i:the|early|late)\s+)?{_SEASON}(?:\s+of\s+(?:{YEAR}|(?:this|next|last|the current)\s+year)"
            rf"|\s+{YEAR})?\b|\b{_OR_FALL}\s+(?:of\s+)?{YEAR})",
            rf"(?P<end>\b(?i:(?:(?:by|before|at|until|till|towards?)\s+)?(?:the\s+)?(?:year(?:[’']s)?[\s-]end|month(?:[’']s)?[\s-]end"
            rf"|end-(?:{MONTH}|{YEAR})|(?:very\s+)?(?:end|middle|start|beginning|close|turn)\s+of\s+(?:{YEAR}|{MONTH}|{_SEASON}"
            rf"|(?:the|this|next|last|the current)\s+(?:year|month|week|decade|{_SEASON}))))(?:\s+{YEAR})?)",
            rf"(?P<quarter>\b(?i:(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:quarter|half)\s+of\s+(?:{YEAR}|(?:this|next|last|the|the current"
            rf"|the following)\s+year)|(?:in|by|during|for|since|from|until)\s+the\s+(?:first|second|third|fourth)\s+quarter(?!\s+of)"
            rf"|(?:[QH][1-4])\s+(?:of\s+)?{YEAR}))",
            rf"(?P<yspan>(?<![\d$€£.,/-])\b{YEAR}\s*(?:-|–|/|to|until|through)\s*(?:{YEAR}|\d\d\b)(?![\d-])|\bbetween\s+{YEAR}\s+and\s+{YEAR}(?![\d-]))",
            r"(?P<decade>\b(?:(?:early|late|mid)[\s-]+)?(?:1[89]\d0|20[0-9]0)s\b)",
            rf"(?P<feast>\b{FEASTS})",
            rf"(?P<year>(?<![\d$€£.,/-])\b(?:[Mm]id-)?{YEAR}\b(?![\d,]*\s*(?:troops|soldiers|people|tons|tonnes|km|miles|metres"
            rf"|men|women|jobs)|[.,]\d))",
        ]
    )
    + ")"
)
