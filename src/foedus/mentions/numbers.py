"""Numbers in words: "three", "twenty-five", "one and a half", "a hundred and twenty", "half a"."""

from __future__ import annotations

import re

from foedus.lexicon import beginning

_SMALL = {
    word: value
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
         "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
         "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], 1)
} | {"inaugural": 1}  # fmt: skip
"""Words for which of several one is; "inaugural" comes last."""
FIRST_TEN = frozenset(list(ORDINALS)[:10])
_PARTS = {
    "half a": 0.5,
    "half an": 0.5,
    "a quarter of a": 0.25,
    "three quarters of a": 0.75,
    "a couple of": 2,
    "a dozen": 12,
    "half a dozen": 6,
}
_ONES = "|".join(list(_SMALL)[1:10])
_PLAIN = rf"(?:(?:{'|'.join(TENS)})(?:[\s-](?:{_ONES}))?|{'|'.join(sorted(list(_SMALL)[1:], key=len, reverse=True))})"
WORDS = (
    rf"(?:{'|'.join(sorted(_PARTS, key=len, reverse=True))}"
    rf"|(?:(?:{_PLAIN}|an?)\s(?:hundred|thousand)(?:\s(?:and\s)?{_PLAIN})?|{_PLAIN}|an?)(?:\sand\sa\shalf)?)"
)
"""A pattern of a whole number or a simple fraction in words, in lower case."""
WORDS_BEGIN = beginning(["a", "half", *list(_SMALL)[1:], *TENS])
"""How such words begin, in either case; tried first, since most words begin none."""


ROMAN = re.compile(r"(?=[LXVI]{2})L?X{0,4}(?:IX|IV|V?I{0,3})\b")
"""A number in Roman figures of two or more letters, as sessions bear them."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def value_of_words(words: str) -> float | None:
    """The number that words or digits say ("twenty-five": 25, "1,200.5": 1200.5); None when they say none."""
    low = " ".join(words.lower().split())
    if low in _PARTS:
        return _PARTS[low]
    half = 0.5 if low.endswith(" and a half") else 0
    low = low.removesuffix(" and a half")
    digits = low.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return float(digits) + half
    total, current = 0.0, 0.0
    for word in re.split(r"[\s-]+", low):
        if word in {"a", "an"}:
            current += 1
        elif word in _SMALL or word in TENS:
            current += _SMALL.get(word, 0) + TENS.get(word, 0)
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "thousand":
            total, current = total + max(current, 1) * 1000, 0
        elif word != "and":
            return None
    return total + current + half


def roman(word: str) -> int | None:
    """17 for "XVII"; None for other words, small letters and a single letter."""
    if len(word) < 2 or not ROMAN.fullmatch(word):
        return None
    values = [_ROMAN[letter] for letter in word]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
