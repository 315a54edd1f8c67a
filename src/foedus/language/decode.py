"""Scores -> trees and labels: best single-rooted tree (Chu-Liu-Edmonds when greedy heads are none), BIO spans."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def best_tree(scores: Scores) -> Heads:
    """Heads of the best tree with one root: `scores[dependent, head]`, node 0 is the root, whose own head is -1."""
    greedy = scores.copy()
    np.fill_diagonal(greedy, -1e9)
    heads: Heads = greedy.argmax(1)
    heads[0] = -1
    if is_tree(heads.tolist()):
        return heads
    heads = _chu_liu_edmonds(scores)
    if (heads[1:] == 0).sum() == 1:
        return heads
    best: tuple[float, Heads] | None = None
    for root in np.where(heads == 0)[0]:
        forced = scores.copy()
        forced[1:, 0] = -1e6
        forced[root, 0] = 1e6
        candidate = _chu_liu_edmonds(forced)
        value = float(sum(scores[i, candidate[i]] for i in range(1, len(candidate))))
        if best is None or value > best[0]:
            best = (value, candidate)
    return heads if best is None else best[1]


def is_tree(heads: list[int]) -> bool:
    """Whether `heads` (node 0 is the root, its own entry is not looked at) form one tree with one word under the root."""
    count = len(heads)
    if heads[1:].count(0) != 1:
        return False
    state = [0] * count  # 0 not seen, 1 on the path, 2 leads to the root
    state[0] = 2
    for i in range(1, count):
        path = []
        j = i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            j = heads[j]
        if state[j] == 1:
            return False
        for k in path:
            state[k] = 2
    return True


def _chu_liu_edmonds(given: Scores) -> Heads:
    n = given.shape[0]
    scores = given.copy()
    np.fill_diagonal(scores, -1e9)
    scores[0] = -1e9
    heads: Heads = scores.argmax(1)
    heads[0] = -1
    seen = [0] * n
    cycle: list[int] | None = None
    for i in range(1, n):
        path: list[int] = []
        j = i
        while j > 0 and not seen[j]:
            seen[j] = i + n
            path.append(j)
            j = int(heads[j])
        if j > 0 and seen[j] == i + n:
            cycle = path[path.index(j) :]
            break
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    m = len(rest)
    contracted = np.full((m + 1, m + 1), -1e9, dtype=scores.dtype)
    ix, c = np.array(rest), np.array(cycle)
    contracted[:m, :m] = scores[np.ix_(ix, ix)]
    own = scores[c, heads[c]]
    into = scores[np.ix_(c, ix)] - own[:, None]
    best_in = into.argmax(0)
    contracted[m, :m] = into.max(0) + own.sum()
    out = scores[np.ix_(ix, c)]
    best_out = out.argmax(1)
    contracted[:m, m] = out.max(1)
    solved = _chu_liu_edmonds(contracted)
    result = heads.copy()
    for k, i in enumerate(rest):
        if i:
            result[i] = c[best_out[k]] if solved[k] == m else ix[solved[k]]
    entry = solved[m]
    result[c[best_in[entry]]] = ix[entry]
    return result


def is_bio(labels: list[str]) -> bool:
    """Whether every I- follows its own kind."""
    before = "O"
    for label in labels:
        if label[0] == "I" and before[1:] != label[1:]:
            return False
        before = label
    return True


def bio_labels(scores: Scores, labels: list[str]) -> list[str]:
    """The best sequence of labels (Viterbi over `scores[word, label]`) in which every I- follows its own kind."""
    allowed = _transitions(tuple(labels))
    total = scores[0] + allowed[labels.index("O")]
    steps = []
    for row in scores[1:]:
        through = total[:, None] + allowed
        steps.append(through.argmax(0))
        total = through.max(0) + row
    path = [int(total.argmax())]
    for step in reversed(steps):
        path.append(int(step[path[-1]]))
    return [labels[k] for k in reversed(path)]


@cache
def _transitions(labels: tuple[str, ...]) -> Scores:
    """0 where the second label may follow the first, else a large negative number."""
    return np.array(
        [[0.0 if b[0] != "I" or a[1:] == b[1:] else -1e4 for b in labels] for a in labels], dtype=np.float32
    )


def bio_spans(labels: list[str]) -> list[tuple[int, int, str]]:
    """Spans (first, past last, type) of BIO labels; an I- without its beginning begins a span."""
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        if label[:2] == "I-" and kind == label[2:]:
            continue
        if kind:
            spans.append((start, i, kind))
        start, kind = i, "" if label == "O" else label[2:]
    return spans
