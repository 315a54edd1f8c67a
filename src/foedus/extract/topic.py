"""Whether a report is about what states do at all: company, sport, fiction, simulation, crime and domestic law are not."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import any_of, load_table, split_forms
from foedus.mentions.model import OfficeMention, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.mentions import Document

FEWEST = 3
"""So many different words of one other topic are needed before it can outweigh the report's public actors."""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    rows = load_table("other_topics")
    return [(row["id"], re.compile(rf"\b{any_of(split_forms(row['forms']))}\b")) for row in rows]


def other_topic(document: Document) -> str | None:
    """The topic other than relations of states that the report is about, None when it is about them or nothing is clear.

    A topic wins when at least `FEWEST` different words of it occur, and more than there are public actors: persons with an
    office of a state, offices of states, state bodies and international organisations.
    """
    topic, words = strongest_topic(document)
    return topic if words >= FEWEST and words > len(_public_actors(document)) else None


def strongest_topic(document: Document) -> tuple[str, int]:
    """The other topic of which the report uses most different words, and how many they are; counted once a document."""
    known = document.notes.get("strongest topic")
    if isinstance(known, tuple):
        return known
    low = document.report.text.lower()
    words = {topic: len(set(pattern.findall(low))) for topic, pattern in _patterns()}
    topic = max(words, key=lambda name: words[name])
    document.notes["strongest topic"] = topic, words[topic]
    return topic, words[topic]


def _public_actors(document: Document) -> set[str]:
    actors: set[str] = set()
    for mention in document.mentions:
        if isinstance(mention, PersonMention) and mention.person.office and mention.person.party:
            actors.add(mention.person.name)
        elif isinstance(mention, OfficeMention):
            actors.add(f"{mention.party} {mention.office}")
        elif isinstance(mention, PartyMention) and mention.form in {"body", "seat"}:
            actors.add(f"{mention.code} {mention.body}")
    return actors
