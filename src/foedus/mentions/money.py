"""Amounts of money."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import MoneyMention
from foedus.record import Money

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "billion": 1e9,
          "trillion": 1e12, "lakh": 1e5, "crore": 1e7}  # fmt: skip


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {form: row["id"] for row in load_table("money") for form in split_forms(row["forms"])}
    signs = [re.escape(f) for f in sorted(codes, key=len, reverse=True) if not f[-1].islower()]
    names = [re.escape(f) for f in sorted(codes, key=len, reverse=True) if f[-1].islower()]
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scale = r"(?:[\s-]?(?P<scale{0}>thousand|million|billion|trillion|lakh|crore|bln|mln|bn|mn|m|b|k)\b)?"
    pattern = (
        rf"(?P<sign>(?<![\w$])(?:{'|'.join(signs)}))\s?(?P<n1>{number}){scale.format(1)}"
        rf"|\b(?P<n2>{number}){scale.format(2)}[\s-](?P<name>(?:{'|'.join(names)}|{'|'.join(s for s in signs if s.isalpha())})\b)"
    )
    return re.compile(pattern), codes


def find_money(document: Document) -> list[MoneyMention]:
    """Every amount, in text order; the amount in units of its ISO 4217 currency. Ranges and unknown currencies give none."""
    pattern, codes = _patterns()
    starts: list[int] | None = None
    found = []
    for match in pattern.finditer(document.report.text):
        starts = starts or [t.idx for t in document.doc]
        number = (match["n1"] or match["n2"]).replace(",", "")
        amount = float(number) * _SCALE.get((match["scale1"] or match["scale2"] or "").lower(), 1)
        first, last = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end())
        if not 0 <= first < last:
            continue
        value = Money(int(amount) if amount == int(amount) else round(amount, 2), codes[match["sign"] or match["name"]])
        found.append(MoneyMention(*match.span(), first, last, document.doc[first:last].root.i, money=value))
    return found
