"""Edit rules: what training makes of a form and its lemma, the reader undoes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.language.lemma import NO_RULE, apply_rule

RULES = [
    ("signed", "-2", "sign"),
    ("treaties", "-3y", "treaty"),
    ("Ministers", "=1", "Minister"),
    ("went", "-4go", "go"),
    ("MET", "-3meet", "meet"),
    ("odd", NO_RULE, "odd"),
    ("a", "-5", "a"),
    ("counterrevolutionaries", "-3y", "counterrevolutionary"),
    ("reestablishmentarians", "-12", "reestabli"),
]


@pytest.mark.parametrize(("word", "rule", "lemma"), RULES)
def test_rules(word: str, rule: str, lemma: str) -> None:
    assert apply_rule(word, rule) == lemma


@given(st.text(min_size=1, max_size=30), st.integers(0, 99), st.text("abcxyz", max_size=4))
def test_no_word_loses_everything(word: str, cut: int, added: str) -> None:
    assert apply_rule(word, f"-{cut}{added}")
