"""The words of offices: ranks, portfolios, what stands before a name, and which ranks are sent to others."""

from __future__ import annotations

from functools import cache, lru_cache

from foedus.lexicon import load_table

DROPPED = {"former", "ex", "then", "visiting", "outgoing", "incoming", "newly", "late", "top", "senior", "current"}
HONORIFICS = {
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "dame", "lord", "lady", "madam", "madame", "sheikh", "sheikha", "prof",
    "prof.", "professor", "hon", "hon.", "honourable", "honorable", "lieut",
    "h.e.", "h.e", "he.", "hm", "hrh", "h.r.h.",
    "excellency", "highness", "majesty", "shri", "smt", "smt.", "retd", "retd.", "rtd", "rtd.", "visiting", "sayyid", "dato'",
    "dato", "datuk", "tan", "seri", "sri", "dasho", "lyonpo", "ratu", "engr", "engr.", "eng", "eng.",
    "mme", "mme.", "señor", "herr", "sig", "hajj", "haji", "hajia", "alhaji", "ustaz", "mullah", "mawlawi", "ayatollah",
    "cs", "father", "rev", "rev.", "rabbi", "imam", "tengku", "tunku", "pehin",
}  # fmt: skip
"""Words before a name that are no part of it."""
POSSESSIVE = {"'s", "’s", "'", "’"}
ARTICLES = {"the", "a", "an", "its", "his", "her", "their", "our", "this", "that"}
WEAK = {
    "general", "marshal", "colonel", "brigadier", "lieutenant", "captain", "major", "admiral", "commodore", "sergeant", "gen", "gen.", "lt",
    "lt.", "col", "col.", "maj", "maj.", "adm", "adm.", "brig", "brig.", "capt", "capt.", "cmdr", "cmdr.", "cdr", "sgt", "sgt.", "prof.", "prof",
    "professor",
}  # fmt: skip
"""Ranks that stand beside an office and say less than it ("army spokesman Colonel X")."""
POSTED = {
    "ambassador",
    "envoy",
    "consul",
    "consul-general",
    "representative",
    "nuncio",
    "commissioner",
    "chargé",
    "attaché",
}
"""Ranks that are sent to a state, which is then not theirs ("the Peruvian ambassador to Chile")."""
SENT_ABOUT = {"envoy", "representative", "negotiator", "mediator", "coordinator", "rapporteur", "adviser", "advisor"}
"""Ranks that deal with a state which is not theirs ("the special envoy for Yemen")."""
BODIES = {
    "embassy",
    "ministry",
    "mission",
    "government",
    "army",
    "navy",
    "commission",
    "parliament",
    "senate",
    "command",
    "consulate",
}


@cache
def parts() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The forms of ranks, of modifiers and of portfolios."""
    rows = [(row["forms"], row["part"].split("|")) for row in load_table("offices")]
    return tuple(frozenset(w for w, own in rows if part in own) for part in ("head", "modifier", "portfolio"))  # type: ignore[return-value]


@lru_cache(maxsize=1 << 14)
def singular(low: str) -> str:
    """The singular of a rank in lower case: "ministers" -> "minister"; words that are none come back unchanged."""
    heads = parts()[0]
    if low in heads:
        return low
    for cut, add in (("ies", "y"), ("men", "man"), ("women", "woman"), ("es", ""), ("s", "")):
        if low.endswith(cut) and low[: -len(cut)] + add in heads:
            return low[: -len(cut)] + add
    return low


def is_rank(low: str) -> bool:
    """Whether the word, in lower case, is a rank ("minister", "deputies") or says that someone serves a body ("member")."""
    return singular(low) in parts()[0] or low in {
        "official",
        "member",
        "diplomat",
        "officer",
        "delegate",
        "negotiator",
        "employee",
    }


def is_portfolio(low: str) -> bool:
    """Whether the word, in lower case, names what a minister or ministry looks after ("industry")."""
    return low in parts()[2]
