"""How much belief each candidate gets as the antecedent of an anaphor: features of candidate, anaphor and both, and a small network.

What a candidate or an anaphor has by itself is multiplied once; only what the two have together is made for every pair of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
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
    rank_sort: Ints
    """Person, party or something else, by entity type and gendered pronouns: 0–3."""
    speaks: Ints
    """Whether the governor is a verb of saying."""
    thing: Ints
    """Which thing the candidate names, as far as names tell: numbers from 0."""
    sort: Ints
    gender: Ints
    party: Ints
    """The state of it, as a number from 1; 0 unknown."""
    nth: Ints
    """The how-manieth naming of its thing this is, from 1."""
    named: Ints
    """Whether `mentions` knows the thing."""
    kind: Ints
    """What kind of anaphor it is, 0 none."""
    reflexive: Ints
    phrases: tuple[frozenset[str], ...]
    """Lemmas of the candidate's own phrase: title, name, apposition, describing words."""
    lemma_of: tuple[str, ...]
    holders: dict[str, list[int]]
    """Lemma -> the candidates whose phrase has it, in text order."""
    offices: tuple[frozenset[str], ...]
    """The words of the person's office."""
    above: dict[int, tuple[int, ...]]
    """Anaphor -> the tokens above it, nearest first."""
    asked: dict[int, tuple[int, ...]]
    """Anaphor -> sort, gender and party that it says, and signs."""
    groups: dict[int, tuple[int, ...]]
    """First of a coordination -> all of it."""
    place: dict[int, int]
    """Token -> candidate."""
    features: Floats
    """What `own_features` says of the candidates."""


SORTS, SIGNS = 12, 20
OWN = 14 + 9 + 11 + 4 + SORTS + 9
ASKED = 7 + 11 + 4 + SORTS + SIGNS + 3
GENERAL = ASKED - 1
"""The feature that only training sets: a text of no diplomatic news, where other things are marked."""
PAIR = 37
TABLE = (5 + SORTS) * SORTS
"""What an anaphor may say (he, she, it, they, or a noun of a sort) times the sorts of candidates."""


class Case(NamedTuple):
    """An anaphor: its place in `Words`, its kind, and the first of its candidates, which end before it."""

    at: int
    kind: int
    first: int


def own_features(columns: Sequence[Ints]) -> Floats:
    """The features that a candidate has whatever is asked about it, one row each."""
    (
        _,
        _,
        paragraph,
        number,
        pronoun,
        entity,
        dep,
        _,
        _,
        definite,
        _,
        earlier,
        _,
        speaks,
        thing,
        sort,
        _,
        _,
        nth,
        named,
        _,
        _,
    ) = columns[:22]
    found = np.zeros((len(number), OWN), np.float32)
    rows = np.arange(len(number))
    found[rows, entity] = found[rows, 14 + pronoun] = found[rows, 23 + dep] = found[rows, 34 + number] = 1
    found[rows, 38 + sort] = 1
    total = np.bincount(thing, minlength=1)[thing] if len(thing) else thing
    rest = (
        definite, np.log1p(earlier) / 2, speaks, named, np.log(nth) / 2, nth == 1, np.log1p(total) / 2, paragraph == 0, paragraph == 1,
    )  # fmt: skip
    for k, column in enumerate(rest):
        found[:, 50 + k] = column
    return found


def asked_features(words: Words, cases: Sequence[Case]) -> Floats:
    """The features that an anaphor has whichever candidate is asked about, one row each."""
    at, kind, _ = np.array(cases, np.int64).T
    found = np.zeros((len(cases), ASKED), np.float32)
    rows = np.arange(len(cases))
    said = np.array([words.asked[case.at] for case in cases], np.int64)
    found[rows, kind] = found[rows, 7 + words.dep[at]] = found[rows, 18 + words.number[at]] = 1
    found[rows, 22 + said[:, 0]] = 1
    found[:, 34 : 34 + SIGNS] = said[:, 3:]
    found[:, 54] = words.speaks[at]
    found[:, 55] = np.log1p(words.earlier[at]) / 2
    return found


class Pairs(NamedTuple):
    """Every candidate of every case, case by case: features of both together, place in the table of sorts, case, candidate."""

    features: Floats
    table: Ints
    which: Ints
    candidate: Ints


def pair_features(words: Words, cases: Sequence[Case]) -> Pairs:
    """What the candidates of the cases have together with the anaphors."""
    at, kinds, firsts = np.array(cases, np.int64).T
    counts = at - firsts
    which = np.repeat(np.arange(len(cases)), counts)
    a, kind = at[which], kinds[which]
    rows = np.arange(len(a))
    begins = np.cumsum(counts) - counts
    c = rows - (begins - firsts)[which]
    found = np.zeros((len(a), PAIR), np.float32)
    apart = words.sentence[a] - words.sentence[c]
    found[rows, np.minimum(apart, 6)] = 1
    several = (kind == 4) | (kind == 6)
    number, quoted, dep = words.number[c], words.quoted[c], words.dep[c]
    wanted = np.where(several, 2, 1)
    together = words.paragraph[c] == words.paragraph[a]
    said = np.array([words.asked[case.at][:3] for case in cases], np.int64)
    said_sort, said_gender, said_party = said[which].T
    gender, party = words.gender[c], words.party[c]
    same_governor = words.governor[c] == words.governor[a]
    found[:, 7] = np.log1p(a - c) / 4
    found[:, 8] = together
    found[:, 9] = words.lemma[c] == words.lemma[a]
    found[:, 10] = (number == wanted) | ((number == 3) & several)
    found[:, 11] = (number != 0) & (number != wanted) & (number != 3)
    found[:, 12] = (said_gender > 0) & (gender == said_gender)
    found[:, 13] = (said_gender > 0) & (gender > 0) & (gender != said_gender)
    found[:, 14] = same_governor
    found[:, 15] = quoted != words.quoted[a]
    found[rows, 16 + np.array(_ranks(words, cases), np.int64)] = 1
    _share_lemmas(words, cases, begins.tolist(), found)
    found[:, 23] = (quoted == 1) & (words.quoted[a] == 1) & together
    found[:, 24] = words.rank_sort[c] == np.where(kind <= 2, 1, words.rank_sort[a])
    argument = (dep > 0) & (dep <= 4)
    found[:, 25] = same_governor & argument & (words.dep[a] != 6) & (words.dep[a] != 7) & (words.reflexive[a] == 0)
    found[:, 26] = (said_party > 0) & (party == said_party)
    found[:, 27] = (said_party > 0) & (party > 0) & (party != said_party)
    found[:, 28] = dep == words.dep[a]
    found[:, 29] = (apart == 1) & ((dep == 1) | (dep == 2))
    found[:, 30] = words.governor[c] == words.tokens[a]
    _by_tree(words, cases, begins.tolist(), found)
    said_what = np.where(kind <= 4, kind, 5 + said_sort)
    return Pairs(found, said_what * SORTS + words.sort[c], which, c)


def _by_tree(words: Words, cases: Sequence[Case], begins: list[int], found: Floats) -> None:
    """Marks in `found` what stands above the anaphor (31), subjects of the clauses that it is in (32, 33), the latest naming of each
    thing (34), and whether the office fits the anaphor's noun (35, 36)."""
    governor, dep, thing, place = words.governor.tolist(), words.dep.tolist(), words.thing.tolist(), words.place
    for case, begin in zip(cases, begins, strict=True):
        above = words.above[case.at]
        for token in above:
            k = place.get(token, -1)
            if case.first <= k < case.at:
                found[k - case.first + begin, 31] = 1
        ranks = {token: n for n, token in enumerate(above)}
        seen: set[int] = set()
        clauses: list[int] = []
        noun = words.lemma_of[case.at] if case.kind > 4 else ""
        for k in range(case.at - 1, case.first - 1, -1):
            row = k - case.first + begin
            if thing[k] not in seen:
                seen.add(thing[k])
                found[row, 34] = 1
            if dep[k] in {1, 2} and governor[k] in ranks:
                clauses.append(k)
            if noun and words.offices[k]:
                found[row, 35 if noun in words.offices[k] else 36] = 1
        clauses.sort(key=lambda k: ranks[governor[k]])
        for n, k in enumerate(clauses):
            found[k - case.first + begin, 32 if n == 0 else 33] = 1


def _ranks(words: Words, cases: Sequence[Case]) -> list[int]:
    """Of each candidate: how many other names of its sort stand nearer to the anaphor, 4 at most."""
    sorts, things, pronouns = words.rank_sort.tolist(), words.thing.tolist(), words.pronoun.tolist()
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
                own.append(known.setdefault(things[i], nearest))
            else:
                own.append(known.get(things[i], 4))
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
    """The weights: one hidden layer over candidate, anaphor, the product of their vectors, and what is known of each and of both."""

    of_anaphor: Floats
    of_candidate: Floats
    of_product: Floats
    of_own: Floats
    of_asked: Floats
    of_pair: Floats
    of_table: Floats
    hidden_bias: Floats
    out: Floats
    none_hidden: Floats
    """Over the anaphor's vector and its own features: the hidden layer of "no answer"."""
    none_hidden_bias: Floats
    none: Floats
    none_bias: Floats

    def shares(self, vectors: Floats, words: Words, cases: Sequence[Case]) -> Iterator[list[float]]:
        """Of each case the shares of its candidates and, last, of "no answer"; they sum to 1."""
        theirs = vectors[words.tokens]
        of_candidates = _product(theirs, self.of_candidate) + _product(words.features, self.of_own)
        of_both = np.concatenate([self.of_product, self.of_pair])
        for k in range(0, len(cases), _TOGETHER):
            some = cases[k : k + _TOGETHER]
            anaphors, asked = theirs[[case.at for case in some]], asked_features(words, some)
            of_anaphors = _product(anaphors, self.of_anaphor) + _product(asked, self.of_asked) + self.hidden_bias
            pairs = pair_features(words, some)
            which, c = pairs.which, pairs.candidate
            hidden = _product(np.concatenate([theirs[c] * anaphors[which], pairs.features], axis=1), of_both)
            hidden += of_candidates[c]
            hidden += of_anaphors[which]
            hidden += self.of_table[pairs.table]
            scores = _product(np.maximum(hidden, 0, out=hidden), self.out[:, None])[:, 0]
            nones = _product(np.concatenate([anaphors, asked], axis=1), self.none_hidden) + self.none_hidden_bias
            nones = np.maximum(nones, 0) @ self.none + self.none_bias
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
    from foedus.language.encoder import scorer_weights

    weights = scorer_weights(name, "reference", Scorer._fields)
    return Scorer(*weights) if weights is not None else None
