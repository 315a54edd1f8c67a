"""Cities, venues and countries as places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import PartyMention, PlaceMention
from foedus.mentions.names import unmarked

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_BEFORE = {
    "in",
    "at",
    "near",
    "outside",
    "from",
    "to",
    "for",
    "via",
    "inside",
    "of",
    "around",
    "between",
    "and",
    "leaving",
    "left",
    "visited",
    "reached",
}
_MOST_WORDS = 4
_NAMES = {"FORUM", "INSTRUMENT", "ORG", "EXERCISE", "ITEM"}
_AT_SEAT = {
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "to",
    "from",
    "around",
    "of",
    "left",
    "leaving",
    "visited",
    "reached",
}


@cache
def _cities() -> dict[str, list[str]]:
    """City -> countries, most populous city first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in load_table("cities"):
        found.setdefault(row["forms"], []).append((int(row["population"]), row["country"]))
    return {name: [code for _, code in sorted(entries, reverse=True)] for name, entries in found.items()}


@cache
def _plain() -> dict[str, list[str]]:
    """Large city as written without marks on its letters ("Urumqi", "Xi'an") -> countries, where that is no other city's name."""
    found: dict[str, list[str]] = {}
    for row in load_table("cities"):
        plain = _plain_letters(row["forms"])
        if plain not in _cities() and int(row["population"]) >= _LARGE:
            found.setdefault(plain, _cities()[row["forms"]])
    return found


def _plain_letters(name: str) -> str:
    """The name with plain letters and apostrophes, also such as no mark makes ("Łódź" is "Lodz")."""
    return unmarked(name.translate(_LETTERS))


_LETTERS = str.maketrans("ıøØłŁđĐ‘’", "ioOlLdD''")
_LARGE = 100_000
"""People in a city whose name is known also without its marks: the names of small ones are too often other words."""


@cache
def _venues() -> dict[str, tuple[str, str]]:
    return {form: (row["city"], row["country"]) for row in load_table("venues") for form in split_forms(row["forms"])}


@cache
def _firsts() -> frozenset[str]:
    return frozenset(name.split(" ")[0].split("-")[0].split("'")[0] for name in [*_cities(), *_plain(), *_venues()])


def find_places(document: Document) -> list[PlaceMention]:
    """Every place, in text order: a city after a preposition, before its country or at the head of a paragraph; a venue; a country.

    A city name that several countries share is that of the country named next to it, else of the most populous city.
    """
    doc, found, done = document.doc, [], 0
    heads = {a for a, _ in document.paragraphs}
    for token in doc:
        if token.i < done or not token.text[0].isupper():
            continue
        place = (
            _city_at(document, token.i, heads) if token.text.title() in _firsts() or token.text in _firsts() else None
        )
        if place is None:
            mention = document.at(token.i, PartyMention)
            if (
                mention is not None
                and mention.first == token.i
                and mention.form == "name"
                and _preposition(document, token.i) in {"in", "at", "to", "near"}
            ):
                place = PlaceMention(
                    *mention.span, mention.first, mention.last, mention.root, name=mention.code, country=mention.code
                )
        if place is not None:
            found.append(place)
            done = place.last
    return found


def _preposition(document: Document, i: int) -> str:
    at = i - 1
    while at >= 0 and document.doc[at].lower_ in {
        "the",
        "central",
        "downtown",
        "nearby",
        "northern",
        "southern",
        "eastern",
        "western",
    }:
        at -= 1
    return document.doc[at].lower_ if at >= 0 else ""


def _in_a_name(document: Document, i: int, last: int) -> bool:
    """Whether the words are a piece of a longer name of something else ("the Lima Security Forum") or of a person."""
    doc = document.doc
    if doc[i].ent_type_ not in _NAMES | {"PERSON"}:
        return False
    longer = last < len(doc) and doc[last].ent_iob_ == "I" and doc[last].ent_type_ == doc[i].ent_type_
    return longer or doc[i].ent_iob_ == "I"


def _city_at(document: Document, i: int, heads: set[int]) -> PlaceMention | None:
    doc = document.doc
    for last in range(min(i + _MOST_WORDS * 2, len(doc)), i, -1):
        name = document.words(document.span(i, last)) if last - i > 1 else doc[i].text
        name = name.title() if name.isupper() and len(name) > 3 else name
        venue = _venues().get(name)
        countries = _cities().get(name)
        if countries is None and doc[i].ent_type_ == "PLACE":
            countries = _plain().get(_plain_letters(name))
        if venue is None and countries is None:
            continue
        if _in_a_name(document, i, last):
            return None
        if venue is not None:
            seat = document.at(i, PartyMention)
            if seat is not None and seat.form == "seat" and _preposition(document, i) not in _AT_SEAT:
                return None
            start, end = document.span(i, last)
            return PlaceMention(start, end, i, last, doc[i:last].root.i, name=venue[0], country=venue[1])
        if doc[i].ent_type_ == "PERSON" and i not in heads:
            return None
        nation = document.at(last + 1, PartyMention) if last + 1 < len(doc) and doc[last].text == "," else None
        if nation is not None and nation.form == "name" and nation.code in (countries or ()):
            start, end = document.span(i, nation.last)
            return PlaceMention(start, end, i, nation.last, doc[i:last].root.i, name=name, country=nation.code)
        if _preposition(document, i) in _BEFORE or i in heads:
            capital = document.at(i, PartyMention)
            state = capital is not None and capital.form == "capital" and not capital.code.startswith("org:")
            code = capital.code if capital is not None and state else (countries or [""])[0]
            start, end = document.span(i, last)
            return PlaceMention(start, end, i, last, doc[i:last].root.i, name=name, country=code)
        return None
    return None
