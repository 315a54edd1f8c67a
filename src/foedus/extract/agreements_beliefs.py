"""Whom the network takes for the parties of an agreement, where the words around leave it open: two and nobody else, or not these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_brokers import go_betweens
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds, party_beliefs
from foedus.mentions.model import ForumMention, Parties
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from foedus.extract.agreements_sighting import Sighting
    from foedus.mentions import Document

SURE, OPEN = 0.9, 0.5
"""Belief from which a name is surely a party, and below which it surely is none. Chosen on the development reports."""
DOUBTED = 0.15
"""What only the report around suggests is no party when the network sees the name and believes it less than this."""

MADE, MADE_BY = 0.5, 0.85
"""Belief that something is done to an instrument, and that these and nobody else do it, from which the network's word is enough."""
STAGES = {
    "signed": "signed", "agreed": "agreed", "initialled": "initialled", "negotiating": "negotiating", "proposed": "proposed",
    "ratified": "ratified", "force": "in force", "renewed": "renewed", "amended": "amended", "suspended": "suspended",
    "ended": "terminated", "rejected": "rejected",
}  # fmt: skip
"""The network's labels of what is done to instruments."""

_AT = {"at", "in", "during", "of"}


def tokens_of(seen: Sighting) -> set[int]:
    """The words that tell of the instrument: its noun and what is done to it."""
    return {seen.instrument.head.i, *(deed.verb.i for deed in seen.deeds)}


def beliefs(document: Document, tokens: Iterable[int]) -> dict[str, tuple[float, Parties]]:
    """Code -> the highest belief that it is a party of what one of `tokens` tells, with its words; {} without that head.

    Where a body is only named for its session ("when they met at the General Assembly"), that is no word of a party.
    """
    found: dict[str, tuple[float, Parties]] = {}
    places: dict[int, bool] = document.notes.setdefault("agreements: places", {})  # type: ignore[assignment]
    for token in tokens:
        for belief, head, parties in party_beliefs(document, token):
            if head not in places:
                session = document.at(head, ForumMention) is not None and syntax.preposition(document.doc[head]) in _AT
                places[head] = session or _is_goal(document, head)
            if places[head]:
                continue
            for code in parties.codes:
                if belief > found.get(code, (0.0, parties))[0]:
                    found[code] = (belief, parties if len(parties.codes) == 1 else Parties((code,), parties.spans))
    return found


def _is_goal(document: Document, head: int) -> bool:
    """Whether a state is only where somebody then goes: "will **travel to Norland** for the summit"."""
    token = document.doc[head]
    going = token.head.lemma_.lower() in {"travel", "fly", "go", "head", "proceed", "continue", "depart", "return"}
    return going and syntax.preposition(token) in {"to", "for"} and token.dep_ == "obl"


def clear_pair(document: Document, tokens: Iterable[int], having: Parties) -> Parties:
    """The two parties that hold `having`, when the network is sure of just two names near and of no other; else empty."""
    known = beliefs(document, tokens)
    sure = [code for code, (belief, _) in known.items() if belief >= SURE]
    between = any(OPEN <= belief < SURE for belief, _ in known.values())
    if len(sure) != 2 or between or not set(having.codes) <= set(sure) or set(sure) & set(go_betweens(document).codes):
        return Parties()
    return having | known[sure[0]][1] | known[sure[1]][1]


def is_doubted(document: Document, tokens: Iterable[int], added: Iterable[str]) -> bool:
    """Whether the network sees one of the `added` names near and takes it for no party."""
    each = [partners(document, token).each for token in tokens]
    seen = {code: max(one.get(code, 0.0) for one in each) for code in added if any(code in one for one in each)}
    return any(likely < DOUBTED for likely in seen.values())


def surely_made(document: Document, tokens: Collection[int]) -> Parties:
    """Between whom one of the words tells an agreement, when the network is sure that it does and of who takes part; else empty."""
    told = [d.token for d in likely_deeds(document, MADE) if d.token in tokens and d.label in STAGES]
    best = max((partners(document, token) for token in told), key=lambda one: one.belief, default=None)
    sure = best is not None and best.belief >= MADE_BY and len(best.parties.codes) > 1
    return best.parties if best is not None and sure else Parties()
