"""Word and tag -> lemma: a table counted from the treebanks' training parts, then suffix rules."""

from __future__ import annotations

import json
from functools import cache

from foedus.language.encoder import WEIGHTS


@cache
def _table() -> dict[str, str]:
    return json.loads((WEIGHTS / "lemmas.json").read_text("utf-8"))  # type: ignore[no-any-return]


def lemma_of(word: str, upos: str, xpos: str) -> str:
    """The dictionary form of `word`; names keep their case, everything else is lower case."""
    low = word.lower()
    known = _table().get(f"{low} {xpos}")
    if known is not None and upos != "PROPN":
        return known
    if upos == "PROPN":
        return word[:-1] if xpos == "NNPS" and low.endswith("s") else word
    if xpos == "NNS":
        if low.endswith("ies") and len(low) > 4:
            return low[:-3] + "y"
        if low.endswith(("sses", "shes", "ches", "xes", "zes")):
            return low[:-2]
        return low[:-1] if low.endswith("s") and not low.endswith("ss") else low
    if xpos == "VBZ":
        if low.endswith("ies"):
            return low[:-3] + "y"
        if low.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
            return low[:-2]
        return low[:-1] if low.endswith("s") else low
    if xpos in {"VBD", "VBN"} and low.endswith("ed"):
        return _stem(low[:-3] + "y" if low.endswith("ied") else low[:-2])
    if xpos == "VBG" and low.endswith("ing") and len(low) > 5:
        return _stem(low[:-3])
    return low


def _stem(base: str) -> str:
    """The verb behind a stem: undoubles ("stopp"), gives back an e ("sign" stays, "conclud" -> "conclude")."""
    if base.endswith("y"):
        return base
    table = _table()
    for candidate in (base, base + "e", base[:-1] if len(base) > 3 and base[-1] == base[-2] else base):
        if f"{candidate} VB" in table or f"{candidate} VBP" in table:
            return candidate
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    if base.endswith(
        ("at", "iz", "is", "uc", "ud", "us", "iv", "ur", "ag", "dg", "nc", "rc", "rg", "lv", "rv", "os", "as", "ut")
    ):
        return base + "e"
    return base
