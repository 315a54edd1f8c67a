"""How sentences are put together for one pass of the network."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from foedus.language.encoder import MOST_PIECES, batches, joined, load_encoder, windows

lengths = st.lists(st.integers(3, 300), max_size=40)


@given(lengths, st.integers(0, MOST_PIECES))
def test_every_sentence_is_in_one_window_in_order(pieces: list[int], most: int) -> None:
    runs = windows(pieces, most)
    assert [i for a, b in runs for i in range(a, b)] == list(range(len(pieces)))
    for a, b in runs:
        together = sum(pieces[a:b]) - (b - a - 1)
        assert b - a == 1 or together <= most
    for (a, b), _ in itertools.pairwise(runs):
        assert sum(pieces[a : b + 1]) - (b - a) > most  # the next one had no room


def test_without_a_window_each_stands_alone() -> None:
    assert windows([4, 4, 4], 0) == [(0, 1), (1, 2), (2, 3)]
    assert windows([], 100) == []


def test_joined_sentences_keep_their_pieces() -> None:
    encoder = load_encoder()
    sentences = [["Peru", "and", "Chile", "met", "."], ["Antananarivo", "did", "n't", "."], ["Yes"]]
    parts = [encoder.pieces(words) for words in sentences]
    row = joined(parts)
    assert len(row.ids) == len(row.shapes) == sum(len(ids) for ids, *_ in parts) - 2
    assert row.sentence == [0] + [1] * 5 + [2] * 4 + [3]
    at = 1
    for ids, shapes, first, last in parts:
        for k in range(1, len(first)):
            here = slice(row.first[at], row.last[at] + 1)
            assert row.ids[here] == ids[first[k] : last[k] + 1]
            assert row.shapes[here] == shapes[first[k] : last[k] + 1]
            at += 1
    assert joined(parts[:1])[:4] == parts[0]


@given(lengths.map(sorted))
def test_every_row_is_in_one_pass(rows: list[int]) -> None:
    runs = batches(rows)
    assert [i for a, b in runs for i in range(a, b)] == list(range(len(rows)))


def test_neighbours_do_not_mix_their_trees() -> None:
    sentences = [["Fiji", "signed", "."], ["Tonga", "waited", "until", "Monday", "."], ["Samoa", "left", "."]] * 9
    parsed = load_encoder().parse(sentences)
    assert [len(one.heads) for one in parsed] == [len(words) for words in sentences]
    for one in parsed:
        assert sum(head == i for i, head in enumerate(one.heads)) == 1
        assert all(0 <= head < len(one.heads) for head in one.heads)
