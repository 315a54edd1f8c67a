"""The default pipeline: offsets always right, paragraphs and sentences, bounded on hostile text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.errors import LanguageError
from foedus.language import load
from foedus.language.paragraphs import find_paragraphs


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200))
def test_the_doc_is_the_text(text: str) -> None:
    doc = load().parse(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t.text)] == t.text for t in doc)


def test_sentences_and_paragraphs() -> None:
    doc = load().parse("The U.S. envoy left on Monday. He met Mr. Haas in Oslo.\n\n“We agree. We sign,” she said.")
    assert [s.text.strip() for s in doc.sents] == [
        "The U.S. envoy left on Monday.",
        "He met Mr. Haas in Oslo.",
        "“We agree.",
        "We sign,” she said.",
    ]
    assert len(doc.spans["paragraphs"]) == 2


def test_a_hard_wrapped_sentence_is_one_paragraph() -> None:
    text = "The ministers of both countries met on\nthe margins of the summit.\nTalks go on."
    assert [text[a:b] for a, b in find_paragraphs(text)] == [
        "The ministers of both countries met on\nthe margins of the summit.",
        "Talks go on.",
    ]
    sentence = next(iter(load().parse(text).sents))
    assert sentence.root.lemma_ == "meet"


def test_a_typewritten_text_is_joined_at_full_lines_only() -> None:
    text = (
        "LIMA, Peru, May 3 - The foreign ministers of\nPeru and Bolivia opened a road on Friday that\nBolivian traders had waited for since\n"
        "Ilo became a free port.\n\nTALKS GO ON\n- on customs posts;\n- on the price of gas."
    )
    found = [" ".join(text[a:b].split()) for a, b in find_paragraphs(text)]
    assert found == [
        "LIMA, Peru, May 3 - The foreign ministers of Peru and Bolivia opened a road on Friday that Bolivian traders had "
        "waited for since Ilo became a free port.",
        "TALKS GO ON",
        "- on customs posts;",
        "- on the price of gas.",
    ]


def test_a_tree_for_each_sentence() -> None:
    doc = load().parse("Peru and Chile signed a treaty in Lima. Bolivia’s foreign minister welcomed it.")
    assert [s.root.text for s in doc.sents] == ["signed", "welcomed"]
    assert {(e.text, e.label_) for e in doc.ents} >= {("Peru", "COUNTRY"), ("Chile", "COUNTRY"), ("Lima", "PLACE")}


@pytest.mark.parametrize("text", ["x" * 200_000, "a.b" * 30_000, "\u200b" * 500, "“" * 4000, "word " * 3000])
def test_hostile_runs_are_read(text: str) -> None:
    assert load().parse(text).text == text


LEMMAS = [
    ("They signed it.", 1, "sign"),
    ("Talks were concluded.", 2, "conclude"),
    ("It stopped there.", 1, "stop"),
    ("The treaties lapsed.", 1, "treaty"),
    ("They met him.", 1, "meet"),
    ("They tabled a motion.", 1, "table"),
    ("Both initialled it.", 1, "initial"),
    ("The senate ratified it.", 2, "ratify"),
    ("It was finalised.", 2, "finalise"),
    ("They mobilized troops.", 1, "mobilize"),
    ("They convened a summit.", 1, "convene"),
    ("It upgraded ties.", 1, "upgrade"),
    ("They went to Lagos.", 3, "Lagos"),
]


@pytest.mark.parametrize(("text", "at", "lemma"), LEMMAS)
def test_lemmas(text: str, at: int, lemma: str) -> None:
    assert load().parse(text)[at].lemma_ == lemma


def test_an_unknown_pipeline_is_named() -> None:
    with pytest.raises(LanguageError, match="no language pipeline named 'huge'"):
        load("huge")
