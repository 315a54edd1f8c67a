"""Scores of names as parties of a deed: each name by itself, by where it stands, and beside the other names near the deed.

The network gives a vector for the word that tells the deed and one for every name; their rectified sum is the name's own part. Its place (how far,
how many others between) is added, one step of attention looks at the names of other parties, and the names of one party share what speaks for
any of them. `training/network.py` has the same in torch, and learns it along with the rest.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_DISTANCES = np.array([-60, -30, -15, -8, -3, 0, 4, 9, 16, 31, 61])
"""Words from the deed to the name, in classes."""
_MOST_SENTENCES, _MOST_BETWEEN, _MOST_INSIDE, _MOST_NAMINGS = 3, 4, 5, 6
PLACES = len(_DISTANCES) + 1 + 2 * _MOST_SENTENCES + 1 + 2 * (_MOST_BETWEEN + 1) + _MOST_INSIDE + 1 + 3


def places_of(distances: Ints, sentences: Ints, groups: Ints) -> Floats:
    """Where the names near a deed stand, one row of `PLACES` signs each; no rows for no names.

    `distances` in words and `sentences` away from the deed's own are negative before it; names of one party have the same number in
    `groups`. Names are in text order.
    """
    count = len(distances)
    found = np.zeros((count, PLACES), np.float32)
    if not count:
        return found
    rows = np.arange(count)
    at = 0
    found[rows, np.searchsorted(_DISTANCES, distances, side="right")] = 1
    at += len(_DISTANCES) + 1
    found[rows, at + np.clip(sentences, -_MOST_SENTENCES, _MOST_SENTENCES) + _MOST_SENTENCES] = 1
    at += 2 * _MOST_SENTENCES + 1
    found[rows, at + _between(distances, groups)] = 1
    at += 2 * (_MOST_BETWEEN + 1)
    own = groups.tolist()
    inside = {group for group, away in zip(own, sentences.tolist(), strict=True) if away == 0}
    found[:, at + min(len(inside), _MOST_INSIDE)] = 1
    at += _MOST_INSIDE + 1
    found[:, at] = [group in inside for group in own]
    found[:, at + 1] = np.minimum((groups[:, None] == groups[None, :]).sum(1), _MOST_NAMINGS) / _MOST_NAMINGS
    found[:, at + 2] = groups == groups[0]
    return found


def _between(distances: Ints, groups: Ints) -> Ints:
    """Of each name how many other parties are named between it and the deed, those behind the deed counted on from `_MOST_BETWEEN` + 1."""
    found = [0] * len(distances)
    first_behind = int(np.searchsorted(distances, 0))
    own = groups.tolist()
    for side, order in enumerate((range(first_behind - 1, -1, -1), range(first_behind, len(own)))):
        seen: dict[int, None] = {}
        for i in order:
            found[i] = side * (_MOST_BETWEEN + 1) + min(len(seen) - (own[i] in seen), _MOST_BETWEEN)
            seen[own[i]] = None
    return np.array(found)


def _highest(rows: Floats, groups: Ints) -> Floats:
    """Of each row the highest values in the rows of its group."""
    order = np.argsort(groups, kind="stable")
    inside = groups[order]
    begins = np.flatnonzero(np.r_[True, inside[1:] != inside[:-1]])
    found = np.empty_like(rows)
    found[order] = np.repeat(np.maximum.reduceat(rows[order], begins), np.diff(np.r_[begins, len(rows)]), axis=0)
    return found


class PartyScorer(NamedTuple):
    """The weights; (PLACES, width) for places, (width, width) for looking at others, (3 × width, width) where all is joined."""

    weight: Floats
    bias: Floats
    place: Floats
    query: Floats
    key: Floats
    value: Floats
    join: Floats
    join_bias: Floats
    above: Floats

    def beliefs(self, deed: Floats, names: Floats, places: Floats, groups: Ints) -> Floats:
        """How likely each name is a party of the deed (0–1), in the order of the rows of `names`; `deed` is one vector as wide as they are."""
        own = np.maximum(deed + names + places @ self.place, 0)
        same = groups[:, None] == groups[None, :]
        looks = np.where(same, -np.inf, (own @ self.query) @ (own @ self.key).T / np.float32(own.shape[1] ** 0.5))
        highest = np.maximum(looks.max(1, keepdims=True), 0)
        shares = np.exp(looks - highest)
        shares /= shares.sum(1, keepdims=True) + np.exp(-highest)  # 1 more: looking at nobody
        others = shares @ (own @ self.value)
        shared = _highest(own, groups)
        joint = np.maximum(np.concatenate([own, others, shared], 1) @ self.join + self.join_bias, 0)
        scores = own @ self.weight + joint @ self.above + self.bias
        beliefs: Floats = 1 / (1 + np.exp(-scores))
        return beliefs


@cache
def load_party_scorer(name: str) -> PartyScorer | None:
    """The scorer that belongs to the shipped network of that name; None when it has none."""
    from foedus.language.encoder import scorer_weights

    weights = scorer_weights(name, "party", PartyScorer._fields)
    return PartyScorer(*weights) if weights is not None else None
