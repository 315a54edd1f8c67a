"""How sure a record is: plain words of two states stand above a mention in passing; a pipeline that looks for no deeds keeps what its readers say."""

from __future__ import annotations

from foedus.extract import extract
from foedus.extract.agreements import find_agreements
from foedus.extract.trust import LEAST, kept, share_of, signs_of, weighed
from foedus.language import load
from foedus.mentions import resolve
from foedus.mentions.document import Document
from foedus.record import Report

PLAIN = "The foreign ministers of Kenya and Oman signed a fisheries agreement in Muscat on Monday."
CROWDED = (
    "Kenya, Oman, Peru, Chile and Ghana were named in the debate, and a deputy asked what had become of an agreement "
    "with Togo that Benin and Mali, he said, had once signed with Niger or perhaps with Chad."
)


def document(text: str, pipeline: str = "default") -> Document:
    report = Report.of(text, published_on="2025-05-14")
    return resolve(report, load(pipeline).parse(report.text))


def test_plain_words_are_trusted() -> None:
    (record,) = extract(document(PLAIN)).agreements
    assert record.confidence > 0.85


def test_what_is_said_in_passing_is_trusted_less() -> None:
    plain = extract(document(PLAIN)).agreements[0].confidence
    assert all(record.confidence < plain for record in extract(document(CROWDED)).agreements)


def test_a_share_is_a_share_and_changes_nothing_else() -> None:
    read = document(PLAIN + " " + CROWDED)
    found = find_agreements(read)
    for before, after in zip(found, weighed(read, found), strict=True):
        assert 0 < after.confidence < 1
        assert (before.id, before.parties, before.evidence) == (after.id, after.parties, after.evidence)
    assert [one for one in found if share_of(read, one) >= LEAST] == kept(read, found)


def test_other_parties_than_the_network_sees_make_it_doubtful() -> None:
    read = document(PLAIN)
    (record,) = find_agreements(read)
    wrong = type(record)(id="ag-wrong", evidence=record.evidence, confidence=record.confidence, parties=("KEN", "PER"))
    assert signs_of(read, record)["same parties"] == 1.0
    assert signs_of(read, wrong)["same parties"] == 0.0
    assert share_of(read, wrong) < share_of(read, record)


def test_without_a_network_that_looks_for_deeds_readers_decide(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("foedus.extract.trust.looks_for_deeds", lambda _: False)
    read = document(PLAIN)
    found = find_agreements(read)
    assert kept(read, found) == weighed(read, found) == found
