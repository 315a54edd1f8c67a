"""The party of holders of offices by the order of a report: ministers named after two states, who acts with one whose state is known,
the only person of a paragraph behind one on the state that the headline names first.

Runs last, over persons of whom nothing nearer says whose they are. On annotated reports each of these is right nine times in ten.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.affiliations_reference import renew_groups
from foedus.mentions.affiliations_report import has_office
from foedus.mentions.affiliations_rest import held
from foedus.mentions.focus import pair_in_focus
from foedus.mentions.model import OfficeMention, PartyMention, PersonMention, PlaceMention
from foedus.mentions.offices_words import WEAK

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.record import Span

_NAMED = {"name", "surname"}
_ORDERED = {"name", "adjective", "capital", "seat"}
_JOINED = {"NOUN", "PROPN", "ADJ", "PUNCT", "CCONJ", "DET"}
_LINKS = {"and", ",", "&"}
_OF = {"of", "for"}
_LONGEST_LINK = 8
"""Words between two names of a list: the office of the second one stands there."""
_PAIR = 2
_BACK = 4
"""So many sentences back, the own one included, the states stand in whose order persons are named."""
_HEAD = 3
_RISES = {"appos", "flat", "nmod:desc", "conj"}
_PARTNERS = {"obj", "obl", "obl:agent", "nmod"}
_TO_PARTNERS = {"", None, "with", "by", "to", "on"}


class _Naming(NamedTuple):
    token: int
    code: str
    span: Span


def learn_from_order(document: Document) -> None:
    """Give a party to holders of an office without one, where the order in which the report names states and persons tells it."""
    names = [m for m in document.all_of(PersonMention) if m.form in _NAMED]
    firsts = {id(m.person): m for m in reversed(names)}
    for way in (_in_turn, _with_mates, _acting_with, _of_protagonist):
        for mention in sorted(firsts.values(), key=lambda m: m.first):
            _learn(document, mention, names, way)
    renew_groups(document)


def _learn(
    document: Document,
    mention: PersonMention,
    names: list[PersonMention],
    way: Callable[[Document, PersonMention, list[PersonMention]], str | None],
) -> None:
    who = mention.person
    if who.party is not None or not who.office or _is_of_sport(who.office):
        return
    code = way(document, mention, names)
    if code is None or not has_office(code, who.office) or held(names, who, code):
        return
    span = next((m.span for m in document.all_of(PartyMention) if m.code == code), None)
    if span is not None:
        who.party, who.party_span = code, span


def _is_of_sport(office: str) -> bool:
    """Whether the office is none of a state ("coach", "president of the football federation"); a naval captain's is."""
    return not set(office.casefold().split()).isdisjoint(_of_sport() - WEAK)


@cache
def _of_sport() -> frozenset[str]:
    rows = [row for row in load_table("private_actors") if row["id"] == "sport"]
    return frozenset(form for row in rows for form in split_forms(row["forms"]))


# -- persons side by side -----------------------------------------------------------------------------------------------


def _run(document: Document, mention: PersonMention, names: list[PersonMention]) -> list[PersonMention]:
    """The persons named side by side with this one, it among them, in text order; offices may stand between."""
    low = high = names.index(mention)
    while low > 0 and _joined(document, names[low - 1], names[low]):
        low -= 1
    while high + 1 < len(names) and _joined(document, names[high], names[high + 1]):
        high += 1
    return names[low : high + 1]


def _joined(document: Document, one: PersonMention, other: PersonMention) -> bool:
    between = document.doc[one.last : other.first]
    return (
        len(between) <= _LONGEST_LINK
        and document.sentence_index(one.first) == document.sentence_index(other.first)
        and any(t.lower_ in {"and", "&"} for t in between)
        and all((t.pos_ in _JOINED and t.text not in {".", ";"}) or t.lower_ in _LINKS | _OF for t in between)
    )


def _in_turn(document: Document, mention: PersonMention, names: list[PersonMention]) -> str | None:
    """The state in the same place of the list, where the states of the report are always told in one order."""
    run = _run(document, mention, names)
    if len(run) != _PAIR or any(m.person.party for m in run):
        return None
    orders = _orders(document, run[0].first, len(run))
    pair = pair_in_focus(document).codes
    if len({tuple(order) for order in orders}) != 1 or set(orders[0]) != set(pair):
        return None
    return orders[0][run.index(mention)]


def _orders(document: Document, before: int, count: int) -> list[list[str]]:
    """How just so many states are ordered in the nearest sentence before that names so many, and in those at the head."""
    here = document.sentence_index(before)
    found = []
    for at in range(here, max(-1, here - _BACK), -1):
        low, high = document.sentences[at]
        order = _order(document, low, min(high, before) if at == here else high)
        if len(order) == count:
            found.append(order)
            break
    for at in range(min(_HEAD, here + 1)):
        low, high = document.sentences[at]
        order = _order(document, low, high)
        if len(order) == count:
            found.append(order)
            break
    return found


def _order(document: Document, first: int, last: int) -> list[str]:
    named = [m for m in document.within(first, last, PartyMention) if m.form in _ORDERED]
    return list(dict.fromkeys(m.code for m in named if not m.code.startswith("org:")))


def _with_mates(document: Document, mention: PersonMention, names: list[PersonMention]) -> str | None:
    """The other one of the two states that the report is about, for who is named side by side with somebody of the first."""
    known = {m.person.party for m in _run(document, mention, names)} - {None}
    return _other(document, known)


# -- persons who act together -------------------------------------------------------------------------------------------


def _acting_with(document: Document, mention: PersonMention, names: list[PersonMention]) -> str | None:
    """The other one of the two states, where the person and somebody of the first are subject and partner of one verb."""
    own = _top(document, mention)
    low, high = document.sentence(mention.first)
    known: set[str | None] = set()
    for other in names:
        if low <= other.first < high and other.person is not mention.person and other.person.party is not None:
            top = _top(document, other)
            if _is_partner_of(own, top) or _is_partner_of(top, own):
                known.add(other.person.party)
    return _other(document, known)


def _is_partner_of(one: Token, subject: Token) -> bool:
    """Whether the first is object of, or together with, the subject's verb, at once or by a noun ("held talks with X")."""
    if not subject.dep_.startswith("nsubj") or one.dep_ not in _PARTNERS:
        return False
    above = one if syntax.preposition(one) in _TO_PARTNERS else None
    if above is not None and above.dep_ == "nmod" and above.head.dep_ in _PARTNERS:
        above = above.head
    return above is not None and above.head.i == subject.head.i


def _top(document: Document, mention: PersonMention) -> Token:
    name = document.doc[mention.root]
    while name.dep_ in _RISES and name.head.i != name.i and name.head.pos_ in {"NOUN", "PROPN"}:
        name = name.head
    return name


def _other(document: Document, known: set[str | None]) -> str | None:
    """The one of the two states in focus that is not known, where the other is."""
    pair = pair_in_focus(document).codes
    left = [code for code in pair if code not in known]
    return left[0] if len(left) == 1 and known & set(pair) else None


# -- the protagonist ----------------------------------------------------------------------------------------------------


def _of_protagonist(document: Document, mention: PersonMention, names: list[PersonMention]) -> str | None:
    """The state that the headline and the paragraph before name first, for the only person of a sentence at the head of the next paragraph."""
    here = document.paragraph(mention.first)
    low, high = document.sentence(mention.first)
    people = {id(m.person) for m in document.within(low, high, PersonMention)}
    if not here or len(people) != 1:
        return None
    first, _ = document.paragraphs[here]
    if _namings(document, first, mention.first):
        return None
    before = _namings(document, *document.paragraphs[here - 1])
    head = _namings(document, *document.paragraphs[0])
    if not before or not head or before[0].code != head[0].code:
        return None
    last = document.sentences[document.sentence_index(low) - 1]
    return before[0].code if any(n.code == before[0].code for n in _namings(document, *last)) else None


def _namings(document: Document, first: int, last: int) -> list[_Naming]:
    """The states that the tokens name, by their persons and towns too, in text order."""
    found = []
    for mention in document.within(first, last, PartyMention):
        found.append(_Naming(mention.first, mention.code, mention.span))
    for place in document.within(first, last, PlaceMention):
        if place.country and document.at(place.root, PartyMention) is None:
            found.append(_Naming(place.first, place.country, place.span))
    for person in document.within(first, last, PersonMention):
        if person.person.party and person.form != "pronoun":
            found.append(_Naming(person.first, person.person.party, person.span))
    for office in document.within(first, last, OfficeMention):
        if office.party:
            found.append(_Naming(office.first, office.party, office.span))
    return sorted(n for n in found if not n.code.startswith("org:"))
