"""Persons named side by side whose states the text gives only together: "Foreign Ministers A and B" in a report on two states.

The group has the parties of the pair; each person gets one only by the order in which the report names the two states.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.affiliations_report import is_national
from foedus.mentions.focus import SURE, other_in_focus, pair_in_focus, states_in_focus
from foedus.mentions.model import GroupMention, Parties, PartyMention, PersonMention, Someone

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.record import Span

_LINKS = {"and", ",", "&", "as", "well", "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr.", "h.e."}
_OF_TWO = {
    "sign", "initial", "ink", "meet", "conclude", "exchange", "shake", "talk", "discuss", "agree", "hold", "announce", "co-chair", "negotiate",
}  # fmt: skip
"""What two persons with different offices do for two sides."""
_TALKS = {"receive", "speak", "call", "telephone", "phone", "welcome", "greet", "host", "confer", "brief"}
_MOST = 3


def join_persons(document: Document) -> list[GroupMention]:
    """Groups of coordinated persons without a party that stand for the two (or three) states of the report, in text order.

    Where all but one of them have a party, the last one gets the party that is left.
    """
    found: list[GroupMention] = []
    _complete_partners(document)
    _learn_heads_of_bodies(document)
    for run in _runs(document):
        people = [mention.person for mention in run]
        if len({id(p) for p in people}) != len(run) or not _of_different_sides(document, run):
            continue
        known = {p.party for p in people if p.party}
        open_ones = [p for p in people if p.party is None]
        if len(run) == 2 and len(open_ones) == 1 and len(known) == 1:
            _complete(document, open_ones[0], next(iter(known)), run)
            continue
        states = pair_in_focus(document) if len(run) == 2 else states_in_focus(document, len(run))
        if open_ones and states.codes and known <= set(states.codes):
            found.append(_group(document, run, states))
    return found


def _runs(document: Document) -> list[list[PersonMention]]:
    """Two or three persons named one after the other with nothing but "and" or commas between them, one at least without a party."""
    runs: list[list[PersonMention]] = []
    names = [m for m in document.all_of(PersonMention) if m.form in {"name", "surname"}]
    for mention in names:
        before = runs[-1][-1] if runs else None
        if before is not None and before.last < mention.first <= before.last + 3 and _links(document, before, mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [run for run in runs if 1 < len(run) <= _MOST and any(m.person.party is None for m in run)]


def _links(document: Document, one: PersonMention, other: PersonMention) -> bool:
    words = [t.lower_ for t in document.doc[one.last : other.first]]
    return (all(w in _LINKS for w in words) and words != [","]) or (words == [","] and _ends_listed(document, other))


def _ends_listed(document: Document, mention: PersonMention) -> bool:
    """Whether "and" follows, so that the comma is one of a list."""
    after = [t.lower_ for t in document.doc[mention.last : mention.last + 2]]
    return "and" in after


def _of_different_sides(document: Document, run: list[PersonMention]) -> bool:
    """Whether the persons hold one office, or do together what two sides do."""
    offices = {(m.person.office or "").casefold() for m in run}
    if len(offices) == 1 and offices != {""}:
        return True
    head = syntax.first_conjunct(document.doc[run[0].root])
    verb = next(iter(syntax.governing_verbs(head)), None)
    if head.dep_ in {"obj", "obl", "nmod"} and verb is not None and syntax.subject(verb) is not None:
        return False  # "met with President A, Minister B and C": the people of one side
    return verb is not None and verb.lemma_ in _OF_TWO


_BODY_HEADS = {"secretary general", "secretary-general", "deputy secretary general", "deputy secretary-general"}


def _learn_heads_of_bodies(document: Document) -> None:
    """Give a Secretary General without a body the only organisation that the report names."""
    bodies: dict[str, Span] = {}
    for mention in document.all_of(PartyMention):
        if mention.form == "organisation":
            bodies.setdefault(mention.code, mention.span)
    if len(bodies) == 1:
        code, span = next(iter(bodies.items()))
        for named in document.all_of(PersonMention):
            who = named.person
            if who.party is None and (who.office or "").casefold() in _BODY_HEADS:
                who.party, who.party_span = code, span


def _complete_partners(document: Document) -> None:
    """Give a holder of a national office the other state of the report, where he talks with one whose state is known."""
    names = [m for m in document.all_of(PersonMention) if m.form in {"name", "surname"}]
    for one, other in pairwise(names):
        if (one.person.party is None) == (other.person.party is None):
            continue
        open_one, known = (one, other) if one.person.party is None else (other, one)
        if not is_national(open_one.person.office) or not _talk(document, one, other):
            continue
        rest = other_in_focus(document, known.person.party or "", SURE)
        low, high = document.sentence(one.first)
        if rest.codes and any(m.person.party == rest.codes[0] for m in names if low <= m.first < high):
            continue  # "X spoke with the premier of Norland and with the marshal of Sutland"
        if rest.codes and not is_held(names, open_one.person, rest.codes[0]):
            open_one.person.party, open_one.person.party_span = rest.codes[0], rest.spans[0]


def _talk(document: Document, one: PersonMention, other: PersonMention) -> bool:
    """Whether the first is the subject and the second the object or partner of one verb of meeting or talking."""
    low, high = document.sentence(one.first)
    if not low <= other.first < high:
        return False
    subject = document.doc[one.root]
    at = document.doc[other.root]
    for _ in range(4):
        if at.head.i == at.i or at.pos_ == "VERB":
            break
        at = at.head
    return subject.dep_ == "nsubj" and at.i == subject.head.i and at.lemma_ in _OF_TWO | _TALKS


def is_held(names: list[PersonMention], who: Someone, code: str) -> bool:
    """Whether another person of the report holds the same office of that state."""
    office = (who.office or "").casefold()
    return any(
        m.person is not who and m.person.party == code and (m.person.office or "").casefold() == office for m in names
    )


def _complete(document: Document, who: Someone, known: str, run: list[PersonMention]) -> None:
    """Give the person the other state of the report, when both hold one office."""
    if len({(m.person.office or "").casefold() for m in run}) != 1:
        return
    other = other_in_focus(document, known, SURE)
    if other.codes:
        who.party, who.party_span = other.codes[0], other.spans[0]


def _group(document: Document, run: list[PersonMention], states: Parties) -> GroupMention:
    first, last = run[0].first, run[-1].last
    start, end = document.span(first, last)
    people = tuple(mention.person for mention in run)
    return GroupMention(
        start, end, first, last, run[0].root, parties=states.codes, persons=people, antecedents=states.spans
    )
