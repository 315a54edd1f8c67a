"""Which earlier words a pronoun or a definite description refers to: a small learned scorer over the parse and the network's vectors.

The scorer gives every candidate (heads of noun phrases, states named by an adjective) a share of belief, and a share to "no
answer"; `reference` turns shares of words into shares of persons and parties and applies the hard constraints. The scorer is
trained by `training/reference.py` on GUM's coreference and the own corpus; it is loaded on first use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import as_file
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

WINDOW, MOST = 10, 80
"""How many sentences back, and how many candidates at most, an antecedent is looked for."""
_TOGETHER = 64
"""So many anaphors are scored at once: one call of numpy for many costs little more than for one."""
ENTITIES = (
    "", "PERSON", "OFFICE", "COUNTRY", "NATIONALITY", "PLACE", "ORG", "FORUM", "INSTRUMENT", "EXERCISE", "ITEM", "DATE", "DURATION", "MONEY",
)  # fmt: skip
_PRONOUNS = {
    "he": 1, "him": 1, "his": 1, "himself": 1, "she": 2, "her": 2, "hers": 2, "herself": 2, "it": 3, "its": 3, "itself": 3,
    "they": 4, "them": 4, "their": 4, "theirs": 4, "themselves": 4, "i": 5, "me": 5, "my": 5, "myself": 5,
    "we": 6, "us": 6, "our": 6, "ours": 6, "ourselves": 6, "you": 7, "your": 7, "who": 8, "which": 8, "that": 8, "this": 8, "these": 8, "those": 8,
}  # fmt: skip
_DEPS = {
    "nsubj": 1, "nsubj:pass": 2, "obj": 3, "iobj": 3, "obl": 4, "obl:agent": 4, "nmod": 5, "nmod:poss": 6, "conj": 7, "appos": 8, "ROOT": 9, "amod": 10, "compound": 10,
}  # fmt: skip
_NOT_HEADS = {"compound", "flat", "fixed", "goeswith", "amod", "det", "nummod", "punct", "case", "cc", "mark"}
_DESCRIBING = {"compound", "flat", "amod", "appos", "nmod:desc", "nmod", "nmod:poss"}
_DEFINITE = {"the", "this", "that", "these", "those", "both", "such"}
_POSSESSIVE = {"his", "her", "its", "their"}
_MALE = {"mr", "mr.", "king", "prince", "sheikh", "lord", "sir", "emperor"}
_FEMALE = {"mrs", "mrs.", "ms", "ms.", "queen", "princess", "madam", "lady"}
_QUOTES = {'"', "“", "”", "``", "''", "«", "»", "„"}


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


def anaphor_kind(token: Token) -> int:
    """0 for words that refer to nothing before; 1–4 he, she, it, they; 5 a singular and 6 a plural definite description."""
    pronoun = _PRONOUNS.get(token.lower_, 0)
    if token.pos_ == "PRON" and 1 <= pronoun <= 4:
        return pronoun
    if token.pos_ != "NOUN" or token.dep_ in _NOT_HEADS:
        return 0
    for child in token.lefts:
        if (child.dep_ in {"det", "det:predet"} and child.lower_ in _DEFINITE) or (
            child.dep_ == "nmod:poss" and child.lower_ in _POSSESSIVE
        ):
            return 6 if token.tag_ == "NNS" else 5
    return 0


def candidate_words(doc: Doc) -> Words:
    """The candidates of a `Doc`: heads of noun phrases, pronouns, names of states as adjectives. Empty arrays for none."""
    rows: list[tuple[int, ...]] = []
    phrases: list[frozenset[str]] = []
    own: list[str] = []
    lemmas: dict[str, int] = {}
    seen: dict[int, int] = {}
    paragraphs = np.zeros(len(doc), np.int64)
    for k, span in enumerate(doc.spans.get("paragraphs", [])):
        paragraphs[span.start : span.end] = k
    sentence, inside = -1, 0
    for token in doc:
        sentence += bool(token.is_sent_start)
        if token.text in _QUOTES:
            inside = 1 - inside
        pos = token.pos_
        kind = token.ent_type_
        begins = token.ent_iob_ == "B" and kind in {"COUNTRY", "NATIONALITY"}
        if pos not in {"NOUN", "PROPN", "PRON"} and not begins:
            continue
        if token.dep_ in _NOT_HEADS and not begins and pos != "PRON":
            continue
        pronoun = _PRONOUNS.get(token.lower_, 0) if pos in {"PRON", "DET"} else 0
        lemma = lemmas.setdefault(token.lemma_.lower(), len(lemmas))
        number = (
            2
            if token.tag_ in {"NNS", "NNPS"} or pronoun in {4, 6}
            else 1
            if pos in {"NOUN", "PROPN"} or pronoun in {1, 2, 3, 5}
            else 0
        )
        before = [c for c in token.children if c.i < token.i]
        if any(c.dep_ == "conj" and c.i > token.i for c in token.children):
            number = 3
        lows = {c.lower_ for c in before}
        definite = int(not lows.isdisjoint(_DEFINITE) or any(c.dep_ == "nmod:poss" for c in before))
        entity = ENTITIES.index(kind) if kind in ENTITIES else 0
        male, female = int(not lows.isdisjoint(_MALE)), int(not lows.isdisjoint(_FEMALE))
        rows.append(
            (
                token.i, sentence, int(paragraphs[token.i]), number, pronoun, entity, _DEPS.get(token.dep_, 0), token.head.i,
                lemma, definite, inside, seen.get(lemma, 0), male, female, _sort(token, kind, pronoun), int(token.head.lemma_ in _says()),
            )
        )  # fmt: skip
        phrases.append(_phrase(token))
        own.append(token.lemma_.lower())
        seen[lemma] = seen.get(lemma, 0) + 1
    holders: dict[str, list[int]] = {}
    for at, phrase in enumerate(phrases):
        for form in phrase:
            holders.setdefault(form, []).append(at)
    columns: list[Any] = list(np.array(rows, np.int64).reshape(len(rows), len(Words._fields) - 4).T)
    columns += [tuple(phrases), tuple(own), holders, _own_features(columns)]
    return Words(*columns)


@cache
def _says() -> frozenset[str]:
    return frozenset(form for row in load_table("say_verbs") for form in split_forms(row["forms"]))


def _sort(token: Token, entity: str, pronoun: int) -> int:
    if entity in {"PERSON", "OFFICE"} or pronoun in {1, 2}:
        return 1
    if entity in {"COUNTRY", "NATIONALITY", "PLACE", "ORG"}:
        return 2
    return 3 if entity else 0


def _phrase(token: Token) -> frozenset[str]:
    """Lemmas of the token, its describing words, and those of its apposition or title."""
    found = {token.lemma_.lower()}
    for child in token.children:
        if child.dep_ in _DESCRIBING:
            found.add(child.lemma_.lower())
            found.update(c.lemma_.lower() for c in child.children if c.dep_ in _DESCRIBING)
    if token.dep_ in {"appos", "flat", "nmod:desc"}:
        found.add(token.head.lemma_.lower())
    return frozenset(found)


FEATURES = 14 + 9 + 11 + 4 + 7 + 11 + 11
_ANAPHOR = 7 + 11 + 4


class Case(NamedTuple):
    """An anaphor: its place in `Words`, its kind, and the first of its candidates, which end before it."""

    at: int
    kind: int
    first: int


def _own_features(columns: list[Ints]) -> Floats:
    """The features that a candidate has whatever is asked about it, one row each; the others are 0."""
    _, _, _, number, pronoun, entity, dep, _, _, definite, _, earlier, _, _, _, speaks = columns
    found = np.zeros((len(number), FEATURES), np.float32)
    rows = np.arange(len(number))
    found[rows, entity] = found[rows, 14 + pronoun] = found[rows, 23 + dep] = found[rows, 34 + number] = 1
    found[:, 54], found[:, 55], found[:, 63] = definite, np.log1p(earlier) / 2, speaks
    return found


def pair_features(words: Words, anaphor: int, kind: int, first: int) -> Floats:
    """Features of the candidates [first, anaphor) as antecedents of candidate `anaphor` (indices into `words`), one row each."""
    return _pair_features(words, [Case(anaphor, kind, first)])[0]


def _pair_features(words: Words, cases: Sequence[Case]) -> tuple[Floats, Ints, Ints]:
    """Features of every candidate of every case, case by case, and of each row the indices of anaphor and candidate."""
    at, kinds, firsts = np.array(cases, np.int64).T
    counts = at - firsts
    a, kind = np.repeat(at, counts), np.repeat(kinds, counts)
    rows = np.arange(len(a))
    begins = np.cumsum(counts) - counts
    c = rows - np.repeat(begins - firsts, counts)
    found = np.zeros((len(a), FEATURES + _ANAPHOR), np.float32)
    found[:, :FEATURES] = words.features[c]
    found[rows, 38 + np.minimum(words.sentence[a] - words.sentence[c], 6)] = 1
    several = (kind == 4) | (kind == 6)
    number, pronoun, paragraph, quoted = words.number[c], words.pronoun[c], words.paragraph[c], words.quoted[c]
    wanted = np.where(several, 2, 1)
    together = paragraph == words.paragraph[a]
    found[:, 45] = np.log1p(a - c) / 4
    found[:, 46] = together
    found[:, 47] = words.lemma[c] == words.lemma[a]
    found[:, 48] = (number == wanted) | ((number == 3) & several)
    found[:, 49] = (number != 0) & (number != wanted) & (number != 3)
    found[:, 50] = (kind == 1) & ((pronoun == 2) | (words.female[c] == 1))
    found[:, 51] = (kind == 2) & ((pronoun == 1) | (words.male[c] == 1))
    found[:, 52] = words.governor[c] == words.governor[a]
    found[:, 53] = quoted != words.quoted[a]
    found[rows, 56 + np.array(_ranks(words, cases), np.int64)] = 1
    _share_lemmas(words, cases, begins.tolist(), found)
    found[:, 64] = words.speaks[a]
    found[:, 65] = (quoted == 1) & (words.quoted[a] == 1) & together
    found[:, 66] = words.sort[c] == np.where(kind <= 2, 1, words.sort[a])
    found[rows, FEATURES + kind] = found[rows, FEATURES + 7 + words.dep[a]] = 1
    found[rows, FEATURES + 18 + words.number[a]] = 1
    return found, a, c


def _ranks(words: Words, cases: Sequence[Case]) -> list[int]:
    """Of each candidate: how many other names of its sort stand nearer to the anaphor, 4 at most."""
    sorts, lemmas, pronouns = words.sort.tolist(), words.lemma.tolist(), words.pronoun.tolist()
    ranks: list[int] = []
    for case in cases:
        nearer: tuple[dict[int, int], ...] = ({}, {}, {}, {})
        own = []
        for i in range(case.at - 1, case.first - 1, -1):
            known = nearer[sorts[i]]
            rank = len(known) if pronouns[i] else known.setdefault(lemmas[i], len(known))
            own.append(rank if rank < 4 else 4)
        ranks += own[::-1]
    return ranks


def _share_lemmas(words: Words, cases: Sequence[Case], begins: list[int], found: Floats) -> None:
    """Marks in `found` the candidates whose phrase has the anaphor's own lemma (61) or another lemma of its phrase (62)."""
    for case, begin in zip(cases, begins, strict=True):
        head = words.lemma_of[case.at]
        for lemma in words.phrases[case.at]:
            holders = words.holders[lemma]
            low, high = bisect_left(holders, case.first), bisect_left(holders, case.at)
            if low < high:
                found[[i - case.first + begin for i in holders[low:high]], 61 if lemma == head else 62] = 1


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
        of_candidates, of_anaphors = _product(theirs, self.of_candidate), _product(theirs, self.of_anaphor)
        of_anaphors += self.hidden_bias
        for k in range(0, len(cases), _TOGETHER):
            some = cases[k : k + _TOGETHER]
            pairs, a, c = _pair_features(words, some)
            hidden = _product(theirs[c] * theirs[a], self.of_product)
            hidden += _product(pairs, self.of_pair)
            hidden += of_candidates[c]
            hidden += of_anaphors[a]
            scores = _product(np.maximum(hidden, 0, out=hidden), self.out[:, None])[:, 0]
            begin = 0
            for case in some:
                end = begin + case.at - case.first
                none = self._none(theirs[case.at], words, case.at, case.kind)
                own = np.append(scores[begin:end], none)
                own = np.exp(own - own.max())
                yield (own / own.sum()).astype(np.float32).tolist()
                begin = end

    def _none(self, own: Floats, words: Words, anaphor: int, kind: int) -> float:
        features = np.zeros(_ANAPHOR, np.float32)
        features[kind] = features[7 + words.dep[anaphor]] = features[18 + words.number[anaphor]] = 1
        return float(np.concatenate([own, features]) @ self.none + self.none_bias)


@cache
def load_scorer(name: str) -> Scorer | None:
    """The scorer that belongs to the shipped network of that name; None when it has none."""
    from foedus.language.encoder import WEIGHTS

    with as_file(WEIGHTS) as folder, np.load(folder / f"{name}.npz") as arrays:
        if "reference_out" not in arrays:
            return None
        return Scorer(*(arrays[f"reference_{field}"] for field in Scorer._fields))


class Answer(NamedTuple):
    """What an anaphor refers to: token indices of the nearest naming of each referent, and how much belief they got (0–1)."""

    tokens: tuple[int, ...]
    share: float


_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
THRESHOLDS = {1: 0.65, 2: 0.6, 3: 0.6, 4: 0.8, 5: 0.8, 6: 0.7}
"""Least belief for an answer, by kind of anaphor; chosen on a tenth of the training reports (`training/reference.py`)."""


def find_antecedents(
    doc: Doc, vectors: Floats, scorer: Scorer, identity: Mapping[int, Hashable] | None = None, all_answers: bool = False
) -> dict[int, Answer]:
    """Answers by token index of the anaphor; anaphors without a clear answer are left out (unless `all_answers`).

    `identity` says which tokens are known to name the same thing; without it, names with the same head word do. Belief in
    a thing is the sum over the words that name it, those included that were resolved to it before.
    """
    words = candidate_words(doc)
    tokens = [doc[i] for i in words.tokens.tolist()]
    kinds = [0 if identity is not None and token.i in identity else anaphor_kind(token) for token in tokens]
    cases = _cases(words, kinds)
    shares = scorer.shares(vectors, words, cases)
    cases_at = {case.at: case for case in cases}
    members: list[tuple[int, ...]] = []
    latest: dict[int, int] = {}
    numbers: dict[Hashable, int] = {}
    found: dict[int, Answer] = {}
    for at, token in enumerate(tokens):
        things: tuple[int, ...] = ()
        case = cases_at.get(at)
        if case is not None:
            answer, things = _answer(members[case.first :], latest, next(shares), case.kind, token)
            if answer is not None and (all_answers or answer.share >= THRESHOLDS[case.kind]):
                found[token.i] = answer
                members.append(things)
                continue
        if identity is not None and token.i in identity:
            thing = identity[token.i]
        elif token.pos_ == "PROPN" or words.entity[at] in {3, 4}:
            thing = ("name", token.lemma_.lower())
        else:
            thing = ("word", token.i)
        number = numbers.setdefault(thing, len(numbers))
        members.append((number,))
        latest[number] = token.i
    return found


def _cases(words: Words, kinds: Sequence[int]) -> list[Case]:
    """The anaphors among the candidates of these kinds, each with the candidates that it may stand for."""
    sentences = words.sentence.tolist()
    return [
        Case(at, kind, max(0, at - MOST, bisect_left(sentences, sentences[at] - WINDOW)))
        for at, kind in enumerate(kinds)
        if kind and at
    ]


def _answer(
    members: Sequence[tuple[int, ...]], latest: dict[int, int], shares: list[float], kind: int, token: Token
) -> tuple[Answer | None, tuple[int, ...]]:
    """What the candidates, each with the things that it names, and their shares of belief say; and the things that are meant."""
    belief: dict[int, float] = {}
    for things, share in zip(members, shares, strict=False):
        for thing in things:
            belief[thing] = belief.get(thing, 0.0) + share
    if not belief:
        return None, ()
    if kind in {4, 6}:
        ranked = sorted(belief.items(), key=itemgetter(1), reverse=True)
        count = next((_COUNTS[c.lower_] for c in token.lefts if c.lower_ in _COUNTS), None)
        if count is not None:
            chosen = ranked[:count] if len(ranked) >= count else []
            if chosen and chosen[-1][1] < 0.1 / count:
                chosen = []
        else:
            chosen = [item for item in ranked[:6] if item[1] >= 0.4 * ranked[0][1]]
    else:
        chosen = [max(belief.items(), key=itemgetter(1))]
    if not chosen:
        return None, ()
    meant = tuple(thing for thing, _ in chosen)
    share = min(1.0, sum(value for _, value in chosen))
    return Answer(tuple(sorted(latest[thing] for thing in meant if thing in latest)), share), meant
