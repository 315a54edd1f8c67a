"""The known repairs of trees."""

from __future__ import annotations

from foedus.language.repairs import join_titled_names


def test_a_second_subject_with_a_coordinated_title_becomes_the_conjunct() -> None:
    #        Minister Ana and Secretary Bo signed
    heads = [1, 5, 3, 1, 5, 5]
    deps = ["nmod:desc", "nsubj", "cc", "conj", "nsubj", "root"]
    join_titled_names(heads, deps, [(0, 1, "OFFICE"), (1, 2, "PERSON"), (3, 4, "OFFICE"), (4, 5, "PERSON")])
    assert heads == [1, 5, 4, 4, 1, 5]
    assert deps == ["nmod:desc", "nsubj", "cc", "nmod:desc", "conj", "root"]


def test_a_second_subject_behind_and_becomes_the_conjunct() -> None:
    #        Minister Ana and U.S. Secretary Bo signed
    heads = [1, 6, 3, 4, 5, 6, 6]
    deps = ["nmod:desc", "nsubj", "cc", "compound", "nmod:desc", "nsubj", "root"]
    entities = [(0, 1, "OFFICE"), (1, 2, "PERSON"), (3, 4, "COUNTRY"), (4, 5, "OFFICE"), (5, 6, "PERSON")]
    join_titled_names(heads, deps, entities)
    assert heads == [1, 6, 5, 4, 5, 1, 6]
    assert deps == ["nmod:desc", "nsubj", "cc", "compound", "nmod:desc", "conj", "root"]


def test_other_trees_stay() -> None:
    heads, deps = [1, 4, 3, 1, 4], ["nmod:desc", "nsubj", "cc", "conj", "root"]
    join_titled_names(heads, deps, [(0, 1, "OFFICE"), (1, 2, "PERSON"), (3, 4, "PERSON")])
    assert heads == [1, 4, 3, 1, 4]
    join_titled_names([], [], [])
