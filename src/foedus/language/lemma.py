"""Word, tag and the network's edit rule -> lemma; forms that the treebanks know come from a table."""

from __future__ import annotations

import json
from functools import cache

from foedus.language.encoder import WEIGHTS

NO_RULE = "?"
"""The class of words whose treebank gives no lemma."""


@cache
def _table() -> dict[str, str]:
    return json.loads((WEIGHTS / "lemmas.json").read_text("utf-8"))  # type: ignore[no-any-return]


def lemma_of(word: str, upos: str, xpos: str, rule: str) -> str:
    """The dictionary form of `word`; names keep their case, everything else is lower case."""
    if upos != "PROPN":
        known = _table().get(f"{word.lower()} {xpos}")
        if known is not None:
            return known
    lemma = apply_rule(word, rule)
    return lemma if upos != "VERB" or xpos in {"VB", "VBP"} or _is_verb(lemma) else _verb(word.lower(), xpos)


def _is_verb(word: str) -> bool:
    return f"{word} VB" in _table() or f"{word} VBP" in _table()


def _verb(low: str, xpos: str) -> str:
    """The verb behind a regular form that neither the table nor the network knows."""
    if xpos == "VBZ":
        if low.endswith("ies"):
            return low[:-3] + "y"
        return low[:-2] if low.endswith(("sses", "shes", "ches", "xes", "zes", "oes")) else low.removesuffix("s")
    if low.endswith("ied") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith("ed") and len(low) > 3:
        return _stem(low[:-2])
    return _stem(low[:-3]) if low.endswith("ing") and len(low) > 5 else low


_SILENT = (
    "at", "iz", "is", "uc", "ud", "us", "iv", "ur", "ag", "dg", "nc", "rc", "rg", "lv", "rv", "os", "as", "ut", "bl", "cl", "dl", "fl", "gl", "pl",
    "tl", "zl", "phon", "conven", "interven", "contraven",
)  # fmt: skip
"""Ends of stems that have lost an e ("finalis", "tabl")."""


def _stem(base: str) -> str:
    """The verb behind a stem: undoubles ("stopp"), gives back an e ("conclud"), or leaves it ("sign")."""
    single = base[:-1] if len(base) > 3 and base[-1] == base[-2] else base
    for candidate in (base, base + "e", single):
        if _is_verb(candidate):
            return candidate
    if single != base and (base[-1] not in "lsz" or len(base) > 5):
        return single
    if base.endswith(_SILENT) or (base.endswith("ad") and base[-3:-2] not in "aeiou"):
        return base + "e"
    return base


def apply_rule(word: str, rule: str) -> str:
    """The lemma that an edit rule makes of a word: "-1" lowers and cuts one letter, "-2y" puts a y for two; "=0" keeps it.

    A rule that would leave nothing leaves the word.
    """
    if rule == NO_RULE:
        return word
    base = word if rule[0] == "=" else word.lower()
    digits = 2 if rule[2:3].isdigit() else 1
    cut, added = int(rule[1 : 1 + digits]), rule[1 + digits :]
    return base[: max(0, len(base) - cut)] + added or base
