"""Whose an agreement is that a text only says to be with others: "the accord with Peru"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.extract.agreements_cast import are_joined
from foedus.extract.agreements_focus import main_pair, pair_in_focus, states_in
from foedus.extract.agreements_guessed import only_partners, partners_beside
from foedus.extract.agreements_parties import protagonist, state_of_dateline
from foedus.mentions.focus import aside, naming_near, weights_of
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.extract.agreements_sighting import Entry, Sighting
    from foedus.mentions import Document

_CLEARLY = 1.5
"""So much more than about the next one a report must be about a state for it to be whose agreements "with" others are."""


def with_holder(document: Document, entries: list[Entry], seen: Sighting, partners: Parties) -> Parties:
    """The partners and the state whose agreement it is: one near, else the one that the report is about, else that of its dateline.

    No parties at all, or only the partners, when that is not clear.
    """
    at = seen.instrument.head.i
    found = _holder_near(document, entries, at, partners, seen.partners)
    if found or (seen.instrument.plural and seen.instrument.other):
        return found
    return _with_own(document, entries, at, partners)


def _holder_near(
    document: Document, entries: list[Entry], at: int, partners: Parties, others: list[Parties]
) -> Parties:
    """The partners ("with Peru") and the state whose agreement it is; no parties at all when that is not clear.

    The `others` are partners too, each in an agreement of its own ("papers with Peru and with Chile").
    """
    beside = states_in(document, *document.sentence(at))
    elsewhere = {code for one in others for code in one.codes} | partners_beside(document, at) | only_partners(entries)
    elsewhere -= set(partners.codes)
    beside = Parties(tuple(c for c in beside.codes if c not in elsewhere), beside.spans, beside.persons)
    if len(set(beside.codes) | set(partners.codes)) == len(partners.codes) + 1:
        return partners | beside
    made: Counter[str] = Counter(
        code for entry in entries for code in entry.parties.codes if code not in partners.codes
    )
    often = made.most_common(2)
    if (home := state_of_dateline(document)) in made and 3 * made[str(home)] >= often[0][1]:
        entry = next(e for e in entries if home in e.parties.codes)
        return partners | Parties((str(home),), entry.parties.spans)
    if often and often[0][1] > 1 and (len(often) == 1 or often[0][1] > often[1][1]):
        entry = next(e for e in entries if often[0][0] in e.parties.codes)
        return partners | Parties((often[0][0],), entry.parties.spans)
    if besides := set(beside.codes) - set(partners.codes):
        main = main_pair(document)
        return main if set(partners.codes) < set(main.codes) and besides & set(main.codes) else Parties()
    holder = protagonist(document, at, Parties((*partners.codes, *elsewhere)))
    if holder:
        return partners | holder
    found = pair_in_focus(document, at, partners, alone=True) if len(partners.codes) == 1 else Parties()
    return found if are_joined(document, found) and not elsewhere & set(found.codes) else Parties()


def _with_own(document: Document, entries: list[Entry], at: int, partners: Parties) -> Parties:
    """The partners with the state that the report is about more than about any other, else with that of its dateline."""
    apart = aside(document) | partners_beside(document, at) | only_partners(entries) | set(partners.codes)
    ranked = [one for one in weights_of(document).most_common() if one[0] not in apart][:2]
    home = state_of_dateline(document)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]):
        code, near = ranked[0][0], naming_near(document, ranked[0][0], partners.spans[0][0])
    elif home is not None and home not in apart:
        code, near = home, naming_near(document, home, 0)
    else:
        return partners
    line = document.dateline
    if near is None and code == home and line is not None and line.place is not None:
        near = (line.start, line.end)
    return partners | Parties((code,), (near,)) if near is not None else partners
