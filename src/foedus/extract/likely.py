"""Who makes a deed that no frame foresees: the names that the network takes for its parties, if they make sense together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.deeds import party_beliefs
from foedus.mentions.focus import other_in_focus
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.mentions import Document

SURE, FAIR = 0.8, 0.5
"""Belief from which a name counts as a party by itself, and from which it counts beside surer ones. Chosen on the training reports."""
MOST = 6
"""More parties than this are a list of names, not partners."""


def likely_parties(document: Document, token: int, fewest: int = 2) -> Parties:
    """The parties of the deed that the word at `token` tells, with their words; empty when fewer than `fewest` are likely.

    A state counts by its likeliest name. The other one of the pair that the report is about joins a single state.
    """
    best: dict[str, tuple[float, int, Parties]] = {}
    for belief, head, parties in party_beliefs(document, token):
        if belief < FAIR:
            break
        for code in parties.codes:
            best.setdefault(code, (belief, head, parties))
    if not best or max(belief for belief, _, _ in best.values()) < SURE:
        return Parties()
    found = Parties()
    for belief, _, parties in best.values():
        if belief >= FAIR:
            found |= Parties(tuple(c for c in parties.codes if c in best), parties.spans, parties.persons)
    if len(found.codes) == 1 and fewest > 1:
        found |= other_in_focus(document, found.codes[0])
    return found if fewest <= len(found.codes) <= MOST else Parties()
