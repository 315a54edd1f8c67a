"""The scorer of parties near a deed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.language.parties import PLACES, PartyScorer, load_party_scorer, places_of


def scorer(width: int = 8, seed: int = 1) -> PartyScorer:
    draw = np.random.default_rng(seed)
    shapes = {
        "weight": (width,), "bias": (1,), "place": (PLACES, width), "query": (width, width), "key": (width, width),
        "value": (width, width), "join": (3 * width, width), "join_bias": (width,), "above": (width,),
    }  # fmt: skip
    return PartyScorer(**{name: (0.3 * draw.normal(size=shape)).astype(np.float32) for name, shape in shapes.items()})


@st.composite
def names(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    distances = sorted(draw(st.sets(st.integers(-110, 110), min_size=1, max_size=12)))
    sentences = np.sort(draw(st.lists(st.integers(-5, 5), min_size=len(distances), max_size=len(distances))))
    groups = draw(st.lists(st.integers(0, 4), min_size=len(distances), max_size=len(distances)))
    return np.array(distances), np.array(sentences), np.array(groups)


def test_no_names_give_no_places() -> None:
    none = np.zeros(0, np.int64)
    assert places_of(none, none, none).shape == (0, PLACES)


def test_what_stands_between_is_counted_by_party() -> None:
    far, near = places_of(np.array([-9, -6, -3]), np.zeros(3, np.int64), np.array([0, 1, 1]))[[0, 2]]
    again = places_of(np.array([-9, -6, -3]), np.zeros(3, np.int64), np.array([1, 1, 1]))
    assert not np.array_equal(far, near)
    between = slice(19, 29)
    assert again[0, between].argmax() == again[2, between].argmax()  # its own naming between is no rival
    assert far[between].argmax() == near[between].argmax() + 1


@given(names())
def test_beliefs_are_shares_and_do_not_depend_on_the_numbers_of_the_parties(
    three: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    distances, sentences, groups = three
    one, draw = scorer(), np.random.default_rng(2)
    deed, vectors = draw.normal(size=8).astype(np.float32), draw.normal(size=(len(groups), 8)).astype(np.float32)
    beliefs = one.beliefs(deed, vectors, places_of(distances, sentences, groups), groups)
    assert beliefs.shape == (len(groups),)
    assert np.isfinite(beliefs).all()
    assert ((beliefs >= 0) & (beliefs <= 1)).all()
    others = 10 - groups
    assert beliefs == pytest.approx(
        one.beliefs(deed, vectors, places_of(distances, sentences, others), others), abs=1e-5
    )


def test_a_rival_changes_the_belief_in_a_name() -> None:
    one, draw = scorer(), np.random.default_rng(3)
    deed, vectors = draw.normal(size=8).astype(np.float32), draw.normal(size=(2, 8)).astype(np.float32)
    groups = np.array([0, 1])
    places = places_of(np.array([-2, 3]), np.zeros(2, np.int64), groups)
    alone = one.beliefs(deed, vectors[:1], places[:1], groups[:1])
    assert alone[0] != pytest.approx(one.beliefs(deed, vectors, places, groups)[0], abs=1e-4)


def test_the_shipped_network_has_one_and_the_sizes_fit() -> None:
    one = load_party_scorer("default")
    assert one is not None
    width = len(one.weight)
    assert one.place.shape == (PLACES, width)
    assert one.join.shape == (3 * width, width)
