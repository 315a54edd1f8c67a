"""The states that a report is about, and words that are read by them."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import Document, GroupMention, PersonMention, resolve
from foedus.mentions.focus import other_in_focus, pair_in_focus, states_in_focus
from foedus.record import Report

TALKS = "Peru and Chile opened talks in Lima. Peru wants a road. Chile wants a port. "


def _read(text: str) -> Document:
    return resolve(Report.of(text), load().parse(text))


PAIRS = [
    (TALKS, ("CHL", "PER")),
    (TALKS + "A Norwegian-brokered truce holds. A Norwegian-led mission watches it.", ("CHL", "PER")),
    ("Peru, Chile and Bolivia opened talks. Peru, Chile and Bolivia share a lake.", ()),
    ("Peru opened a road.", ()),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_pair(text: str, expected: tuple[str, ...]) -> None:
    assert pair_in_focus(_read(text)).codes == expected


def test_other_and_three() -> None:
    document = _read(TALKS)
    assert other_in_focus(document, "PER").codes == ("CHL",)
    assert other_in_focus(document, "BOL").codes == ()
    three = _read("Peru, Chile and Bolivia opened talks. Peru, Chile and Bolivia share a lake.")
    assert states_in_focus(three, 3).codes == ("BOL", "CHL", "PER")


GROUPS = [
    (TALKS + "Neither side gave way.", "Neither side", ("CHL", "PER")),
    (TALKS + "The Ministers shook hands.", "The Ministers", ("CHL", "PER")),
    (TALKS + "Lima wrote to its neighbour.", "its neighbour", ("CHL",)),
    (TALKS + "The political parties were silent.", "The political parties", None),
    (TALKS + "Birds nest on both sides of the strait.", "both sides", None),
    ("The two Koreas reopened the line.", "two Koreas", ("KOR", "PRK")),
    ("The Baltic states reopened the line.", "Baltic states", ("EST", "LTU", "LVA")),
    ("NATO met in Oslo. The alliance will send a ship.", "The alliance", ("org:NATO",)),
    ("NATO and ASEAN met in Oslo. The alliance will send a ship.", "The alliance", ("org:NATO",)),
    (
        "Kenya and Oman quarrel over a ship. Norway, a friend of Kenya, thanked both sides for waiting.",
        "both sides",
        ("KEN", "OMN"),
    ),
    (
        "Kenya and Oman quarrel over a ship. A Norwegian envoy called on both governments to wait.",
        "on both governments",
        ("KEN", "OMN"),
    ),
    (
        "Kenya and Oman opened an embassy each. Kenya and Oman are friends. The two island nations share a sea.",
        "The two island nations",
        ("KEN", "OMN"),
    ),
]


@pytest.mark.parametrize(("text", "words", "expected"), GROUPS)
def test_groups_by_focus(text: str, words: str, expected: tuple[str, ...] | None) -> None:
    found = {text[m.start : m.end]: m.parties for m in _read(text).all_of(GroupMention)}
    assert found.get(words) == expected


def test_ministers_named_side_by_side_stand_for_both_states() -> None:
    document = _read(TALKS + "Foreign Ministers Ana Quispe and Rosa Molina signed a treaty.")
    people = {m.person.name: m.person.party for m in document.all_of(PersonMention)}
    assert people == {"Ana Quispe": "PER", "Rosa Molina": "CHL"}  # in the order in which the states are told
    token = next(t for t in document.doc if t.text == "Quispe")
    group = document.at(token.i, GroupMention)
    assert group is not None
    assert group.parties == ("CHL", "PER")


PARTIES = [
    (
        TALKS + "President Rosa Molina came by train. The Chilean President brought a bell.",
        "Rosa Molina",
        "CHL",
    ),
    (TALKS + "Peruvian Prime Minister Ana Quispe met Prime Minister Rosa Molina.", "Rosa Molina", "CHL"),
    ("NATO met in Oslo. Secretary General Rosa Molina welcomed them.", "Rosa Molina", "org:NATO"),
]


@pytest.mark.parametrize(("text", "name", "party"), PARTIES)
def test_party_of_a_person(text: str, name: str, party: str) -> None:
    people = {m.person.name: m.person.party for m in _read(text).all_of(PersonMention)}
    assert people[name] == party


def test_national_description() -> None:
    text = "Peruvian President Ana Quispe came by train. The Peruvian leader brought a bell."
    found = {text[m.start : m.end]: m.person.name for m in _read(text).all_of(PersonMention)}
    assert found["The Peruvian leader"] == "Ana Quispe"
