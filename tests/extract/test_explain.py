"""Explanations: words, rules and resolutions of every value; the same records as without a trace."""

from __future__ import annotations

from foedus.extract import read_report
from foedus.extract.explain import explain
from foedus.record import Report

TEXT = (
    "LIMA, May 3 (Andes Press) - Peru's Foreign Minister Rosa Quispe and her Bolivian counterpart, Juan Choque, signed a "
    "ten-year agreement on river transport on Friday.\n\n“The two countries will open a port in June,” she said."
)
REPORT = Report.of(TEXT, id="r", published_on="2024-05-04")


def test_every_value_is_explained() -> None:
    reading = read_report(REPORT)
    found = explain(REPORT)
    assert [(one.kind, one.id) for one in found] == [(kind, record.id) for kind, record in reading.records()]
    agreement = next(one for one in found if one.kind == "agreement")
    by_field = {field.field: field for field in agreement.fields}
    assert by_field["term"].value == "P10Y"
    assert [words.text for words in by_field["term"].words] == ["ten-year"]
    assert by_field["term"].rule.startswith("agreements")
    assert any("BOL" in line for words in by_field["parties"].words for line in words.resolved)
    assert any(
        "2024-05-03" in line and "dateline" in line for words in by_field["signed_on"].words for line in words.resolved
    )
    assert any(line.startswith("'signed' is actual") for line in agreement.predicates)
    assert all(TEXT[w.start : w.end].split() == w.text.split() for field in agreement.fields for w in field.words)


def test_one_kind_or_one_record() -> None:
    statement = explain(REPORT, "statements")
    assert {one.kind for one in statement} == {"statement"}
    assert [one.id for one in explain(REPORT, statement[0].id[:9])] == [statement[0].id]
    speaker = next(field for field in statement[0].fields if field.field == "speaker")
    assert any("stands for Rosa Quispe" in line for words in speaker.words for line in words.resolved)
    assert explain(REPORT, "ag-none") == []
    assert explain(Report.of("", id="e")) == []


TALKS = Report.of(
    "OSLO, May 3 - Norwegian Foreign Minister Anna Berg met her Swedish counterpart Lars Holm in Oslo on Friday. "
    "Norway will deliver six howitzers to Ukraine in June.",
    id="t",
    published_on="2024-05-04",
)


def test_what_found_a_meeting_or_an_activity_is_named_beside_what_put_the_value() -> None:
    meeting = next(one for one in explain(TALKS, "meetings"))
    rules = {field.field: field.rule for field in meeting.fields}
    assert rules["record"].startswith("meetings_verbs.by_verb: The talks that a verb tells")
    assert rules["held_on"].startswith("meetings_verbs.by_verb, put by meetings_drafts.")
    activity = next(one for one in explain(TALKS, "activities"))
    rules = {field.field: field.rule for field in activity.fields}
    assert rules["record"].startswith("activities_goods.by_transfer")
    assert rules["parties"].startswith("activities_goods.by_transfer, put by activities.")
