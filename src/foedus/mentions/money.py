"""Amounts of money."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import any_of, load_table, split_forms
from foedus.mentions.model import MoneyMention, PartyMention
from foedus.mentions.numbers import WORDS, WORDS_BEGIN, value_of_words
from foedus.record import Money

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "billion": 1e9,
          "trillion": 1e12, "lakh": 1e5, "crore": 1e7}  # fmt: skip

_WORD_SCALE = r"(?i:thousand|million|billion|trillion|lakh|crore)"


def _is_sign(form: str) -> bool:
    """Whether the form stands before the number ("$", "Rs", "EUR"), not after it ("euros")."""
    return not form[-1].islower() or (len(form) < 4 and form[0].isupper() and " " not in form)


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {form: row["id"] for row in load_table("money") for form in split_forms(row["forms"])}
    longest = sorted(codes, key=len, reverse=True)
    signs = any_of(f for f in longest if _is_sign(f))
    names = any_of(f for f in longest if not _is_sign(f))
    codes_behind = any_of(s for s in longest if _is_sign(s) and s.isalpha())
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scale = r"(?:[\s-]?(?P<scale{0}>(?i:thousand|million|billion|trillion|lakh|crore|bln|mln|bn|mn|m|b|k))\b)?"
    pattern = (
        rf"(?P<sign>(?<![\w$]){signs})\s?(?P<n1>{number}){scale.format(1)}"
        rf"|\b(?P<n2>{number}){scale.format(2)}[\s-](?P<name>(?:{names}|{codes_behind})\b)"
        rf"|\b(?={WORDS_BEGIN})(?P<n3>(?i:{WORDS}))(?:[\s-](?P<scale3>{_WORD_SCALE}))?[\s-](?P<name3>{names}\b)"
    )
    return re.compile(pattern), codes


def _amount(number: str, scale: str) -> float | None:
    count = value_of_words(number)
    return None if count is None else count * _SCALE.get(scale.lower(), 1)


def _is_model(match: re.Match[str]) -> bool:
    """Whether a letter and a number name a thing ("K2 tanks"): one letter is a sign only with a scale or thousands ("K50 million")."""
    sign = match["sign"] or ""
    return len(sign) == 1 and sign.isalpha() and not match["scale1"] and "," not in match["n1"]


def find_money(document: Document) -> list[MoneyMention]:
    """Every amount, in text order; the amount in units of its ISO 4217 currency. Ranges and unknown currencies give none."""
    pattern, codes = _patterns()
    starts = document.starts
    found = []
    for match in pattern.finditer(document.report.text):
        amount = _amount(
            match["n1"] or match["n2"] or match["n3"], match["scale1"] or match["scale2"] or match["scale3"] or ""
        )
        first, last = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end())
        if not 0 <= first < last or amount is None or (match["n3"] and amount < 2) or _is_model(match):
            continue
        value = Money(
            int(amount) if amount == int(amount) else round(amount, 2),
            codes[match["sign"] or match["name"] or match["name3"]],
        )
        found.append(MoneyMention(*match.span(), first, last, document.doc[first:last].root.i, money=value))
    return found


def drop_currencies(document: Document) -> None:
    """Takes out the states that are only named by a currency: "eight million **U.S.** dollars"."""
    sums = [m.span for m in document.all_of(MoneyMention)]
    document.mentions = [
        m
        for m in document.mentions
        if not (isinstance(m, PartyMention) and any(low <= m.start and m.end <= high for low, high in sums))
    ]
    document.add(())
