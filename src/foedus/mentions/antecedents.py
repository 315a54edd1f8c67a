"""Which earlier words a pronoun or a definite description refers to: a small learned scorer over the parse and the network's vectors.

The scorer gives every candidate (heads of noun phrases, states named by an adjective) a share of belief, and a share to "no
answer"; `reference` turns shares of words into shares of persons and parties and applies the hard constraints. The scorer is
trained by `training/reference.py` on GUM's coreference and the own corpus; it is loaded on first use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from foedus.mentions.antecedents_score import Case, Floats, Scorer, Words
from foedus.mentions.antecedents_words import Thing, candidate_words

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token

WINDOW, MOST = 10, 80
"""How many sentences back, and how many candidates at most, an antecedent is looked for."""
FOLLOWED = {1: 0.5, 2: 0.5, 3: 0.5, 4: 0.5, 5: 0.8, 6: 0.8}
"""From this belief on, by kind of anaphor, what refers to an anaphor refers to what the anaphor does, as far as that is believed."""
TOGETHER = 0.35
"""More belief than this for several things that are named together: they are what a plural means."""


class Answer(NamedTuple):
    """What an anaphor refers to: token indices of the nearest naming of each referent, and how much belief they got (0–1)."""

    tokens: tuple[int, ...]
    share: float


_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
THRESHOLDS = {1: 0.6, 2: 0.5, 3: 0.65, 4: 0.8, 5: 0.8, 6: 0.8}
"""Least belief for an answer, by kind of anaphor; chosen on a fifth of the training reports and by the records."""


def find_antecedents(
    doc: Doc, vectors: Floats, scorer: Scorer, things: Mapping[int, Thing], all_answers: bool = False
) -> dict[int, Answer]:
    """Answers by token index of the anaphor; anaphors without a clear answer are left out (unless `all_answers`).

    `things` says which tokens are known to name what; other names with the same head word name the same thing. Belief in
    a thing is the sum over the words that name it, those included that were resolved to it before.
    """
    words = candidate_words(doc, things)
    named = words.named.tolist()
    cases = [case for case in cases_in(words) if not named[case.at]]
    shares = scorer.shares(vectors, words, cases)
    cases_at = {case.at: case for case in cases}
    state = _Told(words, [], [], {}, {})
    found: dict[int, Answer] = {}
    for at, (token, thing) in enumerate(zip(words.tokens.tolist(), words.thing.tolist(), strict=True)):
        case = cases_at.get(at)
        if case is not None:
            answer, meant = _answer(state, case, next(shares), doc.tokens[token])
            if answer is not None and (all_answers or answer.share >= THRESHOLDS[case.kind]):
                found[token] = answer
            if answer is not None and answer.share >= FOLLOWED[case.kind]:
                state.members.append(meant)
                state.beliefs.append(answer.share)
                if case.kind in {1, 2}:
                    state.gender.setdefault(meant[0], case.kind)
                continue
        if words.gender[at]:
            state.gender.setdefault(thing, int(words.gender[at]))
        state.members.append((thing,))
        state.beliefs.append(1.0)
        state.latest[thing] = token
    return found


def cases_in(words: Words) -> list[Case]:
    """The anaphors among the candidates, each with the candidates that it may stand for."""
    sentences = words.sentence.tolist()
    cases = [
        Case(at, kind, max(0, at - MOST, bisect_left(sentences, sentences[at] - WINDOW)))
        for at, kind in enumerate(words.kind.tolist())
        if kind
    ]
    return [case for case in cases if case.first < case.at]


class _Told(NamedTuple):
    """What the text has said so far: what each candidate names, where each thing was named last, and its gender (1 male, 2 female)."""

    words: Words
    members: list[tuple[int, ...]]
    beliefs: list[float]
    """How much it is believed that they name it."""
    latest: dict[int, int]
    gender: dict[int, int]


def _answer(state: _Told, case: Case, shares: list[float], token: Token) -> tuple[Answer | None, tuple[int, ...]]:
    """What the candidates' shares of belief say, and the things that are meant."""
    several, groups, members = case.kind in {4, 6}, state.words.groups, state.members
    belief: dict[int, float] = {}
    named: list[tuple[tuple[int, ...], float]] = []
    for k, share in enumerate(shares[:-1], start=case.first):
        things = members[k]
        share *= state.beliefs[k]
        if several and k in groups:
            things = tuple({x for j in groups[k] if j < case.at for x in members[j]})
        named.append((things, share))
        for thing in things:
            if case.kind > 2 or state.gender.get(thing, case.kind) == case.kind:
                belief[thing] = belief.get(thing, 0.0) + share
    if not belief:
        return None, ()
    if several:
        meant = _several(belief, named, token)
        share = min(
            sum(share for things, share in named if meant.issuperset(things)), sum(belief[thing] for thing in meant)
        )
    else:
        chosen = [max(belief.items(), key=itemgetter(1))]
        meant, share = {chosen[0][0]}, chosen[0][1]
    if not meant:
        return None, ()
    tokens = tuple(sorted(state.latest[thing] for thing in meant if thing in state.latest))
    return Answer(tokens, min(1.0, share)), tuple(meant)


def _several(belief: dict[int, float], named: list[tuple[tuple[int, ...], float]], token: Token) -> set[int]:
    """The things that a plural means: as many as it says; else those that were named together, if they alone have more belief than
    all else; else all that are believed in nearly as much as the first."""
    ranked = sorted(belief.items(), key=itemgetter(1), reverse=True)
    count = next((_COUNTS[c.lower_] for c in token.lefts if c.lower_ in _COUNTS), None)
    if count is not None:
        enough = len(ranked) >= count and ranked[count - 1][1] >= 0.1 / count
        return {thing for thing, _ in ranked[:count]} if enough else set()
    together: dict[frozenset[int], float] = {}
    for things, share in named:
        group = frozenset(things)
        together[group] = together.get(group, 0.0) + share
    best, share = max(together.items(), key=itemgetter(1))
    if share > TOGETHER:
        return set(best)
    return {thing for thing, value in ranked[:6] if value >= 0.4 * ranked[0][1]}
