"""Which earlier words a pronoun or a definite description refers to: a small learned scorer over the parse and the network's vectors.

The scorer gives every candidate (heads of noun phrases, states named by an adjective) a share of belief, and a share to "no
answer"; `reference` turns shares of words into shares of persons and parties and applies the hard constraints. The scorer is
trained by `training/reference.py` on GUM's coreference and the own corpus; it is loaded on first use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from foedus.lexicon import load_table, split_forms
from foedus.mentions.antecedents_score import Case, Floats, Scorer, Words, own_features

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token

WINDOW, MOST = 10, 80
"""How many sentences back, and how many candidates at most, an antecedent is looked for."""
ENTITIES = (
    "", "PERSON", "OFFICE", "COUNTRY", "NATIONALITY", "PLACE", "ORG", "FORUM", "INSTRUMENT", "EXERCISE", "ITEM", "DATE", "DURATION", "MONEY",
)  # fmt: skip
_ENTITY = {kind: k for k, kind in enumerate(ENTITIES)}
_STATES = {"COUNTRY", "NATIONALITY"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}
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
    says = _says()
    paragraphs = [0] * len(doc)
    for k, span in enumerate(doc.spans.get("paragraphs", [])):
        paragraphs[span.start : span.end] = [k] * len(span)
    sentence, inside = -1, 0
    for token in doc.tokens:
        if token.is_sent_start:
            sentence += 1
        if token.text in _QUOTES:
            inside = 1 - inside
        pos, kind, tag = token.pos_, token.ent_type_, token.tag_
        begins = token.ent_iob_ == "B" and kind in _STATES
        if not begins and (pos not in _NOMINAL or (pos != "PRON" and token.dep_ in _NOT_HEADS)):
            continue
        pronoun = _PRONOUNS.get(token.lower_, 0) if pos in {"PRON", "DET"} else 0
        form = token.lemma_.lower()
        lemma = lemmas.setdefault(form, len(lemmas))
        at, number, owned = token.i, 0, False
        if tag in {"NNS", "NNPS"} or pronoun in {4, 6}:
            number = 2
        elif pos in {"NOUN", "PROPN"} or pronoun in {1, 2, 3, 5}:
            number = 1
        before: set[str] = set()
        for child in token.children:
            if child.i < at:
                before.add(child.lower_)
                owned = owned or child.dep_ == "nmod:poss"
            elif child.dep_ == "conj":
                number = 3
        earlier = seen.get(lemma, 0)
        rows.append(
            (
                at, sentence, paragraphs[at], number, pronoun, _ENTITY.get(kind, 0), _DEPS.get(token.dep_, 0), token.head.i, lemma,
                owned or not before.isdisjoint(_DEFINITE), inside, earlier, not before.isdisjoint(_MALE), not before.isdisjoint(_FEMALE),
                _sort(kind, pronoun), token.head.lemma_ in says,
            )
        )  # fmt: skip
        phrases.append(_phrase(token, form))
        own.append(form)
        seen[lemma] = earlier + 1
    holders: dict[str, list[int]] = {}
    for place, phrase in enumerate(phrases):
        for form in phrase:
            holders.setdefault(form, []).append(place)
    columns: list[Any] = list(np.array(rows, np.int64).reshape(len(rows), len(Words._fields) - 4).T)
    columns += [tuple(phrases), tuple(own), holders, own_features(columns)]
    return Words(*columns)


@cache
def _says() -> frozenset[str]:
    return frozenset(form for row in load_table("say_verbs") for form in split_forms(row["forms"]))


def _sort(entity: str, pronoun: int) -> int:
    if entity in {"PERSON", "OFFICE"} or pronoun in {1, 2}:
        return 1
    if entity in {"COUNTRY", "NATIONALITY", "PLACE", "ORG"}:
        return 2
    return 3 if entity else 0


def _phrase(token: Token, lemma: str) -> frozenset[str]:
    """Lemmas of the token (`lemma`), its describing words, and those of its apposition or title."""
    found = {lemma}
    for child in token.children:
        if child.dep_ in _DESCRIBING:
            found.add(child.lemma_.lower())
            for inner in child.children:
                if inner.dep_ in _DESCRIBING:
                    found.add(inner.lemma_.lower())
    if token.dep_ in {"appos", "flat", "nmod:desc"}:
        found.add(token.head.lemma_.lower())
    return frozenset(found)


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
    tokens = [doc.tokens[i] for i in words.tokens.tolist()]
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
