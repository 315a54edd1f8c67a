"""Words as UD English splits them (EWT, GUM, PUD): hyphens split, "anti-American" kept, clitics off.

Blanks part a text into chunks; of a chunk, marks, currency signs, units and clitics come off at both ends until a word, an
address or an abbreviation is left; what is left is cut at hyphens and at marks that glue two words together.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from foedus.lexicon import load_forms

_GLUED = (
    "anti", "non", "re", "co", "pre", "e", "ex", "pro", "mid", "un", "post", "counter", "multi", "inter", "extra", "de", "bi", "mis", "over",
    "intra", "sub", "trans", "ultra", "semi", "neo", "micro", "macro", "mini", "uh", "mm", "wi", "x", "t",
)  # fmt: skip
"""Prefixes that UD English keeps glued to their base ("anti-American", "re-elected")."""
LONGEST_RUN = 64
"""Unbroken runs longer than this many characters are cut."""
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_CHUNK = re.compile(r"(\S+)( ?)(\s*)|(\s+)")

_LETTER = r"[^\W\d_]"
_LOWER = "a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĳĵķĸĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžа-яёіїєґα-ωάέήίόύώ"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽА-ЯЁІЇЄҐΑ-ΩΆΈΉΊΌΎΏ"
_QUOTE = r"\"'“”‘’`´«»‹›„‚「」『』〝〞"
_MARK = r"\[\](){}<>,:;!?¿¡#*&_،؛؟٪।。！？，、；：～·…‚"
_MONEY = r"US\$|C\$|A\$|[$£€¥₩₹₽₺₦₴₫฿﷼₪₱₲₵₸₡₮₭]"
_UNIT = "km²|km³|km|m²|m³|dm|cm²|cm³|cm|mm²|mm³|mm|ha|µm|nm|yd|in|ft|kg|mg|µg|lb|oz|m/s|km/h|mph|hPa|mbar|[kKmMgGtT][bB]|am|pm|[mgtGMTK%]"
_OPENS = re.compile(rf"{_MONEY}|\.\.+|''|’’|``|[{_QUOTE}{_MARK}§%=—–]|\+(?![0-9])")
_CLOSES = re.compile(
    rf"(?:n['’]t|(?<=.)['’](?:s|S|d|D|m|M|ll|LL|re|RE|ve|VE)|''|’’|[{_QUOTE}{_MARK}—–]|(?<=[0-9])(?:\+|{_MONEY}|{_UNIT})"
    rf"|(?<=[0-9{_LOWER}%²)\]{_QUOTE}+-])\.|(?<=[{_UPPER}]{{2}})\.)$"
)
_ADDRESS = re.compile(
    r"(?i)(?:https?://|ftp://|mailto:)\S+$|www\.\S+\.\S+$|[\w.+-]+@[\w-]+(?:\.[\w-]+)+$"
    r"|(?:[\w-]+\.)+(?:com|org|net|gov|mil|edu|int|info|co\.uk|gov\.\w\w|eu|uk|us|ca|au|nz|in|de|fr|ru|cn|jp|kr|br|za|tv|io)(?:/\S*)?$"
)
_hyphen = "".join(rf"(?<!\b{g})(?<!\b{g.capitalize()})" for g in sorted(_GLUED)) + r"(?:---?|[-–—~‑])"
_initial = "".join(rf"(?<!\b{two})" for two in ("Kh", "Sh", "Ch", "Ts", "Zh", "Dz", "Yu", "Ya", "Gh", "Dj"))
"""Two letters that are one in other scripts, so that with a dot they are an initial ("Kh.Battulga")."""
_INSIDE = re.compile(
    "|".join(
        (
            r"\.\.+|…",
            r"(?<=[0-9])[+*^](?=[0-9-])",
            rf"(?<=[{_LOWER}{_QUOTE}]){_initial}\.(?=[{_UPPER}{_QUOTE}])",
            rf"(?<={_LETTER}),(?={_LETTER})",
            rf"(?<=[\w.%]){_hyphen}(?=[^\W_]|[$€£])",
            rf"(?<=[^\W_])[:<>=/](?={_LETTER})",
            rf"(?<={_LETTER})/(?=[^\W_])",
        )
    )
)
_WHOLE = {"o'clock", "o’clock", "ma'am", "ma’am", "and/or", "w/o", "c++", "''", "’’", "``"}
_WHOLE |= {mark + rest for mark in "'’" for rest in ("s", "d", "m", "ll", "re", "ve", "em", "cause", "til")}
_PARTS = {
    **{f"{verb}nt": len(verb) for verb in ["do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "could", "should", "would"]},
    "cant": 2, "wont": 2, "aint": 2, "cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "im": 1, "ive": 1, "youre": 3, "theyre": 4, "thats": 4, "whats": 4,
}  # fmt: skip
"""Contractions without their mark, and the length of the first part; not those that are words too ("its", "were", "wed")."""
_FACE = re.compile(r"[:;=][-o]?[)(DPp/|*\[\]]+$|8-[)D]$|\(:$|<3+$|\^_+\^$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(load_forms("abbreviations"))


@cache
def _before_numbers() -> frozenset[str]:
    """Abbreviations only before a number: "No. 5", but "He said: No.\""""
    return frozenset(form for form, row in load_forms("abbreviations").items() if row["kind"] == "number")


@cache
def never_last() -> frozenset[str]:
    """Abbreviations that stand before a name or number and so never end a sentence ("Mr.", "No.")."""
    return frozenset(form for form, row in load_forms("abbreviations").items() if row["kind"] in {"title", "number"})


def tokenize(text: str) -> tuple[list[str], list[bool]]:
    """Words of `text` and, for each, whether one blank follows; joined they give `text` again. Blank runs are words."""
    words: list[str] = []
    spaces: list[bool] = []
    for piece in _pieces(text):
        for match in _CHUNK.finditer(piece):
            chunk, blank, more, leading = match.groups()
            if chunk:
                words += _split(chunk, piece[match.end() : match.end() + 1].isdigit())
                spaces += [False] * (len(words) - len(spaces))
                spaces[-1] = bool(blank)
            if more or leading:
                words.append(more or leading)
                spaces.append(False)
    return words, spaces


def _pieces(text: str) -> list[str]:
    """`text` in pieces, cut inside runs that are too long for a word."""
    cuts = [0]
    for run in _RUN.finditer(text):
        cuts.extend(range(run.start() if run.start() else LONGEST_RUN, run.end(), LONGEST_RUN))
        cuts.append(run.end())
    cuts.append(len(text))
    return [text[a:b] for a, b in itertools.pairwise(cuts) if a < b]


def _known(chunk: str, number: bool) -> list[str] | None:
    """The words of a chunk that is a word as it stands; None for others. `number`: whether a number follows."""
    if chunk.isalpha():
        size = _PARTS.get(chunk.lower()) if len(chunk) < 8 else None
        return None if size is None else [chunk[:size], chunk[size:]]
    if chunk in _before_numbers():
        return [chunk] if number else None
    if chunk in _abbreviations() or chunk.lower() in _WHOLE or _FACE.match(chunk):
        return [chunk]
    return [chunk] if len(chunk) == 2 and chunk[1] == "." and chunk[0].isalpha() else None


def _split(chunk: str, number: bool) -> list[str]:
    """The words of an unbroken run of characters; joined they give it again."""
    if chunk.isalpha() and len(chunk) > 7:
        return [chunk]
    front: list[str] = []
    back: list[str] = []
    middle: list[str] | None = None
    while chunk and (middle := _known(chunk, number)) is None:
        before = len(chunk)
        if (size := _opening(chunk)) and (size < len(chunk) or not front):
            front.append(chunk[:size])
            chunk = chunk[size:]
            if (middle := _known(chunk, number)) is not None:
                break
        if chunk and (size := _closing(chunk)) < len(chunk) and size:
            back.append(chunk[-size:])
            chunk = chunk[:-size]
        if len(chunk) == before:
            break
    if middle is None:
        middle = [chunk] if _ADDRESS.match(chunk) else list(_cut(chunk))
    return front + middle + back[::-1]


def _opening(chunk: str) -> int:
    """How many characters come off in front."""
    match = _OPENS.match(chunk)
    if match:
        return match.end()
    return int(unicodedata.category(chunk[0]) == "So")


def _closing(chunk: str) -> int:
    """How many characters come off at the end."""
    if chunk.endswith(".."):
        return len(chunk) - len(chunk.rstrip("."))
    match = _CLOSES.search(chunk, max(0, len(chunk) - 8))
    if match:
        short = match.group() == "." and "-" in chunk and chunk.rpartition("-")[2] in _abbreviations()
        return 0 if short else len(match.group())
    return int(unicodedata.category(chunk[-1]) == "So")


def _cut(chunk: str) -> Iterator[str]:
    """The parts of a chunk between and with its inner marks."""
    at = 0
    for match in _INSIDE.finditer(chunk):
        if match.group() == "." and chunk[at : match.end()] in _abbreviations():
            yield chunk[at : match.end()]
        else:
            if match.start() > at:
                yield chunk[at : match.start()]
            yield match.group()
        at = match.end()
    if at < len(chunk):
        yield chunk[at:]
