"""Pronouns and descriptions: who they are, where the text is clear."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import GroupMention, PersonMention, resolve
from foedus.record import Report

GROUPS = [
    ("Peru and Chile share a river. The two countries opened a crossing.", [("CHL", "PER")]),
    ("Peru and Chile share a river. Both sides opened a crossing.", [("CHL", "PER")]),
    ("Peru, Chile and Bolivia share a lake. The three countries opened a crossing.", [("BOL", "CHL", "PER")]),
    (
        "Peruvian President Ana Quispe met Chilean President Rosa Molina. The two leaders opened a crossing.",
        [("CHL", "PER")],
    ),
    ("Peru and Chile share a river. The two opened a crossing.", [("CHL", "PER")]),
    ("Peru and Chile share a river. Both opened a crossing.", [("CHL", "PER")]),
    ("Peru, Chile and Bolivia share a lake. All three opened a crossing.", [("BOL", "CHL", "PER")]),
    ("Peru and Chile share a river. The latter opened a crossing.", [("CHL",)]),
    ("Peru and Chile share a river. A Norwegian-brokered truce holds. Both sides opened a crossing.", [("CHL", "PER")]),
    (
        "Peru, Chile to issue visas\n\nThe decision was made in a meeting led by President Ana Quispe and President Rosa Molina of Chile. "
        "At the meeting in Chile, the two presidents praised the pact. Peruvian Foreign Minister Luis Paredes signed the minutes.",
        [("CHL", "PER")],
    ),
    ("The two opened a crossing.", []),
    ("The two countries opened a crossing.", []),
    ("Many countries opened a crossing after Peru and Chile.", []),
    ("Acme Corp of Peru and Beta Ltd of Chile traded shares. Both companies rose.", []),
    (
        "Acme Corp, a Peruvian firm, will buy Beta Ltd, a Chilean company. The two sides signed a contract.",
        [],
    ),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_groups(text: str, expected: list[tuple[str, ...]]) -> None:
    document = resolve(Report.of(text), load().parse(text))
    assert [m.parties for m in document.mentions if isinstance(m, GroupMention)] == expected


PRONOUNS = [
    ("Peruvian President Ana Quispe spoke. She praised the bridge.", "She", "Ana Quispe"),
    ("Mr Otieno spoke. He praised the bridge.", "He", "Otieno"),
    ("Mrs Molina spoke. He praised the bridge.", "He", None),
]


@pytest.mark.parametrize(("text", "word", "expected"), PRONOUNS)
def test_pronouns(text: str, word: str, expected: str | None) -> None:
    document = resolve(Report.of(text), load().parse(text))
    token = next(t for t in document.doc if t.text == word)
    mention = document.at(token.i, PersonMention)
    assert (mention.person.name if mention else None) == expected
