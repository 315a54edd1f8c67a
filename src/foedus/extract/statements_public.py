"""Whether a report is one in which somebody speaks in public affairs: what a club's captain or a shipowner says is no statement of a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements import find_agreements
from foedus.extract.statements_speaker import speaks_for_public
from foedus.extract.topic import other_topic, strongest_topic
from foedus.lexicon import load_forms
from foedus.mentions.model import PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Statement

_SHORT = 60
"""Tokens from which on a report shows what it is about."""
_FEWEST_WORDS = 2
"""So many different words of politics make a report one about politics, whoever speaks in it."""


def is_politics(document: Document) -> bool:
    """Whether the report uses words of politics ("candidate", "congress"), no fewer than of another topic, or is too short to tell."""
    other = strongest_topic(document)[1] if other_topic(document) is not None else 0
    if len(document.doc) < _SHORT:
        return other == 0
    table = load_forms("say_nouns")
    words = {t.lower_ for t in document.doc}
    return sum(table[w]["kind"] == "politics" for w in words if w in table) >= max(other, _FEWEST_WORDS)


def is_public(document: Document, known: list[Statement]) -> bool:
    """Whether somebody speaks for a state or holds a public office (a nationality alone makes nobody public), or states agree.

    On another topic (a company, sport) nobody does: what a club's captain or a shipowner says is no statement of a state.
    """
    if other_topic(document) is not None:
        return False
    private = {m.person.name for m in document.mentions if isinstance(m, PersonMention) and not m.person.office}
    if any(s.speaker and s.speaker.name not in private and speaks_for_public(s.speaker) for s in known):
        return True
    return bool(known) and (bool(find_agreements(document)) or _acts(document))


def _acts(document: Document) -> bool:
    """Whether a state itself does something in the report ("Norland will take in 100 doctors")."""
    return any(m.form == "name" and document.doc[m.root].dep_ == "nsubj" for m in document.all_of(PartyMention))
