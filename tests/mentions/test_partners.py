"""Who takes part in a deed when several are named around it: places, hosts, bystanders and the states of other sentences do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.language import load
from foedus.mentions import resolve
from foedus.mentions.document import Document
from foedus.mentions.partners import Partners, partners
from foedus.record import Report


def document(text: str, pipeline: str = "default") -> Document:
    report = Report.of(text, published_on="2025-05-14")
    return resolve(report, load(pipeline).parse(report.text))


def of_word(read: Document, word: str) -> Partners:
    return partners(read, next(t.i for t in read.doc if t.text == word))


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        ("The foreign ministers of Kenya and Oman signed a fisheries pact in Doha on Friday.", "signed", ("KEN", "OMN")),
        ("Peru and Chile have inked a customs treaty. Brazil said it had not been asked.", "inked", ("CHL", "PER")),
        ("Norway has shipped thirty howitzers to Estonia. Sweden and Finland wait for their own.", "shipped", ("EST", "NOR")),
        ("Kazakhstan mediated. At the talks in Astana, Armenia and Azerbaijan initialled a border accord.", "initialled", ("ARM", "AZE")),
    ],
)  # fmt: skip
def test_the_states_that_take_part(text: str, word: str, parties: tuple[str, ...]) -> None:
    found = of_word(document(text), word)
    assert found.parties.codes == parties
    assert found.belief > 0.4
    assert all(text[a:b] for a, b in found.parties.spans)


def test_it_is_less_sure_where_many_are_named() -> None:
    plain = document("Ghana and Togo signed a border treaty on Friday.")
    crowded = document(
        "Ghana and Togo, with Benin, Mali and Niger looking on and Nigeria sending its envoy, signed a border treaty."
    )
    assert of_word(plain, "signed").belief > of_word(crowded, "signed").belief


def test_left_out_beforehand() -> None:
    read = document("Ghana and Togo signed a border treaty on Friday.")
    token = next(t.i for t in read.doc if t.text == "signed")
    assert partners(read, token, {"TGO"}).parties.codes == ("GHA",)
    assert partners(read, token).parties.codes == ("GHA", "TGO")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Both countries, Ghana and Togo, signed a bilateral treaty in the presence of Benin.", ("GHA", "TGO")),
        ("Ghana, Togo and Benin signed a trilateral treaty on Friday.", ("BEN", "GHA", "TGO")),
    ],
)
def test_how_many_the_sentence_counts(text: str, parties: tuple[str, ...]) -> None:
    assert of_word(document(text), "signed").parties.codes == parties


def test_nobody_without_names() -> None:
    found = of_word(document("They signed it on Friday."), "signed")
    assert (found.parties.codes, found.belief, found.each) == ((), 1.0, {})


@given(st.sampled_from(["Kenya", "Oman", "the EU", "his ministry", "Lima"]), st.sampled_from(["met", "visited", "signed with"]))  # fmt: skip
def test_shares_are_shares(name: str, verb: str) -> None:
    read = document(f"{name} {verb} Ghana while Togo looked on.")
    for token in read.doc:
        found = partners(read, token.i)
        assert all(0 <= share <= 1 for share in found.each.values())
        assert set(found.parties.codes) <= set(found.each)
        assert all(found.each[code] >= found.belief - 1e-9 for code in found.parties.codes)
        assert 0 < found.belief <= 1
