"""What the network says of deeds and their parties, in words of no frame; and that it says nothing of what is no deed of states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.language import load
from foedus.mentions import resolve
from foedus.mentions.deeds import likely_deeds, party_beliefs
from foedus.mentions.document import Document
from foedus.mentions.naming import party_words
from foedus.record import Report


def document(text: str, pipeline: str = "default") -> Document:
    report = Report.of(text, published_on="2025-05-14")
    return resolve(report, load(pipeline).parse(report.text))


@pytest.mark.parametrize(
    ("text", "word", "label", "parties"),
    [
        ("Two Kenyan frigates berthed at Muscat on Monday for a visit of four days.", "berthed", "portcall", {"KEN", "OMN"}),
        ("Norway has shipped thirty howitzers to Estonia, the ministry in Oslo said.", "shipped", "transfer", {"NOR", "EST"}),
        ("The presidents of Ghana and Togo sat down together in Lomé on Friday.", "sat", "meeting", {"GHA", "TGO"}),
        ("Chile and Peru have inked a fisheries treaty.", "inked", "signed", {"CHL", "PER"}),
    ],
)  # fmt: skip
def test_a_deed_is_seen_with_its_parties(text: str, word: str, label: str, parties: set[str]) -> None:
    read = document(text)
    told = {read.doc[d.token].text: d for d in likely_deeds(read, 0.5)}
    assert told[word].label == label
    believed = {
        code for belief, _, named in party_beliefs(read, told[word].token) if belief > 0.5 for code in named.codes
    }
    assert believed == parties


@pytest.mark.parametrize(
    "text",
    [
        "The striker has signed for a Spanish club until 2029.",
        "A court in Lisbon sentenced the bank's former director to four years.",
        "Brazilian tourists visited the museum in record numbers.",
        "",
    ],
)
def test_what_is_no_deed_of_states_is_not_seen(text: str) -> None:
    assert likely_deeds(document(text), 0.5) == []


def test_a_pipeline_without_the_head_says_nothing() -> None:
    read = document("Chile and Peru have inked a fisheries treaty.", "fast")
    if not likely_deeds(read, 0.0):
        assert party_beliefs(read, 4) == []


def test_names_that_are_party_words_have_codes() -> None:
    read = document("The Ghanaian foreign minister, Ama Boateng, met her host in Lomé; Togo thanked her.")
    words = party_words(read)
    assert list(words) == sorted(words)
    assert {code for parties in words.values() for code in parties.codes} == {"GHA", "TGO"}


@given(
    st.lists(
        st.sampled_from(["Chile", "met", "Peru", "in", "Lima", ".", "and", "signed", "a", "treaty", "\n\n"]),
        max_size=30,
    )
)
def test_deeds_are_words_of_the_text_with_beliefs(words: list[str]) -> None:
    read = document(" ".join(words))
    deeds = likely_deeds(read, 0.3)
    assert [d.token for d in deeds] == sorted({d.token for d in deeds})
    for deed in deeds:
        assert 0.3 <= deed.belief <= 1
        assert 0 <= deed.token < len(read.doc)
        for belief, head, parties in party_beliefs(read, deed.token):
            assert 0 <= belief <= 1
            assert 0 <= head < len(read.doc)
            assert parties.codes
