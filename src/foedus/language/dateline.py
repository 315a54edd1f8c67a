"""The dateline that opens a paragraph ("HARARE, Aug. 22 (Xinhua) --"): the sentence proper begins behind it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from foedus.lexicon import load_table, split_forms

LONGEST = 130
"""A dateline has at most so many characters."""
_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)?(?!\d|:\d)"
_YEAR = r"(?:1[89]|20)\d\d(?!\d)"
_WEEKDAY = r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
_DATED = (
    rf"(?:{_WEEKDAY},?\s+)?(?:{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?|{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}|{_YEAR}-\d\d-\d\d)"
)
_BIG = "A-ZÀ-ÖØ-ÞĀĆČĎĐĘĚĞĪİŁŃŇŌŐŘŚŞŠȘŢȚŪŮŰŹŻŽ"
_WORD = rf"(?:(?:[A-Z]\.){{2,3}}|(?:St|Ft|Mt)\.|[{_BIG}][\w'’‘ʻʼ]*(?:-[\w'’ʻ]+)*)"
_NAME = rf"(?!{_MONTH}\s+\d|{_WEEKDAY}){_WORD}(?: (?:(?:de|da|do|del|la|le|el|al|es|of|and|du|dos)\s)?(?!{_MONTH}\s+\d|{_WEEKDAY}){_WORD}){{0,3}}"
_PLACE = rf"(?P<place>{_NAME}(?:\s?/\s?{_NAME})?(?:,\s+{_NAME}|\s\[{_NAME}\]){{0,2}})"
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/)"
_BARE = rf"(?:[{_BIG}]{{3,12}}|[{_BIG}][\w.]+(?: [{_BIG}][\w.]+)?)"
_DASH = r"(?:—|–|―|-{1,3}|_)"
_MARK = rf"(?:[.,:]?\s*{_DASH}(?:\s|(?<=[—–―])|(?<=--))|[:|]\s)"
_FORMS = [
    re.compile(form)
    for form in (
        rf"{_PLACE}[.,]?\s*(?P<agency>{_AGENCY})?,?\s*\(?(?P<date>{_DATED}|{_WEEKDAY})\)?(?:[.,]?\s*{_AGENCY}\s*(?:{_MARK}|[.:]\s|\s)"
        rf"|[.,]\s*{_BARE}\s*(?:{_MARK}|\.\s)|\s*{_MARK}|\.\s)",
        rf"(?P<date>{_DATED})\s*[,|–—-]?\s*\(?{_PLACE}\)?\s*(?P<agency>{_AGENCY})?\s*{_MARK}",
        rf"(?P<date>{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?|{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?)\s*(?P<agency>{_AGENCY})?\s*{_DASH}\s",
        rf"{_PLACE},?\s*\((?P<agency>[^()\n]{{2,50}}?)\s*[,–-]\s*(?P<date>{_DATED})\s*\)\s*(?:{_MARK}|:(?=\w))?",
        rf"{_PLACE}:?\s*(?P<agency>{_AGENCY}|[/-]\s?{_BARE}(?=\.?\s?[—–-]))\s*(?P<mark>{_MARK}|[.:]\s|\s)",
        rf"(?:{_WORD} ){{2,3}}-(?P<agency>[A-Z]{{2,6}})-\s?\({_PLACE}\)\s?(?P<mark>{_MARK})",
        rf"{_PLACE}\s*(?P<mark>{_MARK})",
        rf"(?P<place>[{_BIG}][{_BIG} .'’-]{{2,30}}),\s+(?P<date>{_MONTH}\s+{_DAY})\s+(?=[{_BIG}]\w+[ ,])",
    )
]
_BEFORE = re.compile(rf"\s*(?:»\s*)?(?:\([^()\n]{{2,30}}\)\s+|By [^.\n]{{3,40}}\.\s+(?=[{_BIG}]{{3}}))?")
_ALONE = re.compile(
    rf"(?:(?P<agency>[A-Z]{{2,6}}(?:-\w+)?|{_AGENCY})[,:]?\s+)?{_PLACE}(?:\s*{_AGENCY})?(?:,?\s+\(?(?P<date>{_DATED})\)?)?(?:\s*{_AGENCY})?"
    r"(?:,?\s+\d{1,2}[:.]\d\d.{0,10})?\s*[.:—–-]?"
)
_NO_PLACE = {
    "on",
    "in",
    "by",
    "from",
    "since",
    "until",
    "at",
    "the",
    "after",
    "before",
    "of",
    "between",
    "for",
    "to",
    "last",
    "this",
}
_BEGINS = re.compile(rf"[\"“”'‘’«(\[\d{_BIG}]|al-|d'")
_SENTENCE = re.compile(r"[^\n]*[a-z]{2}[^\n]*[.!?…\"”’)]\s*", re.DOTALL)


class Opening(NamedTuple):
    """Characters of a dateline and of its place and date within the text."""

    start: int
    end: int
    place: tuple[int, int] | None
    date: tuple[int, int] | None


def find_opening(text: str, start: int = 0, end: int | None = None) -> Opening | None:
    """The dateline at the head of the paragraph `text[start:end]`; None when it opens with the report's own words."""
    end = len(text) if end is None else end
    before = _BEFORE.match(text, start, min(end, start + LONGEST))
    at = before.end() if before else start
    for form in _FORMS:
        match = form.match(text, at, min(end, start + LONGEST))
        if match is not None and _holds(match, text[match.end() : end]):
            return _opening(match, start)
    return None


def find_line(text: str, start: int, end: int) -> Opening | None:
    """The dateline that is a line of its own ("MOSCOW", "AP, Tokyo"): a city, perhaps with an agency and a day."""
    match = _ALONE.fullmatch(text, start, end) if end - start <= 60 else None
    if match is None or (match["agency"] or "").lower() in _NO_PLACE:
        return None
    names = _names(match["place"])
    if _plain(names[0]) not in known_cities() or not all(_known(name) for name in names):
        return None
    return _opening(match, start)


def _opening(match: re.Match[str], start: int) -> Opening:
    groups = match.groupdict()
    place = match.span("place") if groups.get("place") else None
    return Opening(start, match.end(), place, match.span("date") if groups.get("date") else None)


def _holds(match: re.Match[str], rest: str) -> bool:
    """Whether words that look like a dateline are one: a known place, capitals or a day before words that begin a sentence."""
    groups = match.groupdict()
    place, dated, agency = groups.get("place"), groups.get("date"), groups.get("agency")
    if rest.strip() and not _BEGINS.match(rest.lstrip()):
        return bool(place and dated and place.isupper() and _known(place))
    if place is None:
        return bool(rest.strip())
    if _names(place)[0].split(" ")[0].lower() in _NO_PLACE:
        return False
    known, capitals = _known(place), len(place) > 2 and _names(place)[0].isupper()
    if dated:
        return known or capitals or bool(agency) or "," in match.group()
    if not _SENTENCE.fullmatch(rest) or len(rest.split()) < 5:
        return False
    city = any(_plain(name) in known_cities() for name in _names(place))
    mark = groups["mark"].strip()
    if agency:
        return city or (capitals and (known if mark in {"", ":", "."} else len(place.split()) < 4))
    if mark in {":", "|"}:
        return city and (capitals or len(rest) > 60)
    return known if capitals else city and len(rest) > 60


def _names(place: str) -> list[str]:
    return [name.strip(" ]") for name in re.split(r"[,/\[]", place) if name.strip(" ]")]


def _known(place: str) -> bool:
    return any(_plain(name) in known_cities() or _plain(name) in _known_states() for name in _names(place))


def _plain(name: str) -> str:
    """Lower case without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", name.translate(_SAME)).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’‘ʻʼ.")


_SAME = str.maketrans("łŁđĐıøØ", "lLdDioO")


@cache
def known_cities() -> frozenset[str]:
    """Every city and capital of the lexicons, in lower case and without accents."""
    cells = [row["forms"] for row in load_table("cities")]
    cells += [row["capitals"] for row in load_table("countries")]
    return frozenset(_plain(form) for cell in cells for form in split_forms(cell)) | {"united nations"}


@cache
def _known_states() -> frozenset[str]:
    return frozenset(_plain(form) for row in load_table("countries") for form in split_forms(row["forms"]))
