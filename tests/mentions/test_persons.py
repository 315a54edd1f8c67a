"""Persons with the office and the party that the text gives them."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import PersonMention, resolve
from foedus.record import Report

CASES = [
    ("Peru's foreign minister Ana Quispe spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, the foreign minister of Peru, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, foreign minister of Peru, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, Peru's foreign minister, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, the Peruvian foreign minister, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Peruvian Foreign Minister Ana Quispe spoke first.", [("Ana Quispe", "Foreign Minister", "PER")]),
    ("President Ana Quispe of Peru spoke first.", [("Ana Quispe", "President", "PER")]),
    ("Peru's foreign minister, Ana Quispe, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Oman's trade minister, Yusuf al-Harthi, spoke first.", [("Yusuf al-Harthi", "trade minister", "OMN")]),
    ("Omani Trade Minister Yusuf al-Harthi spoke first.", [("Yusuf al-Harthi", "Trade Minister", "OMN")]),
    (
        "Chilean Defence Minister Rosa Molina received her Peruvian counterpart, Ivan Quispe.",
        [("Rosa Molina", "Defence Minister", "CHL"), ("Ivan Quispe", "Defence Minister", "PER")],
    ),
    (
        "Chilean Defence Minister Rosa Molina received her Peruvian and Bolivian counterparts, Ivan Quispe and Juan Mamani.",
        [
            ("Rosa Molina", "Defence Minister", "CHL"),
            ("Ivan Quispe", "Defence Minister", "PER"),
            ("Juan Mamani", "Defence Minister", "BOL"),
        ],
    ),
    (
        "The Peruvian and Bolivian presidents, Ivan Quispe and Juan Mamani, shook hands.",
        [("Ivan Quispe", "president", "PER"), ("Juan Mamani", "president", "BOL")],
    ),
    (
        "Ministers Ivan Quispe and Juan Mamani of Peru shook hands.",
        [("Ivan Quispe", "Minister", "PER"), ("Juan Mamani", "Minister", "PER")],
    ),
    (
        "Kenyan Foreign Ministry spokesman David Otieno declined to comment.",
        [("David Otieno", "Foreign Ministry spokesman", "KEN")],
    ),
    (
        "Chile rejected the offer, foreign ministry spokeswoman Rosa Molina said.",
        [("Rosa Molina", "foreign ministry spokeswoman", "CHL")],
    ),
    (
        "Chile's minister of state for trade, Rosa Molina, spoke.",
        [("Rosa Molina", "minister of state for trade", "CHL")],
    ),
    ("The NATO secretary-general, Rosa Molina, spoke.", [("Rosa Molina", "secretary-general", "org:NATO")]),
    ("South Africa President Thabo Dube spoke.", [("Thabo Dube", "President", "ZAF")]),
    pytest.param(
        "Chile's minister, Rosa Molina, and Peru's, Ana Quispe, dined.",
        [("Rosa Molina", "minister", "CHL"), ("Ana Quispe", "minister", "PER")],
        marks=pytest.mark.xfail(strict=True, reason="an office left out after a possessive"),
    ),
    ("Michael Jordan won the match.", [("Michael Jordan", None, None)]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_persons(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    report = Report.of(text)
    document = resolve(report, load().parse(text))
    people = {id(m.person): m.person for m in document.mentions if isinstance(m, PersonMention)}
    found = sorted(people.values(), key=lambda p: p.name_span)
    got = [(p.name, p.office, p.party) for p in found]
    assert got == expected
