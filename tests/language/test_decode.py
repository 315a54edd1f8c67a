"""Scores -> trees and label sequences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.language.decode import best_tree, bio_labels, bio_spans, is_bio, is_tree
from foedus.language.encoder import BATCH_PIECES, batches

LABELS = ["O", "B-A", "I-A", "B-B", "I-B"]

TREES = [
    ([-1, 0], True),
    ([-1, 2, 0], True),
    ([-1, 0, 0], False),
    ([-1, 2, 1], False),
    ([-1, 2, 3, 0], True),
    ([-1, 0, 3, 2], False),
]


@pytest.mark.parametrize(("heads", "expected"), TREES)
def test_what_a_tree_is(heads: list[int], expected: bool) -> None:
    assert is_tree(heads) is expected


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(0, 10_000))
def test_the_best_tree_is_a_tree(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count + 1, count + 1)).astype(np.float32)
    assert is_tree([-1, *best_tree(scores)[1:].tolist()])


@given(st.integers(1, 8), st.integers(0, 10_000))
def test_label_sequences_are_possible_and_greedy_where_that_is(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, len(LABELS))).astype(np.float32)
    greedy = [LABELS[k] for k in scores.argmax(-1)]
    found = bio_labels(scores, LABELS)
    assert is_bio(found)
    if is_bio(greedy):
        assert found == greedy


def test_spans() -> None:
    assert bio_spans(["B-A", "I-A", "O", "B-B", "B-B", "I-B"]) == [(0, 2, "A"), (3, 4, "B"), (4, 6, "B")]
    assert bio_spans([]) == []


@given(st.lists(st.integers(1, 510), max_size=60))
def test_every_sentence_is_in_one_pass(lengths: list[int]) -> None:
    lengths.sort()
    runs = batches(lengths)
    assert [i for a, b in runs for i in range(a, b)] == list(range(len(lengths)))
    assert all(lengths[b - 1] * (b - a) <= BATCH_PIECES or b - a == 1 for a, b in runs)
