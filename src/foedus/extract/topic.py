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
def _topics() -> tuple[list[re.Pattern[str]], list[str], dict[str, set[int]]]:
    """Of each topic its pattern and its name; and a word with which forms begin -> the topics."""
    rows = load_table("other_topics")
    beginning: dict[str, set[int]] = {}
    for k, row in enumerate(rows):
        for form in split_forms(row["forms"]):
            beginning.setdefault(_WORD.findall(form)[0], set()).add(k)
    patterns = [re.compile(rf"{any_of(split_forms(row['forms']))}\b") for row in rows]
    return patterns, [row["id"] for row in rows], beginning


_WORD = re.compile(r"\w+")


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
    patterns, names, beginning = _topics()
    words: list[set[str]] = [set() for _ in names]
    done = [0] * len(names)
    for word in _WORD.finditer(low):
        for k in beginning.get(word.group(), ()):
            if word.start() >= done[k] and (match := patterns[k].match(low, word.start())) is not None:
                words[k].add(match.group())
                done[k] = match.end()
    counts = dict(zip(names, map(len, words), strict=True))
    topic = max(counts, key=lambda name: counts[name])
    document.notes["strongest topic"] = topic, counts[topic]
    return topic, counts[topic]


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
