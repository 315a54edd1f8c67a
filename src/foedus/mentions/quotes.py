"""Quotation marks paired paragraph by paragraph, from the characters alone.

A parse breaks where quotations do, so the marks are read first: curly, straight, low-high, guillemets, typewriter marks
and single British marks told from apostrophes. Only the outermost pair counts. A quotation left open runs to the end of
its paragraph when the next one reopens it, otherwise to the comma before the words that name its speaker.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.language.doc import Doc
    from foedus.record import Span

_MARK = re.compile(r"``|''|[\"“”„«»‘’‚']")
_ELISION = re.compile(r"(?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n\b)", re.IGNORECASE)
_TRAILING_CUE = re.compile(r"[,?!](?= [^,“”\"]{2,80}?\b(?:said|says|added|told|wrote|stated|asked)\b)")
_OPENERS = ("“", '"', "„", "«", "``", "‘", "'")


def find_quotes(text: str, paragraphs: list[tuple[int, int]], doc: Doc) -> list[Span]:
    """Characters between paired quotation marks, marks left out, in text order; [] when there are none.

    `paragraphs` are token ranges of `doc`. Marks of inches, minutes and elisions are no quotation marks.
    """
    found: list[Span] = []
    bounds = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text)) for a, b in paragraphs if b > a]
    begin = 0
    for k, (low, high) in enumerate(bounds):
        opened = -1
        for start, end in _pairs(text, max(low, begin), high):
            if end >= 0:
                if text[start:end].strip():
                    found.append((start, end))
            else:
                opened = start
        if opened < 0:
            continue
        after, last = bounds[k + 1] if k + 1 < len(bounds) else (-1, -1)
        if after >= 0 and text.startswith(_OPENERS, after):
            found.append((opened, high))
        elif (cut := _TRAILING_CUE.search(text, opened, high)) is not None:
            found.append((opened, cut.end()))
        elif (closed := _closed_later(text, opened, after, last)) >= 0:
            found += [(opened, high), (after, closed)]
            begin = closed + 1
    return found


def _closed_later(text: str, opened: int, low: int, high: int) -> int:
    """Where the next paragraph, without a mark at its head, closes a quotation left open; -1 when it does not."""
    if low < 0 or text[opened - 1] not in {'"', "“"}:
        return -1
    mark = re.compile(r'["“”]').search(text, low, high)
    if mark is None or mark.group() == "“":
        return -1
    i = mark.start()
    before, after = text[i - 1], text[i + 1] if i + 1 < high else " "
    return i if before in ",.?!…" and not after.isalnum() else -1


def is_open(text: str, span: Span) -> bool:
    """Whether the quotation at `span` has no closing mark (it goes on in the next paragraph)."""
    after = text[span[1] : span[1] + 1]
    return after not in {'"', "”", "»", "’", "'", "“", "‘"} or not after


def _pairs(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Pairs of one paragraph; the end is -1 for a quotation left open."""
    at, opened, closer = low, -1, ""
    while (match := _MARK.search(text, at, high)) is not None:
        mark, i = match.group(), match.start()
        at = match.end()
        before = text[i - 1] if i > low else " "
        after = text[at] if at < high else " "
        if opened >= 0:
            if mark in closer.split(" ") and (mark != '"' or _closes(before, after)):
                yield opened, i
                opened = -1
            elif mark == "“" and "”" in closer and not before.isspace() and not after.isalnum():
                yield opened, i  # an opening mark put for a closing one
                opened = -1
            elif mark == "“" and closer != "»":
                cut = _TRAILING_CUE.search(text, opened, i)
                if cut is not None:
                    yield opened, cut.end()
                opened, closer = at, "”"
            continue
        if mark in {"‘", "'", "‚"}:
            end = _single_end(text, i, at, high, mark) if _opens(before, after) else -1
            if end >= 0:
                yield at, end
                at = end + 1
        elif mark == "”" and _opens(before, after):  # a closing mark put for an opening one
            opened, closer = at, "”"
        elif mark == "“":
            opened, closer = at, "”"
            if _closed_straight(text, at, high):
                closer = '"'
        elif mark == "„":
            opened, closer = at, "“ ”"
        elif mark == "«":
            opened, closer = at, "»"
        elif mark == "``" or (mark == "''" and _opens(before, after)):
            opened, closer = at, "'' ``"
        elif mark == '"' and _opens(before, after):
            opened, closer = at, '" ”'
    if opened >= 0:
        yield opened, -1


def _closed_straight(text: str, at: int, high: int) -> bool:
    """Whether a quotation opened by a curly mark at `at` is closed by a straight one: it comes first, or another opens behind it."""
    straight = text.find('"', at, high)
    curly = text.find("”", at, high)
    if straight < 0 or curly < 0:
        return straight >= 0
    reopened = text.find('"', straight + 1, curly)
    if straight > curly or reopened < 0:
        return False
    after = text[straight + 1 : straight + 2]
    return (
        _closes(text[straight - 1], after)
        and after in {",", ".", " ", ";"}
        and _opens(text[reopened - 1], text[reopened + 1])
    )


def _opens(before: str, after: str) -> bool:
    return not before.isalnum() and before not in {".", "%"} and not after.isspace()


def _closes(before: str, after: str) -> bool:
    return not before.isspace() or after.isspace()


_WORD = re.compile(r"\w")
_STOP = re.compile(r"[.?!](?=\s|$|[\"”])")
_OF_TWO = re.compile(r"\b(?:I|[Ww]e|[Oo]urs?|us|[Mm]y|me|[Yy]ou|[Yy]our)\b")
_LONG = 3


def spoken(text: str, quotes: list[Span]) -> list[Span]:
    """The quotations in which somebody speaks: without a readout that runs on over paragraphs and names everybody by name, as a report does."""
    runs: list[list[Span]] = []
    for quote in quotes:
        if runs and _WORD.search(text, runs[-1][-1][1], quote[0]) is None:
            runs[-1].append(quote)
        else:
            runs.append([quote])
    return [quote for run in runs if not _is_readout(text, run) for quote in run]


def _is_readout(text: str, run: list[Span]) -> bool:
    low, high = run[0][0], run[-1][1]
    return len(run) > 1 and len(_STOP.findall(text, low, high)) >= _LONG and _OF_TWO.search(text, low, high) is None


def _single_end(text: str, mark_at: int, start: int, high: int, mark: str) -> int:
    """Where the single quotation opened at `mark_at` ends: its closing mark, not an apostrophe; -1 for none."""
    if _ELISION.match(text, start):
        return -1
    closers = "’‘" if mark == "‚" else "’" if mark == "‘" else "'"
    fallback = -1
    for i in range(start + 1, high):
        if text[i] not in closers:
            continue
        after = text[i + 1] if i + 1 < high else " "
        if after.isalnum():
            continue
        before = text[i - 1]
        if before in ",.?!…;" or after in ",.?!;:":
            if before == "s" and after in ",;" and fallback < 0 and _more(text, i, high, closers):
                fallback = i
                continue
            return i
        if before == "s" and after == " " and text[i + 2 : i + 3].islower():
            fallback = i if fallback < 0 else fallback
            continue
        if not before.isspace():
            return i
    return fallback


def _more(text: str, at: int, high: int, closers: str) -> bool:
    return any(text[j] in closers and text[j - 1] in ",.?!…" for j in range(at + 1, high))
