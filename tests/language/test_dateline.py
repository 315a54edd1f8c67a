"""Datelines: which words are one, and that the sentence begins behind it."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.language.dateline import find_line, find_opening

OPENINGS = [
    ("LIMA, Mar. 10 (Agency) -- The envoys met.", "LIMA, Mar. 10 (Agency) -- "),
    ("Lima: The envoys of both countries met on Monday for the first time in years.", "Lima: "),
    ("LIMA, MARCH 10, AGENCY. The envoys met.", "LIMA, MARCH 10, AGENCY. "),
    ("LIMA, Peru, March 10. Agency: The envoys met.", "LIMA, Peru, March 10. Agency: "),
    ("LIMA, March 10. /AGENCY/. The envoys met.", "LIMA, March 10. /AGENCY/. "),
    ("New Delhi [India], March 10 (ABC): The envoys met.", "New Delhi [India], March 10 (ABC): "),
    ("LIMA, (Agency / Peru News - 10th March, 2025) The envoys met.", "LIMA, (Agency / Peru News - 10th March, 2025) "),
    ("LIMA/QUITO (Agency) - The envoys met on Monday.", "LIMA/QUITO (Agency) - "),
    ("10 March 2025, Lima – The envoys met.", "10 March 2025, Lima – "),
    ("March 10, 2025 (LIMA) – The envoys met.", "March 10, 2025 (LIMA) – "),
    ("LIMA—The envoys met on Monday in town.", "LIMA—"),
    ("Ana QUISPE -ABC- (PERU)- The envoys met on Monday in town.", "Ana QUISPE -ABC- (PERU)- "),
    ("LIMA, March 10 The envoys met.", "LIMA, March 10 "),
    ("Peru's envoy met Chile's in Lima on 10 March 2025.", None),
    ("On March 10, the envoys met.", None),
    ("On March 10 - a holiday - the envoys met.", None),
    ("Lima: Talks with Quito useful", None),
    ("Peru: the envoys met on Monday for the first time in many, many years.", None),
    ("NATO — The alliance met on Monday in town.", None),
    ("UPDATE - The envoys met on Monday in town.", None),
    ("MINISTER QUISPE (Peru): We met on Monday in town.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "words"), OPENINGS)
def test_openings(text: str, words: str | None) -> None:
    found = find_opening(text)
    assert (text[found.start : found.end] if found else None) == words


@pytest.mark.parametrize(
    ("line", "is_one"),
    [("LIMA", True), ("ABC, Lima", True), ("Lima, 10 March 2025", True), ("Peru", False), ("In Lima", False)],
)
def test_lines(line: str, is_one: bool) -> None:
    assert (find_line(line, 0, len(line)) is not None) == is_one


def test_the_sentence_begins_behind_the_dateline() -> None:
    text = "LIMA, Mar. 10 (Agency) -- The envoys met on Monday."
    doc = load().parse(text)
    assert doc.text == text
    assert [s.root.text for s in doc.sents] == ["LIMA", "met"]
