"""What a person decides wins over the machine, can be taken back, and outlives every re-reading of its reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from made_readings import CHAIN, FERRY, agreement, reading

from foedus.book import Book
from foedus.errors import BookError, NotFoundError
from foedus.record import Commitment, Meeting, Person, Reading, Statement

BY = {"author": "Ana Vola"}


@pytest.fixture
def filled(book: Book) -> Book:
    for one in CHAIN:
        book.add(one)
    return book


def id_of(book: Book, report: str, number: int = 0) -> str:
    """The consolidated record that a record of the report is part of."""
    return str(book.record(book.report(report).agreements[number].id)["id"])


def reports_of(book: Book) -> list[list[str]]:
    found = book.records("agreement", party="FJI")
    return sorted([source["report"] for source in record["sources"]] for record in found)


def test_a_corrected_value_is_shown_with_the_others_beside_it(filled: Book) -> None:
    new = id_of(filled, "r3")
    made = filled.correct(new, "signed_on", "2024-03-05", reason="official text", **BY)
    record = filled.record(new)
    assert record["signed_on"] == record["when"] == "2024-03-05"
    values = [(one["value"], one["reports"], one["preferred"]) for one in record["conflicts"]["signed_on"]]
    assert values == [("2024-03-05", [], True), ("2024-03-03", ["r2", "r4"], False), ("2024-03-04", ["r3"], False)]
    because = record["conflicts"]["signed_on"][0]["because"]
    assert because == f"corrected by Ana Vola on {made.made_at[:10]}: official text"
    assert [one["id"] for one in record["decisions"]] == [made.id]
    assert filled.records("agreement", since="2024-03-05", until="2024-03-05")[0]["id"] == new


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("signed_on", "soon", "is not a date"),
        ("term", "ten years", "is not a length of time"),
        ("parties", ["Fiji"], "is not a party code"),
        ("instrument", "napkin", "Invalid enum value"),
        ("colour", "red", "has no field 'colour'"),
        ("id", "ag-2", "has no field 'id'"),
        ("amount", {"amount": "much", "currency": "USD"}, "Expected"),
    ],
)
def test_a_value_that_the_format_does_not_have_is_refused(filled: Book, field: str, value: Any, problem: str) -> None:
    with pytest.raises(BookError, match=problem):
        filled.correct(id_of(filled, "r1"), field, value, **BY)
    assert filled.decisions() == []


def test_corrected_parties_are_found(filled: Book) -> None:
    filled.correct(id_of(filled, "r5"), "parties", ["WSM", "FJI"], **BY)
    (record,) = filled.records("agreement", party="WSM")
    assert record["parties"] == ["FJI", "WSM"]
    filled.correct(record["id"], "term", None, **BY)
    assert "term" not in filled.record(record["id"])


def test_an_accepted_value_stays_whatever_later_reports_say(filled: Book) -> None:
    old = id_of(filled, "r1")
    filled.accept(old, "term", **BY)
    for number in range(3):
        one = agreement(f"x{number}", title=FERRY, signed_on="2014-03-01", term="P5Y")
        filled.add(reading(f"x{number}", "2014-03-02", one))
    record = filled.record(old)
    assert record["term"] == "P10Y"
    assert [one["preferred"] for one in record["conflicts"]["term"]] == [True, False]
    assert record["conflicts"]["term"][0]["because"].startswith("accepted by Ana Vola")


def test_a_rejected_value_is_not_preferred(filled: Book) -> None:
    new = id_of(filled, "r3")
    filled.reject(new, "signed_on", reason="misprint", **BY)
    record = filled.record(new)
    assert record["signed_on"] == "2024-03-04"
    assert [one["preferred"] for one in record["conflicts"]["signed_on"]] == [True, False]
    filled.reject(new, "signed_on", "2024-03-04", **BY)
    assert "signed_on" not in filled.record(new)


def test_a_rejected_record_is_listed_only_when_asked_for(filled: Book) -> None:
    five = id_of(filled, "r5")
    made = filled.reject(five, **BY)
    assert five not in [one["id"] for one in filled.records("agreement")]
    assert [one["review"] for one in filled.records("agreement", rejected=True) if one["id"] == five] == ["rejected"]
    assert filled.counts()["agreements"] == 2
    later = filled.accept(five, **BY)
    assert later.overrides == (made.id,)
    assert filled.record(five)["review"] == "accepted"


def test_merge_split_and_undo(filled: Book) -> None:
    before = filled.records("agreement")
    assert reports_of(filled) == [["r1", "r2"], ["r2", "r3", "r4"], ["r5"]]
    merge = filled.merge(id_of(filled, "r5"), id_of(filled, "r3"), **BY)
    assert reports_of(filled) == [["r1", "r2"], ["r2", "r3", "r4", "r5"]]
    split = filled.split(id_of(filled, "r5"), ["r5", "r4"], **BY)
    assert split.overrides == (merge.id,)
    assert reports_of(filled) == [["r1", "r2"], ["r2", "r3"], ["r4", "r5"]]
    undo = filled.undo(split.id, **BY)
    assert reports_of(filled) == [["r1", "r2"], ["r2", "r3", "r4", "r5"]]
    filled.undo(undo.id[:12], **BY)
    assert reports_of(filled) == [["r1", "r2"], ["r2", "r3"], ["r4", "r5"]]
    filled.undo(split.id, **BY)
    filled.undo(merge.id, **BY)
    assert filled.records("agreement") == before
    with pytest.raises(BookError, match="was undone already"):
        filled.undo(merge.id)


def test_records_of_different_parties_can_be_merged(filled: Book) -> None:
    filled.add(reading("w", "2024-03-04", agreement("w", title=FERRY, parties=("FJI", "TON", "WSM"))))
    assert len(filled.records("agreement")) == 4
    made = filled.merge(id_of(filled, "w"), id_of(filled, "r3"), **BY)
    (record,) = filled.records("agreement", party="WSM")
    assert [source["report"] for source in record["sources"]] == ["r2", "w", "r3", "r4"]
    assert record["sources"][1]["because"] == "merged by Ana Vola"
    filled.undo(made.id, **BY)
    assert len(filled.records("agreement")) == 4


def test_a_later_report_joins_what_a_person_merged(filled: Book) -> None:
    filled.merge(id_of(filled, "r1"), id_of(filled, "r3"), **BY)
    filled.add(reading("r6", "2024-03-06", agreement("r6", title=FERRY, signed_on="2024-03-03", stage="signed")))
    assert ["r1", "r2", "r2", "r3", "r6", "r4"] in reports_of(filled)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (lambda b, one, other: b.merge(one, one), "two different records"),
        (lambda b, one, other: b.split(one, ["r9"]), "r9: no source"),
        (lambda b, one, other: b.split(one, ["r1", "r2"]), "not all and not none"),
        (lambda b, one, other: b.link(one, "likes", other), "unknown relation"),
        (lambda b, one, other: b.link(one, "fulfils", other), "points to a commitment"),
        (lambda b, one, other: b.link(one, "succeeds", one), "to itself"),
        (lambda b, one, other: b.note(one, "  "), "must not be empty"),
        (lambda b, one, other: b.accept(one, "mediators"), "has no mediators"),
        (lambda b, one, other: b.undo("de-0"), "fits no decisions"),
        (lambda b, one, other: b.accept("ag-none"), "no record"),
    ],
)
def test_decisions_that_make_no_sense(filled: Book, wrong: Callable[[Book, str, str], Any], problem: str) -> None:
    with pytest.raises(BookError, match=problem):
        wrong(filled, id_of(filled, "r1"), id_of(filled, "r5"))
    assert filled.decisions() == []


def test_link_and_unlink(filled: Book) -> None:
    old, new, five = (id_of(filled, report) for report in ("r1", "r3", "r5"))
    assert filled.record(new)["succeeds_id"] == old
    unlink = filled.unlink(new, "succeeds", old, **BY)
    assert filled.record(new)["succeeds_id"] is None
    filled.link(five, "succeeds", old, reason="the preamble says so", **BY)
    assert filled.record(five)["succeeds_id"] == old
    assert filled.record(old)["succeeded_by_id"] == five
    (link,) = filled.links(five)
    assert (link["by"], link["confirmed"], link["because"]) == ("Ana Vola", True, "the preamble says so")
    assert filled.link(new, "succeeds", old, **BY).overrides == (unlink.id,)
    assert filled.record(new)["succeeds_id"] == old


def test_history_has_every_decision_with_author_time_and_reason(filled: Book) -> None:
    new = id_of(filled, "r3")
    first = filled.correct(new, "term", "P12Y", reason="annex", author="Ana")
    filled.correct(new, "term", "P11Y", author="Ben")
    filled.note(new, "ask the ministry", author="Ana")
    undo = filled.undo(first.id, author="Cid", reason="misread")
    history = filled.history(new)
    assert [(one["action"], one["author"]) for one in history] == [
        ("correct", "Ana"), ("correct", "Ben"), ("note", "Ana"), ("undo", "Cid"),
    ]  # fmt: skip
    assert history[0]["undone_by"] == undo.id
    assert history[1]["overrides"] == [first.id]
    assert history[3]["undoes"] == first.id
    assert [one["made_at"] for one in history] == sorted({one["made_at"] for one in history})
    assert filled.record(new)["term"] == "P11Y"
    assert [one["action"] for one in filled.record(new)["decisions"]] == ["correct", "note"]


def read_anew(one: Reading, tag: str) -> Reading:
    """The same report as a newer reader sees it: other ids, other spans, one more record in front."""
    agreements = [
        msgspec.structs.replace(
            record,
            id=f"ag-{tag}-{one.report.id}-{number}",
            evidence=record.evidence | {"record": ((number, number + 12),)},
            domains=("transport",),
        )
        for number, record in enumerate(one.agreements)
    ]
    first = agreement(one.report.id, 7, id=f"ag-{tag}-{one.report.id}-x", title="Airport Plan", parties=("PNG", "TON"))
    return msgspec.structs.replace(one, agreements=(first, *agreements))


def test_decisions_hold_when_reports_are_read_anew(filled: Book) -> None:
    filled.correct(id_of(filled, "r3"), "term", "P12Y", **BY)
    filled.merge(id_of(filled, "r5"), id_of(filled, "r3"), **BY)
    filled.split(id_of(filled, "r4"), ["r4"], **BY)
    filled.unlink(id_of(filled, "r2"), "succeeds", id_of(filled, "r1"), **BY)
    shape = reports_of(filled)
    for one in CHAIN:
        filled.add(read_anew(one, "new"))
    assert reports_of(filled) == shape == [["r1", "r2"], ["r2", "r3", "r5"], ["r4"]]
    record = filled.record("ag-new-r3-0")
    assert record["term"] == "P12Y"
    assert record["succeeds_id"] is None
    assert filled.decisions(unattached=True) == []


def test_a_decision_waits_for_a_record_that_is_not_read_for_a_while(filled: Book) -> None:
    five = id_of(filled, "r5")
    filled.correct(five, "term", "P3Y", **BY)
    filled.add(reading("r5", "2024-06-01"))
    assert [one.action for one in filled.decisions(unattached=True)] == ["correct"]
    with pytest.raises(NotFoundError):
        filled.record(five)
    filled.add(read_anew(CHAIN[4], "later"))
    assert filled.record("ag-later-r5-0")["term"] == "P3Y"


def test_a_known_id_that_now_means_something_else_is_not_followed(filled: Book) -> None:
    five = id_of(filled, "r5")
    filled.reject(five, **BY)
    other = agreement("r5", 40, id=five, title="Airport Plan", parties=("PNG", "TON"), instrument="plan")
    filled.add(reading("r5", "2024-06-01", other))
    assert "review" not in filled.record(five)


def test_rebuilding_changes_nothing(filled: Book) -> None:
    filled.correct(id_of(filled, "r3"), "term", "P12Y", **BY)
    filled.merge(id_of(filled, "r5"), id_of(filled, "r3"), **BY)
    before = filled.records("agreement")
    assert filled.rebuild() > 0
    assert filled.records("agreement") == before


def test_every_kind_can_be_corrected(book: Book) -> None:
    base: dict[str, Any] = {"evidence": {"record": ((0, 4),)}, "confidence": 0.8}
    book.add(
        reading(
            "k",
            "2024-05-01",
            meetings=(Meeting(id="me-1", parties=("FJI", "TON"), **base),),
            statements=(Statement(id="st-1", speaker=Person("Ana Vola", None, "TON"), text="we agree", **base),),
            commitments=(Commitment(id="co-1", by=("TON",), undertaking="build ferries", **base),),
        )
    )
    book.correct("me-1", "participants", [{"name": "Ana Vola", "office": "Minister", "party": "TON"}], **BY)
    book.correct("st-1", "speaker", {"name": "Ana Vola", "office": "Minister of Ports", "party": "TON"}, **BY)
    book.correct("co-1", "due_on", "2030", **BY)
    assert book.record("me-1")["participants"][0]["office"] == "Minister"
    assert book.record("st-1")["speaker"]["office"] == "Minister of Ports"
    assert book.record("co-1")["due_on"] == "2030"
