"""`Doc` -> who, where, when: `resolve` finds and resolves every mention of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.document import Document
from foedus.mentions.model import (
    DateMention,
    DurationMention,
    ForumMention,
    GroupMention,
    Mention,
    Modality,
    MoneyMention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
    PlaceMention,
    Someone,
)

if TYPE_CHECKING:
    from foedus.language.doc import Doc
    from foedus.record import Report

__all__ = [
    "DateMention",
    "Document",
    "DurationMention",
    "ForumMention",
    "GroupMention",
    "Mention",
    "Modality",
    "MoneyMention",
    "OfficeMention",
    "Parties",
    "PartyMention",
    "PersonMention",
    "PlaceMention",
    "Someone",
    "resolve",
]


def resolve(report: Report, doc: Doc) -> Document:
    """The report with everything found and resolved, in the order in which each finder needs the ones before it."""
    from foedus.mentions.affiliations_last import learn_from_order
    from foedus.mentions.affiliations_reference import learn_from_possessors
    from foedus.mentions.affiliations_rest import learn_from_the_rest
    from foedus.mentions.joint import join_persons
    from foedus.mentions.reference import resolve_references
    from foedus.mentions.reference_described import find_described
    from foedus.mentions.reference_nationality import resolve_nationals
    from foedus.mentions.reference_outside import put_outside
    from foedus.mentions.reference_pair import resolve_by_focus

    document = find_named(report, doc)
    document.add(resolve_references(document))
    learn_from_possessors(document)
    document.add(resolve_nationals(document))
    document.add(join_persons(document))
    learn_from_the_rest(document)
    learn_from_order(document)
    document.add(find_described(document))
    document.add(resolve_by_focus(document))
    put_outside(document)
    return document


def find_named(report: Report, doc: Doc) -> Document:
    """The report with what it names: who, where, when. Pronouns and descriptions are open yet."""
    from foedus.mentions.dateline import find_dateline
    from foedus.mentions.dates import find_dates
    from foedus.mentions.forums import find_forums
    from foedus.mentions.money import drop_currencies, find_money
    from foedus.mentions.parties import find_parties
    from foedus.mentions.parties_initials import find_initials
    from foedus.mentions.persons import find_persons
    from foedus.mentions.places import find_places
    from foedus.mentions.quotes import find_quotes

    document = Document(report, doc)
    document.quotes = find_quotes(report.text, document.paragraphs, doc)
    parties = find_parties(document)
    document.add([*parties, *find_initials(document, parties)])
    document.add(find_forums(document))
    document.add(find_places(document))
    document.dateline = find_dateline(document)
    document.add(find_dates(document))
    document.add(find_money(document))
    drop_currencies(document)
    document.add(find_persons(document))
    return document
