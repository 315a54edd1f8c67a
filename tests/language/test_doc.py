"""The parsed text: tokens, spans, sentences, edges; the same in spaCy when that is installed."""

from __future__ import annotations

import pickle

import pytest

from foedus.language.doc import Columns, Doc, from_spacy

WORDS = ["Peru", "signed", "a", "treaty", ".", "\n\n", "Chile", "left", "."]
DOC = Doc(
    Columns(
        WORDS,
        [True, True, True, False, False, False, True, False, False],
        ["PROPN", "VERB", "DET", "NOUN", "PUNCT", "SPACE", "PROPN", "VERB", "PUNCT"],
        ["NNP", "VBD", "DT", "NN", ".", "_SP", "NNP", "VBD", "."],
        ["Peru", "sign", "a", "treaty", ".", "\n\n", "Chile", "leave", "."],
        [""] * 9,
        [1, 1, 3, 1, 1, 4, 7, 7, 7],
        ["nsubj", "ROOT", "det", "obj", "punct", "dep", "nsubj", "ROOT", "punct"],
    ),
    [(0, 1, "COUNTRY"), (3, 4, "INSTRUMENT"), (6, 7, "COUNTRY")],
    [(0, 5), (6, 9)],
)


def test_text_and_offsets() -> None:
    assert DOC.text == "Peru signed a treaty.\n\nChile left."
    assert all(DOC.text[t.idx : t.idx + len(t)] == t.text for t in DOC)
    assert [s.text for s in DOC.sents] == ["Peru signed a treaty.\n\n", "Chile left."]
    assert DOC[2:4].text == "a treaty"
    assert DOC[2:4].root.text == "treaty"
    assert [(e.text, e.label_) for e in DOC.ents][1] == ("treaty", "INSTRUMENT")


def test_the_tree() -> None:
    signed = DOC[1]
    assert [t.text for t in signed.children] == ["Peru", "treaty", "."]
    assert [t.text for t in signed.lefts] == ["Peru"]
    assert [t.text for t in signed.rights] == ["treaty", "."]
    assert (signed.left_edge.i, signed.right_edge.i) == (0, 5)
    assert [t.text for t in DOC[3].subtree] == ["a", "treaty"]
    assert [t.text for t in DOC[2].ancestors] == ["treaty", "signed"]
    assert signed.is_ancestor(DOC[2])
    assert not DOC[2].is_ancestor(signed)
    assert DOC[8].sent == DOC[6].sent
    assert [t.i for t in DOC if t.is_sent_start] == [0, 6]
    assert DOC[5].is_sent_end
    assert DOC[0].nbor().text == "signed"
    with pytest.raises(IndexError):
        DOC[0].nbor(-1)


@pytest.mark.parametrize(
    ("start", "end", "mode", "expected"),
    [(0, 4, "strict", "Peru"), (1, 4, "strict", None), (1, 9, "expand", "Peru signed"), (4, 5, "expand", None)],
)
def test_spans_of_characters(start: int, end: int, mode: str, expected: str | None) -> None:
    span = DOC.char_span(start, end, alignment_mode=mode)
    assert (span.text if span else None) == expected


def test_a_tree_that_crosses_keeps_its_true_edges() -> None:
    blank = [""] * 4
    doc = Doc(Columns(list("abcd"), [True] * 4, blank, blank, blank, blank, [2, 3, 3, 3], ["x", "y", "z", "ROOT"]))
    assert doc[2].left_edge.text == "a"
    assert len(list(doc.sents)) == 1


def test_pickled_and_empty() -> None:
    again = pickle.loads(pickle.dumps(DOC))
    assert [t.text for t in again] == WORDS
    assert [e.label_ for e in again.ents] == [e.label_ for e in DOC.ents]
    blank = Doc(Columns([], [], [], [], [], [], [], []))
    assert (len(blank), blank.text, list(blank.sents), blank.ents) == (0, "", [], ())


def test_the_same_in_spacy() -> None:
    pytest.importorskip("spacy")
    theirs = DOC.to_spacy()
    assert theirs.text == DOC.text
    ours = from_spacy(theirs, [(0, 21), (23, 34)])
    for a, b, c in zip(DOC, theirs, ours, strict=True):
        assert (a.text, a.lemma_, a.pos_, a.dep_, a.head.i, a.ent_type_) == (
            b.text,
            b.lemma_,
            b.pos_,
            b.dep_,
            b.head.i,
            b.ent_type_,
        )
        assert (c.tag_, c.head.i, c.ent_iob_, c.idx) == (a.tag_, a.head.i, a.ent_iob_, a.idx)
        assert (a.is_punct, a.is_space, a.is_sent_start) == (b.is_punct, b.is_space, bool(b.is_sent_start))
    assert [(p.start, p.end) for p in ours.spans["paragraphs"]] == [(0, 5), (6, 9)]
