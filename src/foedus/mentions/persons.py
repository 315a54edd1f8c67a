"""Persons with office and party, read from the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.model import OfficeMention, PersonMention, Someone

if TYPE_CHECKING:
    from foedus.mentions.document import Document


def find_persons(document: Document) -> list[PersonMention | OfficeMention]:
    """Every person (and every office named without its holder), in text order; one `Someone` a person of the report."""
    found: list[PersonMention | OfficeMention] = []
    known: dict[str, Someone] = {}
    for ent in document.doc.ents:
        if ent.label_ == "PERSON":
            span = (ent.start_char, ent.end_char)
            who = known.setdefault(ent.text.split()[-1], Someone(ent.text, span))
            who.mentions.append(span)
            found.append(PersonMention(*span, ent.start, ent.end, ent.root.i, person=who))
    return found
