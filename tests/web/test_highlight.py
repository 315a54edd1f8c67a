"""A report's text in pieces: nothing lost, nothing doubled, overlaps known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foedus.record import Activity, Agreement, Reading, Report
from foedus.web.highlight import Piece, pieces

LINE = "alpha beta gamma\n\ndelta"


def reading(text: str, *evidence: dict[str, tuple[tuple[int, int], ...]]) -> Reading:
    """A reading with an agreement for each piece of evidence."""
    found = tuple(Agreement(id=f"ag-{i}", evidence=e, confidence=1.0) for i, e in enumerate(evidence))
    return Reading(report=Report(id="r", text=text), agreements=found)


def test_plain_text_is_whole_paragraphs() -> None:
    assert pieces(reading(LINE)) == [[Piece("alpha beta gamma", (), ())], [Piece("delta", (), ())]]


def test_no_text_no_paragraphs() -> None:
    assert pieces(reading("")) == []


def test_overlapping_evidence_is_cut_at_each_boundary() -> None:
    found = pieces(reading(LINE, {"record": ((0, 10),)}, {"record": ((6, 16),)}))
    assert [(p.text, p.ids) for p in found[0]] == [
        ("alpha ", ("ag-0",)),
        ("beta", ("ag-0", "ag-1")),
        (" gamma", ("ag-1",)),
    ]


def test_fields_of_one_record_that_share_words_mark_them_once() -> None:
    found = pieces(reading(LINE, {"record": ((0, 10),), "title": ((6, 10),), "parties": ((6, 10),)}))
    assert [(p.text, p.ids) for p in found[0]] == [("alpha ", ("ag-0",)), ("beta", ("ag-0",)), (" gamma", ())]


def test_evidence_across_a_line_end_is_marked_in_both_paragraphs() -> None:
    found = pieces(reading(LINE, {"record": ((11, 23),)}))
    assert [[(p.text, bool(p.ids)) for p in paragraph] for paragraph in found] == [
        [("alpha beta ", False), ("gamma", True)],
        [("delta", True)],
    ]


def test_empty_evidence_marks_nothing() -> None:
    assert pieces(reading(LINE, {"record": ((3, 3),)})) == pieces(reading(LINE))


def test_kinds_are_told_apart_and_named_once() -> None:
    span = {"record": ((0, 5),)}
    both = Reading(
        report=Report(id="r", text="alpha"),
        agreements=tuple(Agreement(id=i, evidence=span, confidence=1.0) for i in ("a", "b")),
        activities=(Activity(id="c", evidence=span, confidence=1.0),),
    )
    assert pieces(both) == [[Piece("alpha", ("a", "b", "c"), ("agreement", "activity"))]]


TEXTS = st.text(alphabet="ab \n", max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8))
def test_every_character_keeps_its_records(text: str, cuts: list[tuple[int, int]]) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in cuts]
    found = pieces(reading(text, *({"record": (span,)} for span in spans)))
    flat = [(char, set(piece.ids)) for paragraph in found for piece in paragraph for char in piece.text]
    wanted = [
        (char, {f"ag-{i}" for i, (start, end) in enumerate(spans) if start <= at < end})
        for at, char in enumerate(text)
        if char != "\n"
    ]
    assert flat == wanted
