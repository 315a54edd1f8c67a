"""Properties of every reading: evidence inside the text, ids stable and unique, nothing from nothing; and the seed, exactly."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import foedus
from foedus.extract import read_reports
from foedus.record import Person, Reading, Report, to_json

WORDS = [
    "India", "Japan", "France", "'s", "U.S.", "Foreign", "Minister", "Anna", "Weber", "and", "signed", "a", "treaty", "in", "Paris",
    "on", "Monday", ",", ".", "“", "”", "said", "that", "will", "meet", "next", "week", "for", "talks", ";", "they", "agreed", "to",
    "$5", "million", "(", "G7", ")", "2027", "the", "two", "ministers", "his", "-", "10-year", "\n", "\n\n",
]  # fmt: skip


def _check(reading: Reading) -> None:
    size = len(reading.report.text)
    ids = [record.id for _, record in reading.records()]
    assert len(ids) == len(set(ids))
    for _, record in reading.records():
        assert 0 <= record.confidence <= 1
        assert record.evidence.get("record")
        for field, spans in record.evidence.items():
            assert spans, field
            assert all(0 <= start < end <= size for start, end in spans), field
        given_fields = {f for f in record.__struct_fields__ if getattr(record, f) not in (None, (), "")}
        assert given_fields - {"id", "evidence", "confidence"} <= set(record.evidence)


@pytest.fixture(scope="module")
def development_readings(development_reports: list[dict[str, Any]]) -> list[Reading]:
    rows = development_reports
    return list(read_reports(Report.of(r["text"], id=r["id"], published_on=r.get("published_on")) for r in rows))


def test_every_value_has_evidence_inside_its_report(development_readings: list[Reading]) -> None:
    for reading in development_readings:
        _check(reading)


def test_reading_again_gives_the_same(development_readings: list[Reading]) -> None:
    again = read_reports(r.report for r in development_readings[:6])
    assert [to_json(r) for r in again] == [to_json(r) for r in development_readings[:6]]


def test_json_round_trip(development_readings: list[Reading]) -> None:
    for reading in development_readings[:20]:
        assert msgspec.json.decode(to_json(reading), type=Reading) == reading


def test_distractors_give_nothing_but_statements(
    development_reports: list[dict[str, Any]], development_readings: list[Reading]
) -> None:
    kinds = ("agreements", "meetings", "commitments", "activities", "events")
    for row, reading in zip(development_reports, development_readings, strict=True):
        if not any(row.get(kind) for kind in kinds):
            assert {kind: len(getattr(reading, kind)) for kind in kinds} == dict.fromkeys(kinds, 0), row["id"]


def test_the_seed_exactly(seed_text: str) -> None:
    reading = foedus.read(seed_text, published_on="2025-11-01")
    _check(reading)
    (agreement,) = reading.agreements
    assert agreement.title == "framework agreement for the U.S.-India major defense partnership"
    assert agreement.instrument == "framework agreement"
    assert agreement.parties == ("IND", "USA")
    assert agreement.signatories == (
        Person("Rajnath Singh", "Defense Minister", "IND"),
        Person("Pete Hegseth", "Secretary of War", "USA"),
    )
    assert (agreement.stage, agreement.signed_on, agreement.place) == ("signed", "2025-10-31", "Kuala Lumpur, MYS")
    assert (agreement.occasion, agreement.term) == ("12th ADMM-Plus", "P10Y")
    assert "defence" in agreement.domains
    assert {"delegation-level", "one-on-one"} <= {m.format for m in reading.meetings}
    sessions = [m for m in reading.meetings if m.parties == ("org:ASEAN",)]
    assert [(m.forum, m.edition) for m in sessions] in ([], [("ADMM-Plus", 12)])
    for meeting in reading.meetings:
        if meeting not in sessions:
            assert (meeting.parties, meeting.held_on) == (("IND", "USA"), "2025-10-31")
    direct = [s for s in reading.statements if s.mode == "direct"]
    assert [(s.speaker.name, s.medium) for s in direct if s.speaker] == [
        ("Rajnath Singh", "X post"),
        ("Pete Hegseth", "X post"),
    ]
    assert any(c.by == ("USA",) and c.firmness == "committed" for c in reading.commitments)
    assert any(e.type == "SUPPORT" and e.cameo == "057" and e.actor == ("IND", "USA") for e in reading.events)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "\u202e", "a" * 5000, "“", "signed signed signed"])
def test_odd_texts_give_no_records(text: str) -> None:
    reading = foedus.read(text)
    assert reading.records() == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS),
            st.text(max_size=6),
        ),
        max_size=40,
    ).map(" ".join)
)
def test_any_text_is_read_without_harm(text: str) -> None:
    _check(foedus.read(text, published_on="2025-11-01"))
