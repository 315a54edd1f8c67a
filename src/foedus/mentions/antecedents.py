"""Which earlier words a pronoun or a definite description refers to: a small learned scorer over the parse and the network's vectors.

The scorer gives every candidate (heads of noun phrases, states named by an adjective) a share of belief, and a share to "no
answer"; `reference` turns shares of words into shares of persons and parties and applies the hard constraints. The scorer is
trained by `training/reference.py` on GUM's coreference and the own corpus; it is loaded on first use.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
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
    table = np.array(rows, np.int64).reshape(len(rows), len(Words._fields) - 2)
    columns: list[Any] = [*table.T, tuple(phrases), tuple(own)]
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


def pair_features(words: Words, anaphor: int, kind: int, first: int) -> Floats:
    """Features of the candidates [first, anaphor) as antecedents of candidate `anaphor` (indices into `words`), one row each."""
    a, c = anaphor, slice(first, anaphor)
    count = a - first
    found = np.zeros((count, FEATURES + _ANAPHOR), np.float32)
    rows = np.arange(count)
    found[rows, words.entity[c]] = 1
    found[rows, 14 + words.pronoun[c]] = 1
    found[rows, 23 + words.dep[c]] = 1
    found[rows, 34 + words.number[c]] = 1
    apart = words.sentence[a] - words.sentence[c]
    found[rows, 38 + np.minimum(apart, 6)] = 1
    wanted = 2 if kind in {4, 6} else 1
    number = words.number[c]
    columns = (
        np.log1p(a - np.arange(first, a)) / 4,
        words.paragraph[c] == words.paragraph[a],
        words.lemma[c] == words.lemma[a],
        (number == wanted) | ((number == 3) & (wanted == 2)),
        (number != 0) & (number != wanted) & (number != 3),
        (kind == 1) & ((words.pronoun[c] == 2) | (words.female[c] == 1)),
        (kind == 2) & ((words.pronoun[c] == 1) | (words.male[c] == 1)),
        words.governor[c] == words.governor[a],
        words.quoted[c] != words.quoted[a],
        words.definite[c],
        np.log1p(words.earlier[c]) / 2,
    )
    for k, column in enumerate(columns):
        found[:, 45 + k] = column
    found[rows, 56 + _ranks(words, a, first)] = 1
    own, head = words.phrases[a], words.lemma_of[a]
    found[:, 61] = [head in phrase for phrase in words.phrases[c]]
    found[:, 62] = [len((own & phrase) - {head}) > 0 for phrase in words.phrases[c]]
    found[:, 63] = words.speaks[c]
    found[:, 64] = words.speaks[a]
    found[:, 65] = (words.quoted[c] == 1) & (words.quoted[a] == 1) & (words.paragraph[c] == words.paragraph[a])
    found[:, 66] = words.sort[c] == (1 if kind <= 2 else words.sort[a])
    found[:, FEATURES + kind] = 1
    found[:, FEATURES + 7 + words.dep[a]] = 1
    found[:, FEATURES + 18 + words.number[a]] = 1
    return found


def _ranks(words: Words, anaphor: int, first: int) -> Ints:
    """Of each candidate: how many other names of its sort stand nearer to the anaphor, 4 at most."""
    nearer: dict[int, dict[int, int]] = {}
    ranks = []
    for i in range(anaphor - 1, first - 1, -1):
        known = nearer.setdefault(int(words.sort[i]), {})
        if words.pronoun[i]:
            ranks.append(min(len(known), 4))
        else:
            ranks.append(min(known.setdefault(int(words.lemma[i]), len(known)), 4))
    return np.array(ranks[::-1], np.int64)


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

    def shares(self, vectors: Floats, words: Words, anaphor: int, kind: int) -> tuple[int, Floats]:
        """(index of the first candidate looked at, shares of the candidates from there and, last, of "no answer"); they sum to 1."""
        first = max(0, anaphor - MOST, int(np.searchsorted(words.sentence, words.sentence[anaphor] - WINDOW)))
        own = vectors[words.tokens[anaphor]]
        theirs = vectors[words.tokens[first:anaphor]]
        pairs = pair_features(words, anaphor, kind, first)
        hidden = theirs @ self.of_candidate + (theirs * own) @ self.of_product + pairs @ self.of_pair
        hidden += own @ self.of_anaphor + self.hidden_bias
        scores = np.append(np.maximum(hidden, 0) @ self.out, self._none(own, words, anaphor, kind))
        scores = np.exp(scores - scores.max())
        return first, (scores / scores.sum()).astype(np.float32)

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
    members: list[tuple[Hashable, ...]] = []
    latest: dict[Hashable, int] = {}
    found: dict[int, Answer] = {}
    for at, token_index in enumerate(words.tokens.tolist()):
        token = doc[token_index]
        kind = anaphor_kind(token)
        things: tuple[Hashable, ...] = ()
        if identity is not None and token_index in identity:
            things = (identity[token_index],)
        elif kind and at:
            answer, things = _answer(words, members, latest, scorer.shares(vectors, words, at, kind), kind, token)
            if answer is not None and (all_answers or answer.share >= THRESHOLDS[kind]):
                found[token_index] = answer
            else:
                things = ()
        if not things:
            named = token.pos_ == "PROPN" or words.entity[at] in {3, 4}
            things = (("name", token.lemma_.lower()) if named else ("word", token_index),)
        members.append(things)
        if not (kind and token_index in found):
            for thing in things:
                latest[thing] = token_index
    return found


def _answer(
    words: Words,
    members: list[tuple[Hashable, ...]],
    latest: dict[Hashable, int],
    shares: tuple[int, Floats],
    kind: int,
    token: Token,
) -> tuple[Answer | None, tuple[Hashable, ...]]:
    first, values = shares
    belief: dict[Hashable, float] = {}
    for k, share in enumerate(values[:-1].tolist()):
        for thing in members[first + k]:
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
    things = tuple(thing for thing, _ in chosen)
    share = min(1.0, sum(value for _, value in chosen))
    return Answer(tuple(sorted(latest[thing] for thing in things if thing in latest)), share), things
