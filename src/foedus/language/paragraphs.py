"""Text -> paragraphs, before any parsing: newline tokens inside a sentence cost 14 points of quotation F1."""

from __future__ import annotations

import itertools
import re

_LINE = re.compile(r"[^\n]+")
_ENDS = re.compile(r"[.!?:;…”\"'’»)\]]\s*$")
_LOWER = re.compile(r"\s*[a-z(]")
_ITEM = re.compile(r"\s*(?:[•*·–—-]|\(?\d{1,2}[.)]|\([a-z]\))\s")
NARROW = 100
"""A text whose lines are all at most so long, with at least three full ones, is hard-wrapped (typewriter, wire, e-mail)."""


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the paragraphs of `text`, in order, without outer blanks; [] for blank text.

    A blank line ends a paragraph. A single line break does too, unless the line goes on: in a hard-wrapped text after every
    full line, elsewhere when the line does not end a sentence and the next begins in lower case. A list item stands alone.
    """
    full = _full_line(text)
    found: list[tuple[int, int]] = []
    last_line = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = start + len(stripped)
        if found and not _ITEM.match(line):
            last_start, last_end = found[-1]
            goes_on = not _ENDS.search(text[last_end - 1 : last_end]) and _LOWER.match(stripped)
            filled = full and last_line >= full and not (stripped.isupper() or text[last_start:last_end].isupper())
            if text.count("\n", last_end, start) == 1 and (goes_on or filled):
                found[-1] = (last_start, end)
                last_line = len(stripped)
                continue
        found.append((start, end))
        last_line = len(stripped)
    return found


def _full_line(text: str) -> int:
    """From which length on a line of a hard-wrapped text counts as full; 0 for a text that is not wrapped."""
    lines = [line.rstrip() for line in text[:20_000].split("\n")]
    longest = max(map(len, lines), default=0)
    if not 40 <= longest <= NARROW:
        return 0
    wrapped = sum(
        len(line) > 0.6 * longest and not _ENDS.search(line) and bool(after)
        for line, after in itertools.pairwise(lines)
    )
    return int(0.6 * longest) if wrapped >= 3 else 0
