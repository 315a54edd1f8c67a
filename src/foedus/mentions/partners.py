"""Who takes part in a deed: what the network believes of every name near it, weighed together with where the names stand.

The network scores each name by itself, and near a deed told in passing of two states it believes in nearly every state of the report.
A logistic rule over a dozen signs (in the deed's sentence or not, how far, how many better ones, whether the report is about that state) says how
likely each of them is meant, and `party_sets.py` which of them together. `training/partners.py` fits both on annotated text that the network has not learned from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from foedus.mentions.deeds import party_beliefs
from foedus.mentions.focus import aside, pair_in_focus, weights_of
from foedus.mentions.logistic import load_weights, logit, share
from foedus.mentions.model import Parties
from foedus.mentions.party_sets import near, weighed

if TYPE_CHECKING:
    from collections.abc import Collection

    from foedus.mentions.document import Document

LIKELY = 0.5
"""Belief from which a name counts as likely."""
_EDGE = 1e-5
_FAR = 60
"""Words away from which a name counts as far."""
_MOST_NAMES = 5
_NEAR_SENTENCES = 1


class Partners(NamedTuple):
    """Who takes part in a deed, and how sure it is that these do and nobody else."""

    parties: Parties
    belief: float
    each: dict[str, float]
    """Code -> how likely it is a party, of everyone named near."""


class _Name(NamedTuple):
    belief: float
    head: int
    parties: Parties
    sentences: int
    """How many sentences after the deed's own it stands; negative before it."""


def partners(document: Document, token: int, without: Collection[str] = ()) -> Partners:
    """Who takes part in the deed that the word at `token` tells, with their words; nobody for a pipeline that has no beliefs.

    Codes in `without`, and states that are only the scene or the go-between, are left out beforehand. `belief` is the share of this set
    among all.
    """
    key = f"mentions: partners {token} {sorted(without)}"
    known = document.notes.get(key)
    if not isinstance(known, Partners):
        known = document.notes[key] = _weighed(document, token, without)
    return known


def _weighed(document: Document, token: int, without: Collection[str]) -> Partners:
    named = names_near(document, token, without)
    weights = load_weights("partners")
    likely = {code: share(weights, signs) for code, signs in signs_of(document, token, named).items()}
    best, belief, each = weighed(near(document, token, likely, heads_of(named)))
    found = Parties()
    for code in likely:
        if code in best:
            found |= _words(code, named[code])
    return Partners(found, belief, each)


def heads_of(named: dict[str, list[_Name]]) -> dict[str, list[int]]:
    """Code -> the tokens of its names."""
    return {code: [name.head for name in names] for code, names in named.items()}


def names_near(document: Document, token: int, without: Collection[str] = ()) -> dict[str, list[_Name]]:
    """Code -> the names near the deed that stand for it, the likeliest first; codes in `without`, scenes and go-betweens left out."""
    own, apart = document.sentence_index(token), aside(document).union(without)
    found: dict[str, list[_Name]] = {}
    for belief, head, parties in party_beliefs(document, token):
        name = _Name(belief, head, parties, document.sentence_index(head) - own)
        for code in parties.codes:
            if code not in apart:
                found.setdefault(code, []).append(name)
    return found


def _words(code: str, names: list[_Name]) -> Parties:
    """The party with the words of its likeliest name in the deed's sentence, else of the nearest likely one."""
    inside = [name for name in names if name.sentences == 0]
    likely = [name for name in names if name.belief >= LIKELY] or names[:1]
    best = inside[0] if inside else min(likely, key=lambda name: (abs(name.sentences), -name.belief))
    return best.parties if len(best.parties.codes) == 1 else Parties((code,), best.parties.spans)


def signs_of(document: Document, token: int, named: dict[str, list[_Name]]) -> dict[str, dict[str, float]]:
    """Code -> sign -> value, of each one in `named`: what the rule weighs."""
    pair, weights = pair_in_focus(document).codes, weights_of(document)
    heaviest = max(weights.values(), default=1.0)
    best = {code: names[0].belief for code, names in named.items()}
    beliefs = {code: _best_by_place(names) for code, names in named.items()}
    inside = [code for code, ranges in beliefs.items() if ranges.get("inside", 0.0) >= LIKELY]
    found: dict[str, dict[str, float]] = {}
    for code, names in named.items():
        ranges = beliefs[code]
        signs: dict[str, float] = {}
        for where, sign in _PLACES.items():
            if where in ranges:
                signs[where], signs[sign] = 1.0, logit(ranges[where], _EDGE)
        others = len(inside) - (code in inside)
        better = sum(value > best[code] for value in best.values())
        distance = min(abs(name.head - token) for name in names)
        sentences = min(abs(name.sentences) for name in names)
        is_out = "inside" not in ranges
        signs |= {
            "best belief": logit(best[code], _EDGE),
            "others inside": float(others),
            "outside, two others inside": float(is_out and others >= 2),
            "two better": float(better >= 2),
            "body": float(code.startswith("org:")),
            "body, inside": float(code.startswith("org:") and not is_out),
            "in focus": float(code in pair),
            "not in focus": float(bool(pair) and code not in pair),
            "outside, weight": weights.get(code, 0) / heaviest if is_out else 0.0,
            "namings": min(len(names), _MOST_NAMES) / _MOST_NAMES,
            "distance": min(distance, _FAR) / _FAR,
            "inside, distance": 0.0 if is_out else min(distance, _FAR) / _FAR,
            "two sentences away": float(sentences >= 2),
        }
        found[code] = signs
    return found


_PLACES = {place: f"{place}, belief" for place in ("inside", "before", "long before", "after", "long after")}
"""Where a name stands, seen from the deed -> the sign for what is believed of it."""


def _best_by_place(names: list[_Name]) -> dict[str, float]:
    """Place -> the highest belief in a name that stands there."""
    found: dict[str, float] = {}
    for name in names:  # the likeliest first
        away = name.sentences
        if away == 0:
            place = "inside"
        elif away < 0:
            place = "before" if away >= -_NEAR_SENTENCES else "long before"
        else:
            place = "after" if away <= _NEAR_SENTENCES else "long after"
        found.setdefault(place, name.belief)
    return found
