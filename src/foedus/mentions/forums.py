"""Named meeting series, listed or built by the grammar of their names, with their edition."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import ForumMention

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_ORDINALS = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
         "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], 1)
}  # fmt: skip
_ORDINALS |= {"inaugural": 1}
_EDITION = r"(?:(?P<number>\d{1,3})(?:st|nd|rd|th)|(?P<word>" + "|".join(_ORDINALS) + r"))\s+"
_PREMODIFIED = re.compile(
    _EDITION
    + r"(?:annual\s+|round\s+of\s+(?:the\s+)?|edition\s+of\s+(?:the\s+)?|meeting\s+of\s+(?:the\s+)?|session\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_GRAMMAR = re.compile(
    rf"(?:\b{_EDITION})?(?:(?:meeting|session|round)\s+of\s+the\s+)?"
    r"(?P<name>(?:[A-Z][\w’'.]*[\s–-]{1,3}(?:(?:and|of|for)\s)?){0,6}"
    r"(?:Joint Commission|Joint Committee|Strategic Dialogue|Ministerial (?:Meeting|Dialogue|Conference)|Policy Dialogue|Policy Group|"
    r"Intergovernmental Co(?:mmission|nsultations)|Working Group|Summit|Conclave|Security Dialogue|Cooperation Council|"
    r"Ministers[’']\s+Meeting(?:-Plus)?|Economic Dialogue|Political Consultations))\b"
)


@cache
def _listed() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    forms = {form: row for row in load_table("forums") for form in split_forms(row["forms"])}
    longest = sorted(forms, key=len, reverse=True)
    pattern = "|".join(re.escape(form).replace("'", "[’']") for form in longest)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w]|-[A-Z])"), forms


def find_forums(document: Document) -> list[ForumMention]:
    """Every named meeting series with its edition, in text order; a name and its acronym in brackets are one mention."""
    text = document.report.text
    pattern, forms = _listed()
    starts = [t.idx for t in document.doc]
    found: list[ForumMention] = []
    for match in pattern.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        row = forms[match.group().replace("’", "'")]
        start, end = match.span()
        bracket = re.compile(r"\s*\(([A-Z][\w+-]+)\)").match(text, end)
        if bracket and bracket[1] in forms:
            row = forms[bracket[1]]
            end = bracket.end()
        edition, start = _edition(text, start)
        name = row["name"]
        _add(
            document, starts, found, start, end, name, edition, row["code"] or None, tuple(split_forms(row["members"]))
        )
    for match in _GRAMMAR.finditer(text):
        if any(m.start < match.end() and match.start() < m.end for m in found):
            continue
        name = " ".join(match["name"].split())
        if " " not in name:
            continue
        edition = int(match["number"]) if match["number"] else _ORDINALS.get((match["word"] or "").lower())
        bracket = re.compile(r"\s*\(([A-Z][\w+-]{1,12})\)").match(text, match.end())
        _add(document, starts, found, match.start(), match.end(), bracket[1] if bracket else name, edition, None, ())
    return sorted(found, key=lambda m: m.start)


def _edition(text: str, start: int) -> tuple[int | None, int]:
    before = _PREMODIFIED.search(text, max(0, start - 40), start)
    if not before:
        return None, start
    return (int(before["number"]) if before["number"] else _ORDINALS[before["word"].lower()]), before.start()


def _add(
    document: Document, starts: list[int], found: list[ForumMention], start: int, end: int,
    name: str, edition: int | None, code: str | None, members: tuple[str, ...],
) -> None:  # fmt: skip
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
    if not 0 <= first < last:
        return
    occasion = f"{_ordinal(edition)} {name}" if edition else name
    root = document.doc[first:last].root.i
    found.append(
        ForumMention(
            start, end, first, last, root, name=name, edition=edition, occasion=occasion, code=code, members=members
        )
    )


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
