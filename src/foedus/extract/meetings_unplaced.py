"""Officials whose state is not said: of the place where they meet, of the report's own state, or of the other side that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_home import home
from foedus.extract.meetings_own import goal_before, own_state, visited
from foedus.extract.meetings_parties import in_focus, is_holder
from foedus.extract.meetings_rest import other_state, two_states
from foedus.mentions.model import OfficeMention, Parties, PartyMention, PersonMention, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.extract.meetings_talk import Talk
    from foedus.language.doc import Token
    from foedus.mentions import Document

_OF_STATES = {"minister", "premier", "king", "queen", "emir", "sultan", "chancellor", "prince", "monarch"}


def office_here(
    document: Document, heads: Iterable[Token], place: PlaceMention | None, other: Parties, talks: list[Talk]
) -> Parties:
    """ "The president" without a state, whom a foreigner meets, with its words.

    Of the state where they meet, else of the report's own, else of the other one of the two that the text is about.
    """
    for head in heads:
        words = _unplaced(document, head)
        if words is None:
            continue
        bare = bool(words.persons) and words.persons[0].office is None and words.persons[0].rank is None
        found = _followed(document, other) if bare else _whose(document, head, place, other, talks)
        if found.codes and not (is_of_state(document, head) and all(c.startswith("org:") for c in found.codes)):
            return Parties(found.codes, (*words.spans, *found.spans), words.persons)
    return Parties()


def _followed(document: Document, other: Parties) -> Parties:
    """The report's own state, for somebody of whom it says no more than a name: neither a place nor a pair makes "Holm" anybody's."""
    own = home(document)
    return own if own.codes and own.codes[0] not in other.codes else Parties()


def is_of_state(document: Document, head: Token) -> bool:
    """Whether an office is one of a state, never of an organisation: a minister, a king, an ambassador."""
    person = document.at(head.i, PersonMention)
    office = document.at(head.i, OfficeMention)
    words = (person.person.office or "") if person is not None else office.office if office is not None else head.text
    return not _OF_STATES.isdisjoint(words.lower().split())


def open_side(document: Document, known: Parties, talks: list[Talk]) -> Parties:
    """The side that is not said of talks with `known` ("at the meeting with the Norlandish minister"): whose people the report follows.

    The state of the report, else the one party of all talks told so far, else the only state that can be meant; else nothing.
    """
    if len(known.codes) != 1:
        return Parties()
    own = home(document)
    if own.codes and own.codes[0] not in known.codes:
        return own
    shared = set.intersection(*(set(t.parties.codes) for t in talks)) if talks else set()
    if len(shared) == 1 and not shared & set(known.codes):
        (code,) = shared
        return Parties((code,), talks[-1].parties.spans)
    rest = other_state(document, known)
    return rest if rest.codes else own_state(document, known)


def is_unplaced(document: Document, head: Token) -> bool:
    """Whether a phrase stands for an official whose state is not said."""
    return _unplaced(document, head) is not None


def _unplaced(document: Document, head: Token) -> Parties | None:
    """The words of an official whose state is not said; None when there is no such official."""
    person = document.at(head.i, PersonMention)
    if person is not None:
        return Parties((), (person.span,), (person.person,)) if person.person.party is None else None
    office = document.at(head.i, OfficeMention)
    if office is not None:
        return Parties((), (office.span,)) if not office.party and not office.plural else None
    definite = any(c.lower_ in {"the", "its", "his", "her"} for c in head.children) or head.pos_ == "PROPN"
    if is_holder(head) and head.tag_ in {"NN", "NNP"} and definite:
        return Parties((), (document.span(head.i, head.i + 1),))
    return None


def _has_another(document: Document, head: Token, code: str) -> bool:
    """Whether a state has other people than this named person in the report, and is none of the two that the report is about."""
    mention = document.at(head.i, PersonMention)
    if mention is None or code in two_states(document).codes:
        return False
    return any(m.person.party == code and m.person is not mention.person for m in document.all_of(PersonMention))


def _namesake(document: Document, head: Token) -> Parties:
    """The party of the only person of this surname whose party is known: "FM Holm" is Minister Vidar Holm."""
    mention = document.at(head.i, PersonMention)
    if mention is None:
        return Parties()
    surname = mention.person.name.split()[-1]
    people = [m.person for m in document.all_of(PersonMention) if m.form == "name" and m.person.party]
    same = {p.party: p for p in people if p.name.split()[-1] == surname and p is not mention.person}
    if len(same) != 1:
        return Parties()
    (person,) = same.values()
    return Parties((person.party or "",), (mention.span,))


def _whose(document: Document, head: Token, place: PlaceMention | None, other: Parties, talks: list[Talk]) -> Parties:
    namesake = _namesake(document, head)
    if namesake.codes:
        return namesake if not set(namesake.codes) & set(other.codes) else Parties()
    if place is not None and place.country and place.country not in other.codes:
        return Parties((place.country,), (place.span,))
    goal = goal_before(document, head) if not head.dep_.startswith("nsubj") else Parties()
    if goal.codes and goal.codes[0] not in other.codes:
        return goal
    own = home(document)
    if own.codes and own.codes[0] not in other.codes:
        return own
    pair = in_focus(document, head, talks)
    left = [c for c in pair.codes if c not in other.codes and not _has_another(document, head, c)]
    if head.dep_.startswith("nsubj") and set(left) & visited(document) and (sent := own_state(document, other)).codes:
        return sent
    if len(left) == 1 and set(other.codes) < set(pair.codes):
        return Parties((left[0],), pair.spans)
    rest = other_state(document, other)
    low, high = document.sentence(head.i)
    here = {m.code for m in document.within(low, high, PartyMention) if not m.code.startswith("org:")}
    if rest.codes and here <= {*rest.codes, *other.codes}:
        return rest
    return own_state(document, other) if other.codes else Parties()
