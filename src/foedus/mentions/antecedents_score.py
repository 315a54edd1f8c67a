"""How much belief each candidate gets as the antecedent of an anaphor: features of candidate, anaphor and both, and a small network.

What a candidate or an anaphor has by itself is multiplied once; only what the two have together is made for every pair of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_TOGETHER = 64
"""So many anaphors are scored at once: one call of numpy for many costs little more than for one."""


class Words(NamedTuple):
    """Arrays over the candidates of one `Doc`, in text order; `tokens` are their token indices."""

    tokens: Ints
    sentence: Ints
    paragraph: Ints
    number: Ints
    pronoun: Ints
    entity: Ints
    dep: Ints
    governor: Ints
    lemma: Ints
    definite: Ints
    quoted: Ints
    earlier: Ints
    """How many candidates before have the same lemma."""
    male: Ints
    female: Ints
    sort: Ints
    """Person, party or something else, by entity type, gendered pronouns and lemma: 0–3."""
    speaks: Ints
    """Whether the governor is a verb of saying."""
    phrases: tuple[frozenset[str], ...]
    """Lemmas of the candidate's own phrase: title, name, apposition, describing words."""
    lemma_of: tuple[str, ...]
    holders: dict[str, list[int]]
    """Lemma -> the candidates whose phrase has it, in text order."""
    features: Floats
    """What `_own_features` says of the candidates."""


FEATURES = 14 + 9 + 11 + 4 + 7 + 11 + 11
_ANAPHOR = 7 + 11 + 4
_PAIR = [*range(38, 54), *range(56, 63), 65, 66]
"""Which of the features the candidate has only together with the anaphor; 64 is the anaphor's, the others are its own."""


class Case(NamedTuple):
    """An anaphor: its place in `Words`, its kind, and the first of its candidates, which end before it."""

    at: int
    kind: int
    first: int


def own_features(columns: Sequence[Ints]) -> Floats:
    """The features that a candidate has whatever is asked about it, one row each; the others are 0."""
    _, _, _, number, pronoun, entity, dep, _, _, definite, _, earlier, _, _, _, speaks = columns
    found = np.zeros((len(number), FEATURES), np.float32)
    rows = np.arange(len(number))
    found[rows, entity] = found[rows, 14 + pronoun] = found[rows, 23 + dep] = found[rows, 34 + number] = 1
    found[:, 54], found[:, 55], found[:, 63] = definite, np.log1p(earlier) / 2, speaks
    return found


def pair_features(words: Words, anaphor: int, kind: int, first: int) -> Floats:
    """Features of the candidates [first, anaphor) as antecedents of candidate `anaphor` (indices into `words`), one row each."""
    cases = [Case(anaphor, kind, first)]
    together, _, c = _pair_features(words, cases)
    found = np.repeat(_anaphor_features(words, cases), len(c), axis=0)
    found[:, :FEATURES] += words.features[c]
    found[:, _PAIR] = together
    return found


def _anaphor_features(words: Words, cases: Sequence[Case]) -> Floats:
    """The features that an anaphor has whichever candidate is asked about, one row each; the others are 0."""
    at, kind, _ = np.array(cases, np.int64).T
    found = np.zeros((len(cases), FEATURES + _ANAPHOR), np.float32)
    rows = np.arange(len(cases))
    found[:, 64] = words.speaks[at]
    found[rows, FEATURES + kind] = found[rows, FEATURES + 7 + words.dep[at]] = 1
    found[rows, FEATURES + 18 + words.number[at]] = 1
    return found


def _pair_features(words: Words, cases: Sequence[Case]) -> tuple[Floats, Ints, Ints]:
    """The features `_PAIR` of every candidate of every case, case by case; of each row the case and the index of the candidate."""
    at, kinds, firsts = np.array(cases, np.int64).T
    counts = at - firsts
    which = np.repeat(np.arange(len(cases)), counts)
    a, kind = at[which], kinds[which]
    rows = np.arange(len(a))
    begins = np.cumsum(counts) - counts
    c = rows - (begins - firsts)[which]
    found = np.zeros((len(a), len(_PAIR)), np.float32)
    found[rows, np.minimum(words.sentence[a] - words.sentence[c], 6)] = 1
    several = (kind == 4) | (kind == 6)
    number, pronoun, quoted = words.number[c], words.pronoun[c], words.quoted[c]
    wanted = np.where(several, 2, 1)
    together = words.paragraph[c] == words.paragraph[a]
    found[:, 7] = np.log1p(a - c) / 4
    found[:, 8] = together
    found[:, 9] = words.lemma[c] == words.lemma[a]
    found[:, 10] = (number == wanted) | ((number == 3) & several)
    found[:, 11] = (number != 0) & (number != wanted) & (number != 3)
    found[:, 12] = (kind == 1) & ((pronoun == 2) | (words.female[c] == 1))
    found[:, 13] = (kind == 2) & ((pronoun == 1) | (words.male[c] == 1))
    found[:, 14] = words.governor[c] == words.governor[a]
    found[:, 15] = quoted != words.quoted[a]
    found[rows, 16 + np.array(_ranks(words, cases), np.int64)] = 1
    _share_lemmas(words, cases, begins.tolist(), found)
    found[:, 23] = (quoted == 1) & (words.quoted[a] == 1) & together
    found[:, 24] = words.sort[c] == np.where(kind <= 2, 1, words.sort[a])
    return found, which, c


def _ranks(words: Words, cases: Sequence[Case]) -> list[int]:
    """Of each candidate: how many other names of its sort stand nearer to the anaphor, 4 at most."""
    sorts, lemmas, pronouns = words.sort.tolist(), words.lemma.tolist(), words.pronoun.tolist()
    ranks: list[int] = []
    for case in cases:
        nearer: tuple[dict[int, int], ...] = ({}, {}, {}, {})
        own = []
        for i in range(case.at - 1, case.first - 1, -1):
            known = nearer[sorts[i]]
            nearest = len(known)  # only the nearest four are told apart
            if pronouns[i]:
                own.append(nearest)
            elif nearest < 4:
                own.append(known.setdefault(lemmas[i], nearest))
            else:
                own.append(known.get(lemmas[i], 4))
        ranks += own[::-1]
    return ranks


def _share_lemmas(words: Words, cases: Sequence[Case], begins: list[int], found: Floats) -> None:
    """Marks in `found` the candidates whose phrase has the anaphor's own lemma (21) or another lemma of its phrase (22)."""
    for case, begin in zip(cases, begins, strict=True):
        head = words.lemma_of[case.at]
        for lemma in words.phrases[case.at]:
            holders = words.holders[lemma]
            low, high = bisect_left(holders, case.first), bisect_left(holders, case.at)
            if low < high:
                found[[i - case.first + begin for i in holders[low:high]], 21 if lemma == head else 22] = 1


_BLOCK = 32
"""Rows that are multiplied at once: BLAS starts its threads for larger products, which wait for one another longer than they work."""


def _product(rows: Floats, weights: Floats) -> Floats:
    """`rows @ weights`, some rows at a time."""
    found = np.empty((len(rows), weights.shape[1]), np.float32)
    whole = len(rows) - len(rows) % _BLOCK
    if whole:
        shape = (-1, _BLOCK, rows.shape[1])
        np.matmul(rows[:whole].reshape(shape), weights, out=found[:whole].reshape(-1, _BLOCK, weights.shape[1]))
    np.matmul(rows[whole:], weights, out=found[whole:])
    return found


class Scorer(NamedTuple):
    """The weights: one hidden layer over (anaphor vector, candidate vector, their product, pair features)."""

    of_anaphor: Floats
    of_candidate: Floats
    of_product: Floats
    of_pair: Floats
    hidden_bias: Floats
    out: Floats
    none: Floats
    """Over the anaphor's vector and its own features: the score of "no answer"."""
    none_bias: Floats

    def shares(self, vectors: Floats, words: Words, cases: Sequence[Case]) -> Iterator[list[float]]:
        """Of each case the shares of its candidates and, last, of "no answer"; they sum to 1."""
        theirs = vectors[words.tokens]
        of_candidates = _product(theirs, self.of_candidate) + _product(words.features, self.of_pair[:FEATURES])
        of_both = np.concatenate([self.of_product, self.of_pair[_PAIR]])
        for k in range(0, len(cases), _TOGETHER):
            some = cases[k : k + _TOGETHER]
            anaphors, asked = theirs[[case.at for case in some]], _anaphor_features(words, some)
            of_anaphors = _product(anaphors, self.of_anaphor) + _product(asked, self.of_pair) + self.hidden_bias
            pairs, which, c = _pair_features(words, some)
            hidden = _product(np.concatenate([theirs[c] * anaphors[which], pairs], axis=1), of_both)
            hidden += of_candidates[c]
            hidden += of_anaphors[which]
            scores = _product(np.maximum(hidden, 0, out=hidden), self.out[:, None])[:, 0]
            nones = np.concatenate([anaphors, asked[:, FEATURES:]], axis=1) @ self.none + self.none_bias
            yield from _shares(scores, nones, [case.at - case.first for case in some])


def _shares(scores: Floats, nones: Floats, counts: list[int]) -> Iterator[list[float]]:
    """The scores of each case's candidates with that of "no answer" behind them, as shares."""
    ends: Ints = np.cumsum(counts)
    own = np.insert(scores.astype(np.float64), ends, nones)
    begins: Ints = ends - counts + np.arange(len(counts))
    sizes = np.array(counts) + 1
    own = np.exp(own - np.repeat(np.maximum.reduceat(own, begins), sizes))
    shares = (own / np.repeat(np.add.reduceat(own, begins), sizes)).astype(np.float32).tolist()
    for begin, size in zip(begins.tolist(), sizes.tolist(), strict=True):
        yield shares[begin : begin + size]


@cache
def load_scorer(name: str) -> Scorer | None:
    """The scorer that belongs to the shipped network of that name; None when it has none."""
    from foedus.language.encoder import WEIGHTS

    with as_file(WEIGHTS) as folder, np.load(folder / f"{name}.npz") as arrays:
        if "reference_out" not in arrays:
            return None
        return Scorer(*(arrays[f"reference_{field}"] for field in Scorer._fields))
