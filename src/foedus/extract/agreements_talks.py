"""Talks that are to end in an instrument: "negotiations on a customs union were concluded", "talks with Peru have stalled"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_deeds import Deed, noun_parties
from foedus.extract.agreements_frames import talk_stage
from foedus.extract.agreements_instruments import Instrument
from foedus.extract.domains import find_domains
from foedus.language import syntax
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_NOUNS = {"talks", "negotiations"}
_TOPIC = {"on", "about", "for", "over", "towards", "toward"}


def find_talks(document: Document, instruments: list[Instrument]) -> list[tuple[Instrument, Deed]]:
    """Talks about an instrument that is not made yet, each with the stage that they have reached; [] for mere meetings.

    They count when they have a subject matter that agreements have, or go on with a list of instruments just before.
    """
    found = []
    heads = {one.head.i for one in instruments}
    for token in document.doc.having(_NOUNS):
        if token.lower_ not in _NOUNS or token.i in heads or token.dep_ in {"compound", "nmod:poss"}:
            continue
        come = talk_stage(token)
        if come is None or document.modality(come[0]).kind in {"negated", "hypothetical", "future"}:
            continue
        verb, stage = come
        if any(h in heads for h in range(token.i, token.right_edge.i + 1)) or not _matters(
            document, token, instruments
        ):
            continue
        actors, partners = noun_parties(document, token)
        found.append(
            (_as_instrument(token), Deed("negotiating", stage, verb, actors, partners, "actual", Parties(), False))
        )
    return found


def _matters(document: Document, token: Token, instruments: list[Instrument]) -> bool:
    within = token.doc[token.i + 1 : token.right_edge.i + 1]  # also what the parse hangs on the last partner
    topics = [c for c in within if syntax.preposition(c).split(" ")[0] in _TOPIC]
    if any(find_domains(document, c.left_edge.i, c.right_edge.i + 1) for c in topics):
        return token.lower_ == "negotiations" or any(syntax.preposition(c) == "with" for c in token.children)
    partner = any(syntax.preposition(c) == "with" for c in token.children)
    before = [one for one in instruments if one.head.i < token.i]
    return (
        partner and bool(before) and document.sentence_index(token.i) - document.sentence_index(before[-1].head.i) <= 1
    )


def _as_instrument(token: Token) -> Instrument:
    first, last = syntax.phrase(token)
    while first < token.i and token.doc[first].dep_ in {"det", "cc", "mark", "punct"}:
        first += 1
    row = {"id": "talks", "instrument": "agreement", "needs": "talks"}
    return Instrument(token, first, last, first, last, row, False, False, False, True, False, None)
