"""Patterns of dates and durations in news English. Which pattern matched (`ANY`'s group) says how its value is counted."""

from __future__ import annotations

import re

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
NUMBERS = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], range(1, 13), strict=True),
    a=1, an=1, thirteen=13, fourteen=14, fifteen=15, sixteen=16, seventeen=17, eighteen=18, nineteen=19, twenty=20, thirty=30, forty=40,
    fifty=50, sixty=60, seventy=70, eighty=80, ninety=90, hundred=100, half=0,
)  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)(?![A-Za-z])"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:1[89]\d\d|20\d\d)(?!\d)"
_TO = r"\s*(?:-|–|—|to|and|through|until|till)\s*"
COUNT = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?:day|week|month|year|decade)s?"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANYDAY = rf"(?:{WEEKDAY}|{WEEKDAY.upper()})"
_SEASON = r"(?:spring|summer|autumn|winter)"
_OR_FALL = r"(?:spring|summer|autumn|fall|winter)"
_FIRST = (
    r"\b(?=\d|(?i:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|spring|summer|autumn|fall|winter|every|each"
    r"|early|earlier|late|later|last|mid|next|this|the|to-?[dmn]|yesterday|past|coming|in|since|by|until|till?|from|of|before|after|during"
    r"|for|within|over|at|on|towards?|year|month|week|decade|very|end|beginning|start|close|turn|first|second|third|fourth|[qh][1-4]"
    rf"|{'|'.join(sorted(NUMBERS))}))"
)
"""What every expression begins with; tried first, since most words begin none."""
ANY = re.compile(
    _FIRST
    + "(?:"
    + "|".join(
        [
            rf"(?P<iso>\b{YEAR}-[01]\d-[0-3]\d\b)",
            rf"(?P<dots>\b[0-3]?\d[./][0-3]?\d[./](?:{YEAR}|\d\d)\b)",
            rf"(?P<dmdm>\b(?:{DAY})\s+{MONTH}{_TO}(?:{DAY})\s+{MONTH}(?:,?\s+{YEAR})?)",
            rf"(?P<ddm>\b{DAY}{_TO}{DAY}(?:\s+of)?\s+{MONTH}(?:,?\s+{YEAR})?)",
            rf"(?P<mdmd>\b{MONTH}\s+{DAY}{_TO}{MONTH}\s+{DAY}(?:,?\s+{YEAR})?)",
            rf"(?P<mdd>\b{MONTH}\s+{DAY}{_TO}{DAY}(?:,?\s+{YEAR})?)",
            rf"(?P<dm>\b{DAY}(?:\s+of)?\s+{MONTH}(?:,?\s+{YEAR})?)",
            rf"(?P<md>\b{MONTH}\s+(?:the\s+)?{DAY}(?!\s*(?:million|billion|per|%))(?:,?\s+{YEAR})?)",
            rf"(?P<mym>\b{MONTH}(?:\s+{YEAR})?\s*(?:-|–|to|through|until)\s*{MONTH}\s+{YEAR})",
            rf"(?P<my>\b(?:[Ee]arly\s+|[Ll]ate\s+|[Mm]id-?)?{MONTH}(?:\s+of)?,?\s+{YEAR})",
            rf"(?P<every>\b(?:[Ee]very|[Ee]ach)\s+(?:{MONTH}|{_ANYDAY}|{_OR_FALL}|(?:{COUNT}\s+)?{_UNIT}))",
            rf"(?P<next_m>\b(?i:last|next|this|this past|this coming|the coming|in|since|by|until|till|from|of|early|late|mid|before|after|during|for)[\s-]+{MONTH}"
            rf"(?!,?\s+(?:of\s+)?{YEAR}|\s+{DAY}))",
            rf"(?P<ago>\b(?:(?i:{COUNT})[\s-]+{_UNIT})\s+(?:ago(?:\s+(?:today|to the day))?|earlier|later|before|from now|from today|hence)\b)",
            rf"(?P<within>\b(?i:within|in|over|during|for)\s+(?:the\s+)?(?:next|coming)\s+(?:{COUNT}\s+)?{_UNIT}\b|\b(?i:within"
            rf"|in)\s+{COUNT}\s+{_UNIT}(?:['’]\s*time)?\b(?!\s+of))",
            rf"(?P<past>\b(?:over|during|for|in)\s+(?:the\s+)?(?:last|past)\s+{COUNT}\s+{_UNIT}\b)",
            rf"(?P<span>\b(?:(?i:{COUNT}))(?:\s+|-|–|‑){_UNIT}\b|\b(?:decade|year|month|week)-long\b|\b(?:next|coming|past|last)\s+decade\b)",
            rf"(?P<wspan>\b{_ANYDAY}\s*(?:-|–|to|through|until|and)\s*{_ANYDAY}\b(?!s))",
            rf"(?P<wday>\b(?:(?i:last|next|this|past|this past|coming"
            rf"|this coming)\s+)?{_ANYDAY}(?:\s+last)?\b(?!s)(?!,?\s*\(?(?:the\s+)?(?:{MONTH}\s+{DAY}|{DAY}\s+(?:of\s+)?{MONTH})))",
            r"(?P<today>\b(?i:to-?day|yesterday|to-?morrow|to-?night|this\s+(?:morning|afternoon|evening)|(?:late\s+)?last\s+night)\b)",
            r"(?P<near>\b(?i:the\s+(?:following|next|previous|same)\s+day|the\s+day\s+(?:before|after)|the\s+(?:following"
            r"|previous|same)\s+(?:week|month|year)|(?:a|one)\s+day\s+(?:later|earlier))\b)",
            r"(?P<weekend>\b(?i:(?:(?:this|last|next|the|the coming|over the)\s+)weekend)\b)",
            r"(?P<rel>\b(?i:(?:earlier|later|early|late)\s+(?:this|next|last)\s+(?:week|month|year)|(?:last|this|next|the coming"
            r"|the current)\s+(?:week|month|year)|the\s+(?:week|month|year)\s+ahead)\b)",
            rf"(?P<season>\b(?i:last|next|this|the coming)\s+{_OR_FALL}\b|\b(?:(?i:in|by|since|until|till|during"
            rf"|before)\s+)(?:(?i:the|early|late)\s+)?{_SEASON}(?:\s+of\s+(?:{YEAR}|(?:this|next|last|the current)\s+year)"
            rf"|\s+{YEAR})?\b|\b{_OR_FALL}\s+(?:of\s+)?{YEAR})",
            rf"(?P<end>\b(?i:(?:(?:by|before|at|until|till|towards?)\s+)?(?:the\s+)?(?:year(?:[’']s)?[\s-]end"
            rf"|month(?:[’']s)?[\s-]end|(?:very\s+)?(?:end|middle|start|beginning|close|turn)\s+of\s+(?:{YEAR}|{MONTH}|(?:the|this"
            rf"|next|last|the current)\s+(?:year|month|week|decade|{_SEASON}))))(?:\s+{YEAR})?)",
            rf"(?P<quarter>\b(?i:(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:quarter|half)(?:\s+of\s+(?:{YEAR}|(?:this|next"
            rf"|last|the|the current)\s+year))?|(?:[QH][1-4])\s+(?:of\s+)?{YEAR}))",
            rf"(?P<yspan>(?<![\d$€£.,/-])\b{YEAR}\s*(?:-|–|to|until|through)\s*(?:{YEAR}|\d\d\b)(?![\d-]))",
            r"(?P<decade>\b(?:(?:early|late|mid)[\s-]+)?(?:1[89]\d0|20[0-9]0)s\b)",
            r"(?P<feast>\b(?:before|by|after|at|until|since|on)\s+(?:Christmas(?:\s+Day|\s+Eve)?|(?:the\s+)?New\s+Year(?:[’']s\s+(?:Day|Eve))?))",
            rf"(?P<year>(?<![\d$€£.,/-])\b(?:[Mm]id-)?{YEAR}\b(?![\d,]*\s*(?:troops|soldiers|people|tons|tonnes|km|miles|metres"
            rf"|men|women|jobs)|[.,]\d))",
        ]
    )
    + ")"
)
