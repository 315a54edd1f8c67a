"""How a predicate is meant."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import resolve
from foedus.mentions.modality import find_modality
from foedus.record import Report

CASES = [
    ("Peru and Chile signed the treaty.", "signed", "actual"),
    ("Peru and Chile have signed the treaty.", "signed", "actual"),
    ("The treaty was signed in Lima.", "signed", "actual"),
    ("Peru and Chile will sign the treaty.", "sign", "future"),
    ("Peru and Chile plan to sign the treaty.", "sign", "future"),
    ("Peru and Chile are to sign the treaty.", "sign", "future"),
    ("Peru and Chile are expected to sign the treaty.", "sign", "future"),
    ("Peru and Chile agreed to sign the treaty.", "sign", "future"),
    ("Peru and Chile did not sign the treaty.", "sign", "negated"),
    ("Peru and Chile never signed the treaty.", "signed", "negated"),
    ("Peru and Chile failed to sign the treaty.", "sign", "negated"),
    ("Peru refused to sign the treaty.", "sign", "negated"),
    ("Peru will not sign the treaty.", "sign", "negated"),
    ("No treaty was signed.", "signed", "negated"),
    ("Peru and Chile could sign the treaty.", "sign", "hypothetical"),
    ("Peru might sign the treaty.", "sign", "hypothetical"),
    ("If Peru signs the treaty, the port will open.", "signs", "hypothetical"),
    ("Peru urged Chile to sign the treaty.", "sign", "hypothetical"),
    ("The minister said Peru would sign the treaty.", "sign", "future"),
    ("The minister said Peru had signed the treaty.", "signed", "actual"),
]


@pytest.mark.parametrize(("text", "word", "expected"), CASES)
def test_modality(text: str, word: str, expected: str) -> None:
    document = resolve(Report.of(text), load().parse(text))
    predicate = next(t for t in document.doc if t.text == word)
    assert find_modality(document, predicate).kind == expected


def test_the_verb_of_saying_is_known() -> None:
    text = "The minister said Peru had signed the treaty."
    document = resolve(Report.of(text), load().parse(text))
    predicate = next(t for t in document.doc if t.text == "signed")
    attributed = find_modality(document, predicate).attributed
    assert attributed is not None
    assert document.doc[attributed].text == "said"
